// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-progress.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/common/drill-format.h"
#include "ui/common/drill-pulse.h"

/* A report that is done sooner needs no window of its own; ms */
#define DELAY          400
#define LOOK_INTERVAL  120

struct _DrillReportProgress
{
  GtkWindow              *parent; /* may go first */
  char                   *heading;
  const DrillReportState *state;
  GCancellable           *cancellable;

  guint                   source_id;
  GtkWidget              *dialog;
  GtkProgressBar         *bar;
};

static void
response_cb (DrillReportProgress *self)
{
  g_cancellable_cancel (self->cancellable);
}

static gboolean
look_cb (gpointer user_data)
{
  DrillReportProgress *self = user_data;
  int permille = g_atomic_int_get (&self->state->permille);
  int n_pages = g_atomic_int_get (&self->state->n_pages);
  g_autofree char *count = drill_format_count (n_pages);
  g_autofree char *text = NULL;

  if (permille == 0)
    {
      drill_pulse (self->bar);
      return G_SOURCE_CONTINUE;
    }

  /* Translators: about so many pages are being made */
  text = g_strdup_printf (ngettext ("%s page", "%s pages", n_pages), count);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (permille / 1000.0, 0.0, 1.0));
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_progress_bar_set_text (self->bar, text);

  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer user_data)
{
  DrillReportProgress *self = user_data;
  GtkWidget *dialog = adw_message_dialog_new (self->parent, self->heading, NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, self->heading, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), GTK_WIDGET (self->bar));
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), self);
  self->dialog = g_object_ref (dialog);
  self->source_id = g_timeout_add (LOOK_INTERVAL, look_cb, self);
  gtk_window_present (GTK_WINDOW (dialog));

  return G_SOURCE_REMOVE;
}

/**
 * drill_report_progress_new:
 * @parent: (nullable): the window it belongs to
 * @heading: what is being done
 * @state: how far it is
 * @cancellable: what Cancel cancels
 *
 * Returns: (transfer full): the progress, until drill_report_progress_free()
 */
DrillReportProgress *
drill_report_progress_new (GtkWindow              *parent,
                           const char             *heading,
                           const DrillReportState *state,
                           GCancellable           *cancellable)
{
  DrillReportProgress *self = g_new0 (DrillReportProgress, 1);

  g_set_weak_pointer (&self->parent, parent);
  self->heading = g_strdup (heading);
  self->state = state;
  self->cancellable = g_object_ref (cancellable);
  self->source_id = g_timeout_add (DELAY, show_cb, self);

  return self;
}

void
drill_report_progress_free (DrillReportProgress *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->dialog != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->dialog, self);
      gtk_window_destroy (GTK_WINDOW (self->dialog));
      g_clear_object (&self->dialog);
    }
  g_clear_weak_pointer (&self->parent);
  g_object_unref (self->cancellable);
  g_free (self->heading);
  g_free (self);
}
