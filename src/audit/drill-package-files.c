// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-package-files.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#include "audit/drill-package-scope.h"
#include "base/drill-error.h"
#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-json.h"

#define SAMPLE_SOURCE  "SAMPLE DATA"
#define SAMPLE_WARNING "SAMPLE DATA: made up for demonstration, not evidence of any service"

/**
 * drill_package_checksum_line:
 * @bytes: what is or will be in the file
 * @name: the file's name, without a folder
 *
 * The line that `sha256sum -c` reads. Names with a backslash or a line break are
 * written as GNU coreutils writes them: escaped, and a backslash in front.
 *
 * Returns: (transfer full): `<sha256>  <name>` and a line end
 */
char *
drill_package_checksum_line (GBytes     *bytes,
                             const char *name)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  GString *line = g_string_new (NULL);
  gboolean escape = strpbrk (name, "\\\n\r") != NULL;

  g_string_append_printf (line, "%s%s  ", escape ? "\\" : "", digest);
  for (const char *p = name; *p != '\0'; p++)
    switch (*p)
      {
      case '\\':
        g_string_append (line, "\\\\");
        break;

      case '\n':
        g_string_append (line, "\\n");
        break;

      case '\r':
        g_string_append (line, "\\r");
        break;

      default:
        g_string_append_c (line, *p);
      }
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static JsonObject *
read_package (GBytes    *bytes,
              JsonNode **root,
              GError   **error)
{
  JsonObject *package;

  *root = drill_package_read (bytes, NULL, error);
  if (*root == NULL)
    return NULL;

  package = drill_package_find (*root);
  if (package == NULL)
    g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "not an audit package");

  return package;
}

static JsonArray *
get_routes (JsonObject *package)
{
  JsonNode *node = json_object_get_member (package, "routes");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* A cell: a text as it is, anything else as JSON, nothing for null */
static void
append_cell (GString  *text,
             JsonNode *node)
{
  g_autofree char *json = NULL;
  g_autofree char *cell = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    json = drill_canonical_to_string (node);
  cell = drill_text_csv_cell (json != NULL ? json : json_node_get_string (node));
  g_string_append (text, cell);
}

/**
 * drill_package_write_csv:
 * @package: an audit package, or what drill_package_verify() takes for one
 * @source: where it is from, as drill_export_dup_source() has it
 * @stream: where to; stays open
 * @cancellable: (nullable): to stop it
 * @error: %DRILL_ERROR_BAD_INPUT when @package is none, else a GIO error
 *
 * Writes the routes as CSV (RFC 4180) as drill_export_routes_csv() does: a line
 * of names, then a row for each, which says where it is from and of which package.
 *
 * Returns: %TRUE when all was written
 */
gboolean
drill_package_write_csv (GBytes         *package,
                         const char     *source,
                         GOutputStream  *stream,
                         GCancellable   *cancellable,
                         GError        **error)
{
  static const char *const columns[] = {
    "route_id", "schedule_id", "plan_id", "provider", "owner", "escalation_owner", "route_action",
    "route_created_at", "acknowledgement_state", "acknowledged", "acknowledged_by", "acknowledged_at",
    "external_ref", "notes", "acknowledgement_id",
  };
  g_autoptr(JsonNode) root = NULL;
  JsonObject *object = read_package (package, &root, error);
  g_autoptr(GString) text = g_string_new ("data_source,audit_id");
  g_autofree char *source_cell = drill_text_csv_cell (source);
  g_autofree char *id_cell = NULL;
  JsonArray *routes;

  if (object == NULL)
    return FALSE;

  id_cell = drill_text_csv_cell (drill_json_get_string (object, "audit_id"));
  for (gsize n = 0; n < G_N_ELEMENTS (columns); n++)
    g_string_append_printf (text, ",%s", columns[n]);
  g_string_append (text, "\r\n");

  routes = get_routes (object);
  for (guint i = 0; routes != NULL && i < json_array_get_length (routes); i++)
    {
      JsonNode *node = json_array_get_element (routes, i);
      JsonObject *route = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      g_string_append_printf (text, "%s,%s", source_cell, id_cell);
      for (gsize n = 0; n < G_N_ELEMENTS (columns); n++)
        {
          g_string_append_c (text, ',');
          append_cell (text, route != NULL ? json_object_get_member (route, columns[n]) : NULL);
        }
      g_string_append (text, "\r\n");
    }

  return !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
}

/* What libarchive hands back to us */
typedef struct {
  GOutputStream *stream;
  GCancellable  *cancellable;
  GError        *error;
} Sink;

static la_ssize_t
write_cb (struct archive *archive,
          void           *data,
          const void     *buffer,
          size_t          length)
{
  Sink *sink = data;

  /* Not every stream looks at the cancellable */
  if (sink->error != NULL ||
      g_cancellable_set_error_if_cancelled (sink->cancellable, &sink->error) ||
      !g_output_stream_write_all (sink->stream, buffer, length, NULL, sink->cancellable, &sink->error))
    {
      archive_set_error (archive, EIO, "not written");
      return -1;
    }

  return (la_ssize_t) length;
}

/* One file of the bundle */
typedef struct {
  char   *name;
  GBytes *bytes;
} File;

static void
file_clear (gpointer data)
{
  File *file = data;

  g_free (file->name);
  g_bytes_unref (file->bytes);
}

static gboolean
write_file (struct archive *archive,
            const File     *file,
            gint64          modified_us)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize length;
  gconstpointer data = g_bytes_get_data (file->bytes, &length);
  gboolean written;

  archive_entry_set_pathname_utf8 (entry, file->name);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, (time_t) (modified_us / G_TIME_SPAN_SECOND), 0);
  written = archive_write_header (archive, entry) == ARCHIVE_OK &&
            (length == 0 || archive_write_data (archive, data, length) == (la_ssize_t) length) &&
            archive_write_finish_entry (archive) == ARCHIVE_OK;
  archive_entry_free (entry);

  return written;
}

static gboolean
write_archive (GArray         *files,
               gint64          modified_us,
               GOutputStream  *stream,
               GCancellable   *cancellable,
               GError        **error)
{
  struct archive *archive = archive_write_new ();
  Sink sink = { stream, cancellable, NULL };
  gboolean written = archive_write_set_format_zip (archive) == ARCHIVE_OK &&
                     archive_write_set_options (archive, "zip:hdrcharset=UTF-8") >= ARCHIVE_WARN &&
                     archive_write_set_bytes_in_last_block (archive, 1) == ARCHIVE_OK &&
                     archive_write_open (archive, &sink, NULL, write_cb, NULL) == ARCHIVE_OK;

  for (guint i = 0; written && i < files->len; i++)
    written = write_file (archive, &g_array_index (files, File, i), modified_us);
  written = written && archive_write_close (archive) == ARCHIVE_OK && sink.error == NULL;

  if (!written && sink.error == NULL)
    sink.error = g_error_new (DRILL_ERROR, DRILL_ERROR_IO, "the archive cannot be written: %s",
                              archive_error_string (archive) != NULL ? archive_error_string (archive) : "");
  if (sink.error != NULL)
    g_propagate_error (error, sink.error);
  archive_write_free (archive);

  return written;
}

static void
add_file (GArray *files,
          char   *name,  /* transfer full */
          GBytes *bytes) /* transfer full */
{
  File file = { name, bytes };

  g_array_append_val (files, file);
}

static void
add_text (GArray  *files,
          char    *name,
          GString *text) /* transfer full */
{
  add_file (files, name, g_string_free_to_bytes (text));
}

/* Says what a part covers, and is no other file's: two schedules may make one name */
static char *
name_part (GHashTable             *taken,
           const DrillPackagePart *part)
{
  g_autofree char *words = g_strjoin ("-", "package",
                                      *part->schedule_id != '\0' ? part->schedule_id : "all",
                                      *part->provider != '\0' ? part->provider : "all", NULL);
  g_autofree char *stem = drill_text_file_name (words);

  for (guint n = 1;; n++)
    {
      g_autofree char *name = n == 1 ? g_strconcat (stem, ".json", NULL) : g_strdup_printf ("%s-%u.json", stem, n);
      g_autofree char *key = g_utf8_casefold (name, -1);

      if (g_hash_table_add (taken, g_steal_pointer (&key)))
        return g_steal_pointer (&name);
    }
}

static void
append_member (GString    *text,
               const char *indent,
               const char *name,
               const char *value)
{
  g_string_append_printf (text, "%s\"%s\": ", indent, name);
  if (value != NULL)
    drill_canonical_append_string (text, value);
  else
    g_string_append (text, "null");
  g_string_append (text, ",\n");
}

static void
append_scope (GString    *text,
              const char *indent,
              const char *schedule_id,
              const char *provider,
              const char *owner)
{
  g_string_append_printf (text, "%s\"scope\": {\"schedule_id\": ", indent);
  drill_canonical_append_string (text, schedule_id != NULL ? schedule_id : "");
  g_string_append (text, ", \"provider\": ");
  drill_canonical_append_string (text, provider != NULL ? provider : "");
  g_string_append (text, ", \"owner\": ");
  drill_canonical_append_string (text, owner != NULL ? owner : "");
  g_string_append (text, "},\n");
}

/* Whether the package that was had is of the part that was asked for */
static gboolean
has_filters (JsonObject             *package,
             const DrillPackagePart *part)
{
  JsonNode *node = json_object_get_member (package, "filters");
  JsonObject *filters = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return g_str_equal (drill_json_get_string (filters, "schedule_id"), part->schedule_id) &&
         g_str_equal (drill_json_get_string (filters, "provider"), part->provider) &&
         g_str_equal (drill_json_get_string (filters, "owner"), part->owner);
}

/* One part of the index; its package and checksum go to the files. */
static gboolean
append_part (GString                      *text,
             const DrillPackageBundlePart *bundled,
             GHashTable                   *taken,
             GArray                       *files,
             GString                      *sums,
             guint                        *n_routes)
{
  const DrillPackagePart *part = bundled->part;
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *name = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *reason = g_strdup (bundled->reason);
  JsonObject *package = NULL;
  guint n_got = 0;
  gboolean complete;

  if (bundled->package != NULL)
    {
      g_autofree char *line = NULL;
      JsonArray *routes;

      name = name_part (taken, part);
      line = drill_package_checksum_line (bundled->package, name);
      g_string_append (sums, line);
      digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bundled->package);
      add_file (files, g_strdup (name), g_bytes_ref (bundled->package));
      package = read_package (bundled->package, &root, NULL);
      routes = package != NULL ? get_routes (package) : NULL;
      n_got = routes != NULL ? json_array_get_length (routes) : 0;
    }

  complete = package != NULL && part->fits && has_filters (package, part) && n_got >= part->n_routes;
  *n_routes += n_got;
  if (!complete && reason == NULL)
    {
      if (bundled->package == NULL)
        reason = g_strdup ("the package could not be had");
      else if (package == NULL)
        reason = g_strdup ("the answer is not an audit package");
      else if (!has_filters (package, part))
        reason = g_strdup ("the package is of another scope");
      else if (!part->fits)
        reason = g_strdup_printf ("over the service's limit of %d, and cannot be divided further",
                                  DRILL_PACKAGE_SERVICE_CUT);
      else
        reason = g_strdup ("the package has fewer routes than the evidence");
    }

  g_string_append (text, "    {\n");
  append_member (text, "      ", "file", name);
  append_member (text, "      ", "sha256", digest);
  append_member (text, "      ", "audit_id", package != NULL ? drill_json_get_string (package, "audit_id") : NULL);
  append_scope (text, "      ", part->schedule_id, part->provider, part->owner);
  g_string_append_printf (text, "      \"route_count\": %u,\n", n_got);
  g_string_append_printf (text, "      \"expected_routes\": %u,\n", part->n_routes);
  g_string_append_printf (text, "      \"complete\": %s,\n", complete ? "true" : "false");
  append_member (text, "      ", "reason", reason);
  g_string_truncate (text, text->len - strlen (",\n"));
  g_string_append (text, "\n    }");

  return complete;
}

static void
append_head (GString                 *text,
             const DrillPackageScope *scope,
             const DrillExportInfo   *info)
{
  g_autofree char *generated = drill_time_format (info->exported_at_us);
  g_autofree char *loaded = info->loaded_at_us != DRILL_TIME_UNKNOWN ? drill_time_format (info->loaded_at_us) : NULL;

  g_string_append (text, "{\n");
  append_member (text, "  ", "schema_version", DRILL_PACKAGE_BUNDLE_SCHEMA);
  if (info->is_sample)
    append_member (text, "  ", "warning", SAMPLE_WARNING);
  append_member (text, "  ", "program", "drill-console");
  append_member (text, "  ", "version", info->version);
  append_member (text, "  ", "generated_at", generated);
  append_member (text, "  ", "source", info->is_sample ? SAMPLE_SOURCE : info->source);
  g_string_append_printf (text, "  \"sample\": %s,\n", info->is_sample ? "true" : "false");
  g_string_append_printf (text, "  \"read_only\": %s,\n", info->read_only ? "true" : "false");
  append_member (text, "  ", "actor", info->actor);
  append_member (text, "  ", "evidence_loaded_at", loaded);
  g_string_append_printf (text, "  \"evidence_complete\": %s,\n", info->complete ? "true" : "false");
  append_scope (text, "  ", scope != NULL ? scope->schedule_id : NULL, scope != NULL ? scope->provider : NULL,
                scope != NULL ? scope->owner : NULL);
}

/**
 * drill_package_write_bundle:
 * @scope: (nullable): what all parts together should cover, %NULL for all
 * @parts: (array length=n_parts): the parts, with what was had of them
 * @n_parts: how many
 * @info: what to say about the export
 * @stream: where to; stays open
 * @cancellable: (nullable): to stop it
 * @error: a GIO error, or %DRILL_ERROR_IO
 *
 * Writes packages into one ZIP archive: `index.json`, which says what covers
 * what and whether all of it is there; the packages, byte for byte; and
 * `SHA256SUMS` over all of these, for `sha256sum -c`. The bundle is complete when
 * each part is, and the evidence that they were planned by was.
 *
 * Returns: %TRUE when all was written
 */
gboolean
drill_package_write_bundle (const DrillPackageScope      *scope,
                            const DrillPackageBundlePart *parts,
                            guint                         n_parts,
                            const DrillExportInfo        *info,
                            GOutputStream                *stream,
                            GCancellable                 *cancellable,
                            GError                      **error)
{
  g_autoptr(GArray) files = g_array_new (FALSE, FALSE, sizeof (File));
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GString) sums = g_string_new (NULL);
  g_autofree char *line = NULL;
  GString *index = g_string_new (NULL);
  guint n_routes = 0, n_expected = 0, n_complete = 0;
  gboolean complete;
  File *first;

  g_array_set_clear_func (files, file_clear);
  append_head (index, scope, info);
  add_file (files, g_strdup ("index.json"), g_bytes_new (NULL, 0)); /* its place; written when the rest is known */

  g_string_append (index, "  \"parts\": [");
  for (guint i = 0; i < n_parts; i++)
    {
      g_string_append (index, i == 0 ? "\n" : ",\n");
      n_complete += append_part (index, &parts[i], taken, files, sums, &n_routes);
      n_expected += parts[i].part->n_routes;
    }
  complete = n_complete == n_parts && info->complete;
  g_string_append_printf (index, "\n  ],\n  \"totals\": {\"parts\": %u, \"complete_parts\": %u, \"packages\": %u, "
                                 "\"route_count\": %u, \"expected_routes\": %u},\n",
                          n_parts, n_complete, files->len - 1, n_routes, n_expected);
  g_string_append_printf (index, "  \"complete\": %s\n}\n", complete ? "true" : "false");

  first = &g_array_index (files, File, 0);
  g_bytes_unref (first->bytes);
  first->bytes = g_string_free_to_bytes (index);
  line = drill_package_checksum_line (first->bytes, first->name);
  g_string_prepend (sums, line);
  add_text (files, g_strdup ("SHA256SUMS"), g_string_new_len (sums->str, (gssize) sums->len));

  return write_archive (files, info->exported_at_us, stream, cancellable, error);
}
