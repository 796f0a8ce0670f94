// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-result.h"

#include <glib/gi18n-lib.h>

#include "ui/acks/drill-ack-routes.h"
#include "ui/acks/drill-ack-message.h"
#include "ui/acks/drill-ack-words.h"
#include "ui/common/drill-announce.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-write-words.h"

struct _DrillAckResult
{
  AdwBin             parent_instance;

  DrillAckOperation *operation;
  GArray            *outcomes; /* of int, one for each line of the filter */
  gboolean           filling;

  DrillAckMessage   *message;
  GtkImage          *image;
  GtkLabel          *heading;
  GtkLabel          *counts;
  GtkDropDown       *filter;
  DrillAckRoutes      *list;
  GtkWidget         *check;
  GtkWidget         *retry;
  GtkWidget         *proceed;
};

G_DEFINE_FINAL_TYPE (DrillAckResult, drill_ack_result, ADW_TYPE_BIN)

static const DrillOutcome outcomes[] = {
  DRILL_OUTCOME_RECORDED, DRILL_OUTCOME_SKIPPED, DRILL_OUTCOME_FAILED, DRILL_OUTCOME_UNKNOWN, DRILL_OUTCOME_PENDING,
};

static guint
count (DrillAckResult *self,
       DrillOutcome    outcome)
{
  guint n = drill_ack_operation_count (self->operation, outcome);

  return outcome == DRILL_OUTCOME_UNKNOWN ? n + drill_ack_operation_count (self->operation, DRILL_OUTCOME_SENT) : n;
}

static void
filter_cb (DrillAckResult *self)
{
  guint selected = gtk_drop_down_get_selected (self->filter);

  if (!self->filling && self->operation != NULL && selected < self->outcomes->len)
    drill_ack_routes_set_outcome (self->list, g_array_index (self->outcomes, int, selected));
}

static void
fill_filter (DrillAckResult *self)
{
  g_autoptr(GtkStringList) lines = gtk_string_list_new (NULL);
  guint n_entries = drill_ack_operation_get_n_entries (self->operation);
  g_autofree char *all_count = drill_format_count (n_entries);
  /* Translators: a choice of which routes to list; %s is their number */
  g_autofree char *all = g_strdup_printf (ngettext ("All %s", "All %s", n_entries), all_count);
  int none = -1;

  g_array_set_size (self->outcomes, 0);
  gtk_string_list_append (lines, all);
  g_array_append_val (self->outcomes, none);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      guint n = count (self, outcomes[i]);
      g_autofree char *text = NULL;
      int outcome = (int) outcomes[i];

      if (n == 0)
        continue;
      text = drill_ack_words_count (outcomes[i], n);
      gtk_string_list_append (lines, text);
      g_array_append_val (self->outcomes, outcome);
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (lines));
  gtk_drop_down_set_selected (self->filter, 0);
  self->filling = FALSE;
}

static void
show_heading (DrillAckResult *self)
{
  guint n_recorded = count (self, DRILL_OUTCOME_RECORDED);
  guint n_failed = count (self, DRILL_OUTCOME_FAILED);
  guint n_unknown = count (self, DRILL_OUTCOME_UNKNOWN);
  guint n_pending = count (self, DRILL_OUTCOME_PENDING);
  gboolean simulation = drill_operation_is_simulation (DRILL_OPERATION (self->operation));
  g_autoptr(GString) text = g_string_new (NULL);
  DrillOutcome tone = DRILL_OUTCOME_RECORDED;
  const char *heading;

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      guint n = count (self, outcomes[i]);
      g_autofree char *part = NULL;

      if (n == 0)
        continue;
      part = drill_ack_words_count (outcomes[i], n);
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, part);
    }
  if (simulation)
    g_string_append_printf (text, " · %s", _("simulation"));

  if (n_unknown > 0)
    {
      tone = DRILL_OUTCOME_UNKNOWN;
      heading = _("Not Everything Is Known");
    }
  else if (n_failed > 0 && n_recorded == 0)
    {
      tone = DRILL_OUTCOME_FAILED;
      heading = _("Not Recorded");
    }
  else if (n_failed > 0 || n_pending > 0)
    {
      tone = n_failed > 0 ? DRILL_OUTCOME_FAILED : DRILL_OUTCOME_PENDING;
      heading = n_recorded > 0 ? _("Partly Recorded") : _("Not Sent");
    }
  else
    {
      heading = n_recorded > 0 ? _("All Recorded") : _("Nothing Left to Record");
    }

  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->counts, text->str);
  gtk_image_set_from_icon_name (self->image, drill_ack_words_outcome_icon (tone));
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->image), drill_ack_words_outcome_class (outcomes[i]));
  gtk_widget_add_css_class (GTK_WIDGET (self->image), drill_ack_words_outcome_class (tone));
}

static void
show_message (DrillAckResult *self)
{
  const GError *error = drill_operation_get_error (DRILL_OPERATION (self->operation));
  g_autofree char *failure = drill_write_words_dup_failure (error);
  g_autofree char *text = NULL;

  if (count (self, DRILL_OUTCOME_UNKNOWN) > 0)
    {
      const char *unknown = _("Of some the answer was lost, and the history could not be read since. They are neither done nor "
                              "failed, and are not sent again before that is known.");

      /* Translators: two sentences */
      text = *failure != '\0' ? g_strdup_printf (C_("error", "%s %s"), failure, unknown) : g_strdup (unknown);
    }
  else if (error != NULL && !g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CANCELLED))
    {
      text = g_steal_pointer (&failure);
    }

  drill_ack_message_say (self->message, "dialog-warning-symbolic", text, NULL, NULL);
}

static void
drill_ack_result_dispose (GObject *object)
{
  DrillAckResult *self = DRILL_ACK_RESULT (object);

  self->filling = TRUE;
  g_clear_object (&self->operation);

  G_OBJECT_CLASS (drill_ack_result_parent_class)->dispose (object);
}

static void
drill_ack_result_finalize (GObject *object)
{
  g_array_unref (DRILL_ACK_RESULT (object)->outcomes);

  G_OBJECT_CLASS (drill_ack_result_parent_class)->finalize (object);
}

static void
drill_ack_result_class_init (DrillAckResultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = drill_ack_result_dispose;
  object_class->finalize = drill_ack_result_finalize;

  g_type_ensure (DRILL_TYPE_ACK_ROUTES);
  g_type_ensure (DRILL_TYPE_ACK_MESSAGE);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-ack-result.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, message);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, image);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, heading);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, counts);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, filter);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, list);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, check);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, retry);
  gtk_widget_class_bind_template_child (widget_class, DrillAckResult, proceed);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
}

static void
drill_ack_result_init (DrillAckResult *self)
{
  self->outcomes = g_array_new (FALSE, FALSE, sizeof (int));
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (self->heading);
  drill_announce_follow (self->counts);
}

/**
 * drill_ack_result_show:
 * @self: a page
 * @operation: an operation that has ended, or stopped
 *
 * Shows what became of it. What can be done about the rest are the actions
 * `ack.check`, `ack.retry` and `ack.continue`; `ack.export` saves it.
 */
void
drill_ack_result_show (DrillAckResult    *self,
                       DrillAckOperation *operation)
{
  gboolean any_unknown, any_failed, any_pending;

  g_set_object (&self->operation, operation);
  fill_filter (self);
  show_heading (self);
  show_message (self);
  drill_ack_routes_set_operation (self->list, operation, DRILL_ACK_ROUTES_OUTCOMES);

  /* What is unknown has to be known first; that comes before everything else */
  any_unknown = count (self, DRILL_OUTCOME_UNKNOWN) > 0;
  any_failed = count (self, DRILL_OUTCOME_FAILED) > 0;
  any_pending = count (self, DRILL_OUTCOME_PENDING) > 0;
  gtk_widget_set_visible (self->check, any_unknown);
  gtk_widget_set_visible (self->retry, any_failed && !any_unknown);
  gtk_widget_set_visible (self->proceed, any_pending && !any_unknown);
}
