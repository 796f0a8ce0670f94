// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-header-sorter.h"

struct _DrillHeaderSorter
{
  GObject parent_instance;

  GObject *first; /* the dummies */
  GObject *second;
  int      asked; /* the key of the column that was asked, or -1 */
};

typedef struct {
  DrillHeaderSorter *sorter; /* unowned: set to NULL when it goes */
  DrillRouteKey      key;
} Column;

G_DEFINE_FINAL_TYPE (DrillHeaderSorter, drill_header_sorter, G_TYPE_OBJECT)

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  Column *column = user_data;

  if (column->sorter == NULL)
    return 0;

  column->sorter->asked = (int) column->key;

  return a == column->sorter->first ? -1 : 1;
}

static void
column_free (gpointer data)
{
  Column *column = data;

  g_clear_weak_pointer (&column->sorter);
  g_free (column);
}

static void
drill_header_sorter_finalize (GObject *object)
{
  DrillHeaderSorter *self = DRILL_HEADER_SORTER (object);

  g_clear_object (&self->first);
  g_clear_object (&self->second);

  G_OBJECT_CLASS (drill_header_sorter_parent_class)->finalize (object);
}

static void
drill_header_sorter_class_init (DrillHeaderSorterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_header_sorter_finalize;
}

static void
drill_header_sorter_init (DrillHeaderSorter *self)
{
  self->first = g_object_new (G_TYPE_OBJECT, NULL);
  self->second = g_object_new (G_TYPE_OBJECT, NULL);
  self->asked = -1;
}

/**
 * drill_header_sorter_new:
 *
 * Returns: (transfer full): a reader of headings
 */
DrillHeaderSorter *
drill_header_sorter_new (void)
{
  return g_object_new (DRILL_TYPE_HEADER_SORTER, NULL);
}

/**
 * drill_header_sorter_add:
 * @self: a reader of headings
 * @column: a column, which gets a heading that can be clicked
 * @key: what it sorts by
 */
void
drill_header_sorter_add (DrillHeaderSorter   *self,
                         GtkColumnViewColumn *column,
                         DrillRouteKey        key)
{
  Column *data = g_new0 (Column, 1);
  g_autoptr(GtkSorter) sorter = NULL;

  g_set_weak_pointer (&data->sorter, self);
  data->key = key;
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, data, column_free));
  gtk_column_view_column_set_sorter (column, sorter);
}

/**
 * drill_header_sorter_read:
 * @self: a reader of headings
 * @view: the table
 * @key: (out): what it is to be sorted by
 * @descending: (out): whether the largest comes first
 *
 * Returns: whether a heading was chosen at all
 */
gboolean
drill_header_sorter_read (DrillHeaderSorter *self,
                          GtkColumnView     *view,
                          DrillRouteKey     *key,
                          gboolean          *descending)
{
  GtkOrdering ordering;

  self->asked = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (view), self->first, self->second);
  if (self->asked < 0)
    return FALSE;

  *key = (DrillRouteKey) self->asked;
  *descending = ordering == GTK_ORDERING_LARGER;

  return TRUE;
}
