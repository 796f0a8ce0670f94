// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-deliver-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "session/drill-delivery-operation.h"
#include "ui/audit/drill-audit-rows.h"
#include "ui/audit/drill-destinations.h"
#include "ui/audit/drill-note-card.h"
#include "ui/audit/drill-operation-pane.h"
#include "ui/audit/drill-scope-form.h"
#include "ui/common/drill-announce.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-write-words.h"

/* How the service refuses when it has no connector at all (contract section 7) */
#define NO_CONNECTORS "connector config is not configured"

struct _DrillDeliverDialog
{
  AdwWindow               parent_instance;

  GtkButton              *close_button;
  GtkWidget              *back_button;
  GtkWidget              *review_button;
  GtkWidget              *send_button;
  GtkStack               *stack;
  DrillNoteCard          *failure;
  DrillNoteCard          *simulation;
  DrillDestinations      *destinations;
  DrillScopeForm         *scope;
  GtkEditable            *cadence;
  GtkEditable            *schedule_ref;
  GtkEditable            *next_delivery;
  GtkWidget              *next_hint;
  GtkListBox             *review_list;
  DrillNoteCard          *cut_card;
  DrillNoteCard          *notes_card;
  DrillOperationPane     *pane;
  DrillNoteCard          *result_card;
  GtkListBox             *result_list;
  GtkListBox             *fact_list;
  GtkWidget              *show_button;

  DrillSession           *session;
  DrillDeliveryOperation *operation;
};

enum {
  SHOW_PACKAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillDeliverDialog, drill_deliver_dialog, ADW_TYPE_WINDOW)

static void
show_page (DrillDeliverDialog *self,
           const char         *name)
{
  gboolean form = g_str_equal (name, "form");
  gboolean review = g_str_equal (name, "review");
  gboolean running = g_str_equal (name, "operation") && drill_operation_pane_is_running (self->pane);

  /* Or the stack takes it to the first text that can be selected */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->review_button, form);
  gtk_widget_set_visible (self->back_button, review);
  gtk_widget_set_visible (self->send_button, review);
  gtk_button_set_label (self->close_button, form ? _("_Cancel") : _("_Close"));
  gtk_widget_set_visible (GTK_WIDGET (self->close_button), !review && !running);
  gtk_window_set_default_widget (GTK_WINDOW (self), form ? self->review_button : NULL);
  if (form || review)
    gtk_widget_grab_focus (form ? self->review_button : self->send_button);
  else if (g_str_equal (name, "result"))
    gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
}

/* The form */

static char *
dup_entry (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
update_review (DrillDeliverDialog *self)
{
  const char *reason = drill_write_words_gate (drill_session_get_gate (self->session));
  g_autofree char *providers = drill_destinations_dup_providers (self->destinations);
  g_autofree char *next = dup_entry (self->next_delivery);
  gboolean bad_time = *next != '\0' && drill_time_parse (next, -1) == DRILL_TIME_UNKNOWN;

  gtk_widget_set_visible (self->next_hint, bad_time);
  if (bad_time)
    gtk_widget_add_css_class (GTK_WIDGET (self->next_delivery), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->next_delivery), "error");

  if (reason == NULL && *providers == '\0')
    reason = _("Choose a destination first.");
  gtk_widget_set_sensitive (self->review_button, reason == NULL && !bad_time);
  gtk_widget_set_tooltip_text (self->review_button, reason);
  gtk_widget_set_sensitive (self->send_button, drill_write_words_gate (drill_session_get_gate (self->session)) == NULL);
}

static void
changed_cb (DrillDeliverDialog *self)
{
  if (self->session != NULL)
    update_review (self);
}

static void
gate_cb (DrillDeliverDialog *self)
{
  const char *reason = drill_write_words_gate (drill_session_get_gate (self->session));

  if (reason != NULL)
    drill_note_card_set (self->simulation, DRILL_TONE_WARNING, _("Nothing can be delivered now"), reason);
  else if (drill_session_get_gate (self->session) == DRILL_GATE_SIMULATION)
    drill_note_card_set (self->simulation, DRILL_TONE_WARNING, _("Simulation"),
                         _("Nothing leaves this machine: no connector is reached, whatever the result says."));
  else
    gtk_widget_set_visible (GTK_WIDGET (self->simulation), FALSE);
  update_review (self);
}

static void
cadence_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  gtk_editable_set_text (DRILL_DELIVER_DIALOG (widget)->cadence, g_variant_get_string (parameter, NULL));
}

/* What will be sent */

static void
add_optional (GtkListBox *list,
              const char *name,
              const char *text)
{
  g_autofree char *line = drill_text_one_line (text);

  if (*line != '\0')
    drill_audit_list_add_fact (list, name, line);
}

static void
review_cb (DrillDeliverDialog *self)
{
  const DrillPackageCoverage *coverage = drill_scope_form_get_coverage (self->scope);
  g_autofree char *destinations = drill_destinations_dup_text (self->destinations);
  g_autofree char *cadence = dup_entry (self->cadence);
  g_autofree char *schedule_ref = dup_entry (self->schedule_ref);
  g_autofree char *next = dup_entry (self->next_delivery);
  g_autofree char *actor = drill_session_dup_actor_name (self->session, NULL);
  g_autofree char *count = drill_format_count (coverage->n_routes);
  /* Translators: %s is a number of routes */
  g_autofree char *routes = g_strdup_printf (ngettext ("%s, by what is loaded", "%s, by what is loaded", coverage->n_routes), count);
  g_autofree char *scope_text = NULL;
  DrillPackageScope scope;

  update_review (self);
  if (!gtk_widget_get_sensitive (self->review_button))
    return;

  drill_scope_form_get_scope (self->scope, &scope);
  scope_text = drill_scope_dup_text (&scope);
  drill_audit_list_clear (self->review_list);
  drill_audit_list_add_fact (self->review_list, _("To"), destinations);
  drill_audit_list_add_fact (self->review_list, _("Scope"), scope_text);
  drill_audit_list_add_fact (self->review_list, _("Routes"), routes);
  add_optional (self->review_list, _("Author"), actor);
  add_optional (self->review_list, _("Cadence"), cadence);
  add_optional (self->review_list, _("Schedule reference"), schedule_ref);
  add_optional (self->review_list, _("Next delivery"), next);

  if (coverage->fits)
    gtk_widget_set_visible (GTK_WIDGET (self->cut_card), FALSE);
  else
    drill_note_card_set (self->cut_card, DRILL_TONE_WARNING, _("It will be incomplete"),
                         _("The scope is more than the service puts in one package, and it delivers one. "
                           "Choose a schedule or a provider to deliver all of it, one after the other."));
  drill_note_card_set (self->notes_card, DRILL_TONE_PLAIN, _("Notes stay with the service"),
                       _("The notes of acknowledgements are not sent to connectors."));
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  show_page (self, "review");
}

/* Sending it */

static gboolean
has_unknown (DrillOperation *operation)
{
  DrillOutcome outcome = drill_delivery_operation_get_outcome (DRILL_DELIVERY_OPERATION (operation));

  return outcome == DRILL_OUTCOME_UNKNOWN || outcome == DRILL_OUTCOME_SENT;
}

static void
drop_operation (DrillDeliverDialog *self)
{
  if (self->operation != NULL &&
      drill_operation_get_status (DRILL_OPERATION (self->operation)) != DRILL_OPERATION_DONE)
    drill_operation_drop (DRILL_OPERATION (self->operation));
  g_clear_object (&self->operation);
}

static void
send_cb (DrillDeliverDialog *self)
{
  g_autofree char *providers = drill_destinations_dup_providers (self->destinations);
  g_autofree char *cadence = dup_entry (self->cadence);
  g_autofree char *schedule_ref = dup_entry (self->schedule_ref);
  g_autofree char *next = dup_entry (self->next_delivery);
  g_autofree char *actor = drill_session_dup_actor_name (self->session, NULL);
  DrillWriter *writer = drill_session_get_writer (self->session);
  DrillDeliveryTerms terms = { providers, actor, cadence, schedule_ref, next };
  DrillPackageScope scope;

  if (writer == NULL || drill_write_words_gate (drill_session_get_gate (self->session)) != NULL)
    {
      show_page (self, "form");
      gate_cb (self);
      return;
    }

  drop_operation (self);
  drill_scope_form_get_scope (self->scope, &scope);
  self->operation = drill_delivery_operation_new (writer, &scope, &terms);
  drill_operation_pane_run (self->pane, DRILL_OPERATION (self->operation), has_unknown, _("Delivering…"));
  show_page (self, "operation");
}

static void
back_cb (DrillDeliverDialog *self)
{
  drop_operation (self);
  show_page (self, "form");
  gate_cb (self);
}

/* What became of it */

static const char *
get_state (DrillDelivered delivered)
{
  switch (delivered)
    {
    case DRILL_DELIVERED_YES:
      return "delivered";
    case DRILL_DELIVERED_FAILED:
      return "failed";
    case DRILL_DELIVERED_NOT_CONFIGURED:
      return "not-configured";
    case DRILL_DELIVERED_UNKNOWN:
    default:
      return "unknown";
    }
}

static char *
dup_detail (const DrillDeliveryResult *result)
{
  g_autofree char *attempts = NULL;

  switch (result->delivered)
    {
    case DRILL_DELIVERED_NOT_CONFIGURED:
      return g_strdup (_("The service has no such connector: nothing was sent to it. An administrator has to set it up."));
    case DRILL_DELIVERED_UNKNOWN:
      return g_strdup (_("The answer was lost. Look at the destination before you deliver again."));
    case DRILL_DELIVERED_YES:
    case DRILL_DELIVERED_FAILED:
    default:
      break;
    }

  if (result->n_attempts >= 0)
    attempts = g_strdup_printf (ngettext ("%d attempt", "%d attempts", (gulong) result->n_attempts), result->n_attempts);
  if (result->status_code > 0 && attempts != NULL)
    /* Translators: an HTTP status code, then “2 attempts” */
    return g_strdup_printf (_("status %d, %s"), result->status_code, attempts);
  if (result->status_code > 0)
    /* Translators: an HTTP status code */
    return g_strdup_printf (_("status %d"), result->status_code);

  return attempts != NULL ? g_steal_pointer (&attempts) : g_strdup ("");
}

static void
show_results (DrillDeliverDialog *self)
{
  guint n_results = drill_delivery_operation_get_n_results (self->operation);
  guint n_delivered = 0;
  g_autofree char *heading = NULL;

  drill_audit_list_clear (self->result_list);
  for (guint i = 0; i < n_results; i++)
    {
      const DrillDeliveryResult *result = drill_delivery_operation_get_result (self->operation, i);
      g_autofree char *name = drill_text_one_line (drill_connector_get_name (result->provider));
      g_autofree char *detail = dup_detail (result);
      GtkWidget *row = drill_audit_row_new (ADW_TYPE_ACTION_ROW, name, detail);

      n_delivered += result->delivered == DRILL_DELIVERED_YES;
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), drill_audit_state_new (get_state (result->delivered)));
      gtk_list_box_append (self->result_list, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->result_list), n_results > 0);

  if (drill_delivery_operation_get_success (self->operation))
    {
      heading = g_strdup_printf (ngettext ("Delivered to %u destination", "Delivered to all %u destinations", n_delivered),
                                 n_delivered);
      drill_note_card_set (self->result_card, DRILL_TONE_GOOD, heading, NULL);
    }
  else if (n_delivered > 0)
    {
      /* Translators: how many took the package, of how many it was sent to */
      heading = g_strdup_printf (ngettext ("Delivered to %u of %u destination", "Delivered to %u of %u destinations", n_results),
                                 n_delivered, n_results);
      drill_note_card_set (self->result_card, DRILL_TONE_WARNING, heading,
                           _("To deliver again sends it again to all that are chosen: leave out those that have it."));
    }
  else
    {
      drill_note_card_set (self->result_card, DRILL_TONE_BAD, _("Not delivered"),
                           n_results == 0
                           ? _("The package was made, but the service has no connector for it: nothing was sent. "
                               "An administrator has to set up a connector.")
                           : _("The package was made, but no destination has taken it."));
    }
  if (drill_operation_is_simulation (DRILL_OPERATION (self->operation)))
    drill_audit_list_add_fact (self->fact_list, _("Simulation"), _("nothing has left this machine"));
}

static void
show_result (DrillDeliverDialog *self)
{
  const char *audit_id = drill_delivery_operation_get_audit_id (self->operation);

  drill_audit_list_clear (self->fact_list);
  show_results (self);
  add_optional (self->fact_list, _("Audit id"), audit_id);
  add_optional (self->fact_list, _("Delivery id"), drill_delivery_operation_get_delivery_id (self->operation));
  gtk_widget_set_visible (GTK_WIDGET (self->fact_list), gtk_list_box_get_row_at_index (self->fact_list, 0) != NULL);
  gtk_widget_set_visible (self->show_button, audit_id != NULL && *audit_id != '\0');
  show_page (self, "result");
}

static void
fail (DrillDeliverDialog *self)
{
  const GError *error = drill_operation_get_error (DRILL_OPERATION (self->operation));
  g_autofree char *text = drill_write_words_dup_error (error);

  if (error != NULL && strstr (error->message, NO_CONNECTORS) != NULL)
    drill_note_card_set (self->failure, DRILL_TONE_BAD, _("The service has no connectors"),
                         _("Nothing was sent. An administrator has to set up connectors in the configuration of the service; then deliver again."));
  else
    drill_note_card_set (self->failure, DRILL_TONE_BAD, _("Not delivered"), text);
  drill_note_card_bring_up (self->failure);
  drop_operation (self);
  show_page (self, "form");
  gate_cb (self);
}

static void
ended_cb (DrillDeliverDialog *self)
{
  if (drill_delivery_operation_get_outcome (self->operation) == DRILL_OUTCOME_RECORDED)
    show_result (self);
  else
    fail (self);
}

static void
given_up_cb (DrillDeliverDialog *self)
{
  if (has_unknown (DRILL_OPERATION (self->operation)))
    drill_note_card_set (self->failure, DRILL_TONE_WARNING, _("Not known whether it was delivered"),
                         _("Look at the destinations, or in the Audit view when the evidence is loaded, before you deliver again."));
  drill_note_card_bring_up (self->failure);
  g_clear_object (&self->operation);
  show_page (self, "form");
  gate_cb (self);
}

static void
show_cb (DrillDeliverDialog *self)
{
  g_autofree char *audit_id = g_strdup (drill_delivery_operation_get_audit_id (self->operation));

  g_signal_emit (self, signals[SHOW_PACKAGE], 0, audit_id);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
drill_deliver_dialog_close_request (GtkWindow *window)
{
  DrillDeliverDialog *self = DRILL_DELIVER_DIALOG (window);

  if (drill_operation_pane_is_running (self->pane))
    {
      drill_operation_pane_cancel (self->pane);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (drill_deliver_dialog_parent_class)->close_request (window);
}

static void
drill_deliver_dialog_dispose (GObject *object)
{
  g_clear_object (&DRILL_DELIVER_DIALOG (object)->operation);

  G_OBJECT_CLASS (drill_deliver_dialog_parent_class)->dispose (object);
}

static void
drill_deliver_dialog_finalize (GObject *object)
{
  g_clear_object (&DRILL_DELIVER_DIALOG (object)->session);

  G_OBJECT_CLASS (drill_deliver_dialog_parent_class)->finalize (object);
}

static void
drill_deliver_dialog_class_init (DrillDeliverDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DRILL_TYPE_DESTINATIONS);
  g_type_ensure (DRILL_TYPE_NOTE_CARD);
  g_type_ensure (DRILL_TYPE_OPERATION_PANE);
  g_type_ensure (DRILL_TYPE_SCOPE_FORM);

  object_class->dispose = drill_deliver_dialog_dispose;
  object_class->finalize = drill_deliver_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = drill_deliver_dialog_close_request;

  /**
   * DrillDeliverDialog::show-package:
   * @audit_id: which
   *
   * The package that was delivered is to be shown.
   */
  signals[SHOW_PACKAGE] = g_signal_new ("show-package", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-deliver-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, review_button);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, simulation);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, destinations);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, scope);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, cadence);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, schedule_ref);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, next_delivery);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, next_hint);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, review_list);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, cut_card);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, notes_card);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, pane);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, result_card);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, result_list);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, fact_list);
  gtk_widget_class_bind_template_child (widget_class, DrillDeliverDialog, show_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, review_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, ended_cb);
  gtk_widget_class_bind_template_callback (widget_class, given_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);

  gtk_widget_class_install_action (widget_class, "deliver.cadence", "s", cadence_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_deliver_dialog_init (DrillDeliverDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (GTK_LABEL (self->next_hint));
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_deliver_dialog_new:
 * @parent: the window it belongs to; has the action `win.sign-in`
 * @session: what is delivered from
 * @query: (nullable): what the routes are filtered by, to begin with that scope
 *
 * Returns: (transfer none): the dialog, owned by GTK as all toplevels are
 */
DrillDeliverDialog *
drill_deliver_dialog_new (GtkWindow             *parent,
                          DrillSession          *session,
                          const DrillRouteQuery *query)
{
  DrillDeliverDialog *self = g_object_new (DRILL_TYPE_DELIVER_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  drill_scope_form_set_session (self->scope, session);
  if (query != NULL)
    drill_scope_form_prefill (self->scope, query);
  g_signal_connect_object (session, "notify::gate", G_CALLBACK (gate_cb), self, G_CONNECT_SWAPPED);
  gate_cb (self);
  show_page (self, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->destinations));

  return self;
}
