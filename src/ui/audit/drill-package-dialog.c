// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-package-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-fit.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-write-words.h"

/* That many requests are asked about once more: the service writes each of them down */
#define MANY_REQUESTS 200

G_DEFINE_FINAL_TYPE (DrillPackageDialog, drill_package_dialog, ADW_TYPE_WINDOW)

static void
show_page (DrillPackageDialog *self,
           const char         *name)
{
  gboolean form = g_str_equal (name, "form");
  gboolean result = g_str_equal (name, "result");

  /* Or the stack takes it to the first text that can be selected */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->create_button, form);
  gtk_widget_set_visible (self->save_button, result);
  gtk_button_set_label (self->close_button, form ? _("_Cancel") : _("_Close"));
  /* While it runs there is one Cancel, and that is in the pane */
  gtk_widget_set_visible (GTK_WIDGET (self->close_button),
                          !g_str_equal (name, "operation") || !drill_operation_pane_is_running (self->pane));
  gtk_window_set_default_widget (GTK_WINDOW (self), form ? self->create_button : result ? self->save_button : NULL);
  if (form)
    gtk_widget_grab_focus (self->create_button);
}

/* Making them */

static gboolean
has_unknown (DrillOperation *operation)
{
  DrillPackageOperation *self = DRILL_PACKAGE_OPERATION (operation);

  for (guint i = 0; i < drill_package_operation_get_n_packages (self); i++)
    {
      DrillOutcome outcome = drill_package_operation_get_outcome (self, i, NULL);

      if (outcome == DRILL_OUTCOME_UNKNOWN || outcome == DRILL_OUTCOME_SENT)
        return TRUE;
    }

  return FALSE;
}

static void
drop_operation (DrillPackageDialog *self)
{
  if (self->operation != NULL &&
      drill_operation_get_status (DRILL_OPERATION (self->operation)) != DRILL_OPERATION_DONE)
    drill_operation_drop (DRILL_OPERATION (self->operation));
  g_clear_object (&self->operation);
}

/* Asks for all that is not in hand */
static void
run (DrillPackageDialog *self)
{
  g_autofree DrillPackageScope *scopes = NULL;
  g_autofree char *actor = drill_session_dup_actor_name (self->session, NULL);
  g_autofree char *title = NULL;
  DrillWriter *writer = drill_session_get_writer (self->session);
  guint n_parts = drill_package_set_get_n_parts (self->set);

  if (writer == NULL)
    {
      drill_package_dialog_gate_changed (self);
      return;
    }

  drop_operation (self);
  g_array_set_size (self->asked, 0);
  scopes = g_new0 (DrillPackageScope, MAX (n_parts, 1));
  for (guint i = 0; i < n_parts; i++)
    {
      const DrillPackagePart *part = drill_package_set_get_part (self->set, i);

      if (drill_package_set_get_package (self->set, i) != NULL || !drill_package_set_can_be_asked (self->set, i))
        continue;
      scopes[self->asked->len] = (DrillPackageScope) { part->schedule_id, part->provider, part->owner };
      g_array_append_val (self->asked, i);
    }

  self->operation = drill_package_operation_new (writer, scopes, self->asked->len, actor);
  title = g_strdup_printf (ngettext ("Making %u Package…", "Making %u Packages…", self->asked->len), self->asked->len);
  drill_operation_pane_run (self->pane, DRILL_OPERATION (self->operation), has_unknown, title);
  show_page (self, "operation");
}

static void
create (DrillPackageDialog *self)
{
  const DrillPackageCoverage *coverage = drill_scope_form_get_coverage (self->scope);
  DrillPackageScope scope;

  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  drill_scope_form_get_scope (self->scope, &scope);
  g_clear_object (&self->set);
  self->set = drill_package_set_new (self->session, &scope);

  if (coverage->fits || gtk_check_button_get_active (self->cut_check))
    {
      DrillPackagePart part = {
        (char *) scope.schedule_id, (char *) scope.provider, (char *) scope.owner, coverage->n_routes, coverage->fits
      };

      drill_package_set_add (self->set, &part, NULL, NULL);
    }
  else
    {
      for (guint i = 0; i < self->parts->len; i++)
        drill_package_set_add (self->set, g_ptr_array_index (self->parts, i), NULL, NULL);
      for (guint i = 0; i < self->parts->len; i++)
        if (!drill_package_set_can_be_asked (self->set, i))
          drill_package_set_replace (self->set, i, NULL, _("Routes without a schedule cannot be asked for."));
    }

  run (self);
}

/* While it was asked about, the evidence may have become another */
static gboolean
can_create (DrillPackageDialog *self)
{
  drill_package_dialog_update_create (self);

  return gtk_widget_get_sensitive (self->create_button);
}

static void
many_response_cb (DrillPackageDialog *self,
                  const char         *response)
{
  if (g_str_equal (response, "create") && can_create (self))
    create (self);
}

static void
ask_about_many (DrillPackageDialog *self,
                guint               n_requests)
{
  g_autofree char *count = drill_format_count (n_requests);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  heading = g_strdup_printf (ngettext ("Send %s Request?", "Send %s Requests?", n_requests), count);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                   _("The service makes one package for each part, one after the other, and keeps all of them. "
                                     "That may take a while. It can be stopped between two requests, and what came until then "
                                     "is kept. A narrower scope needs fewer."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "create", _("C_reate"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "create", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (many_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
create_cb (DrillPackageDialog *self)
{
  const DrillPackageCoverage *coverage = drill_scope_form_get_coverage (self->scope);
  gboolean parts = !coverage->fits && gtk_check_button_get_active (self->parts_check);

  if (!can_create (self))
    return;

  if (parts && drill_package_dialog_count_requests (self) > MANY_REQUESTS)
    ask_about_many (self, drill_package_dialog_count_requests (self));
  else
    create (self);
}

/* What came */

static char *
dup_reason (DrillPackageDialog *self,
            guint               i)
{
  const GError *error = NULL;

  switch (drill_package_operation_get_outcome (self->operation, i, &error))
    {
    case DRILL_OUTCOME_RECORDED:
      return g_strdup (_("It was recorded, but the answer was lost. It is listed in the Audit view when the evidence is loaded."));
    case DRILL_OUTCOME_FAILED:
      return drill_write_words_dup_error (error);
    case DRILL_OUTCOME_UNKNOWN:
    case DRILL_OUTCOME_SENT:
      return g_strdup (_("The answer was lost: it is not known whether it was recorded."));
    case DRILL_OUTCOME_PENDING:
    case DRILL_OUTCOME_SKIPPED:
    case DRILL_N_OUTCOMES:
    default:
      return drill_write_words_dup_error (drill_operation_get_error (DRILL_OPERATION (self->operation)));
    }
}

static void
show_form (DrillPackageDialog *self)
{
  g_clear_object (&self->set);
  drop_operation (self);
  show_page (self, "form");
  drill_package_dialog_gate_changed (self);
  if (self->outdated)
    drill_package_dialog_scope_changed (self);
}

static void
fail (DrillPackageDialog *self,
      const char         *text)
{
  drill_note_card_set (self->failure, DRILL_TONE_BAD, _("No package was made"), text);
  drill_note_card_bring_up (self->failure);
  show_form (self);
}

static void
show_result (DrillPackageDialog *self)
{
  show_page (self, "result");
  drill_package_result_show (self->result, self->set);
}

static void
ended_cb (DrillPackageDialog *self)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < self->asked->len; i++)
    {
      guint part = g_array_index (self->asked, guint, i);
      GBytes *package = drill_package_operation_get_package (self->operation, i);
      g_autofree char *reason = package == NULL ? dup_reason (self, i) : NULL;

      drill_package_set_replace (self->set, part, package, reason);
      if (first == NULL && reason != NULL)
        first = g_steal_pointer (&reason);
    }

  if (drill_package_set_get_n_packages (self->set) == 0)
    fail (self, first);
  else
    show_result (self);
}

static void
given_up_cb (DrillPackageDialog *self)
{
  ended_cb (self);
}

static void
rest_cb (DrillPackageDialog *self)
{
  run (self);
}

static void
again_cb (DrillPackageDialog *self)
{
  show_form (self);
}

static void
can_save_cb (DrillPackageDialog *self)
{
  if (gtk_widget_is_sensitive (self->save_button))
    gtk_widget_grab_focus (self->save_button);
}

static void
save_cb (DrillPackageDialog *self)
{
  drill_package_result_save (self->result);
}

/* Closing */

static void
close_response_cb (DrillPackageDialog *self,
                   const char         *response)
{
  if (!g_str_equal (response, "close"))
    return;

  self->discarded = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
drill_package_dialog_close_request (GtkWindow *window)
{
  DrillPackageDialog *self = DRILL_PACKAGE_DIALOG (window);
  GtkWidget *dialog;

  if (drill_operation_pane_is_running (self->pane))
    {
      drill_operation_pane_cancel (self->pane);
      return TRUE;
    }
  if (drill_package_result_is_saving (self->result))
    return TRUE;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "result") == 0)
    {
      if (!self->discarded && !drill_package_result_is_saved (self->result))
        {
          dialog = adw_message_dialog_new (window, _("Close Without Saving?"),
                                           _("What was made stays with the service, and can be saved from the Audit view, one package at a time."));
          adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                            "cancel", _("_Cancel"), "close", _("C_lose"), NULL);
          adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
          adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
          g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self, G_CONNECT_SWAPPED);
          gtk_window_present (GTK_WINDOW (dialog));
          return TRUE;
        }
      /* What is missing was seen, and is not wanted */
      drop_operation (self);
    }

  return GTK_WINDOW_CLASS (drill_package_dialog_parent_class)->close_request (window);
}

static void
drill_package_dialog_dispose (GObject *object)
{
  DrillPackageDialog *self = DRILL_PACKAGE_DIALOG (object);

  g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
  g_clear_object (&self->set);
  g_clear_object (&self->operation);

  G_OBJECT_CLASS (drill_package_dialog_parent_class)->dispose (object);
}

static void
drill_package_dialog_finalize (GObject *object)
{
  DrillPackageDialog *self = DRILL_PACKAGE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_array_unref (self->asked);

  G_OBJECT_CLASS (drill_package_dialog_parent_class)->finalize (object);
}

static void
drill_package_dialog_class_init (DrillPackageDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DRILL_TYPE_NOTE_CARD);
  g_type_ensure (DRILL_TYPE_OPERATION_PANE);
  g_type_ensure (DRILL_TYPE_PACKAGE_RESULT);
  g_type_ensure (DRILL_TYPE_SCOPE_FORM);

  object_class->dispose = drill_package_dialog_dispose;
  object_class->finalize = drill_package_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = drill_package_dialog_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-package-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, simulation);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, scope);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, parts_group);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, parts_row);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, cut_row);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, parts_check);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, cut_check);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, actor_label);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, pane);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageDialog, result);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, can_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, rest_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, ended_cb);
  gtk_widget_class_bind_template_callback (widget_class, given_up_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_package_dialog_init (DrillPackageDialog *self)
{
  self->asked = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->parts_row), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->cut_row), FALSE);
}

/**
 * drill_package_dialog_new:
 * @parent: the window it belongs to; has the action `win.sign-in`
 * @session: where packages are made
 * @settings: (nullable): remembers the folder
 * @query: (nullable): what the routes are filtered by, to begin with that scope
 *
 * Returns: (transfer none): the dialog, owned by GTK as all toplevels are
 */
DrillPackageDialog *
drill_package_dialog_new (GtkWindow             *parent,
                          DrillSession          *session,
                          GSettings             *settings,
                          const DrillRouteQuery *query)
{
  DrillPackageDialog *self = g_object_new (DRILL_TYPE_PACKAGE_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  drill_package_result_set_session (self->result, session, settings);
  drill_scope_form_set_session (self->scope, session);
  if (query != NULL)
    drill_scope_form_prefill (self->scope, query);
  g_signal_connect_object (self->scope, "changed", G_CALLBACK (drill_package_dialog_scope_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::gate", G_CALLBACK (drill_package_dialog_gate_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (drill_package_dialog_gate_changed), self, G_CONNECT_SWAPPED);
  drill_package_dialog_scope_changed (self);
  drill_package_dialog_gate_changed (self);
  show_page (self, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->scope));

  return self;
}
