// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-package-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "session/drill-package-operation.h"
#include "ui/audit/drill-audit-rows.h"
#include "ui/audit/drill-note-card.h"
#include "ui/audit/drill-operation-pane.h"
#include "ui/audit/drill-package-result.h"
#include "ui/audit/drill-package-set.h"
#include "ui/audit/drill-scope-form.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-write-words.h"

/* That many requests are asked about once more: the service writes each of them down */
#define MANY_REQUESTS 200

struct _DrillPackageDialog
{
  AdwWindow               parent_instance;

  GtkButton              *close_button;
  GtkWidget              *create_button;
  GtkWidget              *save_button;
  GtkStack               *stack;
  DrillNoteCard          *failure;
  DrillNoteCard          *simulation;
  DrillScopeForm         *scope;
  GtkWidget              *parts_group;
  AdwActionRow           *parts_row;
  AdwActionRow           *cut_row;
  GtkCheckButton         *parts_check;
  GtkCheckButton         *cut_check;
  GtkLabel               *actor_label;
  DrillOperationPane     *pane;
  DrillPackageResult     *result;

  DrillSession           *session;

  gboolean                outdated; /* the evidence has changed while the form was not in sight */
  GPtrArray              *parts;    /* (element-type DrillPackagePart) (nullable): for a scope that is too large */
  GCancellable           *planning;

  DrillPackageOperation  *operation;
  GArray                 *asked;    /* (element-type guint): which part each package of the operation is of */
  DrillPackageSet        *set;      /* what is in hand */
  gboolean                forced_cut; /* for lack of parts, not by choice */
  gboolean                discarded; /* it may close with what was not saved */
};

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

/* The form */

/* How many requests the parts take; none in a simulation */
static guint
count_requests (DrillPackageDialog *self)
{
  guint n = 0;

  if (self->parts == NULL || drill_session_get_gate (self->session) == DRILL_GATE_SIMULATION)
    return 0;

  /* Routes without a schedule cannot be asked for */
  for (guint i = 0; i < self->parts->len; i++)
    n += *((DrillPackagePart *) g_ptr_array_index (self->parts, i))->schedule_id != '\0';

  return n;
}

static void
update_create (DrillPackageDialog *self)
{
  const DrillPackageCoverage *coverage = drill_scope_form_get_coverage (self->scope);
  const char *reason = drill_write_words_gate (drill_session_get_gate (self->session));

  gtk_widget_set_sensitive (self->create_button, reason == NULL && (coverage->fits || self->parts != NULL));
  gtk_widget_set_tooltip_text (self->create_button, reason);
}

static void
show_parts (DrillPackageDialog *self)
{
  const DrillPackageCoverage *coverage = drill_scope_form_get_coverage (self->scope);
  g_autofree char *cut = drill_format_count (DRILL_PACKAGE_SERVICE_CUT);
  g_autofree char *all = drill_format_count (coverage->n_routes);
  g_autofree char *cut_text = NULL;
  guint n_unfit = 0;
  guint n_parts = self->parts != NULL ? self->parts->len : 0;
  guint n_requests = count_requests (self);

  gtk_widget_set_visible (self->parts_group, !coverage->fits);
  update_create (self);
  if (coverage->fits)
    return;

  for (guint i = 0; i < n_parts; i++)
    n_unfit += !((DrillPackagePart *) g_ptr_array_index (self->parts, i))->fits;

  if (n_parts > 1)
    {
      g_autofree char *count = drill_format_count (n_parts);
      g_autoptr(GString) text = g_string_new (NULL);

      /* Translators: %s is a number */
      g_string_append_printf (text, ngettext ("%s package by schedule and, where needed, provider, with an index that says what covers what",
                                              "%s packages by schedule and, where needed, provider, with an index that says what covers what",
                                              n_parts), count);
      if (n_unfit > 0)
        {
          g_autofree char *unfit = drill_format_count (n_unfit);

          g_string_append_c (text, '\n');
          /* Translators: %s is a number of packages */
          g_string_append_printf (text, ngettext ("%s of them cannot be complete: the service has no narrower scope",
                                                  "%s of them cannot be complete: the service has no narrower scope", n_unfit),
                                  unfit);
        }
      if (n_requests > 0)
        {
          g_autofree char *requests = drill_format_count (n_requests);

          g_string_append_c (text, '\n');
          /* Translators: %s is a number */
          g_string_append_printf (text, ngettext ("%s request to the service; it can be stopped, and what came until then is kept",
                                                  "%s requests to the service, one after the other; it can be stopped between them, and what came until then is kept",
                                                  n_requests), requests);
        }
      adw_action_row_set_subtitle (self->parts_row, text->str);
    }
  else if (self->parts == NULL)
    {
      adw_action_row_set_subtitle (self->parts_row, _("Counting the parts…"));
    }

  /* One schedule and one provider are as narrow as it gets */
  gtk_widget_set_visible (GTK_WIDGET (self->parts_row), n_parts != 1);
  if (n_parts == 1 && !gtk_check_button_get_active (self->cut_check))
    {
      gtk_check_button_set_active (self->cut_check, TRUE);
      self->forced_cut = TRUE;
    }
  else if (n_parts > 1 && self->forced_cut)
    {
      gtk_check_button_set_active (self->parts_check, TRUE);
      self->forced_cut = FALSE;
    }

  if (coverage->n_routes > DRILL_PACKAGE_SERVICE_CUT)
    /* Translators: both are numbers */
    cut_text = g_strdup_printf (_("The service cuts it at %1$s of %2$s routes"), cut, all);
  else
    cut_text = g_strdup (_("The service does not read all plans and acknowledgements for it"));
  adw_action_row_set_subtitle (self->cut_row, cut_text);
}

typedef struct {
  DrillEvidence *evidence;
  char          *schedule_id;
  char          *provider;
  char          *owner;
} Plan;

static void
plan_free (Plan *plan)
{
  drill_evidence_unref (plan->evidence);
  g_free (plan->schedule_id);
  g_free (plan->provider);
  g_free (plan->owner);
  g_free (plan);
}

static void
plan_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Plan *plan = task_data;
  DrillPackageScope scope = { plan->schedule_id, plan->provider, plan->owner };

  g_task_return_pointer (task, drill_package_plan_parts (plan->evidence, &scope), (GDestroyNotify) g_ptr_array_unref);
}

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  DrillPackageDialog *self = DRILL_PACKAGE_DIALOG (object);
  GPtrArray *parts = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Another scope was asked for meanwhile, or the dialog is gone */
  if (parts == NULL)
    return;

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  self->parts = parts;
  g_clear_object (&self->planning);
  show_parts (self);
}

static void
scope_changed_cb (DrillPackageDialog *self)
{
  const DrillPackageCoverage *coverage = drill_scope_form_get_coverage (self->scope);

  /* Every package that is made is news too */
  self->outdated = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") != 0;
  if (self->outdated)
    return;

  g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
  g_clear_pointer (&self->parts, g_ptr_array_unref);

  if (!coverage->fits)
    {
      g_autoptr(GTask) task = NULL;
      Plan *plan = g_new0 (Plan, 1);
      DrillPackageScope scope;

      drill_scope_form_get_scope (self->scope, &scope);
      plan->evidence = drill_evidence_ref (drill_session_get_evidence (self->session));
      plan->schedule_id = g_strdup (scope.schedule_id);
      plan->provider = g_strdup (scope.provider);
      plan->owner = g_strdup (scope.owner);
      self->planning = g_cancellable_new ();
      task = g_task_new (self, self->planning, planned_cb, NULL);
      g_task_set_source_tag (task, scope_changed_cb);
      g_task_set_task_data (task, plan, (GDestroyNotify) plan_free);
      g_task_run_in_thread (task, plan_thread);
    }

  show_parts (self);
}

static void
gate_cb (DrillPackageDialog *self)
{
  const char *reason = drill_write_words_gate (drill_session_get_gate (self->session));
  gboolean verified = FALSE;
  g_autofree char *name = drill_session_dup_actor_name (self->session, &verified);
  g_autofree char *actor = drill_text_one_line (name);
  g_autofree char *text = NULL;

  if (reason != NULL)
    drill_note_card_set (self->simulation, DRILL_TONE_WARNING, _("No package can be made now"), reason);
  else if (drill_session_get_gate (self->session) != DRILL_GATE_SIMULATION)
    gtk_widget_set_visible (GTK_WIDGET (self->simulation), FALSE);
  else if (drill_session_get_shown (self->session) == DRILL_SHOWN_SAMPLE)
    drill_note_card_set (self->simulation, DRILL_TONE_WARNING, _("Simulation on sample data"),
                         _("Nothing leaves this machine, and what is saved is marked as sample data: it proves nothing."));
  else
    drill_note_card_set (self->simulation, DRILL_TONE_WARNING, _("Simulation on a file"),
                         _("Nothing leaves this machine: the package is made here, by the service's rules, and the service does not know it."));

  if (*actor == '\0')
    text = g_strdup (_("Nobody is named as its author: set your name in the connection."));
  else if (verified)
    /* Translators: %s is a name */
    text = g_strdup_printf (_("Author: %s, as verified by the service."), actor);
  else
    /* Translators: %s is a name */
    text = g_strdup_printf (_("Author: %s"), actor);
  gtk_label_set_label (self->actor_label, text);
  update_create (self);
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
      gate_cb (self);
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
  update_create (self);

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

  if (parts && count_requests (self) > MANY_REQUESTS)
    ask_about_many (self, count_requests (self));
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
  gate_cb (self);
  if (self->outdated)
    scope_changed_cb (self);
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
  g_signal_connect_object (self->scope, "changed", G_CALLBACK (scope_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::gate", G_CALLBACK (gate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (gate_cb), self, G_CONNECT_SWAPPED);
  scope_changed_cb (self);
  gate_cb (self);
  show_page (self, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->scope));

  return self;
}
