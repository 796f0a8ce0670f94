// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-range-choice.h"

#include <glib/gi18n-lib.h>

#include "base/drill-time.h"

struct _DrillRangeChoice
{
  AdwBin       parent_instance;

  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (DrillRangeChoice, drill_range_choice, ADW_TYPE_BIN)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  guint       days; /* 0: all of it */
  const char *name;
} ranges[] = {
  { 0, N_("All time") },
  { 1, N_("Last 24 hours") },
  { 7, N_("Last 7 days") },
  { 30, N_("Last 30 days") },
  { 90, N_("Last 90 days") },
};

static void
selected_cb (DrillRangeChoice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drill_range_choice_class_init (DrillRangeChoiceClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
drill_range_choice_init (DrillRangeChoice *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    gtk_string_list_append (names, _(ranges[i].name));

  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), _("Range of Time"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Range of Time"), -1);
  g_signal_connect_swapped (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
}

/**
 * drill_range_choice_get_from:
 * @self: a choice
 * @now_us: now, µs UTC
 *
 * Returns: where the range begins that is chosen, µs UTC; %DRILL_TIME_UNKNOWN for all time
 */
gint64
drill_range_choice_get_from (DrillRangeChoice *self,
                             gint64            now_us)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  g_return_val_if_fail (DRILL_IS_RANGE_CHOICE (self), DRILL_TIME_UNKNOWN);

  if (selected >= G_N_ELEMENTS (ranges) || ranges[selected].days == 0)
    return DRILL_TIME_UNKNOWN;

  return now_us - ranges[selected].days * G_TIME_SPAN_DAY;
}
