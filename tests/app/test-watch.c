// SPDX-License-Identifier: GPL-3.0-or-later

/* What is news of routes and what is not, at times of the test's own. */

#include "app/drill-watch.h"

#include "base/drill-time.h"
#include "drill-query-fixture.h"

#define START  (G_GINT64_CONSTANT (1780000000) * G_USEC_PER_SEC)
#define MINUTE DRILL_TIME_MINUTE
#define DUE    (15 * MINUTE)

/* A plan of a schedule with two routes, to be acknowledged within 30 and within 60 minutes */
static char *
make_plan (const char *schedule,
           const char *plan_id,
           gint64      created_us)
{
  g_autofree char *created = drill_time_format (created_us);

  return g_strdup_printf ("{'session_id':'item-%s','created_at':'%s',"
                          "'metadata_kind':'go-backend-rollback-drill-notification-plan','schedule_id':'%s',"
                          "'plan':{'plan_id':'%s','schedule_id':'%s','route_decisions':["
                          "{'provider':'slack','owner':'sre','action':'deliver','acknowledgement_minutes':30},"
                          "{'provider':'teams','owner':'ops','action':'deliver','acknowledgement_minutes':60}]}}",
                          plan_id, created, schedule, plan_id, schedule);
}

static char *
make_ack (const char *schedule,
          const char *provider,
          const char *state,
          gint64      created_us)
{
  g_autofree char *created = drill_time_format (created_us);

  return g_strdup_printf ("{'session_id':'ack-%s-%s-%s','created_at':'%s',"
                          "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'%s',"
                          "'provider':'%s','acknowledgement_state':'%s',"
                          "'acknowledgement':{'schedule_id':'%s','provider':'%s','acknowledgement_state':'%s'}}",
                          schedule, provider, state, created, schedule, provider, state, schedule, provider, state);
}

/* Each from a builder of its own, so that rows and codes need not be those of another */
static DrillRouteTable *
make_table (char *first,
            ...)
{
  g_autoptr(GString) text = g_string_new ("{'items':[");
  g_autoptr(DrillEvidence) evidence = NULL;
  va_list items;
  guint n_items = 0;

  va_start (items, first);
  for (char *item = first; item != NULL; item = va_arg (items, char *))
    {
      g_string_append_printf (text, "%s%s", n_items++ > 0 ? "," : "", item);
      g_free (item);
    }
  va_end (items);
  g_string_append (text, "]}");
  evidence = fixture_parse (text->str);

  return drill_route_table_new (evidence, NULL);
}

static void
assert_news (DrillRouteTable *before,
             gint64           before_us,
             DrillRouteTable *after,
             gint64           after_us,
             guint            n_breached,
             guint            n_due)
{
  g_autoptr(DrillSight) then = drill_sight_new (before, before_us, DUE);
  g_autoptr(DrillSight) now = drill_sight_new (after, after_us, DUE);
  g_autoptr(DrillNews) news = drill_watch_compare (then, now);

  g_assert_cmpuint (news->n_breached, ==, n_breached);
  g_assert_cmpuint (news->n_due, ==, n_due);
  g_assert_cmpuint (news->breached->len, ==, n_breached);
  g_assert_cmpuint (news->due->len, ==, n_due);
  g_assert_true ((news->worst_breached != DRILL_NONE) == (n_breached > 0));
  g_assert_true ((news->worst_due != DRILL_NONE) == (n_due > 0));
}

/* Time goes on and nothing else: first one is about to breach, then it does */
static void
test_time (void)
{
  g_autoptr(DrillRouteTable) table = make_table (make_plan ("weekly", "p1", START), NULL);

  assert_news (table, START, table, START, 0, 0);
  assert_news (table, START, table, START + 14 * MINUTE, 0, 0);
  assert_news (table, START, table, START + 15 * MINUTE, 0, 1);
  assert_news (table, START + 15 * MINUTE, table, START + 29 * MINUTE, 0, 0);
  assert_news (table, START + 29 * MINUTE, table, START + 30 * MINUTE, 1, 0);
  assert_news (table, START + 30 * MINUTE, table, START + 44 * MINUTE, 0, 0);
  assert_news (table, START + 44 * MINUTE, table, START + 45 * MINUTE, 0, 1);
  /* A computer that slept: what was about to and what was not are told together */
  assert_news (table, START, table, START + 50 * MINUTE, 1, 1);
  assert_news (table, START, table, START + 120 * MINUTE, 2, 0);
  /* The clock was put back */
  assert_news (table, START + 120 * MINUTE, table, START, 0, 0);
}

/* Another snapshot, with other rows for the same routes, is no news by itself */
static void
test_identity (void)
{
  g_autoptr(DrillRouteTable) before = make_table (make_plan ("weekly", "p1", START), NULL);
  g_autoptr(DrillRouteTable) after = make_table (make_plan ("monthly", "p2", START - 5 * MINUTE),
                                                 make_plan ("weekly", "p1", START), NULL);
  DrillEvidence *then = drill_route_table_get_evidence (before);
  DrillEvidence *now = drill_route_table_get_evidence (after);
  g_autoptr(GHashTable) identities = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint64 all[6];

  assert_news (before, START + 100 * MINUTE, before, START + 100 * MINUTE, 0, 0);
  /* Those of the other schedule are */
  assert_news (before, START + 100 * MINUTE, after, START + 100 * MINUTE, 2, 0);
  assert_news (after, START + 100 * MINUTE, before, START + 100 * MINUTE, 0, 0);
  /* One is breached since, and the other about to; of the new schedule the same */
  assert_news (before, START, after, START + 45 * MINUTE, 2, 2);

  for (guint i = 0; i < 2; i++)
    all[i] = drill_watch_get_identity (then, i);
  for (guint i = 0; i < 4; i++)
    all[2 + i] = drill_watch_get_identity (now, i);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_hash_table_add (identities, &all[i]);
  g_assert_cmpuint (g_hash_table_size (identities), ==, 4);
}

/* An acknowledgement ends it; what is opened again and late is news again */
static void
test_acknowledged (void)
{
  g_autoptr(DrillRouteTable) open = make_table (make_plan ("weekly", "p1", START), NULL);
  g_autoptr(DrillRouteTable) closed = make_table (make_plan ("weekly", "p1", START),
                                                  make_ack ("weekly", "slack", "acknowledged", START + MINUTE), NULL);
  g_autoptr(DrillRouteTable) escalated = make_table (make_plan ("weekly", "p1", START),
                                                     make_ack ("weekly", "slack", "acknowledged", START + MINUTE),
                                                     make_ack ("weekly", "slack", "escalated", START + 2 * MINUTE), NULL);

  assert_news (open, START, closed, START + 40 * MINUTE, 0, 0);
  assert_news (closed, START + 40 * MINUTE, escalated, START + 40 * MINUTE, 1, 0);
  assert_news (escalated, START + 40 * MINUTE, escalated, START + 41 * MINUTE, 0, 0);
}

/* A new plan of the schedule starts the time anew, and its routes are others */
static void
test_new_plan (void)
{
  g_autoptr(DrillRouteTable) before = make_table (make_plan ("weekly", "p1", START), NULL);
  g_autoptr(DrillRouteTable) after = make_table (make_plan ("weekly", "p1", START),
                                                 make_plan ("weekly", "p2", START + 40 * MINUTE), NULL);

  assert_news (before, START + 40 * MINUTE, after, START + 41 * MINUTE, 0, 0);
  assert_news (before, START + 40 * MINUTE, after, START + 71 * MINUTE, 1, 0);
}

/* A longer at-risk window makes none of the past late */
static void
test_window (void)
{
  g_autoptr(DrillRouteTable) table = make_table (make_plan ("weekly", "p1", START), NULL);
  g_autoptr(DrillSight) before = drill_sight_new (table, START + MINUTE, DUE);
  g_autoptr(DrillSight) after = drill_sight_new (table, START + 2 * MINUTE, 300 * MINUTE);
  g_autoptr(DrillNews) news = drill_watch_compare (before, after);

  g_assert_cmpuint (news->n_breached, ==, 0);
  g_assert_cmpuint (news->n_due, ==, 0);
}

/* Which of several is named: the one that is late the longest, or late the soonest */
static void
test_worst (void)
{
  g_autoptr(DrillRouteTable) before = make_table (make_plan ("weekly", "p1", START), NULL);
  g_autoptr(DrillRouteTable) after = make_table (make_plan ("weekly", "p1", START),
                                                 make_plan ("monthly", "p2", START - 10 * MINUTE), NULL);
  g_autoptr(DrillSight) then = drill_sight_new (before, START, DUE);
  g_autoptr(DrillSight) now = drill_sight_new (after, START + 46 * MINUTE, DUE);
  g_autoptr(DrillNews) news = drill_watch_compare (then, now);
  DrillEvidence *evidence = drill_route_table_get_evidence (after);
  const gint64 *deadlines = drill_evidence_get_route_deadlines (evidence);

  g_assert_cmpuint (news->n_breached, ==, 2);
  g_assert_cmpuint (news->n_due, ==, 2);
  /* Ages have two decimals (contract section 5): a deadline is some milliseconds before the full minute */
  g_assert_cmpint ((deadlines[news->worst_breached] - START + MINUTE / 2) / MINUTE, ==, 20);
  g_assert_cmpint ((deadlines[news->worst_due] - START + MINUTE / 2) / MINUTE, ==, 50);
}

static void
test_next (void)
{
  g_autoptr(DrillRouteTable) table = make_table (make_plan ("weekly", "p1", START), NULL);
  static const int expected[][2] = {
    { 0, 15 }, { 14, 15 }, { 15, 30 }, { 29, 30 }, { 30, 45 }, { 45, 60 },
  };
  g_autoptr(DrillSight) late = drill_sight_new (table, START + 60 * MINUTE, DUE);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr(DrillSight) sight = drill_sight_new (table, START + expected[i][0] * MINUTE, DUE);

      g_assert_cmpint ((drill_watch_get_next (sight) - START + MINUTE / 2) / MINUTE, ==, expected[i][1]);
    }
  g_assert_cmpint (drill_watch_get_next (late), ==, G_MAXINT64);
}

/* What was told is forgotten when it is no longer true */
static void
test_retain (void)
{
  g_autoptr(DrillRouteTable) open = make_table (make_plan ("weekly", "p1", START), NULL);
  g_autoptr(DrillRouteTable) half = make_table (make_plan ("weekly", "p1", START),
                                                make_ack ("weekly", "slack", "resolved", START + MINUTE), NULL);
  g_autoptr(DrillRouteTable) closed = make_table (make_plan ("weekly", "p1", START),
                                                  make_ack ("weekly", "slack", "resolved", START + MINUTE),
                                                  make_ack ("weekly", "teams", "resolved", START + MINUTE), NULL);
  g_autoptr(DrillSight) before = drill_sight_new (open, START, DUE);
  g_autoptr(DrillSight) now = drill_sight_new (open, START + 50 * MINUTE, DUE);
  g_autoptr(DrillSight) later = drill_sight_new (half, START + 70 * MINUTE, DUE);
  g_autoptr(DrillSight) end = drill_sight_new (closed, START + 71 * MINUTE, DUE);
  g_autoptr(DrillNews) news = drill_watch_compare (before, now);

  g_assert_cmpuint (drill_watch_retain (now, news->breached, news->due), ==, 2);
  /* One was resolved; the other was about to breach and did */
  g_assert_cmpuint (drill_watch_retain (later, news->breached, news->due), ==, 1);
  g_assert_cmpuint (news->breached->len, ==, 0);
  g_assert_cmpuint (drill_watch_retain (end, news->breached, news->due), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/app/watch/time", test_time);
  g_test_add_func ("/drill/app/watch/identity", test_identity);
  g_test_add_func ("/drill/app/watch/acknowledged", test_acknowledged);
  g_test_add_func ("/drill/app/watch/new-plan", test_new_plan);
  g_test_add_func ("/drill/app/watch/window", test_window);
  g_test_add_func ("/drill/app/watch/worst", test_worst);
  g_test_add_func ("/drill/app/watch/next", test_next);
  g_test_add_func ("/drill/app/watch/retain", test_retain);

  return g_test_run ();
}
