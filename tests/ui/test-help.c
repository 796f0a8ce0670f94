// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-program-fixture.h"

#include <string.h>

#include "ui/help/drill-help-page.h"
#include "ui/help/drill-help-topic.h"
#include "ui/help/drill-help-window.h"

typedef DrillProgram Program;

static void
run_sample (void (*test) (gpointer program))
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, test);
}

static DrillHelpWindow *
open_help (Program *program)
{
  g_action_group_activate_action (G_ACTION_GROUP (program->application), "help", NULL);

  return DRILL_HELP_WINDOW (drill_test_wait_toplevel (DRILL_TYPE_HELP_WINDOW));
}

static GtkListBoxRow *
get_row (DrillHelpWindow *help,
         int              index)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (drill_test_find (GTK_WIDGET (help), GTK_TYPE_LIST_BOX)), index);
}

static void
search (DrillHelpWindow *help,
        const char      *text)
{
  GtkWidget *entry = drill_test_find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  drill_test_settle ();
}

static gboolean
is_listed (DrillHelpWindow *help,
           const char      *id)
{
  guint n_topics;
  const DrillHelpTopic *topics = drill_help_topics_get (&n_topics);

  return gtk_widget_get_child_visible (GTK_WIDGET (get_row (help, (int) (drill_help_topic_find (id) - topics))));
}

/* Every topic shows all it says, with headings that are headings to a screen reader too */

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
check_topics (gpointer data)
{
  DrillHelpWindow *help = open_help (data);
  guint n_topics;
  const DrillHelpTopic *topics = drill_help_topics_get (&n_topics);

  g_assert_cmpuint (n_topics, >=, 10);
  g_assert_cmpstr (drill_help_window_get_topic (help), ==, topics[0].id);
  for (guint i = 0; i < n_topics; i++)
    {
      GtkListBoxRow *row = get_row (help, (int) i);
      GtkWidget *page;
      GtkWidget *title;

      g_assert_nonnull (row);
      gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (row))), row);
      drill_test_settle ();
      g_assert_cmpstr (drill_help_window_get_topic (help), ==, topics[i].id);

      page = drill_test_find (GTK_WIDGET (help), DRILL_TYPE_HELP_PAGE);
      title = find_label (page, topics[i].title);
      g_assert_nonnull (title);
      g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (title)), ==, GTK_ACCESSIBLE_ROLE_HEADING);
      g_assert_cmpint (topics[i].blocks[0].kind, !=, DRILL_HELP_END);
      for (const DrillHelpBlock *block = topics[i].blocks; block->kind != DRILL_HELP_END; block++)
        {
          GtkWidget *label = find_label (page, block->text);

          g_assert_nonnull (label);
          g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (label)) == GTK_ACCESSIBLE_ROLE_HEADING, ==,
                           block->kind == DRILL_HELP_HEADING);
          g_assert_cmpint (gtk_label_get_selectable (GTK_LABEL (label)), ==, block->kind == DRILL_HELP_COMMAND);
        }
    }
  g_assert_null (get_row (help, (int) n_topics));
}

static void
test_topics (void)
{
  run_sample (check_topics);
}

static void
check_search (gpointer data)
{
  DrillHelpWindow *help = open_help (data);

  search (help, "sha256sum");
  g_assert_true (is_listed (help, "verifying"));
  g_assert_false (is_listed (help, "words"));

  /* All words, in any case and order; of texts as well as of titles */
  search (help, "LOCKED keyring ");
  g_assert_true (is_listed (help, "connecting"));
  g_assert_false (is_listed (help, "verifying"));

  g_signal_emit_by_name (drill_test_find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY), "activate");
  g_assert_cmpstr (drill_help_window_get_topic (help), ==, "connecting");

  search (help, "zyzzyva");
  g_assert_false (is_listed (help, "connecting"));
  g_assert_true (gtk_widget_get_mapped (find_label (GTK_WIDGET (help), "No topic has all of these words")));

  /* Escape clears it first, and closes the window then */
  g_signal_emit_by_name (drill_test_find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY), "stop-search");
  search (help, gtk_editable_get_text (GTK_EDITABLE (drill_test_find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY))));
  g_assert_true (is_listed (help, "words"));
  g_signal_emit_by_name (drill_test_find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY), "stop-search");
  drill_test_wait_gone (DRILL_TYPE_HELP_WINDOW);
}

static void
test_search (void)
{
  run_sample (check_search);
}

static GtkWidget *
find_back (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "Back to the Topics") == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_back (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* In a narrow window there are first the topics, then the page, and a way back */

static gboolean
is_folded (gpointer data)
{
  return adw_leaflet_get_folded (data);
}

static void
check_narrow (gpointer data)
{
  DrillHelpWindow *help = open_help (data);
  AdwLeaflet *leaflet = ADW_LEAFLET (drill_test_find (GTK_WIDGET (help), ADW_TYPE_LEAFLET));
  GtkWidget *back = find_back (GTK_WIDGET (help));
  GtkListBoxRow *row = get_row (help, 2);

  g_assert_false (gtk_widget_get_visible (back));
  gtk_window_set_default_size (GTK_WINDOW (help), 400, 500);
  drill_test_wait (is_folded, leaflet, "the topics without the page");
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (leaflet), ==, "topics");

  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (row))), row);
  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (leaflet), ==, "page");
  g_assert_cmpstr (drill_help_window_get_topic (help), ==, "platform-owner");
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (help)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (help)),
                                         drill_test_find (GTK_WIDGET (help), DRILL_TYPE_HELP_PAGE)));

  g_assert_true (gtk_widget_get_visible (back));
  g_signal_emit_by_name (back, "clicked");
  g_assert_false (gtk_widget_get_visible (back));
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (leaflet), ==, "topics");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (help)) == GTK_WIDGET (row));
}

static void
test_narrow (void)
{
  run_sample (check_narrow);
}

/* One window, whatever is pressed, which goes with the one it is about */

static void
check_one (gpointer data)
{
  Program *program = data;
  DrillHelpWindow *help = open_help (program);

  g_assert_true (open_help (program) == help);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (help)) == GTK_WINDOW (program->window));
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (help)));

  drill_help_window_show (GTK_WINDOW (program->window), "auditor");
  g_assert_cmpstr (drill_help_window_get_topic (help), ==, "auditor");
  drill_help_window_show (GTK_WINDOW (program->window), NULL);
  g_assert_cmpstr (drill_help_window_get_topic (help), ==, "auditor");
}

static void
test_one (void)
{
  g_autoptr(GList) left = NULL;

  run_sample (check_one);
  left = gtk_window_list_toplevels ();
  for (GList *l = left; l != NULL; l = l->next)
    g_assert_false (DRILL_IS_HELP_WINDOW (l->data));
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);
  g_test_add_func ("/drill/ui/help/topics", test_topics);
  g_test_add_func ("/drill/ui/help/search", test_search);
  g_test_add_func ("/drill/ui/help/narrow", test_narrow);
  g_test_add_func ("/drill/ui/help/one", test_one);

  return g_test_run ();
}
