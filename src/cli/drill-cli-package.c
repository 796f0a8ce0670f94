// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "audit/drill-package-files.h"
#include "base/drill-error.h"
#include "base/drill-text.h"
#include "cli/drill-cli-acks.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-save.h"
#include "cli/drill-cli-scope.h"
#include "cli/drill-cli-table.h"
#include "drill-config.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-json.h"
#include "session/drill-package-operation.h"

typedef struct {
  DrillCliScope scope;
  char         *output;
  gboolean      parts;
} PackageOptions;

static void
package_options_clear (PackageOptions *options)
{
  drill_cli_scope_clear (&options->scope);
  g_clear_pointer (&options->output, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PackageOptions, package_options_clear)

/* One package, held against the evidence */
typedef struct {
  DrillPackageScope      scope;
  DrillOutcome           outcome;
  const GError          *error;
  GBytes                *bytes;      /* (nullable) */
  JsonNode              *root;       /* (nullable) */
  JsonObject            *package;    /* (nullable) */
  DrillPackageDifference difference;
  gboolean               complete;
} Made;

static void
made_clear (Made *made)
{
  g_clear_pointer (&made->root, json_node_unref);
  drill_package_difference_clear (&made->difference);
}

typedef struct {
  DrillCliWriter        *writer;
  DrillPackageOperation *operation;
  GPtrArray             *parts;      /* (nullable) of DrillPackagePart */
  GArray                *made;       /* of Made */
  gboolean               complete;
  const char            *output;     /* the file it is saved as */
  GBytes                *saved;      /* (nullable): what it is, once it is saved */
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->made, g_array_unref);
  g_clear_pointer (&work->parts, g_ptr_array_unref);
  g_clear_object (&work->operation);
  g_clear_pointer (&work->saved, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
plan (Work                 *work,
      const PackageOptions *own)
{
  DrillEvidence *evidence = drill_writer_get_evidence (work->writer->writer);
  const DrillPackageScope scope = drill_cli_scope_get (&own->scope);
  g_autofree DrillPackageScope *scopes = NULL;
  guint n = 1;

  if (own->parts)
    {
      work->parts = drill_package_plan_parts (evidence, &scope);
      n = MAX (work->parts->len, 1);
    }
  scopes = g_new0 (DrillPackageScope, n);
  scopes[0] = scope;
  for (guint i = 0; work->parts != NULL && i < work->parts->len; i++)
    {
      const DrillPackagePart *part = g_ptr_array_index (work->parts, i);

      scopes[i] = (DrillPackageScope) { part->schedule_id, part->provider, part->owner };
    }

  work->operation = drill_package_operation_new (work->writer->writer, scopes, n, work->writer->actor);
}

static void
look_at (Work *work)
{
  DrillEvidence *evidence = drill_writer_get_evidence (work->writer->writer);

  work->complete = work->writer->load.complete;
  work->made = g_array_new (FALSE, TRUE, sizeof (Made));
  g_array_set_clear_func (work->made, (GDestroyNotify) made_clear);
  g_array_set_size (work->made, drill_package_operation_get_n_packages (work->operation));
  for (guint i = 0; i < work->made->len; i++)
    {
      Made *made = &g_array_index (work->made, Made, i);
      DrillPackageCoverage coverage;

      drill_package_operation_get_scope (work->operation, i, &made->scope);
      made->outcome = drill_package_operation_get_outcome (work->operation, i, &made->error);
      made->bytes = drill_package_operation_get_package (work->operation, i);
      if (made->bytes != NULL)
        made->root = drill_json_parse (made->bytes, NULL);
      if (made->root != NULL && JSON_NODE_HOLDS_OBJECT (made->root))
        made->package = json_node_get_object (made->root);
      /* An acknowledgement that was cut away leaves a route in its old state */
      drill_package_cover (evidence, &made->scope, &coverage);
      made->complete = made->package != NULL &&
                       drill_package_compare (made->bytes, evidence, &made->difference, NULL) &&
                       made->difference.n_missing == 0 && made->difference.n_unknown == 0 &&
                       (coverage.fits || made->difference.n_changed == 0);
      work->complete = work->complete && made->complete;
    }
}

static void
tally (Work          *work,
       DrillCliTally *tally)
{
  *tally = (DrillCliTally) { .error = drill_operation_get_error (DRILL_OPERATION (work->operation)) };
  for (guint i = 0; i < work->made->len; i++)
    drill_cli_tally_count (tally, g_array_index (work->made, Made, i).outcome);
}

/* Saving */

static GBytes *
bundle (Work                  *work,
        const PackageOptions  *own,
        GError               **error)
{
  const DrillPackageScope scope = drill_cli_scope_get (&own->scope);
  DrillSource *source = work->writer->load.source;
  const DrillExportInfo info = {
    .source = drill_cli_source_name (source),
    .is_sample = drill_source_get_kind (source) == DRILL_SOURCE_SAMPLE,
    .complete = work->writer->load.complete,
    .exported_at_us = g_get_real_time (),
    .loaded_at_us = g_get_real_time (),
    .actor = work->writer->recorded,
    .version = DRILL_VERSION,
  };
  g_autofree DrillPackageBundlePart *parts = g_new0 (DrillPackageBundlePart, work->made->len);
  g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();

  for (guint i = 0; i < work->parts->len && i < work->made->len; i++)
    {
      const Made *made = &g_array_index (work->made, Made, i);

      parts[i].part = g_ptr_array_index (work->parts, i);
      parts[i].package = made->bytes;
      if (made->bytes == NULL)
        {
          g_ptr_array_add (reasons, made->error != NULL ? drill_cli_describe (made->error, NULL) : g_strdup ("not made"));
          parts[i].reason = g_ptr_array_index (reasons, reasons->len - 1);
        }
    }

  if (!drill_package_write_bundle (&scope, parts, MIN (work->parts->len, work->made->len), &info, stream, NULL, error) ||
      !g_output_stream_close (stream, NULL, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* Returns: what was saved, or NULL */
static GBytes *
save (Work                  *work,
      const PackageOptions  *own,
      GError               **error)
{
  const Made *first = &g_array_index (work->made, Made, 0);
  g_autoptr(GBytes) bytes = NULL;

  if (work->parts != NULL)
    bytes = bundle (work, own, error);
  else
    bytes = g_bytes_ref (first->bytes);

  if (bytes == NULL)
    return NULL;

  if (strcmp (own->output, "-") == 0)
    {
      g_autoptr(GOutputStream) out = drill_cli_output_new ();

      if (!g_output_stream_write_all (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL, error) ||
          !g_output_stream_flush (out, NULL, error))
        return NULL;
    }
  else if (!drill_cli_save (own->output, bytes, error))
    {
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

static void
complain_unsaved (Work         *work,
                  const GError *error)
{
  /* Translators: %s is what the system says */
  g_autofree char *message = g_strdup_printf (_("The package was made, but could not be saved: %s"), error->message);

  drill_cli_complain (message);
  for (guint i = 0; i < work->made->len && !drill_cli_writer_is_simulation (work->writer); i++)
    {
      const Made *made = &g_array_index (work->made, Made, i);
      g_autofree char *hint = NULL;

      if (made->package == NULL)
        continue;

      /* Translators: %s is an audit id; what follows the colon is typed as it is */
      hint = g_strdup_printf (_("it is on the service as %s: drillctl --format json history --kind "
                                "acknowledgement-audit-package"), drill_json_get_string (made->package, "audit_id"));
      drill_cli_complain (hint);
    }
}

/* Printing */

static void
append_text (GString    *text,
             const char *name,
             const char *value)
{
  g_string_append_printf (text, "\"%s\": ", name);
  if (value != NULL)
    drill_canonical_append_string (text, value);
  else
    g_string_append (text, "null");
  g_string_append (text, ", ");
}

static const char *const counts[] = {
  "route_count", "acknowledgement_count", "acknowledged_count", "resolved_count", "escalated_count", "dismissed_count",
  "outstanding_count",
};

static void
append_made_json (GString    *text,
                  const Made *made)
{
  g_autofree char *problem = made->error != NULL ? drill_cli_describe (made->error, NULL) : NULL;

  append_text (text, "schedule_id", made->scope.schedule_id != NULL ? made->scope.schedule_id : "");
  append_text (text, "provider", made->scope.provider != NULL ? made->scope.provider : "");
  append_text (text, "owner", made->scope.owner != NULL ? made->scope.owner : "");
  append_text (text, "outcome", drill_outcome_get_name (made->outcome));
  append_text (text, "error", problem);
  append_text (text, "audit_id", made->package != NULL ? drill_json_get_string (made->package, "audit_id") : NULL);
  append_text (text, "alert_level", made->package != NULL ? drill_json_get_string (made->package, "alert_level") : NULL);
  for (gsize i = 0; made->package != NULL && i < G_N_ELEMENTS (counts); i++)
    g_string_append_printf (text, "\"%s\": %" G_GINT64_FORMAT ", ", counts[i],
                            drill_json_get_int (made->package, counts[i], 0));
  g_string_append_printf (text, "\"missing\": %u, \"unknown\": %u, \"changed\": %u, \"complete\": %s",
                          made->difference.n_missing, made->difference.n_unknown, made->difference.n_changed,
                          made->complete ? "true" : "false");
}

static void
append_json (GString *text,
             gpointer what)
{
  const Work *work = what;
  g_autofree char *file = work->saved != NULL ? g_filename_display_name (work->output) : NULL;
  g_autofree char *digest = work->saved != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, work->saved) : NULL;

  g_string_append_c (text, '{');
  append_text (text, "file", file);
  append_text (text, "sha256", digest);
  g_string_append_printf (text, "\"simulation\": %s, ", drill_cli_writer_is_simulation (work->writer) ? "true" : "false");
  if (work->parts == NULL)
    {
      append_made_json (text, &g_array_index (work->made, Made, 0));
      g_string_append (text, "}\n");
      return;
    }

  g_string_append_printf (text, "\"complete\": %s, \"parts\": [", work->complete ? "true" : "false");
  for (guint i = 0; i < work->made->len; i++)
    {
      g_string_append (text, i == 0 ? "\n{" : ",\n{");
      append_made_json (text, &g_array_index (work->made, Made, i));
      g_string_append_c (text, '}');
    }
  g_string_append (text, "\n]}\n");
}

static void
append_csv (GString *text,
            gpointer what)
{
  const Work *work = what;

  g_string_append (text, "schedule_id,provider,owner,outcome,audit_id,missing,complete,simulation");
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_string_append_printf (text, ",%s", counts[i]);
  g_string_append (text, "\r\n");
  for (guint m = 0; m < work->made->len; m++)
    {
      const Made *made = &g_array_index (work->made, Made, m);
      const char *cells[] = {
        made->scope.schedule_id, made->scope.provider, made->scope.owner, drill_outcome_get_name (made->outcome),
        made->package != NULL ? drill_json_get_string (made->package, "audit_id") : "",
      };

      for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
        {
          g_autofree char *cell = drill_text_csv_cell (cells[i]);

          g_string_append_printf (text, "%s,", cell);
        }
      g_string_append_printf (text, "%u,%s,%s", made->difference.n_missing, made->complete ? "true" : "false",
                              drill_cli_writer_is_simulation (work->writer) ? "true" : "false");
      for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
        g_string_append_printf (text, ",%" G_GINT64_FORMAT,
                                made->package != NULL ? drill_json_get_int (made->package, counts[i], 0) : 0);
      g_string_append (text, "\r\n");
    }
}

static gboolean
write_table (gpointer        what,
             GOutputStream  *out,
             GError        **error)
{
  const Work *work = what;
  const char *titles[] = {
    _("AUDIT ID"), _("SCHEDULE"), _("PROVIDER"), _("OWNER"), _("ROUTES"), _("ACKNOWLEDGEMENTS"), _("OUTSTANDING"), _("COMPLETE"),
  };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), FALSE);

  for (guint i = 0; i < work->made->len; i++)
    {
      const Made *made = &g_array_index (work->made, Made, i);
      g_autofree char *complete = NULL;

      drill_cli_table_add (table, made->package != NULL ? drill_json_get_string (made->package, "audit_id") : _("none"));
      drill_cli_table_add (table, made->scope.schedule_id);
      drill_cli_table_add (table, made->scope.provider);
      drill_cli_table_add (table, made->scope.owner);
      for (gsize c = 0; c < 3; c++)
        {
          const char *const shown[] = { "route_count", "acknowledgement_count", "outstanding_count" };
          g_autofree char *n = made->package != NULL
                               ? g_strdup_printf ("%" G_GINT64_FORMAT, drill_json_get_int (made->package, shown[c], 0)) : NULL;

          drill_cli_table_add_right (table, n);
        }
      if (made->complete)
        complete = g_strdup (_("yes"));
      else if (made->difference.n_missing > 0)
        complete = g_strdup_printf (ngettext ("no: %u route is missing", "no: %u routes are missing", made->difference.n_missing),
                                    made->difference.n_missing);
      else
        complete = g_strdup_printf (ngettext ("no: %u route has an old state", "no: %u routes have an old state",
                                              made->difference.n_changed),
                                    made->difference.n_changed);
      drill_cli_table_add (table, complete);
    }

  return drill_cli_table_write (table, out, error);
}

static const DrillCliFormats formats = { append_json, append_csv, write_table };

/* What it comes to: all made, saved and complete, or not */
static int
judge (Work                  *work,
       const DrillCliOptions *options,
       const DrillCliTally   *tally)
{
  int status = drill_cli_writer_end (work->writer, tally);

  if (status != DRILL_CLI_DONE)
    return status;
  if (work->saved == NULL)
    return DRILL_CLI_PARTIAL;
  if (work->complete)
    return DRILL_CLI_DONE;

  if (drill_cli_load_status (&work->writer->load, options) == DRILL_CLI_DONE)
    drill_cli_complain (work->parts == NULL ? _("The package is incomplete: the service cuts it; --parts asks for it in parts")
                                            : _("The packages do not cover all routes"));

  return DRILL_CLI_PARTIAL;
}

/**
 * drill_cli_package:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl package`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_package (DrillCliOptions   *options,
                   char            ***arguments)
{
  g_auto(PackageOptions) own = { 0 };
  const GOptionEntry more[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &own.output, N_("Save it as FILE, - for standard output"), N_("FILE") },
    { "parts", 0, 0, G_OPTION_ARG_NONE, &own.parts,
      N_("Ask for it in parts that the service does not cut, and save a ZIP archive"), NULL },
  };
  g_autoptr(GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWriter) writer = { 0 };
  g_auto(Work) work = { .writer = &writer };
  DrillCliTally ended;
  int status;

  drill_cli_scope_append_entries (&own.scope, entries);
  g_array_append_vals (entries, more, G_N_ELEMENTS (more));
  if (!drill_cli_options_parse_command (options, "package",
                                        _("Has the service make an audit package and saves its bytes, with a .sha256 beside it."),
                                        (const GOptionEntry *) (gpointer) entries->data, arguments, &error) ||
      !drill_cli_options_no_arguments (*arguments, &error) ||
      !drill_cli_options_check_writing (options, &error) ||
      !drill_cli_scope_check (&own.scope, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  if (own.output == NULL || *own.output == '\0')
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("package needs --output FILE")));

  if (strcmp (own.output, "-") != 0 && !drill_cli_save_check (own.output, &error))
    {
      /* Translators: %s is what the system says */
      g_autofree char *message = g_strdup_printf (_("Cannot save there, nothing was sent: %s"), error->message);

      drill_cli_complain (message);
      return DRILL_CLI_USAGE;
    }

  work.output = own.output;
  status = drill_cli_writer_open (&writer, options);
  if (status != DRILL_CLI_DONE)
    return status;

  plan (&work, &own);
  drill_cli_writer_run (&writer, options, DRILL_OPERATION (work.operation));
  look_at (&work);
  tally (&work, &ended);
  if (ended.n_recorded > 0)
    {
      work.saved = save (&work, &own, &error);
      if (work.saved == NULL)
        complain_unsaved (&work, error);
    }

  status = judge (&work, options, &ended);
  /* Standard output has the package */
  if (strcmp (own.output, "-") != 0)
    status = drill_cli_print (options, &formats, &work, status);
  drill_cli_writer_leave (&writer, options, DRILL_OPERATION (work.operation), &ended, FALSE);

  return status;
}
