// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "base/drill-time.h"
#include "drill-generate.h"
#include "drill-test-loop.h"
#include "drill-test-server.h"
#include "session/drill-session.h"

#define NOW      G_GINT64_CONSTANT (1780000000000000)
#define N_ROUTES 3000

typedef struct {
  DrillClock *clock;
  DrillSession *session;
  DrillTestServer *server;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const DrillSessionPauses pauses = { .max_retry_ms = 20, .first_retry_ms = 10, .n_read_retries = 1, .first_read_pause_ms = 1 };

  self->clock = drill_clock_new_fixed (NOW);
  self->session = drill_session_new (self->clock);
  drill_session_set_pauses (self->session, &pauses);
  self->server = drill_test_server_new ();
  drill_test_server_set_items (self->server, drill_generate_items (N_ROUTES, 1, NOW));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  drill_session_close (self->session);
  g_assert_false (drill_session_get_loading (self->session));
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->server, drill_test_server_free);
}

static gboolean
is_idle (gpointer data)
{
  return !drill_session_get_loading (data);
}

static gboolean
shows_something (gpointer data)
{
  return drill_evidence_get_n_items (drill_session_get_evidence (data)) > 0;
}

static gboolean
shows_live (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE;
}

static gboolean
asked_twice (gpointer data)
{
  return drill_test_server_get_n_requests (data, DRILL_TEST_HISTORY) >= 2;
}

static void
await_idle (Fixture *self)
{
  drill_test_loop_until (is_idle, self->session);
}

static void
connect_session (Fixture    *self,
                 const char *token)
{
  g_autoptr(GError) error = NULL;

  drill_session_connect (self->session, drill_test_server_get_url (self->server), NULL, token, &error);
  g_assert_no_error (error);
}

static guint
get_n_routes (Fixture *self)
{
  return drill_evidence_get_n_routes (drill_session_get_evidence (self->session));
}

static void
assert_live (Fixture *self)
{
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_LIVE);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, drill_test_server_get_url (self->server));
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, "");
  g_assert_no_error (drill_session_get_error (self->session));
  g_assert_true (drill_session_get_complete (self->session));
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, DRILL_TIME_UNKNOWN);
  g_assert_cmpuint (get_n_routes (self), ==, N_ROUTES);
}

/* The sample does not pass for what was asked for */
static void
assert_sample_instead (Fixture    *self,
                       DrillError  code)
{
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_SAMPLE);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, "");
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, drill_test_server_get_url (self->server));
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, (int) code);
  g_assert_cmpuint (get_n_routes (self), >, 100);
  g_assert_cmpuint (get_n_routes (self), !=, N_ROUTES);
}

static void
test_nothing_yet (Fixture       *self,
                  gconstpointer  data)
{
  g_assert_nonnull (drill_session_get_table (self->session));
  g_assert_cmpuint (get_n_routes (self), ==, 0);
  g_assert_false (drill_session_get_complete (self->session));
  g_assert_false (drill_session_get_loading (self->session));
  g_assert_null (drill_session_get_error (self->session));
  drill_session_refresh (self->session);
  drill_session_cancel (self->session);
  g_assert_false (drill_session_get_loading (self->session));
}

static void
test_sample (Fixture       *self,
             gconstpointer  data)
{
  drill_session_open_sample (self->session);
  g_assert_true (drill_session_get_loading (self->session));
  await_idle (self);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_SAMPLE);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, "");
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, "");
  g_assert_true (drill_session_get_complete (self->session));
  g_assert_null (drill_session_get_error (self->session));
  g_assert_cmpint (drill_session_get_loaded_at (self->session), ==, NOW);
  g_assert_cmpuint (get_n_routes (self), >, 100);
}

static void
test_live (Fixture       *self,
           gconstpointer  data)
{
  const DrillServerCounts *counts;
  const DrillActor *actor;

  connect_session (self, NULL);
  await_idle (self);
  assert_live (self);
  g_assert_cmpint (drill_session_get_loaded_at (self->session), ==, NOW);

  actor = drill_session_get_actor (self->session);
  g_assert_cmpstr (actor->mode, ==, "local_or_demo");
  counts = drill_session_get_server_counts (self->session);
  g_assert_cmpint (counts->n_plans, >, 100);
  g_assert_cmpint (counts->n_plans, <, 500);
}

static void
test_live_actor (Fixture       *self,
                 gconstpointer  data)
{
  drill_test_server_set_auth_required (self->server, TRUE);
  drill_test_server_add_token (self->server, "good", "release-manager");
  connect_session (self, "good");
  await_idle (self);
  assert_live (self);
  g_assert_cmpstr (drill_session_get_actor (self->session)->name, ==, "release-manager");
  g_assert_true (drill_session_get_actor (self->session)->may_acknowledge);
}

static void
test_bad_address (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  drill_session_open_sample (self->session);
  await_idle (self);
  g_assert_false (drill_session_connect (self->session, "no address", NULL, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, "");
  g_assert_null (drill_session_get_error (self->session));
}

static void
test_unreachable_then_live (Fixture       *self,
                            gconstpointer  data)
{
  drill_test_server_set_listening (self->server, FALSE);
  connect_session (self, NULL);
  drill_test_loop_until (shows_something, self->session);
  assert_sample_instead (self, DRILL_ERROR_OFFLINE);

  /* It comes up, and nobody has to do anything */
  drill_test_server_set_listening (self->server, TRUE);
  drill_test_loop_until (shows_live, self->session);
  await_idle (self);
  assert_live (self);
}

/* Answers that will not change by asking again are not asked for again */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  const DrillTestFault *fault = data;
  guint n;

  drill_test_server_add_fault (self->server, fault);
  connect_session (self, "a-token");
  drill_test_loop_until (shows_something, self->session);
  await_idle (self);
  assert_sample_instead (self, fault->status == 401 ? DRILL_ERROR_AUTH_REQUIRED : DRILL_ERROR_FORBIDDEN);

  n = drill_test_server_get_n_requests (self->server, NULL);
  drill_session_set_visible (self->session, FALSE);
  drill_session_set_visible (self->session, TRUE);
  g_assert_false (drill_session_get_loading (self->session));
  g_assert_cmpuint (drill_test_server_get_n_requests (self->server, NULL), ==, n);

  /* But whoever asks by hand gets an answer */
  drill_test_server_clear_faults (self->server);
  drill_test_server_add_token (self->server, "a-token", "release-manager");
  drill_session_refresh (self->session);
  await_idle (self);
  assert_live (self);
}

static void
test_stale (Fixture       *self,
            gconstpointer  data)
{
  DrillRouteTable *table;

  connect_session (self, NULL);
  await_idle (self);
  table = drill_session_get_table (self->session);

  drill_clock_set (self->clock, NOW + 1000);
  drill_test_server_set_listening (self->server, FALSE);
  drill_session_refresh (self->session);
  await_idle (self);
  g_assert_true (drill_session_get_table (self->session) == table);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_LIVE);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, NOW + 1000);
  g_assert_cmpint (drill_session_get_loaded_at (self->session), ==, NOW);
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_OFFLINE);

  /* Since when does not move on */
  drill_clock_set (self->clock, NOW + 2000);
  drill_session_refresh (self->session);
  await_idle (self);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, NOW + 1000);

  drill_test_server_set_listening (self->server, TRUE);
  drill_session_refresh (self->session);
  await_idle (self);
  assert_live (self);
  g_assert_cmpint (drill_session_get_loaded_at (self->session), ==, NOW + 2000);
}

static gboolean
is_fresh (gpointer data)
{
  return drill_session_get_stale_since (data) == DRILL_TIME_UNKNOWN && !drill_session_get_loading (data);
}

static void
test_stale_recovers (Fixture       *self,
                     gconstpointer  data)
{
  connect_session (self, NULL);
  await_idle (self);
  drill_test_server_set_listening (self->server, FALSE);
  drill_session_refresh (self->session);
  await_idle (self);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, NOW);
  drill_test_server_set_listening (self->server, TRUE);
  drill_test_loop_until (is_fresh, self->session);
  assert_live (self);
}

static void
test_partial (Fixture       *self,
              gconstpointer  data)
{
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_HISTORY, .first = 2, .what = DRILL_TEST_STATUS, .status = 500, .body = "{\"detail\":\"database\"}",
  });
  connect_session (self, NULL);
  await_idle (self);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_LIVE);
  g_assert_false (drill_session_get_complete (self->session));
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_SERVICE);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, NOW);
  g_assert_cmpuint (get_n_routes (self), >, 0);
  g_assert_cmpuint (get_n_routes (self), <, N_ROUTES);

  drill_test_server_clear_faults (self->server);
  drill_test_loop_until (is_fresh, self->session);
  assert_live (self);
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_HISTORY, .first = 2, .count = 1, .what = DRILL_TEST_HOLD,
  });
  connect_session (self, NULL);
  drill_test_loop_until (shows_something, self->session);
  drill_test_loop_until (asked_twice, self->server);
  g_assert_true (drill_session_get_loading (self->session));
  g_assert_false (drill_session_get_complete (self->session));
  drill_session_cancel (self->session);
  await_idle (self);
  g_assert_false (drill_session_get_complete (self->session));
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, DRILL_TIME_UNKNOWN);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_LIVE);
  g_assert_cmpuint (get_n_routes (self), >, 0);
  g_assert_cmpuint (get_n_routes (self), <, N_ROUTES);

  drill_test_server_release (self->server);
  drill_session_refresh (self->session);
  await_idle (self);
  assert_live (self);
}

/* To give up looking for news takes nothing away from what was complete */
static void
test_cancel_refresh (Fixture       *self,
                     gconstpointer  data)
{
  connect_session (self, NULL);
  await_idle (self);
  drill_test_server_add_fault (self->server, &(DrillTestFault) { .path = DRILL_TEST_HISTORY, .count = 1, .what = DRILL_TEST_HOLD });
  drill_session_refresh (self->session);
  drill_session_cancel (self->session);
  await_idle (self);
  assert_live (self);
  drill_test_server_release (self->server);
}

static void
test_switch (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(DrillTestServer) other = drill_test_server_new ();

  drill_test_server_set_items (other, drill_generate_items (500, 2, NOW));
  drill_test_server_add_fault (self->server, &(DrillTestFault) { .what = DRILL_TEST_HOLD });
  connect_session (self, NULL);
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, drill_test_server_get_url (self->server));
  drill_session_connect (self->session, drill_test_server_get_url (other), NULL, NULL, NULL);
  await_idle (self);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, drill_test_server_get_url (other));
  g_assert_cmpuint (get_n_routes (self), ==, 500);

  /* The late answers of the first one are not heard */
  drill_test_server_release (self->server);
  drill_session_refresh (self->session);
  await_idle (self);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, drill_test_server_get_url (other));
  g_assert_cmpuint (get_n_routes (self), ==, 500);
}

static void
test_switch_to_unreachable (Fixture       *self,
                            gconstpointer  data)
{
  DrillRouteTable *table;

  connect_session (self, NULL);
  await_idle (self);
  table = drill_session_get_table (self->session);

  /* Live data is never replaced by the sample */
  drill_session_connect (self->session, "http://127.0.0.1:1", NULL, NULL, NULL);
  await_idle (self);
  g_assert_true (drill_session_get_table (self->session) == table);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_LIVE);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, drill_test_server_get_url (self->server));
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, "http://127.0.0.1:1");
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_OFFLINE);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, NOW);

  drill_session_open_sample (self->session);
  await_idle (self);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_SAMPLE);
  g_assert_null (drill_session_get_error (self->session));
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, DRILL_TIME_UNKNOWN);
}

static void
open_path (Fixture    *self,
           const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  drill_session_open_file (self->session, file);
  await_idle (self);
}

static void
test_file (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "conformance", "medium", "history.json", NULL);
  DrillRouteTable *table;

  open_path (self, path);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_FILE);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, "history.json");
  g_assert_true (drill_session_get_complete (self->session));
  g_assert_cmpuint (drill_evidence_get_n_items (drill_session_get_evidence (self->session)), ==, 341);

  /* One that cannot be read leaves it as it is */
  table = drill_session_get_table (self->session);
  open_path (self, "/nonexistent/other.json");
  g_assert_true (drill_session_get_table (self->session) == table);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_FILE);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, "history.json");
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, "other.json");
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_NOT_FOUND);
  g_assert_true (drill_session_get_complete (self->session));
}

static void
test_file_at_start (Fixture       *self,
                    gconstpointer  data)
{
  open_path (self, "/nonexistent/other.json");
  drill_test_loop_until (shows_something, self->session);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_SAMPLE);
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, "other.json");
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_NOT_FOUND);
}

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

static void
test_notifies (Fixture       *self,
               gconstpointer  data)
{
  guint n_tables = 0, n_loading = 0, n_ids = 0;

  g_signal_connect_swapped (self->session, "notify::table", G_CALLBACK (count_cb), &n_tables);
  g_signal_connect_swapped (self->session, "notify::loading", G_CALLBACK (count_cb), &n_loading);
  g_signal_connect_swapped (self->session, "ids-ready", G_CALLBACK (count_cb), &n_ids);
  connect_session (self, NULL);
  await_idle (self);
  g_assert_cmpuint (n_tables, >=, 2);
  g_assert_cmpuint (n_loading, ==, 2);
  while (n_ids == 0)
    g_main_context_iteration (NULL, TRUE);

  drill_session_refresh (self->session);
  await_idle (self);
  g_assert_cmpuint (n_loading, ==, 4);
}

int
main (int    argc,
      char **argv)
{
  static const DrillTestFault unauthorized = { .what = DRILL_TEST_STATUS, .status = 401, .body = "{\"detail\":\"expired\"}" };
  static const DrillTestFault forbidden = { .what = DRILL_TEST_STATUS, .status = 403, .body = "{\"detail\":\"no\"}" };
  static const struct
  {
    const char *name;
    void (*function) (Fixture *self, gconstpointer data);
    gconstpointer data;
  } cases[] = {
    { "/drill/session/session/nothing-yet", test_nothing_yet, NULL },
    { "/drill/session/session/sample", test_sample, NULL },
    { "/drill/session/session/live", test_live, NULL },
    { "/drill/session/session/live-actor", test_live_actor, NULL },
    { "/drill/session/session/bad-address", test_bad_address, NULL },
    { "/drill/session/session/unreachable-then-live", test_unreachable_then_live, NULL },
    { "/drill/session/session/refused/unauthorized", test_refused, &unauthorized },
    { "/drill/session/session/refused/forbidden", test_refused, &forbidden },
    { "/drill/session/session/stale", test_stale, NULL },
    { "/drill/session/session/stale-recovers", test_stale_recovers, NULL },
    { "/drill/session/session/partial", test_partial, NULL },
    { "/drill/session/session/cancel", test_cancel, NULL },
    { "/drill/session/session/cancel-refresh", test_cancel_refresh, NULL },
    { "/drill/session/session/switch", test_switch, NULL },
    { "/drill/session/session/switch-to-unreachable", test_switch_to_unreachable, NULL },
    { "/drill/session/session/file", test_file, NULL },
    { "/drill/session/session/file-at-start", test_file_at_start, NULL },
    { "/drill/session/session/notifies", test_notifies, NULL },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, cases[i].data, set_up, cases[i].function, tear_down);

  return g_test_run ();
}
