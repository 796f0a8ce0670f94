// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-near-rows.h"

#define MARGIN 2 /* rows above and below: those that show only in part */

static void
scrolled_cb (DrillSlotModel *model,
             GtkAdjustment  *adjustment)
{
  double upper = gtk_adjustment_get_upper (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  guint n_rows = drill_slot_model_get_n_rows (model);
  double row;
  guint first;

  if (n_rows == 0 || page <= 0 || upper < page)
    {
      drill_slot_model_set_near (model, 0, G_MAXUINT);
      return;
    }

  /* All rows are equally high */
  row = upper / n_rows;
  first = (guint) (gtk_adjustment_get_value (adjustment) / row);
  drill_slot_model_set_near (model, first > MARGIN ? first - MARGIN : 0, (guint) (page / row) + 1 + 2 * MARGIN);
}

static void
adjustment_cb (GtkScrollable  *view,
               GParamSpec     *pspec,
               DrillSlotModel *model)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (view);

  if (adjustment == NULL)
    return;

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), model, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), model, G_CONNECT_SWAPPED);
  scrolled_cb (model, adjustment);
}

/**
 * drill_near_rows_follow:
 * @view: a list or table that shows @model in rows of one height
 * @model: its model
 *
 * Keeps the model informed of which rows can be seen. GTK keeps some 200 rows
 * ready whatever is visible; filling those first would keep a new answer from
 * the screen for several frames.
 */
void
drill_near_rows_follow (GtkScrollable  *view,
                        DrillSlotModel *model)
{
  g_signal_connect_object (view, "notify::vadjustment", G_CALLBACK (adjustment_cb), model, 0);
  adjustment_cb (view, NULL, model);
}
