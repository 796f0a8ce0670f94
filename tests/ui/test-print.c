// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-audit-view-fixture.h"
#include "drill-program-fixture.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/drill-time.h"
#include "drill-generate.h"
#include "ui/audit/drill-audit-view.h"

typedef DrillProgram Program;

static gboolean
is_enabled (Program    *program,
            const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), name);
}

static void
check_enabled (Program  *program,
               gboolean  enabled)
{
  g_assert_cmpint (is_enabled (program, "print"), ==, enabled);
  g_assert_cmpint (is_enabled (program, "save-pdf"), ==, enabled);
}

static gboolean
has_package (gpointer data)
{
  return drill_audit_view_get_package (data) != NULL;
}

static void
show_view (Program    *program,
           const char *name)
{
  drill_program_activate (program, "win.show-view", g_variant_new_string (name));
  drill_test_settle ();
}

/* There is something to print in two views, while they show something */

static void
check_actions (gpointer data)
{
  static const char *const none[] = { "no such owner", NULL };
  Program *program = data;
  GtkSelectionModel *selection;
  GtkWidget *view;

  check_enabled (program, TRUE);
  drill_route_list_set_only (program->list, DRILL_FACET_OWNER, none);
  check_enabled (program, FALSE);
  drill_route_list_clear_filters (program->list);
  check_enabled (program, TRUE);

  show_view (program, "history");
  check_enabled (program, FALSE);
  show_view (program, "suppressions");
  check_enabled (program, FALSE);
  show_view (program, "audit");
  check_enabled (program, FALSE);

  view = drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_AUDIT_VIEW);
  selection = gtk_list_view_get_model (GTK_LIST_VIEW (drill_test_find (view, GTK_TYPE_LIST_VIEW)));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)) && !has_package (view); i++)
    {
      gtk_selection_model_select_item (selection, i, TRUE);
      if (g_str_has_prefix (drill_audit_view_get_audit_id (DRILL_AUDIT_VIEW (view)), "gordackaudit-"))
        break;
    }
  drill_test_wait (has_package, view, "the package");
  check_enabled (program, TRUE);

  show_view (program, "routes");
  check_enabled (program, TRUE);
}

static void
test_actions (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_actions);
}

/* Saved through the file chooser: of what is listed, and of a package */

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
read_text (const char *path)
{
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
save (Program    *program,
      const char *path)
{
  drill_program_activate (program, "win.save-pdf", NULL);
  drill_test_choose_file (path);
  drill_test_wait (is_there, (gpointer) path, "the file");
  drill_test_settle ();
}

static void
check_save (gpointer data)
{
  static const char *const escalated[] = { "escalated", NULL };
  Program *program = data;
  g_autofree char *folder = g_dir_make_tmp ("drill-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "routes.pdf", NULL);
  g_autofree char *text = NULL;

  drill_route_list_set_only (program->list, DRILL_FACET_STATE, escalated);
  save (program, path);
  text = read_text (path);
  g_assert_nonnull (strstr (text, "Rollback Drill Notifications"));
  g_assert_nonnull (strstr (text, "Current plans; State: Escalated"));
  g_assert_cmpuint (drill_program_get_n_rows (program), >, 0);
  g_assert_nonnull (strstr (text, "Escalated  "));
  g_assert_null (strstr (text, "\nOutstanding  "));
  g_assert_null (strstr (text, "SAMPLE"));

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_save (void)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  const char *const arguments[] = { "--file", path, NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_save);
}

/* A file that was verified, as it is */

static void
test_verified (void)
{
  DrillAuditViewFixture fixture;
  g_autofree char *sample = drill_test_conformance_path ("small/packages.json");
  g_autofree char *contents = NULL;
  g_autofree char *package = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *path = NULL;
  g_autofree char *pdf = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  GtkWidget *dialog;

  g_assert_true (g_file_get_contents (sample, &contents, NULL, NULL));
  root = json_from_string (contents, NULL);
  package = json_to_string (json_array_get_element (json_node_get_array (root), 0), FALSE);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, package, -1);

  drill_audit_view_fixture_set_up (&fixture, NULL);
  path = drill_audit_view_fixture_get_path (&fixture, "package.json");
  pdf = drill_audit_view_fixture_get_path (&fixture, "package.pdf");
  g_assert_true (g_file_set_contents (path, package, -1, NULL));
  dialog = GTK_WIDGET (drill_audit_view_fixture_verify (&fixture, path, "Whole: the audit id fits the content"));

  g_assert_true (gtk_widget_activate_action (dialog, "verify.save-pdf", NULL));
  drill_test_choose_file (pdf);
  drill_test_wait_label (dialog, "1 page saved as “package.pdf”");
  text = read_text (pdf);
  g_assert_nonnull (strstr (text, "Acknowledgement Audit Package"));
  g_assert_nonnull (strstr (text, "whole: the audit id fits the content"));
  g_assert_nonnull (strstr (text, "file “package.json”"));
  g_assert_nonnull (strstr (text, digest));

  drill_test_close_dialog (dialog);
  drill_audit_view_fixture_tear_down (&fixture);
}

/* Printing asks how, and before that whether so much is meant */

static GtkWidget *
find_print_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (toplevel), "GtkPrintUnixDialog") && gtk_widget_get_mapped (toplevel))
        return toplevel;
    }

  return NULL;
}

static gboolean
has_print_dialog (gpointer data)
{
  return find_print_dialog () != NULL;
}

static gboolean
has_no_print_dialog (gpointer data)
{
  return find_print_dialog () == NULL;
}

static void
check_print (gpointer data)
{
  drill_program_activate (data, "win.print", NULL);
  drill_test_wait (has_print_dialog, NULL, "the print dialog");
  gtk_dialog_response (GTK_DIALOG (find_print_dialog ()), GTK_RESPONSE_CANCEL);
  drill_test_wait (has_no_print_dialog, NULL, "the print dialog to go");
  drill_test_settle ();
}

static void
test_print (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_print);
}

/* Preparing may have a dialog of its own, on a machine that is busy */
static gboolean
find_question (gpointer data)
{
  GtkWidget **dialog = data;
  GListModel *toplevels = gtk_window_get_toplevels ();

  *dialog = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (toplevels) && *dialog == NULL; i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel) && gtk_widget_get_mapped (toplevel) &&
          g_regex_match_simple ("^Print about [0-9,]+ Pages\\?$", adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (toplevel)), 0, 0))
        *dialog = toplevel;
    }

  return *dialog != NULL;
}

static void
answer (Program    *program,
        const char *button)
{
  GtkWidget *dialog;

  drill_program_activate (program, "win.print", NULL);
  drill_test_wait (find_question, &dialog, "the question");
  drill_test_settle ();
  drill_test_click (dialog, button);
  drill_test_wait_gone (ADW_TYPE_MESSAGE_DIALOG);
}

static void
check_many (gpointer data)
{
  answer (data, "_Cancel");
  g_assert_null (find_print_dialog ());

  answer (data, "_Print…");
  drill_test_wait (has_print_dialog, NULL, "the print dialog");
  gtk_dialog_response (GTK_DIALOG (find_print_dialog ()), GTK_RESPONSE_CANCEL);
  drill_test_wait (has_no_print_dialog, NULL, "the print dialog to go");
  drill_test_settle ();
}

static void
test_many (void)
{
  g_autofree char *folder = g_dir_make_tmp ("drill-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "many.json", NULL);
  g_autoptr(GString) history = drill_generate_history (60000, 1, drill_time_parse (DRILL_PROGRAM_NOW, -1));
  const char *const arguments[] = { "--file", path, NULL };

  g_assert_true (g_file_set_contents (path, history->str, (gssize) history->len, NULL));
  drill_program_forget ();
  drill_program_run (arguments, check_many);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/print/actions", test_actions);
  g_test_add_func ("/drill/ui/print/save", test_save);
  g_test_add_func ("/drill/ui/print/verified", test_verified);
  g_test_add_func ("/drill/ui/print/print", test_print);
  g_test_add_func ("/drill/ui/print/many", test_many);

  return g_test_run ();
}
