// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-audit-view-fixture.h"

#include <glib/gstdio.h>

#include "base/drill-time.h"
#include "ui/audit/drill-audit-view.h"

static const DrillSessionPauses patient = {
  .first_retry_ms = G_MAXINT / 2, .max_retry_ms = G_MAXINT / 2, .n_read_retries = 0, .first_read_pause_ms = 1,
};

static gboolean
is_live (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE && drill_session_get_complete (data) &&
         !drill_session_get_loading (data) && drill_session_get_gate (data) == DRILL_GATE_OPEN;
}

static gboolean
is_sensitive (gpointer data)
{
  return gtk_widget_is_sensitive (data);
}

char *
drill_audit_view_fixture_get_path (DrillAuditViewFixture *fixture,
                                   const char            *name)
{
  return g_build_filename (fixture->view.folder, name, NULL);
}

void
drill_audit_view_fixture_connect (DrillAuditViewFixture *fixture,
                                  const char            *token)
{
  g_autoptr(GError) error = NULL;

  drill_session_connect (fixture->view.session, drill_test_server_get_url (fixture->server), NULL, token, &error);
  g_assert_no_error (error);
  drill_test_wait (is_live, fixture->view.session, "the service");
}

void
drill_audit_view_fixture_set_up (DrillAuditViewFixture *fixture,
                                 GPtrArray             *items)
{
  gint64 now_us = drill_time_parse (DRILL_AUDIT_NOW, -1);
  g_autofree char *journal = NULL;

  drill_view_fixture_set_up (&fixture->view, drill_audit_view_new ());
  drill_clock_set (drill_session_get_clock (fixture->view.session), now_us);
  drill_session_set_pauses (fixture->view.session, &patient);
  journal = drill_audit_view_fixture_get_path (fixture, "journal");
  drill_session_set_journal (fixture->view.session, journal);

  fixture->server = drill_test_server_new ();
  drill_test_server_set_time (fixture->server, now_us);
  if (items != NULL)
    {
      drill_test_server_set_items (fixture->server, items);
    }
  else
    {
      g_autofree char *path = drill_test_conformance_path ("medium/history.json");
      g_autoptr(GError) error = NULL;

      drill_test_server_load_file (fixture->server, path, &error);
      g_assert_no_error (error);
    }
}

void
drill_test_remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        drill_test_remove_tree (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
drill_audit_view_fixture_tear_down (DrillAuditViewFixture *fixture)
{
  g_autofree char *journal = drill_audit_view_fixture_get_path (fixture, "journal");

  drill_session_close (fixture->view.session);
  drill_test_remove_tree (journal);
  drill_view_fixture_tear_down (&fixture->view);
  drill_test_server_free (fixture->server);
}

GtkWidget *
drill_audit_view_fixture_present_package (DrillAuditViewFixture *fixture,
                                          const DrillRouteQuery *query)
{
  DrillPackageDialog *dialog = drill_package_dialog_new (GTK_WINDOW (fixture->view.window), fixture->view.session, NULL, query);

  gtk_window_present (GTK_WINDOW (dialog));
  drill_test_wait_label (GTK_WIDGET (dialog), "C_reate");

  return GTK_WIDGET (dialog);
}

void
drill_test_click_when_ready (GtkWidget  *dialog,
                             const char *text)
{
  GtkWidget *label = drill_test_find_named (dialog, text);

  g_assert_nonnull (label);
  drill_test_wait (is_sensitive, label, text);
  drill_test_click (dialog, text);
}

void
drill_test_make_package (GtkWidget *dialog)
{
  drill_test_click_when_ready (dialog, "C_reate");
  drill_test_wait_label (dialog, "The package is whole");
}

DrillVerifyDialog *
drill_audit_view_fixture_verify (DrillAuditViewFixture *fixture,
                                 const char            *path,
                                 const char            *verdict)
{
  DrillVerifyDialog *dialog = drill_verify_dialog_new (GTK_WINDOW (fixture->view.window), fixture->view.session, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  gtk_window_present (GTK_WINDOW (dialog));
  drill_verify_dialog_verify (dialog, file);
  drill_test_wait_label (GTK_WIDGET (dialog), verdict);

  return dialog;
}

void
drill_test_close_dialog (gpointer dialog)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  drill_test_settle ();
}

void
drill_audit_view_fixture_add_fault (DrillAuditViewFixture *fixture,
                                    const char            *path,
                                    DrillTestDo            what,
                                    guint                  status,
                                    const char            *body)
{
  DrillTestFault fault = { .method = "POST", .path = path, .first = 1, .count = 1, .what = what, .status = status, .body = body };

  drill_test_server_add_fault (fixture->server, &fault);
}
