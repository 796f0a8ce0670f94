// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "drill-generate.h"
#include "drill-test-loop.h"
#include "drill-test-server.h"
#include "session/drill-loader.h"
#include "sources/drill-api-source.h"
#include "sources/drill-local-source.h"

#define NOW     G_GINT64_CONSTANT (1780000000000000)
#define N_ROUTES 20000
#define ITEM(id) "{\"session_id\":\"" id "\",\"created_at\":\"2030-05-20T10:00:00+00:00\",\"metadata_kind\":\"x\"}"

typedef struct {
  DrillTestServer *server;
  DrillSource *source;
  DrillLoader *loader;
  GThread *main_thread;
  guint n_tables;
  guint n_items;
  guint n_all_items;
  GCancellable *cancel_at_first;
} Fixture;

static void
table_cb (DrillLoader     *loader,
          DrillRouteTable *table,
          gpointer         data)
{
  Fixture *self = data;
  guint n_items = drill_evidence_get_n_items (drill_route_table_get_evidence (table));

  g_assert_true (g_thread_self () == self->main_thread);
  g_assert_true (table == drill_loader_get_table (loader));
  self->n_tables++;
  self->n_items = n_items;
  if (self->cancel_at_first != NULL)
    g_cancellable_cancel (self->cancel_at_first);
}

static void
watch (Fixture *self)
{
  self->main_thread = g_thread_self ();
  self->loader = drill_loader_new (self->source);
  g_signal_connect (self->loader, "table", G_CALLBACK (table_cb), self);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  GPtrArray *items = drill_generate_items (N_ROUTES, 1, NOW);
  DrillApiSource *source;

  self->n_all_items = items->len;
  self->server = drill_test_server_new ();
  drill_test_server_set_items (self->server, items);
  source = drill_api_source_new (drill_test_server_get_url (self->server), NULL, NULL, NULL);
  drill_api_source_set_retries (source, 1, 1);
  self->source = DRILL_SOURCE (source);
  watch (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
  g_clear_object (&self->cancel_at_first);
  g_clear_pointer (&self->server, drill_test_server_free);
}

static gboolean
load (Fixture       *self,
      GCancellable  *cancellable,
      gboolean      *complete,
      GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  self->n_tables = 0;
  drill_loader_load_async (self->loader, cancellable, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_loader_load_finish (self->loader, result, complete, error);
}

static void
assert_loads_all (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  gboolean complete = FALSE;

  g_assert_true (load (self, NULL, &complete, &error));
  g_assert_no_error (error);
  g_assert_true (complete);
  g_assert_cmpuint (drill_evidence_get_n_items (drill_route_table_get_evidence (drill_loader_get_table (self->loader))), ==,
                    self->n_all_items);
}

static guint
get_n_requests (Fixture *self)
{
  return drill_test_server_get_n_requests (self->server, DRILL_TEST_HISTORY);
}

static void
test_pages (Fixture       *self,
            gconstpointer  data)
{
  assert_loads_all (self);
  g_assert_cmpuint (drill_evidence_get_n_routes (drill_route_table_get_evidence (drill_loader_get_table (self->loader))), ==,
                    N_ROUTES);
  /* First rows soon, and tables now and then, not at every page */
  g_assert_cmpuint (self->n_tables, >=, 2);
  g_assert_cmpuint (self->n_tables, <=, 8);
}

static void
test_refresh_without_news (Fixture       *self,
                           gconstpointer  data)
{
  DrillRouteTable *before;
  guint n;

  assert_loads_all (self);
  n = get_n_requests (self);
  before = drill_loader_get_table (self->loader);
  for (guint i = 1; i <= 5; i++)
    {
      assert_loads_all (self);
      g_assert_cmpuint (get_n_requests (self), ==, n + i);
      g_assert_cmpuint (self->n_tables, ==, 0);
      g_assert_true (drill_loader_get_table (self->loader) == before);
    }

  /* And then they come */
  drill_test_server_add_item (self->server, ITEM ("new"));
  self->n_all_items++;
  assert_loads_all (self);
  assert_loads_all (self);
}

static void
test_refresh_with_news (Fixture       *self,
                        gconstpointer  data)
{
  guint n;

  assert_loads_all (self);
  n = get_n_requests (self);
  drill_test_server_add_item (self->server, ITEM ("new"));
  self->n_all_items++;
  assert_loads_all (self);
  g_assert_cmpuint (get_n_requests (self), ==, n + 1);
  g_assert_cmpuint (self->n_tables, ==, 1);
  assert_loads_all (self);
  g_assert_cmpuint (get_n_requests (self), ==, n + 2);
}

static void
test_added_between (Fixture       *self,
                    gconstpointer  data)
{
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_HISTORY, .first = 2, .count = 1, .what = DRILL_TEST_ADD_ITEM, .body = ITEM ("new"),
  });
  self->n_all_items++;
  assert_loads_all (self);
}

static void
test_removed_between (Fixture       *self,
                      gconstpointer  data)
{
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_HISTORY, .first = 2, .count = 1, .what = DRILL_TEST_REMOVE_ITEM,
  });
  self->n_all_items--;
  assert_loads_all (self);
}

static void
test_removed_later (Fixture       *self,
                    gconstpointer  data)
{
  assert_loads_all (self);
  drill_test_server_remove_item (self->server);
  self->n_all_items--;
  assert_loads_all (self);
  /* What is shown does not shrink to the first page meanwhile */
  g_assert_cmpuint (self->n_tables, ==, 1);
}

/* What is shown does not shrink to the first pages either when the rest of them
 * cannot be read again */
static void
test_removed_and_broken_off (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  assert_loads_all (self);
  drill_test_server_remove_item (self->server);
  /* After the look for news and the first page that is read again */
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_HISTORY, .first = 3, .what = DRILL_TEST_STATUS, .status = 400,
  });
  g_assert_false (load (self, NULL, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED);
  g_assert_cmpuint (self->n_tables, ==, 0);
  g_assert_cmpuint (self->n_items, ==, self->n_all_items);

  drill_test_server_clear_faults (self->server);
  self->n_all_items--;
  assert_loads_all (self);
}

static void
test_never_at_rest (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gboolean complete = TRUE;

  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_HISTORY, .what = DRILL_TEST_REMOVE_ITEM,
  });
  g_assert_true (load (self, NULL, &complete, &error));
  g_assert_no_error (error);
  g_assert_false (complete);
  g_assert_cmpuint (self->n_items, >, 0);
}

static void
test_limit_of_the_service (Fixture       *self,
                           gconstpointer  data)
{
  drill_test_server_set_max_limit (self->server, 150);
  assert_loads_all (self);
}

static void
test_too_large (Fixture       *self,
                gconstpointer  data)
{
  drill_api_source_set_max_page (DRILL_API_SOURCE (self->source), 300 * 1000);
  assert_loads_all (self);
}

/* What came before the break stays, and the next load goes on from there */
static void
test_broken_off (Fixture       *self,
                 gconstpointer  data)
{
  const DrillTestFault *fault = data;
  g_autoptr(GError) error = NULL;
  gboolean complete = TRUE;
  guint n_items;

  drill_test_server_add_fault (self->server, fault);
  g_assert_false (load (self, NULL, &complete, &error));
  g_assert_error (error, DRILL_ERROR, (int) (fault->status == 503 ? DRILL_ERROR_SERVICE : DRILL_ERROR_BAD_REPLY));
  g_assert_false (complete);
  n_items = self->n_items;
  g_assert_cmpuint (n_items, >, 0);
  g_assert_cmpuint (n_items, <, self->n_all_items);

  drill_test_server_clear_faults (self->server);
  assert_loads_all (self);
}

static void
test_wrong_shape (Fixture       *self,
                  gconstpointer  data)
{
  static const char *const bodies[] = {
    "{}", "[1,2,3", "{\"items\":7}", "{\"items\":{}}", "{\"items\":[{\"session_id\":\"a\"}", "{\"detail\":\"no\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GError) error = NULL;

      drill_test_server_clear_faults (self->server);
      drill_test_server_add_fault (self->server, &(DrillTestFault) {
        .what = DRILL_TEST_STATUS, .status = 200, .body = bodies[i],
      });
      g_assert_false (load (self, NULL, NULL, &error));
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY);
    }
}

static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gboolean complete = TRUE;

  self->cancel_at_first = g_cancellable_new ();
  g_assert_false (load (self, self->cancel_at_first, &complete, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_false (complete);
  g_assert_cmpuint (self->n_items, >, 0);
  g_assert_cmpuint (self->n_items, <, self->n_all_items);

  g_clear_object (&self->cancel_at_first);
  assert_loads_all (self);
}

static DrillPage *
make_page (const char *items)
{
  g_autofree char *text = g_strdup_printf ("{\"items\":[%s]}", items);

  return drill_page_new (text, strlen (text));
}

static gboolean
add (Fixture     *self,
     const char  *items,
     gboolean     publish,
     GError     **error)
{
  g_autoptr(DrillPage) page = items != NULL ? make_page (items) : NULL;
  g_autoptr(GAsyncResult) result = NULL;

  self->n_tables = 0;
  drill_loader_add_async (self->loader, page, publish, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_loader_add_finish (self->loader, result, error);
}

/* What a write brought is shown at once, without a request; and what others wrote
 * before and after it is found by the next look for news */
static void
test_written (Fixture       *self,
              gconstpointer  data)
{
  guint n;

  assert_loads_all (self);
  assert_loads_all (self); /* the newest page is known by its bytes */
  g_assert_true (drill_loader_knows_all (self->loader));
  n = get_n_requests (self);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *theirs = g_strdup_printf (ITEM ("theirs-%u"), i);
      g_autofree char *ours = g_strdup_printf (ITEM ("ours-%u"), i);

      drill_test_server_add_item (self->server, theirs);
      drill_test_server_add_item (self->server, ours);
      g_assert_true (add (self, ours, TRUE, NULL));
      g_assert_cmpuint (self->n_tables, ==, 1);
      g_assert_cmpuint (self->n_items, ==, self->n_all_items + i + 1);
    }
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *ours = g_strdup_printf (ITEM ("last-%u"), i);

      drill_test_server_add_item (self->server, ours);
      g_assert_true (add (self, ours, FALSE, NULL));
      g_assert_cmpuint (self->n_tables, ==, 0);
    }
  g_assert_cmpuint (get_n_requests (self), ==, n);

  g_assert_true (add (self, NULL, TRUE, NULL));
  g_assert_cmpuint (self->n_items, ==, self->n_all_items + 120);
  /* Nothing further to show */
  g_assert_true (add (self, NULL, TRUE, NULL));
  g_assert_cmpuint (self->n_tables, ==, 0);

  /* The newest page has nothing that is not known, and theirs are behind it */
  self->n_all_items += 60 + 120;
  assert_loads_all (self);
  /* Which is not found out by reading everything again */
  g_assert_cmpuint (get_n_requests (self), <=, n + 2);
  assert_loads_all (self);
}

/* What was added and not shown is in the table of the next load, news or none */
static void
test_written_unseen (Fixture       *self,
                     gconstpointer  data)
{
  assert_loads_all (self);
  drill_test_server_add_item (self->server, ITEM ("ours"));
  g_assert_true (add (self, ITEM ("ours"), FALSE, NULL));
  self->n_all_items++;
  assert_loads_all (self);
  g_assert_cmpuint (self->n_tables, ==, 1);
}

/* What comes twice is there once */
static void
test_written_and_known (Fixture       *self,
                        gconstpointer  data)
{
  assert_loads_all (self);
  drill_test_server_add_item (self->server, ITEM ("ours"));
  self->n_all_items++;
  assert_loads_all (self);
  g_assert_true (add (self, ITEM ("ours"), TRUE, NULL));
  g_assert_cmpuint (self->n_items, ==, self->n_all_items);
  assert_loads_all (self);
}

static void
test_written_garbage (Fixture       *self,
                      gconstpointer  data)
{
  static const char *const garbage[] = { "", "{", "\"text" };

  assert_loads_all (self);
  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (add (self, garbage[i], TRUE, &error));
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY);
    }
  assert_loads_all (self);
}

/* One thing after the other: what is written while a load runs is in the table when
 * both have ended, and a load that is asked for then sees what came meanwhile */
static void
test_queue (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(DrillPage) page = make_page (ITEM ("ours"));
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) added = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  gboolean complete = FALSE;

  /* In front of the last of its pages' answers */
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_HISTORY, .first = 2, .count = 1, .what = DRILL_TEST_ADD_ITEM, .body = ITEM ("ours"),
  });
  drill_loader_load_async (self->loader, NULL, drill_test_loop_result, &first);
  drill_loader_add_async (self->loader, page, TRUE, drill_test_loop_result, &added);
  drill_loader_load_async (self->loader, NULL, drill_test_loop_result, &second);
  drill_test_loop_await (&first);
  g_assert_null (second);
  drill_test_server_add_item (self->server, ITEM ("later"));
  drill_test_loop_await (&added);
  drill_test_loop_await (&second);
  g_assert_true (drill_loader_load_finish (self->loader, first, &complete, NULL));
  g_assert_true (complete);
  g_assert_true (drill_loader_add_finish (self->loader, added, NULL));
  g_assert_true (drill_loader_load_finish (self->loader, second, &complete, NULL));
  g_assert_true (complete);
  self->n_all_items += 2;
  g_assert_cmpuint (self->n_items, ==, self->n_all_items);
}

/* A load that waits can be given up; what is under way goes on */
static void
test_queue_cancelled (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;

  drill_loader_load_async (self->loader, NULL, drill_test_loop_result, &first);
  drill_loader_load_async (self->loader, cancellable, drill_test_loop_result, &second);
  g_cancellable_cancel (cancellable);
  drill_test_loop_await (&second);
  g_assert_true (drill_loader_load_finish (self->loader, first, NULL, NULL));
  g_assert_false (drill_loader_load_finish (self->loader, second, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
  assert_loads_all (self);
}

static void
test_empty (Fixture       *self,
            gconstpointer  data)
{
  drill_test_server_set_items (self->server, g_ptr_array_new_with_free_func (g_free));
  self->n_all_items = 0;
  assert_loads_all (self);
  g_assert_cmpuint (self->n_tables, ==, 1);
}

static void
set_up_file (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GString) history = drill_generate_history (40000, 1, NOW);
  g_autoptr(GPtrArray) items = drill_generate_items (40000, 1, NOW);
  g_autofree char *path = NULL;
  g_autoptr(GFile) file = NULL;
  int fd = g_file_open_tmp ("drill-XXXXXX.json", &path, NULL);

  close (fd);
  if (data != NULL)
    g_string_truncate (history, history->len - 1000);
  g_assert_true (g_file_set_contents (path, history->str, (gssize) history->len, NULL));
  file = g_file_new_for_path (path);
  self->n_all_items = items->len;
  self->source = DRILL_SOURCE (drill_local_source_new_file (file));
  g_object_set_data_full (G_OBJECT (self->source), "path", g_steal_pointer (&path), g_free);
  watch (self);
}

static void
tear_down_file (Fixture       *self,
                gconstpointer  data)
{
  g_unlink (g_object_get_data (G_OBJECT (self->source), "path"));
  tear_down (self, data);
}

static void
test_file (Fixture       *self,
           gconstpointer  data)
{
  assert_loads_all (self);
  g_assert_cmpuint (self->n_tables, >=, 2);
  g_assert_cmpuint (self->n_tables, <=, 6);

  /* Read again, it is shown when it is whole */
  assert_loads_all (self);
  g_assert_cmpuint (self->n_tables, ==, 1);
}

static void
test_broken_file (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gboolean complete = TRUE;

  g_assert_false (load (self, NULL, &complete, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
  g_assert_false (complete);
}

int
main (int    argc,
      char **argv)
{
  static const DrillTestFault down = { .first = 2, .what = DRILL_TEST_STATUS, .status = 503 };
  static const DrillTestFault proxy = { .first = 2, .what = DRILL_TEST_STATUS, .status = 200, .type = "text/html", .body = "<html>" };
  static const DrillTestFault cut = { .first = 2, .what = DRILL_TEST_DROP_IN_BODY };
  static const DrillTestFault garbage = { .first = 2, .what = DRILL_TEST_STATUS, .status = 200, .body = "{\"items\":[{\"sess" };
  static const struct
  {
    const char *name;
    void (*function) (Fixture *self, gconstpointer data);
    gconstpointer data;
  } cases[] = {
    { "/drill/session/loader/pages", test_pages, NULL },
    { "/drill/session/loader/refresh-without-news", test_refresh_without_news, NULL },
    { "/drill/session/loader/refresh-with-news", test_refresh_with_news, NULL },
    { "/drill/session/loader/added-between", test_added_between, NULL },
    { "/drill/session/loader/removed-between", test_removed_between, NULL },
    { "/drill/session/loader/removed-later", test_removed_later, NULL },
    { "/drill/session/loader/removed-and-broken-off", test_removed_and_broken_off, NULL },
    { "/drill/session/loader/never-at-rest", test_never_at_rest, NULL },
    { "/drill/session/loader/limit-of-the-service", test_limit_of_the_service, NULL },
    { "/drill/session/loader/too-large", test_too_large, NULL },
    { "/drill/session/loader/broken-off/down", test_broken_off, &down },
    { "/drill/session/loader/broken-off/proxy", test_broken_off, &proxy },
    { "/drill/session/loader/broken-off/cut", test_broken_off, &cut },
    { "/drill/session/loader/broken-off/garbage", test_broken_off, &garbage },
    { "/drill/session/loader/wrong-shape", test_wrong_shape, NULL },
    { "/drill/session/loader/cancelled", test_cancelled, NULL },
    { "/drill/session/loader/written", test_written, NULL },
    { "/drill/session/loader/written-unseen", test_written_unseen, NULL },
    { "/drill/session/loader/written-and-known", test_written_and_known, NULL },
    { "/drill/session/loader/written-garbage", test_written_garbage, NULL },
    { "/drill/session/loader/queue", test_queue, NULL },
    { "/drill/session/loader/queue-cancelled", test_queue_cancelled, NULL },
    { "/drill/session/loader/empty", test_empty, NULL },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, cases[i].data, set_up, cases[i].function, tear_down);
  g_test_add ("/drill/session/loader/file", Fixture, NULL, set_up_file, test_file, tear_down_file);
  g_test_add ("/drill/session/loader/broken-file", Fixture, "broken", set_up_file, test_broken_file, tear_down_file);

  return g_test_run ();
}
