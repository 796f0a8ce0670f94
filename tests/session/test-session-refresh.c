// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-generate.h"
#include "drill-test-loop.h"
#include "drill-test-server.h"
#include "session/drill-session.h"

#define NOW      G_GINT64_CONSTANT (1780000000000000)
#define N_ROUTES 3000
#define ITEM(id) "{\"session_id\":\"" id "\",\"created_at\":\"2030-05-20T10:00:00+00:00\",\"metadata_kind\":\"x\"}"

typedef struct {
  DrillClock *clock;
  DrillSession *session;
  DrillTestServer *server;
  guint n_items;
  guint n_requests;
} Fixture;

static gboolean
is_idle (gpointer data)
{
  return !drill_session_get_loading (data);
}

static guint
count_requests (Fixture *self)
{
  return drill_test_server_get_n_requests (self->server, DRILL_TEST_HISTORY);
}

/* Everything loaded, news every few milliseconds unless @data says never */
static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const DrillSessionPauses pauses = {
    .refresh_ms = GPOINTER_TO_UINT (data), .first_retry_ms = 5, .max_retry_ms = 10, .first_read_pause_ms = 1,
  };
  GPtrArray *items = drill_generate_items (N_ROUTES, 1, NOW);

  self->n_items = items->len;
  self->clock = drill_clock_new_fixed (NOW);
  self->session = drill_session_new (self->clock);
  drill_session_set_pauses (self->session, &pauses);
  self->server = drill_test_server_new ();
  drill_test_server_set_items (self->server, items);
  drill_session_connect (self->session, drill_test_server_get_url (self->server), NULL, NULL, NULL);
  drill_test_loop_until (is_idle, self->session);
  self->n_requests = count_requests (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  drill_session_close (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->server, drill_test_server_free);
}

static gboolean
has_news (gpointer data)
{
  Fixture *self = data;

  return drill_evidence_get_n_items (drill_session_get_evidence (self->session)) == self->n_items;
}

static gboolean
was_asked (gpointer data)
{
  Fixture *self = data;

  return count_requests (self) > self->n_requests && !drill_session_get_loading (self->session);
}

static void
test_timer (Fixture       *self,
            gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      self->n_requests = count_requests (self);
      drill_test_loop_until (was_asked, self);
    }
  drill_test_server_add_item (self->server, ITEM ("new"));
  self->n_items++;
  drill_test_loop_until (has_news, self);
  g_assert_true (drill_session_get_complete (self->session));
}

/* A look for news reads the newest page, not everything */
static void
test_only_news (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *target = NULL;

  g_assert_cmpuint (self->n_requests, >=, 2);
  drill_test_server_add_item (self->server, ITEM ("new"));
  self->n_items++;
  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_true (has_news (self));
  g_assert_cmpuint (count_requests (self), ==, self->n_requests + 1);

  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_cmpuint (count_requests (self), ==, self->n_requests + 2);
}

static void
test_coalesce (Fixture       *self,
               gconstpointer  data)
{
  for (guint i = 0; i < 5; i++)
    drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_cmpuint (count_requests (self), ==, self->n_requests + 1);
}

static gboolean
count_down_cb (gpointer data)
{
  guint *n_left = data;

  (*n_left)--;

  return G_SOURCE_CONTINUE;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

/* As long as a timer that is no faster than the refresh takes for @n turns */
static void
let_pass (guint n,
          guint ms)
{
  guint source = g_timeout_add (ms, count_down_cb, &n);

  drill_test_loop_until (is_zero, &n);
  g_source_remove (source);
}

static void
test_hidden (Fixture       *self,
             gconstpointer  data)
{
  drill_session_set_visible (self->session, FALSE);
  drill_test_loop_until (is_idle, self->session);
  self->n_requests = count_requests (self);
  let_pass (5, GPOINTER_TO_UINT (data));
  g_assert_cmpuint (count_requests (self), ==, self->n_requests);

  /* Seen again, it catches up at once */
  drill_session_set_visible (self->session, TRUE);
  g_assert_true (drill_session_get_loading (self->session));
  drill_test_loop_until (was_asked, self);
}

static void
test_interval (Fixture       *self,
               gconstpointer  data)
{
  drill_session_set_refresh_interval (self->session, 3600);
  drill_test_loop_until (is_idle, self->session);
  self->n_requests = count_requests (self);
  let_pass (5, GPOINTER_TO_UINT (data));
  g_assert_cmpuint (count_requests (self), ==, self->n_requests);
}

static void
test_auth_later (Fixture       *self,
                 gconstpointer  data)
{
  DrillTestFault fault = { .what = DRILL_TEST_STATUS, .status = 401, .body = "{\"detail\":\"expired\"}" };

  drill_test_server_add_fault (self->server, &fault);
  self->n_requests = count_requests (self);
  drill_test_loop_until (was_asked, self);
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, NOW);
  g_assert_true (has_news (self));

  /* It does not knock on the door for ever */
  self->n_requests = count_requests (self);
  let_pass (5, GPOINTER_TO_UINT (data));
  g_assert_cmpuint (count_requests (self), ==, self->n_requests);
}

/* An answer that takes longer than the pause does not end the refreshing */
static void
test_slow_dashboard (Fixture       *self,
                     gconstpointer  data)
{
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .path = DRILL_TEST_DASHBOARD, .count = 1, .what = DRILL_TEST_HOLD,
  });
  self->n_requests = count_requests (self);
  drill_session_refresh (self->session);
  let_pass (10, GPOINTER_TO_UINT (data));
  g_assert_true (drill_session_get_loading (self->session));
  drill_test_server_release (self->server);
  drill_test_loop_until (is_idle, self->session);
  self->n_requests = count_requests (self);
  drill_test_loop_until (was_asked, self);
}

static void
test_closed (Fixture       *self,
             gconstpointer  data)
{
  drill_session_close (self->session);
  self->n_requests = count_requests (self);
  let_pass (5, GPOINTER_TO_UINT (data));
  g_assert_cmpuint (count_requests (self), ==, self->n_requests);
  g_assert_true (has_news (self));
}

int
main (int    argc,
      char **argv)
{
  const gconstpointer soon = GUINT_TO_POINTER (10);
  const gconstpointer never = GUINT_TO_POINTER (0);

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/drill/session/session-refresh/timer", Fixture, soon, set_up, test_timer, tear_down);
  g_test_add ("/drill/session/session-refresh/only-news", Fixture, never, set_up, test_only_news, tear_down);
  g_test_add ("/drill/session/session-refresh/coalesce", Fixture, never, set_up, test_coalesce, tear_down);
  g_test_add ("/drill/session/session-refresh/hidden", Fixture, soon, set_up, test_hidden, tear_down);
  g_test_add ("/drill/session/session-refresh/interval", Fixture, soon, set_up, test_interval, tear_down);
  g_test_add ("/drill/session/session-refresh/auth-later", Fixture, soon, set_up, test_auth_later, tear_down);
  g_test_add ("/drill/session/session-refresh/slow-dashboard", Fixture, soon, set_up, test_slow_dashboard, tear_down);
  g_test_add ("/drill/session/session-refresh/closed", Fixture, soon, set_up, test_closed, tear_down);

  return g_test_run ();
}
