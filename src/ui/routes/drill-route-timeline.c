// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-timeline.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-escalation.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-label.h"

static void
event_clear (gpointer data)
{
  DrillRouteEvent *event = data;

  g_free (event->title);
  g_free (event->detail);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const DrillRouteEvent *one = a;
  const DrillRouteEvent *other = b;

  /* What has no time is last, not first */
  if ((one->at_us == DRILL_TIME_UNKNOWN) != (other->at_us == DRILL_TIME_UNKNOWN))
    return one->at_us == DRILL_TIME_UNKNOWN ? 1 : -1;

  return one->at_us < other->at_us ? -1 : one->at_us > other->at_us;
}

static void
add_plan (GArray        *events,
          DrillEvidence *evidence,
          guint32        row)
{
  guint32 plan_row = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[row];
  const DrillPlan *plan = &drill_evidence_get_plans (evidence)[plan_row];
  DrillRouteEvent event = { .at_us = plan->created_us, .icon_name = "document-new-symbolic" };

  event.title = g_strdup (_("Planned"));
  if (plan->item != DRILL_NONE)
    {
      const DrillItem *item = &drill_evidence_get_items (evidence)[plan->item];

      event.detail = drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, item->signer));
    }
  g_array_append_val (events, event);
}

static void
add_ack (GArray          *events,
         DrillEvidence   *evidence,
         const DrillItem *item)
{
  const DrillAck *ack = &drill_evidence_get_acks (evidence)[item->ack];
  const char *state = drill_evidence_get_text (evidence, DRILL_DICT_STATE, ack->state);
  g_autofree char *actor = drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, ack->actor));
  g_autofree char *reference = drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE, ack->reference));
  DrillRouteEvent event = { .at_us = ack->created_us };

  event.icon_name = drill_label_state_icon (state);
  event.tone = drill_state_get_css_class (state);
  event.title = drill_label_state (state);
  if (*actor != '\0' && *reference != '\0')
    /* Translators: who acknowledged, and the reference given, such as "release-manager, CHG-123" */
    event.detail = g_strdup_printf (_("%s, %s"), actor, reference);
  else
    event.detail = g_strdup (*actor != '\0' ? actor : reference);
  g_array_append_val (events, event);
}

static void
add_delivery (GArray          *events,
              DrillEvidence   *evidence,
              const DrillItem *item)
{
  gboolean failed = item->result == DRILL_RESULT_FAILED;
  DrillRouteEvent event = { .at_us = item->created_us };

  event.icon_name = failed ? "dialog-error-symbolic" : "mail-send-symbolic";
  event.tone = failed ? "error" : NULL;
  event.title = g_strdup (failed ? _("Delivery failed") : _("Delivered"));
  event.detail = drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, item->signer));
  g_array_append_val (events, event);
}

static void
add_deadline (GArray        *events,
              DrillEvidence *evidence,
              guint32        row,
              gint64         now_us)
{
  gint64 deadline_us = drill_evidence_get_route_deadlines (evidence)[row];
  /* An age is rounded (contract section 5), so that it is due 0.3 s before the minute */
  DrillRouteEvent event = { .at_us = deadline_us + G_TIME_SPAN_SECOND / 2 };
  DrillEscalationRoute route;

  if (deadline_us == DRILL_TIME_UNKNOWN || deadline_us == G_MAXINT64 ||
      !drill_escalation_get_route (evidence, row, now_us, &route))
    return;

  event.icon_name = route.breached ? "drill-breached-symbolic" : "drill-due-symbolic";
  event.tone = route.breached ? "error" : NULL;
  event.title = g_strdup (route.breached ? _("SLO breached") : _("Acknowledgement due"));
  event.detail = g_strdup_printf (ngettext ("%d minute after planning", "%d minutes after planning", route.minutes),
                                  route.minutes);
  g_array_append_val (events, event);
}

/**
 * drill_route_timeline_read:
 * @evidence: a snapshot
 * @row: a route
 * @now_us: now, µs UTC
 *
 * Returns: (transfer full) (element-type DrillRouteEvent): what happened to it, the oldest first
 */
GArray *
drill_route_timeline_read (DrillEvidence *evidence,
                           guint32        row,
                           gint64         now_us)
{
  GArray *events = g_array_new (FALSE, TRUE, sizeof (DrillRouteEvent));
  g_autoptr(GArray) items = drill_evidence_get_route_items (evidence, row);

  g_array_set_clear_func (events, event_clear);

  add_plan (events, evidence, row);
  for (guint i = 0; i < items->len; i++)
    {
      const DrillItem *item = &drill_evidence_get_items (evidence)[g_array_index (items, guint32, i)];

      if (item->ack != DRILL_NONE)
        add_ack (events, evidence, item);
      else if (item->result != DRILL_RESULT_NONE)
        add_delivery (events, evidence, item);
    }
  add_deadline (events, evidence, row, now_us);

  g_array_sort (events, compare_events);

  return events;
}
