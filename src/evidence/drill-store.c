// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-evidence-private.h"

void
drill_store_init (DrillStore *self)
{
  drill_column_init (&self->pages, sizeof (DrillPage *));
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    {
      drill_column_init (&self->texts[i], sizeof (char));
      drill_column_init (&self->offsets[i], sizeof (guint32));
    }
  drill_column_init (&self->items, sizeof (DrillItem));
  drill_column_init (&self->item_providers, sizeof (guint32));
  drill_column_init (&self->plans, sizeof (DrillPlan));
  drill_column_init (&self->required, sizeof (DrillRequired));
  drill_column_init (&self->acks, sizeof (DrillAck));
  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    drill_column_init (&self->routes[i], sizeof (guint32));
  drill_column_init (&self->minutes, sizeof (gint32));
  drill_column_init (&self->deadlines, sizeof (gint64));
  drill_column_init (&self->flags, sizeof (guint8));
  drill_column_init (&self->notes, sizeof (DrillRouteNote));
  drill_column_init (&self->given_ids, sizeof (guint32));
  drill_column_init (&self->problems, sizeof (DrillProblem));
}

/* Every column but the pages, which hold references */
void
drill_store_foreach (DrillStore      *self,
                     DrillColumnFunc  func,
                     gpointer         data)
{
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    {
      func (&self->texts[i], data);
      func (&self->offsets[i], data);
    }
  func (&self->items, data);
  func (&self->item_providers, data);
  func (&self->plans, data);
  func (&self->required, data);
  func (&self->acks, data);
  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    func (&self->routes[i], data);
  func (&self->minutes, data);
  func (&self->deadlines, data);
  func (&self->flags, data);
  func (&self->notes, data);
  func (&self->given_ids, data);
  func (&self->problems, data);
}

static void
clear_column (DrillColumn *column,
              gpointer     data)
{
  drill_column_clear (column);
}

void
drill_store_clear (DrillStore *self)
{
  for (gsize i = 0; i < self->pages.n; i++)
    drill_page_unref (drill_column_index (&self->pages, DrillPage *, i));
  drill_column_clear (&self->pages);
  drill_store_foreach (self, clear_column, NULL);
}

static void
acquire_column (DrillColumn *column,
                gpointer     data)
{
  DrillColumn shared = *column;

  drill_column_share (&shared, column);
}

/* The pages are shared by reference and not by block: the last store to go
 * would otherwise not know how many of a block's pages are its own. */
void
drill_store_share (const DrillStore *self,
                   DrillStore       *copy)
{
  *copy = *self;
  drill_store_foreach (copy, acquire_column, NULL);

  drill_column_init (&copy->pages, sizeof (DrillPage *));
  drill_column_append (&copy->pages, self->pages.n);
  for (gsize i = 0; i < self->pages.n; i++)
    drill_column_index (&copy->pages, DrillPage *, i) =
      drill_page_ref (drill_column_index (&self->pages, DrillPage *, i));
}
