// SPDX-License-Identifier: GPL-3.0-or-later

/* The window that lists the shortcuts says what is true */

#include "drill-program-fixture.h"
#include "ui/routes/drill-route-copy.h"
#include "ui/window/drill-shortcuts.h"

static void
collect (GtkWidget *widget,
         GPtrArray *listed)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkShortcutsShortcut"))
    {
      char *keys = NULL;

      g_object_get (widget, "accelerator", &keys, NULL);
      g_ptr_array_add (listed, keys);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, listed);
}

static void
check_shortcuts (gpointer data)
{
  DrillProgram *program = data;
  GtkApplication *application = GTK_APPLICATION (program->application);
  g_auto(GStrv) actions = gtk_application_list_action_descriptions (application);
  g_autoptr(GPtrArray) listed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *window = g_object_ref_sink (drill_shortcuts_window_new ());
  guint n_shortcuts;
  const DrillShortcut *shortcuts = drill_shortcuts_get_all (&n_shortcuts);

  collect (window, listed);
  /* GTK lists each twice: on its page, and for its search */
  g_assert_cmpuint (listed->len, ==, 2 * n_shortcuts);

  for (guint i = 0; i < n_shortcuts; i++)
    {
      g_autofree char *keys = g_strjoinv (" ", (char **) shortcuts[i].keys);

      g_assert_true (g_ptr_array_find_with_equal_func (listed, keys, g_str_equal, NULL));
      for (guint j = 0; shortcuts[i].keys[j] != NULL; j++)
        {
          g_auto(GStrv) owners = gtk_application_get_actions_for_accel (application, shortcuts[i].keys[j]);

          /* One key does one thing; what is a widget's own is no accelerator */
          g_assert_cmpuint (g_strv_length (owners), ==, shortcuts[i].action != NULL ? 1 : 0);
          if (shortcuts[i].action != NULL)
            g_assert_cmpstr (owners[0], ==, shortcuts[i].action);
          g_assert_true (g_hash_table_add (used, g_strdup (shortcuts[i].keys[j])));
        }
    }

  /* Nothing has an accelerator that is not listed */
  for (guint i = 0; actions[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < n_shortcuts; j++)
        found = found || g_strcmp0 (shortcuts[j].action, actions[i]) == 0;
      if (!found)
        g_error ("%s has an accelerator, but is not in the window", actions[i]);
    }

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
}

static void
test_shortcuts (void)
{
  static const char *const arguments[] = { "--sample", NULL };

  drill_program_run (arguments, check_shortcuts);
}

/* Without a service there is nothing to ask with curl; and no reference but one of the web is opened */
static void
check_copy (gpointer data)
{
  DrillProgram *program = data;
  DrillEvidence *evidence = drill_route_list_get_evidence (program->list);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 first = 0;

  g_array_append_val (rows, first);
  g_assert_null (drill_route_copy_dup_curl (program->session, evidence, rows));

  for (guint32 row = 0; row < drill_evidence_get_n_routes (evidence); row++)
    {
      const char *link = drill_route_copy_get_link (evidence, row);

      g_assert_true (link == NULL || g_str_has_prefix (link, "https://") || g_str_has_prefix (link, "http://"));
    }
}

static void
test_copy (void)
{
  static const char *const arguments[] = { "--sample", NULL };

  drill_program_run (arguments, check_copy);
}

int
main (int    argc,
      char **argv)
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/shortcuts/true", test_shortcuts);
  g_test_add_func ("/drill/ui/shortcuts/copy", test_copy);

  return g_test_run ();
}
