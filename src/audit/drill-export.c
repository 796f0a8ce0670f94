// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-export.h"

#include <string.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-canonical.h"

#define BUFFER_BYTES (64 * 1024) /* rows are some 700 bytes: one write for a hundred of them */

#define SAMPLE_SOURCE  "SAMPLE DATA"
#define SAMPLE_WARNING "SAMPLE DATA: made up for demonstration, not evidence of any service"
#define READ_ONLY_MARK " (read-only)"

static GOutputStream *
buffered (GOutputStream *stream)
{
  GOutputStream *result = g_buffered_output_stream_new_sized (stream, BUFFER_BYTES);

  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (result), FALSE);

  return result;
}

static gboolean
write_text (GOutputStream  *stream,
            GString        *text,
            GCancellable   *cancellable,
            GError        **error)
{
  /* The buffer takes rows without ever asking. */
  gboolean written = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
                     g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);

  g_string_truncate (text, 0);

  return written;
}

static const char *
data_source (const DrillExportInfo *info)
{
  return info->is_sample ? SAMPLE_SOURCE : info->source;
}

/**
 * drill_export_dup_source:
 * @info: what to say about the export
 *
 * Where the rows of a CSV file are from: it has no other place to say that they
 * are sample data, or were exported in auditor mode.
 *
 * Returns: (transfer full): what stands in the first column
 */
char *
drill_export_dup_source (const DrillExportInfo *info)
{
  return info->read_only ? g_strconcat (data_source (info), READ_ONLY_MARK, NULL) : g_strdup (data_source (info));
}

static void
append_member (GString    *text,
               const char *name,
               const char *value)
{
  g_string_append_printf (text, "  \"%s\": ", name);
  if (value != NULL)
    drill_canonical_append_string (text, value);
  else
    g_string_append (text, "null");
  g_string_append (text, ",\n");
}

static void
append_time (GString    *text,
             const char *name,
             gint64      us)
{
  g_autofree char *time = us != DRILL_TIME_UNKNOWN ? drill_time_format (us) : NULL;

  append_member (text, name, time);
}

/* What an auditor asks first: what is this, of what, how much of it, whose. */
static void
append_info (GString               *text,
             const DrillExportInfo *info,
             guint                  n_exported)
{
  g_string_append (text, "{\"export\": {\n");
  if (info->is_sample)
    append_member (text, "warning", SAMPLE_WARNING);
  append_member (text, "program", "drill-console");
  append_member (text, "version", info->version);
  append_member (text, "source", data_source (info));
  g_string_append_printf (text, "  \"sample\": %s,\n", info->is_sample ? "true" : "false");
  g_string_append_printf (text, "  \"read_only\": %s,\n", info->read_only ? "true" : "false");
  append_member (text, "filters", info->filters);
  g_string_append_printf (text, "  \"population\": %u,\n", info->n_population);
  g_string_append_printf (text, "  \"matched\": %u,\n", info->n_matched);
  g_string_append_printf (text, "  \"exported\": %u,\n", n_exported);
  g_string_append_printf (text, "  \"excluded\": %u,\n",
                          info->n_population > n_exported ? info->n_population - n_exported : 0);
  g_string_append_printf (text, "  \"complete\": %s,\n", info->complete ? "true" : "false");
  append_time (text, "loaded_at", info->loaded_at_us);
  append_time (text, "exported_at", info->exported_at_us);
  append_member (text, "actor", info->actor);
  g_string_truncate (text, text->len - strlen (",\n"));
  g_string_append (text, "\n}");
}

/**
 * drill_export_routes_json:
 * @evidence: a snapshot
 * @rows: (array length=n_rows): rows of its routes, in the order to export them
 * @n_rows: how many
 * @now_us: the time to judge by, µs UTC
 * @info: what to say about the export
 * @stream: where to; stays open
 * @cancellable: (nullable): to stop it
 * @error: a GIO error
 *
 * Writes `{"export": {…}, "routes": […]}`, a row in a line, with the fields of
 * drill_route_record_append_json().
 *
 * Returns: %TRUE when all was written
 */
gboolean
drill_export_routes_json (DrillEvidence          *evidence,
                          const guint32          *rows,
                          guint                   n_rows,
                          gint64                  now_us,
                          const DrillExportInfo  *info,
                          GOutputStream          *stream,
                          GCancellable           *cancellable,
                          GError                **error)
{
  g_autoptr(GOutputStream) out = buffered (stream);
  g_autoptr(GString) text = g_string_new (NULL);

  append_info (text, info, n_rows);
  g_string_append (text, ",\n\"routes\": [");

  for (guint i = 0; i < n_rows; i++)
    {
      DrillRouteRecord record;

      drill_route_record_read (&record, evidence, rows[i], now_us);
      g_string_append (text, i == 0 ? "\n" : ",\n");
      drill_route_record_append_json (&record, text);
      if (!write_text (out, text, cancellable, error))
        return FALSE;
    }

  g_string_append (text, "\n]}\n");

  return write_text (out, text, cancellable, error) &&
         g_output_stream_flush (out, cancellable, error);
}

/**
 * drill_export_routes_csv:
 * @evidence: a snapshot
 * @rows: (array length=n_rows): rows of its routes, in the order to export them
 * @n_rows: how many
 * @now_us: the time to judge by, µs UTC
 * @info: what to say about the export
 * @stream: where to; stays open
 * @cancellable: (nullable): to stop it
 * @error: a GIO error
 *
 * Writes the rows as CSV (RFC 4180, UTF-8 without a mark): one line of names and
 * then only rows, because that is what every spreadsheet and script can read.
 * The first column says where each row is from.
 *
 * Returns: %TRUE when all was written
 */
gboolean
drill_export_routes_csv (DrillEvidence          *evidence,
                         const guint32          *rows,
                         guint                   n_rows,
                         gint64                  now_us,
                         const DrillExportInfo  *info,
                         GOutputStream          *stream,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autoptr(GOutputStream) out = buffered (stream);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *source = drill_export_dup_source (info);

  drill_route_record_append_csv_header (text);
  for (guint i = 0; i < n_rows; i++)
    {
      DrillRouteRecord record;

      drill_route_record_read (&record, evidence, rows[i], now_us);
      drill_route_record_append_csv (&record, source, text);
      if (!write_text (out, text, cancellable, error))
        return FALSE;
    }

  return write_text (out, text, cancellable, error) &&
         g_output_stream_flush (out, cancellable, error);
}

/**
 * drill_export_items_json:
 * @evidence: a snapshot
 * @items: (array length=n_items): rows of its items, in the order to export them
 * @n_items: how many
 * @info: what to say about the export
 * @stream: where to; stays open
 * @cancellable: (nullable): to stop it
 * @error: a GIO error
 *
 * Writes `{"export": {…}, "items": […]}` with each item's bytes as they came:
 * a history document that can be opened again.
 *
 * Returns: %TRUE when all was written
 */
gboolean
drill_export_items_json (DrillEvidence          *evidence,
                         const guint32          *items,
                         guint                   n_items,
                         const DrillExportInfo  *info,
                         GOutputStream          *stream,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autoptr(GOutputStream) out = buffered (stream);
  g_autoptr(GString) text = g_string_new (NULL);

  append_info (text, info, n_items);
  g_string_append (text, ",\n\"items\": [");

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, items[i]);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      g_string_append (text, i == 0 ? "\n" : ",\n");
      g_string_append_len (text, data, (gssize) length);
      if (!write_text (out, text, cancellable, error))
        return FALSE;
    }

  g_string_append (text, "\n]}\n");

  return write_text (out, text, cancellable, error) &&
         g_output_stream_flush (out, cancellable, error);
}

static void
append_cell (GString    *text,
             const char *value)
{
  g_autofree char *cell = drill_text_csv_cell (value);

  g_string_append (text, cell);
}

static void
append_item_row (GString         *text,
                 DrillEvidence   *evidence,
                 const DrillItem *item,
                 const char      *source)
{
  static const char *const results[] = { "", "delivered", "failed" };
  const guint32 *providers = drill_evidence_get_item_providers (evidence);
  g_autoptr(GString) names = g_string_new (NULL);
  const struct
  {
    DrillDict dict;
    guint32   code;
  } first[] = {
    { DRILL_DICT_TEXT, item->session_id },
    { DRILL_DICT_TEXT, item->created },
    { DRILL_DICT_KIND, item->kind },
    { DRILL_DICT_SCHEDULE, item->schedule },
    { DRILL_DICT_TEXT, item->subject },
  }, last[] = {
    { DRILL_DICT_STATE, item->state },
    { DRILL_DICT_ALERT, item->alert },
    { DRILL_DICT_ACTOR, item->signer },
  };

  for (guint i = 0; i < item->n_providers; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : " ",
                            drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER,
                                                     providers[item->first_provider + i]));

  append_cell (text, source);
  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_string_append_c (text, ',');
      append_cell (text, drill_evidence_get_text (evidence, first[i].dict, first[i].code));
    }
  g_string_append_c (text, ',');
  append_cell (text, names->str);
  g_string_append_printf (text, ",%s", item->result < G_N_ELEMENTS (results) ? results[item->result] : "");
  for (gsize i = 0; i < G_N_ELEMENTS (last); i++)
    {
      g_string_append_c (text, ',');
      append_cell (text, drill_evidence_get_text (evidence, last[i].dict, last[i].code));
    }
  g_string_append (text, "\r\n");
}

/**
 * drill_export_items_csv:
 * @evidence: a snapshot
 * @items: (array length=n_items): rows of its items, in the order to export them
 * @n_items: how many
 * @info: what to say about the export
 * @stream: where to; stays open
 * @cancellable: (nullable): to stop it
 * @error: a GIO error
 *
 * Writes the columns of the history view as CSV; see drill_export_routes_csv().
 *
 * Returns: %TRUE when all was written
 */
gboolean
drill_export_items_csv (DrillEvidence          *evidence,
                        const guint32          *items,
                        guint                   n_items,
                        const DrillExportInfo  *info,
                        GOutputStream          *stream,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_autoptr(GOutputStream) out = buffered (stream);
  g_autoptr(GString) text = g_string_new ("data_source,session_id,created_at,metadata_kind,schedule_id,subject,"
                                          "providers,result,state,alert_level,signer\r\n");
  g_autofree char *source = drill_export_dup_source (info);

  for (guint i = 0; i < n_items; i++)
    {
      append_item_row (text, evidence, &drill_evidence_get_items (evidence)[items[i]], source);
      if (!write_text (out, text, cancellable, error))
        return FALSE;
    }

  return write_text (out, text, cancellable, error) &&
         g_output_stream_flush (out, cancellable, error);
}
