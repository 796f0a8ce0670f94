// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-package.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"
#include "ui/audit/drill-audit-facts.h"
#include "ui/audit/drill-package-check.h"
#include "ui/common/drill-label.h"

/* A package that was made up may be wrong in thousands of places */
#define MAX_FINDINGS 12

#define WIDE 48 /* characters: longer facts have a line of their own */

typedef enum {
  SHOW_TEXT,
  SHOW_STATE,
  SHOW_TIME,
} Show;

static const struct
{
  const char *member;
  const char *title;
  Show        show;
  double      weight;
} columns[] = {
  { "acknowledgement_state", N_("State"),           SHOW_STATE, 10.8 },
  { "schedule_id",           N_("Schedule"),        SHOW_TEXT,  18.0 },
  { "provider",              N_("Provider"),        SHOW_TEXT,   8.0 },
  { "owner",                 N_("Owner"),           SHOW_TEXT,  11.5 },
  { "route_created_at",      N_("Created"),         SHOW_TIME,  12.0 },
  { "acknowledged_by",       N_("Acknowledged by"), SHOW_TEXT,  12.0 },
  { "acknowledged_at",       N_("Acknowledged at"), SHOW_TIME,  12.4 },
  { "external_ref",          N_("Reference"),       SHOW_TEXT,   9.0 },
  { "notes",                 N_("Notes"),           SHOW_TEXT,  13.5 },
  { "route_id",              N_("Route id"),        SHOW_TEXT,  12.5 },
};

typedef struct {
  DrillReportOrigin *origin;
  GBytes            *bytes;
  gboolean           is_file; /* and not from the evidence */
  JsonNode          *root;
  JsonArray         *routes;    /* of the root */
} Package;

static void
package_free (gpointer data)
{
  Package *package = data;

  drill_report_origin_free (package->origin);
  g_bytes_unref (package->bytes);
  g_clear_pointer (&package->root, json_node_unref);
  g_free (package);
}

static JsonArray *
get_array (JsonObject *object,
           const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
has_control (JsonObject *package,
             const char *control)
{
  JsonArray *controls = get_array (package, "controls");

  for (guint i = 0; controls != NULL && i < json_array_get_length (controls); i++)
    {
      JsonNode *node = json_array_get_element (controls, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          g_str_equal (json_node_get_string (node), control))
        return TRUE;
    }

  return FALSE;
}

/* What it is a proof of: nothing, when no service made it */
static void
mark (DrillReport *report,
      JsonObject  *package)
{
  if (has_control (package, DRILL_PACKAGE_MARK_SAMPLE))
    {
      drill_report_set_mark (report, _("SAMPLE DATA"));
      drill_report_add_fact (report, _("Made of"), _("sample data: invented, and evidence of nothing"), TRUE);
    }
  else if (has_control (package, DRILL_PACKAGE_MARK_FILE))
    {
      drill_report_set_mark (report, _("SIMULATION"));
      drill_report_add_fact (report, _("Made of"), _("an opened file, by this program and not by the service"), TRUE);
    }
}

static const char *
get_verdict (const DrillPackageCheck *check)
{
  if (check->unreadable)
    return _("unreadable");

  switch (check->verdict)
    {
    case DRILL_VERDICT_WHOLE:
      return _("whole: the audit id fits the content, and all counts agree");
    case DRILL_VERDICT_ALTERED:
      return _("ALTERED: something does not add up");
    case DRILL_VERDICT_NOT_A_PACKAGE:
    default:
      return _("not an audit package");
    }
}

static void
add_verdict (DrillReport             *report,
             const DrillPackageCheck *check)
{
  drill_report_add_fact (report, _("Verified"), get_verdict (check), TRUE);

  for (guint i = 0; i < check->findings->len && i < MAX_FINDINGS; i++)
    drill_report_add_fact (report, _("Finding"), g_ptr_array_index (check->findings, i), TRUE);
  if (check->findings->len > MAX_FINDINGS)
    {
      guint n_more = check->findings->len - MAX_FINDINGS;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      drill_report_add_fact (report, _("Finding"), text, TRUE);
    }
}

static void
add_facts (DrillReport *report,
           GPtrArray   *facts,
           JsonObject  *package)
{
  gint64 generated_us = drill_time_parse (drill_json_get_string (package, "generated_at"), -1);
  g_autofree char *generated = drill_report_dup_time (generated_us, TRUE);

  for (guint i = 0; i < facts->len; i++)
    {
      const DrillAuditFact *fact = g_ptr_array_index (facts, i);
      const char *value = fact->value;

      /* On the screen it is told as a person wishes */
      if (generated_us != DRILL_TIME_UNKNOWN && g_str_equal (fact->name, _("Generated")))
        value = generated;
      drill_report_add_fact (report, fact->name, value, g_utf8_strlen (value, -1) > WIDE);
    }
}

static gboolean
prepare (DrillReport   *report,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Package *package = data;
  g_autoptr(DrillPackageCheck) check = drill_package_check_new (package->bytes, NULL);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, package->bytes);
  JsonObject *object;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  g_clear_pointer (&package->root, json_node_unref);
  package->root = drill_json_parse (package->bytes, NULL);
  object = drill_package_unwrap (package->root);
  package->routes = get_array (object, "routes");

  mark (report, object);
  add_facts (report, check->facts, object);
  add_verdict (report, check);
  drill_report_add_fact (report, _("SHA-256"), digest, TRUE);
  drill_report_add_fact (report, _("Checking the digest"),
                         package->is_file
                         ? _("It is what sha256sum says of the file.")
                         : _("It is what sha256sum says of the package as it is exported, and of the file that it was saved in."),
                         TRUE);

  drill_report_origin_add_maker (package->origin, report);
  if (package->is_file)
    {
      g_autofree char *source = drill_report_origin_dup_source (package->origin);

      drill_report_add_fact (report, _("Source"), source, TRUE);
    }
  else
    {
      drill_report_origin_add_source (package->origin, report);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    drill_report_add_column (report, _(columns[i].title), columns[i].weight);
  drill_report_set_n_rows (report, package->routes != NULL ? json_array_get_length (package->routes) : 0);

  return TRUE;
}

static char *
dup_cell (gpointer data,
          guint    row,
          guint    column)
{
  Package *package = data;
  JsonNode *node = json_array_get_element (package->routes, row);
  const char *text = JSON_NODE_HOLDS_OBJECT (node)
                     ? drill_json_get_string (json_node_get_object (node), columns[column].member)
                     : NULL;
  gint64 us;

  switch (columns[column].show)
    {
    case SHOW_STATE:
      return drill_label_state (text != NULL ? text : "");
    case SHOW_TIME:
      us = drill_time_parse (text, -1);
      if (us != DRILL_TIME_UNKNOWN)
        return drill_report_dup_time (us, FALSE);
      return drill_text_one_line (text);
    case SHOW_TEXT:
    default:
      return drill_text_one_line (text);
    }
}

/**
 * drill_report_new_for_package:
 * @origin: (transfer full): who makes it; and where the package is from, unless it is from a file
 * @package: an audit package, byte for byte
 * @audit_id: (nullable): what it calls itself
 * @file_name: (nullable): the file that was read, when it is not from the evidence
 *
 * Returns: (transfer full): a report of an audit package
 */
DrillReport *
drill_report_new_for_package (DrillReportOrigin *origin,
                              GBytes            *package,
                              const char        *audit_id,
                              const char        *file_name)
{
  Package *data = g_new0 (Package, 1);
  g_autofree char *stem = NULL;

  data->origin = origin;
  data->bytes = g_bytes_ref (package);
  if (file_name != NULL)
    {
      /* Whatever evidence is shown, the file is not of it */
      data->is_file = TRUE;
      origin->shown = DRILL_SHOWN_FILE;
      g_free (origin->name);
      origin->name = g_strdup (file_name);
      g_clear_pointer (&origin->connection, g_free);
    }
  stem = drill_report_origin_dup_stem (origin, audit_id != NULL && *audit_id != '\0' ? audit_id : "audit-package");

  return drill_report_new (_("Acknowledgement Audit Package"), stem, prepare, dup_cell, data, package_free);
}
