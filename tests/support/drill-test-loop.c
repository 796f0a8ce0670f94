// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-test-loop.h"

#define LOOK_MS          5  /* how often to look at what another thread does, which wakes nobody */
#define WATCHDOG_SECONDS 60 /* for a test that would hang; no test waits for it */

static gboolean
bark_cb (gpointer data)
{
  g_error ("waited %d s for something that does not happen", WATCHDOG_SECONDS);

  return G_SOURCE_REMOVE;
}

static gboolean
look_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * drill_test_loop_until:
 * @condition: what to wait for
 * @data: for @condition
 *
 * Runs the main loop until @condition holds.
 */
void
drill_test_loop_until (gboolean (*condition) (gpointer data),
                       gpointer data)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, bark_cb, NULL);
  guint look = g_timeout_add (LOOK_MS, look_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (look);
  g_source_remove (watchdog);
}

/**
 * drill_test_loop_result:
 *
 * A #GAsyncReadyCallback that keeps the result in the #GAsyncResult * that
 * @user_data points to.
 */
void
drill_test_loop_result (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/**
 * drill_test_loop_await:
 * @result: what drill_test_loop_result() was given
 *
 * Waits for it.
 */
void
drill_test_loop_await (GAsyncResult **result)
{
  drill_test_loop_until (is_there, result);
}
