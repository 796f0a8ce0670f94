// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "evidence/drill-escalation.h"
#include "ui/acks/drill-ack-dialog.h"
#include "ui/acks/drill-ack-words.h"
#include "ui/acks/drill-unfinished-dialog.h"
#include "ui/common/drill-toast.h"
#include "ui/common/drill-write-words.h"
#include "ui/routes/drill-route-actions.h"

/* The actions that record something on routes, and the state each of them records */
static const struct
{
  const char *action;
  const char *state;
} states[] = {
  { "acknowledge", "acknowledged" },
  { "escalate",    "escalated" },
  { "resolve",     "resolved" },
  { "dismiss",     "dismissed" },
};

static DrillRouteList *
get_list (DrillWindow *self)
{
  return drill_routes_view_get_list (self->routes);
}

static DrillRouteSelection *
get_selection (DrillWindow *self)
{
  return drill_route_list_get_selection (get_list (self));
}

static void
set_enabled (DrillWindow *self,
             const char  *name,
             gboolean     enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (DrillWindow *self)
{
  gboolean open = drill_write_words_gate (drill_session_get_gate (self->session)) == NULL;
  gboolean any = drill_route_actions_why_not (get_list (self)) == NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    set_enabled (self, states[i].action, any);
  set_enabled (self, "bulk-acknowledge", open);
  set_enabled (self, "bulk-escalate", open);
}

static void
update_unfinished (DrillWindow *self)
{
  set_enabled (self, "unfinished", g_list_model_get_n_items (drill_session_get_unfinished (self->session)) > 0);
}

/* After something was recorded */

/* Where the first of the selected rows is listed */
static guint
get_first_selected (DrillWindow *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (get_selection (self)));

  return gtk_bitset_is_empty (selected) ? GTK_INVALID_LIST_POSITION : gtk_bitset_get_minimum (selected);
}

/* A filter may have taken away what was selected: then the next row is, so that
 * one can go on with the keyboard */
static void
move_selection_on (DrillWindow *self,
                   guint        position)
{
  DrillRouteSelection *selection = get_selection (self);
  guint n_rows = drill_route_selection_get_n_rows (selection);

  if (position == GTK_INVALID_LIST_POSITION || n_rows == 0 || drill_route_selection_get_n_selected (selection) > 0)
    return;

  drill_routes_view_select_position (self->routes, MIN (position, n_rows - 1));
  if (gtk_root_get_focus (GTK_ROOT (self)) == NULL)
    drill_routes_view_focus (self->routes);
}

static void
show_toast (DrillWindow         *self,
            const char          *text,
            const DrillAckEntry *entry)
{
  AdwToast *toast = drill_toast_new (text);

  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.show-route");
  adw_toast_set_action_target (toast, "(sss)", entry->schedule_id, entry->provider, entry->plan_id);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
recorded_cb (DrillWindow    *self,
             DrillAckDialog *dialog)
{
  DrillAckOperation *operation = drill_ack_dialog_get_operation (dialog);
  guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "drill-position"));

  /* One more than it is, so that nothing is nothing */
  move_selection_on (self, position > 0 ? position - 1 : GTK_INVALID_LIST_POSITION);

  if (drill_ack_operation_get_n_entries (operation) == 1)
    {
      DrillAckEntry entry;
      g_autofree char *text = NULL;

      drill_ack_operation_get_entry (operation, 0, &entry);
      text = drill_ack_words_done (drill_ack_operation_get_state (operation), entry.schedule_id, entry.provider,
                                   drill_operation_is_simulation (DRILL_OPERATION (operation)));
      show_toast (self, text, &entry);
    }
}

/* Beginning */

/* Whatever way it was asked for: with a closed gate nothing begins */
static gboolean
is_open (DrillWindow *self)
{
  const char *reason = drill_write_words_gate (drill_session_get_gate (self->session));

  if (reason == NULL && drill_session_get_writer (self->session) == NULL)
    reason = drill_write_words_gate (DRILL_GATE_NOT_SHOWN);
  if (reason != NULL)
    drill_toast_show (GTK_WIDGET (self->views), reason);

  return reason == NULL;
}

static gboolean
is_any_delivered (DrillEvidence *evidence,
                  GArray        *rows)
{
  const guint8 *flags = drill_evidence_get_route_flags (evidence);

  for (guint i = 0; i < rows->len; i++)
    if (flags[g_array_index (rows, guint32, i)] & DRILL_ROUTE_DELIVERED)
      return TRUE;

  return FALSE;
}

static void
begin (DrillWindow *self,
       GArray      *rows,
       const char  *state)
{
  DrillEvidence *evidence = drill_route_list_get_evidence (get_list (self));
  guint position = get_first_selected (self);
  DrillAckDialog *dialog;

  if (!is_open (self))
    return;
  if (!is_any_delivered (evidence, rows))
    {
      drill_toast_show (GTK_WIDGET (self->views), _("None of these routes is delivered: there is nothing to acknowledge"));
      return;
    }

  dialog = drill_ack_dialog_new (GTK_WINDOW (self), self->session, self->settings, evidence,
                                 (const guint32 *) rows->data, rows->len, state);
  if (position != GTK_INVALID_LIST_POSITION)
    g_object_set_data (G_OBJECT (dialog), "drill-position", GUINT_TO_POINTER (position + 1));
  g_signal_connect_object (dialog, "recorded", G_CALLBACK (recorded_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
record_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  DrillWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autoptr(GArray) rows = drill_route_selection_get_rows (get_selection (self));

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].action, name) && rows->len > 0)
      begin (self, rows, states[i].state);
}

/* Of what the filter lists, in its order */
static GArray *
get_listed (DrillWindow *self,
            gboolean     only_breached)
{
  DrillRouteList *list = get_list (self);
  DrillRouteResult *result = drill_route_list_get_result (list);
  DrillEvidence *evidence = drill_route_list_get_evidence (list);
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  const guint32 *listed = drill_route_result_get_rows (result);
  gint64 now_us = drill_route_list_get_now (list);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < drill_route_result_get_n_rows (result); i++)
    {
      guint32 row = listed[i];
      DrillEscalationRoute route;

      if (!(flags[row] & DRILL_ROUTE_DELIVERED))
        continue;
      if (only_breached ? !drill_escalation_get_route (evidence, row, now_us, &route) || !route.breached
                        : drill_state_is_acknowledged (drill_evidence_get_route_state (evidence, row)))
        continue;
      g_array_append_val (rows, row);
    }

  return rows;
}

static void
bulk_acknowledge_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  DrillWindow *self = user_data;
  g_autoptr(GArray) rows = get_listed (self, FALSE);

  if (rows->len == 0)
    drill_toast_show (GTK_WIDGET (self->views), _("No listed route is outstanding"));
  else
    begin (self, rows, "acknowledged");
}

static void
bulk_escalate_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  DrillWindow *self = user_data;
  g_autoptr(GArray) rows = get_listed (self, TRUE);

  if (rows->len == 0)
    drill_toast_show (GTK_WIDGET (self->views), _("No listed route is breached"));
  else
    begin (self, rows, "escalated");
}

/* What was cut off */

static void
open_operation (DrillWindow       *self,
                DrillAckOperation *operation,
                gboolean           proceed)
{
  DrillAckDialog *dialog = drill_ack_dialog_new_for_operation (GTK_WINDOW (self), self->session, self->settings, operation);

  g_signal_connect_object (dialog, "recorded", G_CALLBACK (recorded_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  if (proceed)
    drill_ack_dialog_proceed (dialog);
}

static void
open_operation_cb (DrillUnfinishedDialog *dialog,
                   DrillOperation        *operation,
                   gboolean               proceed,
                   DrillWindow           *self)
{
  g_autoptr(DrillOperation) kept = g_object_ref (operation);

  gtk_window_close (GTK_WINDOW (dialog));
  if (DRILL_IS_ACK_OPERATION (kept))
    open_operation (self, DRILL_ACK_OPERATION (kept), proceed);
}

static void
unfinished_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  DrillWindow *self = user_data;
  DrillUnfinishedDialog *dialog = drill_unfinished_dialog_new (GTK_WINDOW (self), self->session);

  g_signal_connect_object (dialog, "open-operation", G_CALLBACK (open_operation_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Showing one route */

static guint32
find_route (DrillEvidence *evidence,
            const char    *schedule,
            const char    *provider,
            const char    *plan_id)
{
  const guint32 *schedules = drill_evidence_get_route_column (evidence, DRILL_ROUTE_SCHEDULE);
  const guint32 *providers = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER);
  const guint32 *plans = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN);
  guint32 schedule_code = drill_evidence_find_text (evidence, DRILL_DICT_SCHEDULE, schedule);
  guint32 provider_code = drill_evidence_find_text (evidence, DRILL_DICT_PROVIDER, provider);
  guint32 plan_code = drill_evidence_find_text (evidence, DRILL_DICT_TEXT, plan_id);
  guint32 found = DRILL_NONE;

  if (schedule_code == DRILL_NONE || provider_code == DRILL_NONE)
    return DRILL_NONE;

  for (guint32 i = 0; i < drill_evidence_get_n_routes (evidence); i++)
    if (schedules[i] == schedule_code && providers[i] == provider_code)
      {
        if (drill_evidence_get_plans (evidence)[plans[i]].plan_id == plan_code)
          return i;
        if (found == DRILL_NONE || drill_evidence_is_current_route (evidence, i))
          found = i;
      }

  return found;
}

static void
show_route_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  DrillWindow *self = user_data;
  DrillEvidence *evidence = drill_route_list_get_evidence (get_list (self));
  const char *schedule, *provider, *plan_id;
  guint32 row;

  g_variant_get (parameter, "(&s&s&s)", &schedule, &provider, &plan_id);
  row = find_route (evidence, schedule, provider, plan_id);
  if (row == DRILL_NONE)
    {
      drill_toast_show (GTK_WIDGET (self->views), _("This route is not there any more"));
      return;
    }

  adw_view_stack_set_visible_child_name (self->views, "routes");
  if (!drill_routes_view_show_route (self->routes, row))
    {
      g_autoptr(DrillRouteQuery) query = drill_route_query_copy (drill_route_list_get_query (get_list (self)));

      /* A filter hides it */
      drill_route_query_clear (query);
      drill_route_query_set_search (query, NULL);
      drill_route_query_set_all_plans (query, !drill_evidence_is_current_route (evidence, row));
      drill_route_list_set_query (get_list (self), query);
      drill_routes_view_show_route (self->routes, row);
    }
  drill_routes_view_focus (self->routes);
}

/* Filtering by what the selected route has */

static void
filter_like_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  static const struct
  {
    const char      *name;
    DrillFacet       facet;
    DrillRouteColumn column;
    DrillDict        dict;
  } facets[] = {
    { "schedule", DRILL_FACET_SCHEDULE, DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE },
    { "provider", DRILL_FACET_PROVIDER, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER },
    { "owner",    DRILL_FACET_OWNER,    DRILL_ROUTE_OWNER,    DRILL_DICT_OWNER },
  };
  DrillWindow *self = user_data;
  DrillEvidence *evidence = drill_route_list_get_evidence (get_list (self));
  const char *name = g_variant_get_string (parameter, NULL);
  g_autoptr(GArray) rows = drill_route_selection_get_rows (get_selection (self));

  for (gsize i = 0; i < G_N_ELEMENTS (facets) && rows->len > 0; i++)
    if (g_str_equal (facets[i].name, name))
      {
        g_autoptr(DrillRouteQuery) query = drill_route_query_copy (drill_route_list_get_query (get_list (self)));
        const guint32 *codes = drill_evidence_get_route_column (evidence, facets[i].column);

        drill_route_query_clear_facet (query, facets[i].facet);
        for (guint j = 0; j < rows->len; j++)
          drill_route_query_add (query, facets[i].facet,
                                 drill_evidence_get_text (evidence, facets[i].dict, codes[g_array_index (rows, guint32, j)]));
        drill_route_list_set_query (get_list (self), query);
        return;
      }
}

/**
 * drill_window_add_route_actions:
 * @self: a window that has its session and settings
 *
 * `win.acknowledge`, `win.escalate`, `win.resolve`, `win.dismiss` on the
 * selection; `win.bulk-acknowledge`, `win.bulk-escalate` on what is listed;
 * `win.unfinished`; `win.show-route` ((sss): schedule, provider, plan);
 * `win.filter-like` (s: `schedule`, `provider`, `owner`).
 */
void
drill_window_add_route_actions (DrillWindow *self)
{
  static const GActionEntry entries[] = {
    { "acknowledge", record_cb },
    { "escalate", record_cb },
    { "resolve", record_cb },
    { "dismiss", record_cb },
    { "bulk-acknowledge", bulk_acknowledge_cb },
    { "bulk-escalate", bulk_escalate_cb },
    { "unfinished", unfinished_cb },
    { "show-route", show_route_cb, "(sss)" },
    { "filter-like", filter_like_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  drill_unfinished_bar_set_session (self->unfinished, self->session);
  g_signal_connect_object (get_selection (self), "selection-changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_list (self), "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::gate", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drill_session_get_unfinished (self->session), "items-changed",
                           G_CALLBACK (update_unfinished), self, G_CONNECT_SWAPPED);
  update_actions (self);
  update_unfinished (self);
}
