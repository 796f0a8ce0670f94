// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-progress.h"

#include <glib/gi18n-lib.h>

#include "ui/acks/drill-ack-message.h"
#include "ui/acks/drill-ack-words.h"

struct _DrillAckProgress
{
  AdwBin             parent_instance;

  DrillAckOperation *operation;
  gboolean           stopping;

  DrillAckMessage   *message;
  GtkLabel          *what;
  GtkProgressBar    *bar;
  GtkLabel          *counts;
};

G_DEFINE_FINAL_TYPE (DrillAckProgress, drill_ack_progress, ADW_TYPE_BIN)

static char *
dup_chunk (DrillAckProgress *self)
{
  guint n_chunks = drill_ack_operation_get_n_chunks (self->operation);
  double progress = drill_operation_get_progress (DRILL_OPERATION (self->operation));
  guint chunk;

  if (n_chunks <= 1)
    return g_strdup (_("Sending…"));

  chunk = MIN ((guint) (CLAMP (progress, 0.0, 1.0) * n_chunks) + 1, n_chunks);

  /* Translators: which of how many */
  return g_strdup_printf (_("Sending chunk %1$u of %2$u…"), chunk, n_chunks);
}

static char *
dup_what (DrillAckProgress *self)
{
  switch (drill_operation_get_status (DRILL_OPERATION (self->operation)))
    {
    case DRILL_OPERATION_QUEUED:
      return g_strdup (self->stopping ? _("Stopping…") : _("Waiting for another window or drillctl…"));
    case DRILL_OPERATION_WAITING:
      return g_strdup (_("Waiting, because the service asked to be left alone for a while…"));
    case DRILL_OPERATION_CHECKING:
      return g_strdup (_("An answer was lost. Looking in the history for what was recorded…"));
    case DRILL_OPERATION_NEEDS_TOKEN:
      return g_strdup (_("Stopped until you have signed in."));
    case DRILL_OPERATION_READY:
    case DRILL_OPERATION_RUNNING:
    case DRILL_OPERATION_STOPPED:
    case DRILL_OPERATION_DONE:
    default:
      return self->stopping ? g_strdup (_("Stopping when the chunk that was sent is answered…")) : dup_chunk (self);
    }
}

static void
update (DrillAckProgress *self)
{
  static const DrillOutcome outcomes[] = {
    DRILL_OUTCOME_RECORDED, DRILL_OUTCOME_SKIPPED, DRILL_OUTCOME_FAILED, DRILL_OUTCOME_UNKNOWN, DRILL_OUTCOME_PENDING,
  };
  gboolean needs_token = drill_operation_get_status (DRILL_OPERATION (self->operation)) == DRILL_OPERATION_NEEDS_TOKEN;
  g_autofree char *what = dup_what (self);
  g_autoptr(GString) counts = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      guint n = drill_ack_operation_count (self->operation, outcomes[i]);
      g_autofree char *text = NULL;

      if (n == 0)
        continue;
      text = drill_ack_words_count (outcomes[i], n);
      if (counts->len > 0)
        g_string_append (counts, " · ");
      g_string_append (counts, text);
    }

  gtk_label_set_label (self->what, what);
  gtk_label_set_label (self->counts, counts->str);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (drill_operation_get_progress (DRILL_OPERATION (self->operation)), 0.0, 1.0));
  drill_ack_message_say (self->message, "dialog-password-symbolic",
                         needs_token ? _("The service wants to know who you are. Nothing is lost: sign in, then continue.")
                                     : NULL,
                         _("_Sign In…"), "ack.sign-in");
}

static void
drill_ack_progress_dispose (GObject *object)
{
  g_clear_object (&DRILL_ACK_PROGRESS (object)->operation);

  G_OBJECT_CLASS (drill_ack_progress_parent_class)->dispose (object);
}

static void
drill_ack_progress_class_init (DrillAckProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_ack_progress_dispose;

  g_type_ensure (DRILL_TYPE_ACK_MESSAGE);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-ack-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillAckProgress, message);
  gtk_widget_class_bind_template_child (widget_class, DrillAckProgress, what);
  gtk_widget_class_bind_template_child (widget_class, DrillAckProgress, bar);
  gtk_widget_class_bind_template_child (widget_class, DrillAckProgress, counts);
}

static void
drill_ack_progress_init (DrillAckProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_ack_progress_set_operation:
 * @self: a page
 * @operation: what to follow
 */
void
drill_ack_progress_set_operation (DrillAckProgress  *self,
                                  DrillAckOperation *operation)
{
  if (self->operation != NULL)
    g_signal_handlers_disconnect_by_data (self->operation, self);
  g_set_object (&self->operation, operation);
  g_signal_connect_object (operation, "notify::status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::progress", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * drill_ack_progress_set_stopping:
 * @self: a page
 * @stopping: whether somebody pressed Cancel
 */
void
drill_ack_progress_set_stopping (DrillAckProgress *self,
                                 gboolean          stopping)
{
  self->stopping = stopping;
  update (self);
}
