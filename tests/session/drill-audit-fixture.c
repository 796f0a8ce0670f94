// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-audit-fixture.h"

#include <glib/gstdio.h>

#include "drill-generate.h"
#include "drill-test-loop.h"

#define NOW (G_GINT64_CONSTANT (1780315200) * G_TIME_SPAN_SECOND) /* 2026-06-01T12:00:00Z */

DrillAuditFixture *
drill_audit_fixture_new (guint n_routes)
{
  DrillAuditFixture *self = g_new0 (DrillAuditFixture, 1);
  g_autoptr(GError) error = NULL;

  self->server = drill_test_server_new ();
  drill_test_server_set_time (self->server, NOW);
  drill_test_server_set_items (self->server, drill_generate_items (n_routes, 1, NOW));
  self->directory = g_dir_make_tmp ("drill-XXXXXX", &error);
  g_assert_no_error (error);
  drill_audit_fixture_start (self);

  return self;
}

static void
load (DrillAuditFixture *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  drill_loader_load_async (self->loader, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  drill_loader_load_finish (self->loader, result, NULL, &error);
  g_assert_no_error (error);
}

/* It was the last to write: what it loads from now on is all there is */
static void
sign (DrillAuditFixture *self)
{
  g_autoptr(DrillJournalLock) lock = drill_journal_lock_try (self->journal, drill_writer_get_origin (self->writer), NULL);

  g_assert_nonnull (lock);
  g_assert_true (drill_journal_lock_sign (lock, drill_writer_get_id (self->writer), NULL));
}

void
drill_audit_fixture_start (DrillAuditFixture *self)
{
  g_autoptr(DrillClock) clock = drill_clock_new_fixed (NOW);
  g_autoptr(GError) error = NULL;

  self->source = drill_api_source_new (drill_test_server_get_url (self->server), NULL, NULL, &error);
  g_assert_no_error (error);
  drill_api_source_set_retries (self->source, 0, 1);
  drill_api_source_set_time_outs (self->source, 5, 1);
  self->loader = drill_loader_new (DRILL_SOURCE (self->source));
  self->journal = drill_journal_new (self->directory);
  self->writer = drill_writer_new (DRILL_SOURCE (self->source), self->loader, self->journal, clock);
  sign (self);
  load (self);
}

void
drill_audit_fixture_kill (DrillAuditFixture *self)
{
  g_clear_object (&self->writer);
  g_clear_object (&self->journal);
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
}

void
drill_audit_fixture_free (DrillAuditFixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->directory, 0, NULL);
  const char *name;

  drill_audit_fixture_kill (self);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->directory);
  g_free (self->directory);
  drill_test_server_free (self->server);
  g_free (self);
}

DrillEvidence *
drill_audit_fixture_evidence (DrillAuditFixture *self)
{
  return drill_writer_get_evidence (self->writer);
}

void
drill_audit_fixture_fault (DrillAuditFixture *self,
                           const char        *spec)
{
  g_autoptr(GError) error = NULL;

  drill_test_server_parse_fault (self->server, spec, &error);
  g_assert_no_error (error);
}

void
drill_audit_fixture_heal (DrillAuditFixture *self)
{
  drill_test_server_clear_faults (self->server);
}

guint
drill_audit_fixture_n_journal (DrillAuditFixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->directory, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".journal");

  return n;
}

DrillJournalEntry *
drill_audit_fixture_claim (DrillAuditFixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = drill_journal_claim (self->journal, drill_writer_get_origin (self->writer), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);

  return g_object_ref (g_ptr_array_index (entries, 0));
}

/* As quick as a test is */
static void
hurry (gpointer operation)
{
  static const DrillOperationPauses pauses = { .busy_ms = 1, .max_busy_ms = 2000, .n_busy = 3, .settle_ms = 1 };

  drill_operation_set_pauses (operation, &pauses);
}

void
drill_audit_fixture_run (gpointer operation)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  hurry (operation);
  drill_operation_run_async (operation, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  drill_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
}

void
drill_audit_fixture_check (gpointer operation)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  hurry (operation);
  drill_operation_check_async (operation, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  drill_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
}
