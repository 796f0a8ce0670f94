// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-walk.h"

#define ITEM_BYTES 2000

/* A history as the service has it: ids, newest first; and what is known of it */
typedef struct {
  GArray *ids;
  GHashTable *known;
  guint next_id;
  guint max_limit;
  guint n_requests;
  guint n_restarts;
  void (*before_page) (gpointer world, guint request);
} World;

static void
world_init (World *world,
            guint  n_items)
{
  *world = (World) { 0 };
  world->ids = g_array_new (FALSE, FALSE, sizeof (guint));
  world->known = g_hash_table_new (NULL, NULL);
  for (guint i = n_items; i > 0; i--)
    g_array_append_val (world->ids, i);
  world->next_id = n_items + 1;
}

static void
world_clear (World *world)
{
  g_array_unref (world->ids);
  g_hash_table_unref (world->known);
}

static void
world_add (World *world)
{
  guint id = world->next_id++;

  g_array_prepend_val (world->ids, id);
}

static DrillWalkStep
world_load (World     *world,
            DrillWalk *walk)
{
  DrillWalkStep step = DRILL_WALK_ON;

  world->n_requests = 0;
  world->n_restarts = 0;
  drill_walk_begin (walk);
  while (step == DRILL_WALK_ON || step == DRILL_WALK_SKIP || step == DRILL_WALK_RESTART)
    {
      DrillWalkPage page = { 0 };
      guint given;

      g_assert_cmpuint (world->n_requests, <, 20000);
      g_assert_true (drill_walk_next (walk, FALSE, &page.offset, &page.limit));
      world->n_requests++;
      if (world->before_page != NULL)
        world->before_page (world, world->n_requests);

      given = world->max_limit > 0 ? MIN (page.limit, world->max_limit) : page.limit;
      for (guint i = page.offset; i < world->ids->len && i < page.offset + given; i++)
        {
          page.n_items++;
          page.n_new += g_hash_table_add (world->known, GUINT_TO_POINTER (g_array_index (world->ids, guint, i)));
        }
      page.n_known = g_hash_table_size (world->known);
      page.total = world->ids->len;
      page.n_bytes = page.n_items * ITEM_BYTES + 100;

      step = drill_walk_page (walk, &page);
      if (step == DRILL_WALK_RESTART)
        {
          g_hash_table_remove_all (world->known);
          world->n_restarts++;
        }
    }

  return step;
}

static void
assert_all_known (World *world)
{
  for (guint i = 0; i < world->ids->len; i++)
    g_assert_true (g_hash_table_contains (world->known, GUINT_TO_POINTER (g_array_index (world->ids, guint, i))));
}

static void
test_still (void)
{
  static const guint sizes[] = { 0, 1, 199, 200, 201, 1799, 1800, 1801, 50000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      World world;
      DrillWalk walk;

      world_init (&world, sizes[i]);
      drill_walk_init (&walk);
      g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
      g_assert_cmpuint (g_hash_table_size (world.known), ==, sizes[i]);
      g_assert_cmpuint (world.n_requests, <=, 2 + sizes[i] / 1000);

      /* And a look for news is one small page */
      g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
      g_assert_cmpuint (world.n_requests, ==, 1);
      world_clear (&world);
    }
}

/* Small first, so that rows come soon, then pages of one to four megabytes */
static void
test_page_size (void)
{
  DrillWalk walk;
  guint offset, limit, total = 100000;
  DrillWalkPage page = { .total = total };

  drill_walk_init (&walk);
  drill_walk_begin (&walk);
  g_assert_true (drill_walk_next (&walk, FALSE, &offset, &limit));
  g_assert_cmpuint (limit, <=, 200);
  g_assert_false (drill_walk_next (&walk, TRUE, &offset, &limit));
  for (guint i = 0; i < 4; i++)
    {
      page = (DrillWalkPage) { offset, limit, limit, limit, offset + limit, total, limit * ITEM_BYTES };
      g_assert_cmpint (drill_walk_page (&walk, &page), ==, DRILL_WALK_ON);
      g_assert_true (drill_walk_next (&walk, FALSE, &offset, &limit));
      g_assert_cmpuint (offset, ==, page.offset + page.limit);
    }
  g_assert_cmpuint (limit * ITEM_BYTES, >=, 1024 * 1024);
  g_assert_cmpuint (limit * ITEM_BYTES, <=, 4 * 1024 * 1024);
}

static void
add_before_second (gpointer data,
                   guint    request)
{
  if (request == 2)
    world_add (data);
}

static void
test_added_between (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 3000);
  world.before_page = add_before_second;
  drill_walk_init (&walk);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_restarts, ==, 0);
  assert_all_known (&world);
  world_clear (&world);
}

static void
remove_before_third (gpointer data,
                     guint    request)
{
  World *world = data;

  if (request == 3)
    g_array_remove_index (world->ids, 0);
}

static void
test_removed_between (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 3000);
  world.before_page = remove_before_third;
  drill_walk_init (&walk);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_restarts, ==, 1);
  g_assert_cmpuint (g_hash_table_size (world.known), ==, 2999);
  world_clear (&world);
}

static void
add_and_remove_before_third (gpointer data,
                             guint    request)
{
  World *world = data;

  if (request == 3)
    {
      world_add (world);
      g_array_remove_index (world->ids, 5);
    }
}

/* The total is the same, and yet something moved */
static void
test_swapped_between (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 3000);
  world.before_page = add_and_remove_before_third;
  drill_walk_init (&walk);
  world_load (&world, &walk);
  world.before_page = NULL;
  world_load (&world, &walk);
  g_assert_true (walk.complete);
  assert_all_known (&world);
  world_clear (&world);
}

static void
always_remove (gpointer data,
               guint    request)
{
  World *world = data;

  g_array_remove_index (world->ids, 0);
}

static void
test_never_at_rest (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 3000);
  world.before_page = always_remove;
  drill_walk_init (&walk);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_INCOMPLETE);
  g_assert_false (walk.complete);

  /* But it recovers by itself */
  world.before_page = NULL;
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  world_clear (&world);
}

static void
always_add (gpointer data,
            guint    request)
{
  world_add (data);
}

/* A busy service is no reason to give up: news come in front */
static void
test_busy (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 30000);
  world.before_page = always_add;
  drill_walk_init (&walk);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_restarts, ==, 0);
  assert_all_known (&world);
  world_clear (&world);
}

static void
test_news (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 30000);
  drill_walk_init (&walk);
  world_load (&world, &walk);
  for (guint i = 0; i < 120; i++)
    world_add (&world);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_requests, ==, 2);
  assert_all_known (&world);
  world_clear (&world);
}

/* An item that is not the newest when it arrives: the clocks of a service differ */
static void
test_news_in_the_middle (void)
{
  World world;
  DrillWalk walk;
  guint id;

  world_init (&world, 3000);
  drill_walk_init (&walk);
  world_load (&world, &walk);
  id = world.next_id++;
  g_array_insert_val (world.ids, 2500, id);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  assert_all_known (&world);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_requests, ==, 1);
  world_clear (&world);
}

static void
test_removed_later (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 3000);
  drill_walk_init (&walk);
  world_load (&world, &walk);
  g_array_remove_index (world.ids, 1234);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_restarts, ==, 1);
  g_assert_cmpuint (g_hash_table_size (world.known), ==, 2999);
  world_clear (&world);
}

/* A service that counts one item twice is not read over and over */
static void
test_duplicates (void)
{
  World world;
  DrillWalk walk;
  guint id = 100;

  world_init (&world, 3000);
  g_array_insert_val (world.ids, 10, id);
  drill_walk_init (&walk);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_requests, ==, 1);
  world_add (&world);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_requests, ==, 1);
  assert_all_known (&world);
  world_clear (&world);
}

static void
test_limit_of_the_service (void)
{
  World world;
  DrillWalk walk;

  world_init (&world, 3000);
  world.max_limit = 70;
  drill_walk_init (&walk);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  g_assert_cmpuint (world.n_requests, ==, (3000 + 69) / 70);
  assert_all_known (&world);
  world_clear (&world);
}

/* After a break the load goes on there, and finds what came meanwhile */
static void
test_taken_up (void)
{
  World world;
  DrillWalk walk;
  DrillWalkPage page = { .n_items = 200, .n_new = 200, .n_known = 200, .total = 3000, .n_bytes = 200 * ITEM_BYTES };

  world_init (&world, 3000);
  drill_walk_init (&walk);
  drill_walk_begin (&walk);
  g_assert_true (drill_walk_next (&walk, FALSE, &page.offset, &page.limit));
  for (guint i = 0; i < 200; i++)
    g_hash_table_add (world.known, GUINT_TO_POINTER (g_array_index (world.ids, guint, i)));
  g_assert_cmpint (drill_walk_page (&walk, &page), ==, DRILL_WALK_ON);

  world_add (&world);
  world_add (&world);
  drill_walk_begin (&walk);
  g_assert_true (drill_walk_next (&walk, FALSE, &page.offset, &page.limit));
  g_assert_cmpuint (page.offset, ==, 200);
  g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
  assert_all_known (&world);
  world_clear (&world);
}

static void
test_too_large (void)
{
  DrillWalk walk;
  guint offset, limit, before;

  drill_walk_init (&walk);
  drill_walk_begin (&walk);
  g_assert_true (drill_walk_next (&walk, FALSE, &offset, &limit));
  do
    {
      before = limit;
      if (!drill_walk_too_large (&walk, offset, limit))
        break;
      g_assert_true (drill_walk_next (&walk, FALSE, &offset, &limit));
      g_assert_cmpuint (offset, ==, 0);
      g_assert_cmpuint (limit, <, before);
    }
  while (TRUE);
  g_assert_cmpuint (limit, ==, 1);
}

static void
add_or_remove (gpointer data,
               guint    request)
{
  World *world = data;

  switch (g_test_rand_int_range (0, 12))
    {
    case 0:
      world_add (world);
      break;

    case 1:
      if (world->ids->len > 0)
        g_array_remove_index (world->ids, (guint) g_test_rand_int_range (0, (gint32) world->ids->len));
      break;

    default:
      break;
    }
}

/* As the answer to a write does: known, and nobody has asked for it */
static void
world_write (World     *world,
             DrillWalk *walk)
{
  g_hash_table_add (world->known, GUINT_TO_POINTER (world->next_id));
  world_add (world);
  drill_walk_add (walk, 1);
}

/* What others wrote before, between and after what we wrote is found, and not by
 * reading everything again */
static void
test_written (void)
{
  static const guint shapes[][3] = { /* others', ours, others' */
    { 0, 1, 0 }, { 1, 1, 1 }, { 0, 100, 1 }, { 1, 100, 0 }, { 30, 100, 30 }, { 200, 400, 200 }, { 0, 49, 1 }, { 1, 50, 0 }, { 1, 51, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      World world;
      DrillWalk walk;

      world_init (&world, 20000);
      drill_walk_init (&walk);
      world_load (&world, &walk);
      for (guint round = 0; round < 3; round++)
        {
          for (guint j = 0; j < shapes[i][0]; j++)
            world_add (&world);
          for (guint j = 0; j < shapes[i][1]; j++)
            {
              world_write (&world, &walk);
              if (shapes[i][0] > 10 && j % 3 == 0)
                world_add (&world);
            }
          for (guint j = 0; j < shapes[i][2]; j++)
            world_add (&world);

          g_assert_cmpint (world_load (&world, &walk), ==, DRILL_WALK_COMPLETE);
          g_assert_cmpuint (g_hash_table_size (world.known), ==, world.ids->len);
          g_assert_cmpuint (world.n_requests, <=, 3);
        }
      /* And when all is known, one request finds that */
      world_load (&world, &walk);
      g_assert_cmpuint (world.n_requests, ==, 1);
      world_clear (&world);
    }
}

/* Whatever moves: once it rests, the load ends and the numbers add up */
static void
test_in_the_end (void)
{
  for (guint i = 0; i < 300; i++)
    {
      World world;
      DrillWalk walk;

      world_init (&world, (guint) g_test_rand_int_range (0, 2000));
      world.max_limit = g_test_rand_bit () ? (guint) g_test_rand_int_range (5, 300) : 0;
      world.before_page = add_or_remove;
      drill_walk_init (&walk);
      for (guint j = 0; j < 3; j++)
        {
          for (int n = g_test_rand_int_range (-20, 20); n > 0; n--)
            {
              world_write (&world, &walk);
              if (g_test_rand_bit ())
                world_add (&world);
            }
          if (world_load (&world, &walk) == DRILL_WALK_INCOMPLETE)
            g_assert_false (walk.complete);
        }

      world.before_page = NULL;
      world_add (&world);
      if (world_load (&world, &walk) == DRILL_WALK_INCOMPLETE)
        world_load (&world, &walk);
      g_assert_true (walk.complete);
      if (walk.n_surplus == 0)
        g_assert_cmpuint (g_hash_table_size (world.known), ==, world.ids->len);
      world_clear (&world);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/session/walk/still", test_still);
  g_test_add_func ("/drill/session/walk/page-size", test_page_size);
  g_test_add_func ("/drill/session/walk/added-between", test_added_between);
  g_test_add_func ("/drill/session/walk/removed-between", test_removed_between);
  g_test_add_func ("/drill/session/walk/swapped-between", test_swapped_between);
  g_test_add_func ("/drill/session/walk/never-at-rest", test_never_at_rest);
  g_test_add_func ("/drill/session/walk/busy", test_busy);
  g_test_add_func ("/drill/session/walk/news", test_news);
  g_test_add_func ("/drill/session/walk/news-in-the-middle", test_news_in_the_middle);
  g_test_add_func ("/drill/session/walk/removed-later", test_removed_later);
  g_test_add_func ("/drill/session/walk/duplicates", test_duplicates);
  g_test_add_func ("/drill/session/walk/limit-of-the-service", test_limit_of_the_service);
  g_test_add_func ("/drill/session/walk/taken-up", test_taken_up);
  g_test_add_func ("/drill/session/walk/too-large", test_too_large);
  g_test_add_func ("/drill/session/walk/written", test_written);
  g_test_add_func ("/drill/session/walk/in-the-end", test_in_the_end);

  return g_test_run ();
}
