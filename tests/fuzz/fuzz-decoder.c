// SPDX-License-Identifier: GPL-3.0-or-later
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "evidence/drill-dashboard.h"
#include "evidence/drill-escalation.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json.h"
#include "evidence/drill-json-member.h"

/* Any bytes at all, read as a document: whole and again in steps. Whatever
 * they are, both ways agree, and everything that can be asked of the snapshot
 * has an answer. */

#define NOW_US (G_GINT64_CONSTANT (1780315200) * G_TIME_SPAN_SECOND) /* 2026-06-01T12:00:00Z */
#define MOST   64 /* rows that are looked at in full */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static DrillEvidence *
read_whole (DrillPage *page)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(GError) error = NULL;

  if (!drill_evidence_builder_add (builder, page, NULL, &error))
    g_assert (error != NULL && g_utf8_validate (error->message, -1, NULL));

  return drill_evidence_builder_snapshot (builder);
}

/* The step sizes come from the input, so that they are found as well */
static DrillEvidence *
read_in_steps (DrillPage     *page,
               const uint8_t *data,
               size_t         size)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  gboolean more = drill_evidence_builder_begin (builder, page, NULL);

  for (size_t i = 0; more; i++)
    {
      DrillPageReport report;
      gsize step = size > 0 ? (gsize) data[i % size] * data[(i + 1) % size] : 0;

      if (!drill_evidence_builder_step (builder, step, &report, &more, NULL))
        break;
      g_assert (report.n_bytes <= size && report.n_new <= MAX (report.n_items, 1));
      if (i % 4 == 0)
        drill_evidence_unref (drill_evidence_builder_snapshot (builder));
    }

  return drill_evidence_builder_snapshot (builder);
}

static void
ask_items (DrillEvidence *evidence)
{
  guint n_items = drill_evidence_get_n_items (evidence);

  for (guint i = 0; i < MIN (n_items, MOST); i++)
    {
      g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, i);
      g_autoptr(GBytes) indented = drill_json_indent (bytes);
      g_autoptr(GBytes) again = drill_json_indent (indented);
      g_autoptr(GBytes) nested = drill_json_find_object (bytes, "plan");

      g_assert (g_bytes_equal (indented, again));
      g_assert (nested == NULL || g_bytes_get_size (nested) >= strlen ("{}"));
      g_assert (drill_evidence_get_item_order (evidence)[i] < n_items);
    }

  for (guint i = 0; i < MIN (drill_evidence_get_n_problems (evidence), MOST); i++)
    {
      const DrillProblem *problem = drill_evidence_get_problem (evidence, i);

      g_assert (problem->message != NULL && (problem->item == DRILL_NONE || problem->item < n_items));
    }
}

static void
ask_routes (DrillEvidence *evidence)
{
  for (guint i = 0; i < MIN (drill_evidence_get_n_routes (evidence), MOST); i++)
    {
      g_autofree char *id = drill_evidence_dup_route_id (evidence, i);
      g_autoptr(GBytes) decision = drill_evidence_get_decision_bytes (evidence, i);
      g_autoptr(GArray) items = drill_evidence_get_route_items (evidence, i);
      DrillEscalationRoute route;

      g_assert (id != NULL && g_utf8_validate (id, -1, NULL));
      g_assert (g_bytes_get_size (decision) > 0);
      g_assert (items->len <= drill_evidence_get_n_items (evidence));
      drill_escalation_get_route (evidence, i, NOW_US, &route);
      drill_evidence_route_predates (evidence, i);
      drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_evidence_get_route_state (evidence, i));
    }
}

static void
ask_rules (DrillEvidence  *evidence,
           DrillDashboard *counts)
{
  g_autoptr(GArray) routes = drill_escalation_compute (evidence, NOW_US);
  g_autoptr(GPtrArray) categories = drill_suppressions_compute (evidence);

  drill_dashboard_compute (evidence, NOW_US, counts);
  g_assert (categories->len <= counts->n_routes);
  g_assert (counts->n_outstanding <= routes->len && counts->n_breached <= counts->n_outstanding);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(DrillPage) page = drill_page_new (data, size);
  g_autoptr(DrillEvidence) whole = read_whole (page);
  g_autoptr(DrillEvidence) stepped = read_in_steps (page, data, size);
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);
  DrillDashboard counts, other_counts;

  g_bytes_unref (drill_json_indent (bytes));
  ask_items (whole);
  ask_routes (whole);
  ask_rules (whole, &counts);
  ask_rules (stepped, &other_counts);
  g_assert (memcmp (&counts, &other_counts, sizeof counts) == 0);
  g_assert (drill_evidence_get_n_problems (whole) == drill_evidence_get_n_problems (stepped));

  return 0;
}
