// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-package-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-write-words.h"

guint
drill_package_dialog_count_requests (DrillPackageDialog *self)
{
  guint n = 0;

  if (self->parts == NULL || drill_session_get_gate (self->session) == DRILL_GATE_SIMULATION)
    return 0;

  /* Routes without a schedule cannot be asked for */
  for (guint i = 0; i < self->parts->len; i++)
    n += *((DrillPackagePart *) g_ptr_array_index (self->parts, i))->schedule_id != '\0';

  return n;
}

void
drill_package_dialog_update_create (DrillPackageDialog *self)
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
  guint n_requests = drill_package_dialog_count_requests (self);

  gtk_widget_set_visible (self->parts_group, !coverage->fits);
  drill_package_dialog_update_create (self);
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

void
drill_package_dialog_scope_changed (DrillPackageDialog *self)
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
      g_task_set_source_tag (task, drill_package_dialog_scope_changed);
      g_task_set_task_data (task, plan, (GDestroyNotify) plan_free);
      g_task_run_in_thread (task, plan_thread);
    }

  show_parts (self);
}

void
drill_package_dialog_gate_changed (DrillPackageDialog *self)
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
  drill_package_dialog_update_create (self);
}
