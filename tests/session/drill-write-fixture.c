// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-write-fixture.h"

#include <glib/gstdio.h>

#include "drill-test-loop.h"

char *
drill_write_fixture_schedule (guint route)
{
  return g_strdup_printf ("schedule:%04u", route / DRILL_WRITE_PROVIDERS);
}

char *
drill_write_fixture_provider (guint route)
{
  return g_strdup_printf ("provider-%u", route % DRILL_WRITE_PROVIDERS);
}

char *
drill_write_fixture_make_plan (guint       schedule,
                               const char *plan_id,
                               const char *created_at,
                               const char *owner)
{
  g_autofree char *schedule_id = drill_write_fixture_schedule (schedule * DRILL_WRITE_PROVIDERS);
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"session_id\":\"s-%s\",\"created_at\":\"%s\",\"metadata_kind\":\"" DRILL_KIND_PLAN "\","
                          "\"plan_id\":\"%s\",\"schedule_id\":\"%s\",\"plan\":{\"plan_id\":\"%s\",\"schedule_id\":\"%s\","
                          "\"route_decisions\":[",
                          plan_id, created_at, plan_id, schedule_id, plan_id, schedule_id);
  for (guint i = 0; i < DRILL_WRITE_PROVIDERS; i++)
    g_string_append_printf (json, "%s{\"schedule_id\":\"%s\",\"provider\":\"provider-%u\",\"owner\":\"%s\",\"action\":\"deliver\"}",
                            i > 0 ? "," : "", schedule_id, i, owner);
  g_string_append (json, "]}}");

  return g_string_free (json, FALSE);
}

char *
drill_write_fixture_make_ack (const char *id,
                              guint       route,
                              const char *state,
                              const char *actor,
                              const char *reference,
                              const char *created_at)
{
  g_autofree char *schedule_id = drill_write_fixture_schedule (route);
  g_autofree char *provider = drill_write_fixture_provider (route);

  return g_strdup_printf ("{\"session_id\":\"s-%s\",\"created_at\":\"%s\",\"metadata_kind\":\"" DRILL_KIND_ACK "\","
                          "\"acknowledgement_id\":\"%s\",\"schedule_id\":\"%s\",\"provider\":\"%s\","
                          "\"acknowledgement_state\":\"%s\",\"acknowledgement\":{\"acknowledgement_id\":\"%s\","
                          "\"acknowledged_by\":\"%s\",\"acknowledgement_state\":\"%s\",\"external_ref\":\"%s\",\"notes\":\"\"}}",
                          id, created_at, id, schedule_id, provider, state, id, actor, state, reference);
}

static char *
make_directory (void)
{
  g_autofree char *directory = g_dir_make_tmp ("drill-XXXXXX", NULL);

  g_assert_nonnull (directory);

  return g_steal_pointer (&directory);
}

void
drill_write_fixture_set_up (DrillWriteFixture *self,
                            guint              n_routes)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  guint n_schedules = (n_routes + DRILL_WRITE_PROVIDERS - 1) / DRILL_WRITE_PROVIDERS;

  self->n_routes = n_schedules * DRILL_WRITE_PROVIDERS;
  for (guint i = 0; i < n_schedules; i++)
    {
      g_autofree char *plan_id = g_strdup_printf ("plan-%04u", i);

      g_ptr_array_add (items, drill_write_fixture_make_plan (i, plan_id, "2026-05-20T10:00:00.000000+00:00", "owner"));
    }
  self->server = drill_test_server_new ();
  drill_test_server_set_time (self->server, DRILL_WRITE_NOW);
  drill_test_server_set_items (self->server, items);
  self->directory = make_directory ();
  drill_write_fixture_start (self, drill_test_server_get_url (self->server), NULL);
  drill_write_fixture_sign (self);
  drill_write_fixture_load (self);
}

void
drill_write_fixture_sign (DrillWriteFixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillJournalLock) lock = drill_journal_lock_try (self->journal, drill_writer_get_origin (self->writer), &error);

  g_assert_no_error (error);
  g_assert_nonnull (lock);
  g_assert_true (drill_journal_lock_sign (lock, drill_writer_get_id (self->writer), &error));
  g_assert_no_error (error);
}

void
drill_write_fixture_start (DrillWriteFixture *self,
                           const char        *url,
                           const char        *token)
{
  self->clock = drill_clock_new_fixed (DRILL_WRITE_NOW);
  self->source = drill_api_source_new (url, NULL, token, NULL);
  drill_api_source_set_retries (self->source, 1, 1);
  self->loader = drill_loader_new (DRILL_SOURCE (self->source));
  self->journal = drill_journal_new (self->directory);
  self->writer = drill_writer_new (DRILL_SOURCE (self->source), self->loader, self->journal, self->clock);
}

void
drill_write_fixture_end (DrillWriteFixture *self)
{
  g_clear_object (&self->writer);
  g_clear_object (&self->journal);
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
  g_clear_object (&self->clock);
}

void
drill_write_fixture_tear_down (DrillWriteFixture *self)
{
  g_autoptr(GDir) dir = NULL;

  drill_write_fixture_end (self);
  g_clear_pointer (&self->server, drill_test_server_free);
  dir = g_dir_open (self->directory, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

void
drill_write_fixture_load (DrillWriteFixture *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean complete;

  drill_loader_load_async (self->loader, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  g_assert_true (drill_loader_load_finish (self->loader, result, &complete, &error));
  g_assert_no_error (error);
  g_assert_true (complete);
}

GArray *
drill_write_fixture_find_rows (DrillWriteFixture *self,
                               guint              route)
{
  DrillEvidence *evidence = drill_writer_get_evidence (self->writer);
  const guint32 *schedules = drill_evidence_get_route_column (evidence, DRILL_ROUTE_SCHEDULE);
  const guint32 *providers = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER);
  g_autofree char *schedule_id = drill_write_fixture_schedule (route);
  g_autofree char *provider = drill_write_fixture_provider (route);
  guint32 schedule_code = drill_evidence_find_text (evidence, DRILL_DICT_SCHEDULE, schedule_id);
  guint32 provider_code = drill_evidence_find_text (evidence, DRILL_DICT_PROVIDER, provider);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 row = 0; row < drill_evidence_get_n_routes (evidence); row++)
    if (schedules[row] == schedule_code && providers[row] == provider_code)
      g_array_append_val (rows, row);

  return rows;
}

DrillAckOperation *
drill_write_fixture_choose (DrillWriteFixture *self,
                            guint              n_routes,
                            const char        *state)
{
  DrillEvidence *evidence = drill_writer_get_evidence (self->writer);
  const guint32 *schedules = drill_evidence_get_route_column (evidence, DRILL_ROUTE_SCHEDULE);
  const guint32 *providers = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER);
  g_autofree guint32 *rows = g_new (guint32, self->n_routes);
  DrillAckOperation *operation;

  /* By number, whatever the order they came in */
  for (guint32 row = 0; row < drill_evidence_get_n_routes (evidence); row++)
    {
      guint schedule, provider;

      g_assert_cmpint (sscanf (drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, schedules[row]),
                               "schedule:%u", &schedule), ==, 1);
      g_assert_cmpint (sscanf (drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, providers[row]),
                               "provider-%u", &provider), ==, 1);
      rows[schedule * DRILL_WRITE_PROVIDERS + provider] = row;
    }

  g_assert_cmpuint (n_routes, <=, self->n_routes);
  operation = drill_ack_operation_new_for_routes (self->writer, evidence, rows, n_routes, state);
  drill_ack_operation_set_note (operation, "alice", " CHG-1 ", "said by \"alice\"\n");
  drill_write_fixture_no_pauses (operation);

  return operation;
}

DrillAckOperation *
drill_write_fixture_recover (DrillWriteFixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = drill_journal_claim (self->journal, drill_writer_get_origin (self->writer), &error);
  DrillAckOperation *operation;

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, <=, 1);
  if (entries->len == 0)
    return NULL;

  operation = drill_ack_operation_new_from_journal (self->writer, g_ptr_array_index (entries, 0), &error);
  g_assert_no_error (error);
  g_assert_true (drill_operation_is_recovered (DRILL_OPERATION (operation)));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  drill_write_fixture_no_pauses (operation);

  return operation;
}

void
drill_write_fixture_no_pauses (DrillAckOperation *operation)
{
  const DrillOperationPauses pauses = { .busy_ms = 1, .max_busy_ms = 5, .n_busy = 3, .settle_ms = 1 };

  drill_operation_set_pauses (DRILL_OPERATION (operation), &pauses);
}

void
drill_write_fixture_run (DrillAckOperation *operation)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  drill_operation_run_async (DRILL_OPERATION (operation), NULL, drill_test_loop_result, &result);
  g_assert_true (drill_operation_is_active (DRILL_OPERATION (operation)));
  drill_test_loop_await (&result);
  g_assert_true (drill_operation_run_finish (DRILL_OPERATION (operation), result, &error));
  g_assert_no_error (error);
  g_assert_false (drill_operation_is_active (DRILL_OPERATION (operation)));
}

void
drill_write_fixture_check (DrillAckOperation *operation)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  drill_operation_check_async (DRILL_OPERATION (operation), NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  g_assert_true (drill_operation_run_finish (DRILL_OPERATION (operation), result, &error));
  g_assert_no_error (error);
}

guint
drill_write_fixture_count_files (DrillWriteFixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->directory, 0, NULL);
  guint n = 0;

  /* The lock stays, and holds nothing */
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    if (!g_str_has_suffix (name, ".lock"))
      n++;

  return n;
}

guint
drill_write_fixture_count_posts (DrillWriteFixture *self)
{
  guint n = 0;

  for (guint i = 0;; i++)
    {
      g_autofree char *method = drill_test_server_dup_method (self->server, i);

      if (method == NULL)
        return n;
      if (g_str_equal (method, "POST"))
        n++;
    }
}

void
drill_write_fixture_assert_once (DrillWriteFixture *self,
                                 guint              n_routes)
{
  for (guint i = 0; i < n_routes; i++)
    {
      g_autofree char *schedule_id = drill_write_fixture_schedule (i);
      g_autofree char *provider = drill_write_fixture_provider (i);

      g_assert_cmpuint (drill_test_server_count_acks (self->server, schedule_id, provider), ==, 1);
    }
  g_assert_cmpuint (drill_test_server_count_acks (self->server, NULL, NULL), ==, n_routes);
}

void
drill_write_fixture_assert_told (DrillWriteFixture *self,
                                 DrillAckOperation *operation)
{
  guint counts[DRILL_N_OUTCOMES] = { 0 };

  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      counts[entry.outcome]++;
      g_assert_cmpint (entry.outcome == DRILL_OUTCOME_FAILED, ==, entry.error != NULL);
      g_assert_cmpint (entry.outcome == DRILL_OUTCOME_RECORDED, ==, entry.ack_id != NULL && *entry.ack_id != '\0');
      if (entry.outcome != DRILL_OUTCOME_UNKNOWN)
        g_assert_cmpuint (drill_test_server_count_acks (self->server, entry.schedule_id, entry.provider), ==,
                          entry.outcome == DRILL_OUTCOME_RECORDED ? 1 : 0);
    }
  for (guint i = 0; i < DRILL_N_OUTCOMES; i++)
    g_assert_cmpuint (drill_ack_operation_count (operation, (DrillOutcome) i), ==, counts[i]);
}
