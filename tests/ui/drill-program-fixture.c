// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-program-fixture.h"

#include "base/drill-time.h"
#include "drill-config.h"

static gboolean
is_loaded (gpointer data)
{
  return !drill_session_get_loading (data);
}

static gboolean
has_window (gpointer data)
{
  return gtk_application_get_active_window (data) != NULL;
}

static gboolean
run_test_cb (gpointer data)
{
  DrillProgram *program = data;

  drill_test_wait (has_window, program->application, "the window");
  program->window = DRILL_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (program->application)));
  program->session = drill_application_get_session (program->application);
  program->list = drill_routes_view_get_list (drill_window_get_routes_view (program->window));
  drill_test_wait (is_loaded, program->session, "the evidence");
  drill_test_settle ();

  program->test (program);

  g_action_group_activate_action (G_ACTION_GROUP (program->application), "quit", NULL);

  return G_SOURCE_REMOVE;
}

void
drill_program_run (const char *const  *arguments,
                   void              (*test) (gpointer program))
{
  DrillProgram program = { NULL };
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (gpointer) "drill-console");
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  program.clock = drill_clock_new_fixed (drill_time_parse (DRILL_PROGRAM_NOW, -1));
  program.application = drill_application_new (program.clock);
  program.test = test;
  g_idle_add (run_test_cb, &program);
  g_assert_cmpint (g_application_run (G_APPLICATION (program.application), (int) argv->len - 1, (char **) argv->pdata), ==, 0);

  /* Nothing may keep the program, or with it the session, alive */
  g_assert_finalize_object (program.application);
  g_object_unref (program.clock);
}

/* As on the first day: nothing is remembered */
void
drill_program_forget (void)
{
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);
  g_autoptr(GSettingsSchema) schema = NULL;
  g_auto(GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (gsize i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

void
drill_program_activate (DrillProgram *program,
                        const char   *action,
                        GVariant     *parameter)
{
  g_autoptr(GVariant) kept = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (program->window), action, kept));
}

const char *
drill_program_get_status (DrillProgram *program)
{
  return drill_routes_view_get_status (drill_window_get_routes_view (program->window));
}

const char *
drill_program_get_banner (DrillProgram *program)
{
  return drill_window_get_banner_text (program->window);
}

guint
drill_program_get_n_rows (DrillProgram *program)
{
  return drill_route_result_get_n_rows (drill_route_list_get_result (program->list));
}
