// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-export.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "drill-config.h"
#include "ui/acks/drill-ack-words.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-toast.h"

/* What an auditor needs to know of it besides its routes */
typedef struct {
  const char *source;
  gboolean    is_sample;
  gboolean    read_only;
  gboolean    simulation;
  char       *actor;
  gboolean    verified;
  const char *state;
  const char *reference;
  const char *notes;
  char       *begun_at;
  char       *exported_at;
} Facts;

static void
facts_read (Facts             *facts,
            DrillAckOperation *operation,
            DrillSession      *session)
{
  const char *actor = drill_ack_operation_get_actor (operation);
  gint64 begun_us = drill_operation_get_begun_at (DRILL_OPERATION (operation));

  facts->simulation = drill_operation_is_simulation (DRILL_OPERATION (operation));
  facts->is_sample = drill_session_get_shown (session) == DRILL_SHOWN_SAMPLE;
  facts->read_only = drill_session_get_gate (session) == DRILL_GATE_READ_ONLY;
  facts->source = facts->is_sample ? "sample data" : drill_session_get_name (session);
  facts->actor = drill_session_dup_actor_name (session, &facts->verified);
  if (!facts->verified && actor != NULL && *actor != '\0')
    {
      g_free (facts->actor);
      facts->actor = g_strdup (actor);
    }
  facts->state = drill_ack_operation_get_state (operation);
  facts->reference = drill_ack_operation_get_reference (operation);
  facts->notes = drill_ack_operation_get_notes (operation);
  facts->begun_at = begun_us != DRILL_TIME_UNKNOWN ? drill_time_format (begun_us) : g_strdup ("");
  facts->exported_at = drill_time_format (drill_clock_now (drill_session_get_clock (session)));
}

static void
facts_clear (Facts *facts)
{
  g_free (facts->actor);
  g_free (facts->begun_at);
  g_free (facts->exported_at);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
append_cell (GString    *text,
             const char *value,
             gboolean    last)
{
  g_autofree char *cell = drill_text_csv_cell (or_empty (value));

  g_string_append (text, cell);
  g_string_append (text, last ? "\r\n" : ",");
}

/**
 * drill_ack_export_dup_csv:
 * @operation: an operation
 * @session: where it was recorded
 *
 * Returns: (transfer full): a line for each route; each names its source, since a table has no head
 */
GBytes *
drill_ack_export_dup_csv (DrillAckOperation *operation,
                          DrillSession      *session)
{
  g_auto(Facts) facts = { NULL };
  GString *text = g_string_new ("schedule_id,provider,plan_id,owners,acknowledgement_state,outcome,acknowledgement_id,error,"
                                "external_ref,actor,begun_at,exported_at,data_source\r\n");

  facts_read (&facts, operation, session);
  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;
      g_autofree char *source = g_strconcat (facts.source, facts.simulation ? " (simulation)" : NULL, NULL);

      drill_ack_operation_get_entry (operation, i, &entry);
      append_cell (text, entry.schedule_id, FALSE);
      append_cell (text, entry.provider, FALSE);
      append_cell (text, entry.plan_id, FALSE);
      append_cell (text, entry.owners, FALSE);
      append_cell (text, facts.state, FALSE);
      append_cell (text, drill_outcome_get_name (entry.outcome), FALSE);
      append_cell (text, entry.ack_id, FALSE);
      append_cell (text, entry.error != NULL ? entry.error->message : NULL, FALSE);
      append_cell (text, facts.reference, FALSE);
      append_cell (text, facts.actor, FALSE);
      append_cell (text, facts.begun_at, FALSE);
      append_cell (text, facts.exported_at, FALSE);
      append_cell (text, source, TRUE);
    }

  return g_string_free_to_bytes (text);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, or_empty (text));
}

static void
add_flag (JsonBuilder *builder,
          const char  *name,
          gboolean     flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            guint        number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_routes (JsonBuilder       *builder,
            DrillAckOperation *operation)
{
  json_builder_set_member_name (builder, "routes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      json_builder_begin_object (builder);
      add_text (builder, "schedule_id", entry.schedule_id);
      add_text (builder, "provider", entry.provider);
      add_text (builder, "plan_id", entry.plan_id);
      add_text (builder, "owners", entry.owners);
      add_number (builder, "route_count", entry.n_routes);
      add_number (builder, "other_route_count", entry.n_others);
      add_text (builder, "outcome", drill_outcome_get_name (entry.outcome));
      if (entry.ack_id != NULL)
        add_text (builder, "acknowledgement_id", entry.ack_id);
      if (entry.error != NULL)
        add_text (builder, "error", entry.error->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * drill_ack_export_dup_json:
 * @operation: an operation
 * @session: where it was recorded
 *
 * Returns: (transfer full): it as a JSON document
 */
GBytes *
drill_ack_export_dup_json (DrillAckOperation *operation,
                           DrillSession      *session)
{
  g_auto(Facts) facts = { NULL };
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  char *text;
  gsize length;

  facts_read (&facts, operation, session);
  json_builder_begin_object (builder);
  add_text (builder, "source", facts.source);
  add_flag (builder, "sample_data", facts.is_sample);
  add_flag (builder, "simulation", facts.simulation);
  add_flag (builder, "read_only", facts.read_only);
  add_text (builder, "program", "drill-console " DRILL_VERSION);
  add_text (builder, "acknowledgement_state", facts.state);
  add_text (builder, "actor", facts.actor);
  add_flag (builder, "actor_verified", facts.verified);
  add_text (builder, "external_ref", facts.reference);
  add_text (builder, "notes", facts.notes);
  add_text (builder, "begun_at", facts.begun_at);
  add_text (builder, "exported_at", facts.exported_at);
  add_number (builder, "requested", drill_ack_operation_get_n_entries (operation));
  add_number (builder, "recorded", drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED));
  add_number (builder, "skipped", drill_ack_operation_count (operation, DRILL_OUTCOME_SKIPPED));
  add_number (builder, "failed", drill_ack_operation_count (operation, DRILL_OUTCOME_FAILED));
  add_number (builder, "unknown", drill_ack_operation_count (operation, DRILL_OUTCOME_UNKNOWN) +
                                  drill_ack_operation_count (operation, DRILL_OUTCOME_SENT));
  add_number (builder, "not_sent", drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING));
  add_number (builder, "left_out", drill_ack_operation_get_n_left_out (operation));
  add_routes (builder, operation);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/* Saving */

typedef struct {
  GtkWidget *widget;
  GBytes    *bytes;
  GFile     *file;
} Export;

static void
export_free (Export *export)
{
  g_clear_object (&export->widget);
  g_clear_object (&export->file);
  g_bytes_unref (export->bytes);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (drill_file_save_finish (export->file, result, &error))
    {
      g_autofree char *base = g_file_get_basename (export->file);
      g_autofree char *name = drill_text_one_line (base);

      /* Translators: %s is a file name */
      text = g_strdup_printf (_("Result exported to “%s”"), name);
    }
  else
    {
      text = drill_file_save_dup_error_text (export->file, error);
    }

  if (text != NULL)
    drill_toast_show (export->widget, text);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  GBytes *bytes = export->bytes;
  GFile *file;

  export->file = drill_file_dialog_save_finish (result, NULL);
  file = export->file;
  if (file != NULL)
    drill_file_save_bytes_async (file, bytes, NULL, saved_cb, g_steal_pointer (&export));
}

/**
 * drill_ack_export_present:
 * @widget: where it was asked for; a toast overlay around it shows how it ended
 * @session: where it was recorded
 * @settings: remembers the folder
 * @operation: what to export, as it is now
 * @csv: whether as a table and not as JSON
 *
 * Asks where to, and saves what became of an operation.
 */
void
drill_ack_export_present (GtkWidget         *widget,
                          DrillSession      *session,
                          GSettings         *settings,
                          DrillAckOperation *operation,
                          gboolean           csv)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Export *export = g_new0 (Export, 1);
  const char *sample = drill_operation_is_simulation (DRILL_OPERATION (operation)) ? "-simulation" : "";
  g_autofree char *stem = g_strdup_printf ("rollback-drill-%s%s", drill_ack_operation_get_state (operation), sample);
  g_autofree char *safe = drill_text_file_name (stem);
  g_autofree char *name = g_strconcat (safe, csv ? ".csv" : ".json", NULL);

  export->widget = g_object_ref (widget);
  export->bytes = csv ? drill_ack_export_dup_csv (operation, session) : drill_ack_export_dup_json (operation, session);
  drill_file_dialog_save_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Export Result"), name,
                                csv ? DRILL_FILE_TYPE_CSV : DRILL_FILE_TYPE_JSON, settings, NULL, chosen_cb, export);
}
