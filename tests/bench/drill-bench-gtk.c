// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-bench-gtk.h"

#include <gtk/gtk.h>
#include <math.h>

#include "drill-bench-timer.h"

/* The usual way: an object a row, its columns as properties. GTK's list models,
 * filters and sorters need no display. */

typedef enum {
  COLUMN_SCHEDULE = 1,
  COLUMN_PLAN,
  COLUMN_PROVIDER,
  COLUMN_OWNER,
  COLUMN_ESCALATION_OWNER,
  COLUMN_REASON,
  COLUMN_REFERENCE,
  COLUMN_CREATED,
  N_COLUMNS
} Column;

static const char *const column_names[N_COLUMNS] = {
  [COLUMN_SCHEDULE] = "schedule",
  [COLUMN_PLAN] = "plan",
  [COLUMN_PROVIDER] = "provider",
  [COLUMN_OWNER] = "owner",
  [COLUMN_ESCALATION_OWNER] = "escalation-owner",
  [COLUMN_REASON] = "reason",
  [COLUMN_REFERENCE] = "reference",
  [COLUMN_CREATED] = "created",
};

#define BENCH_TYPE_ROW (bench_row_get_type ())

G_DECLARE_FINAL_TYPE (BenchRow, bench_row, BENCH, ROW, GObject)

struct _BenchRow {
  GObject     parent_instance;
  const char *texts[N_COLUMNS]; /* borrowed: the texts themselves are not what is measured */
};

G_DEFINE_TYPE (BenchRow, bench_row, G_TYPE_OBJECT)

static GParamSpec *properties[N_COLUMNS];

static void
bench_row_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  g_value_set_static_string (value, BENCH_ROW (object)->texts[property_id]);
}

static void
bench_row_class_init (BenchRowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = bench_row_get_property;
  for (guint i = COLUMN_SCHEDULE; i < N_COLUMNS; i++)
    properties[i] = g_param_spec_string (column_names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_COLUMNS, properties);
}

static void
bench_row_init (BenchRow *self)
{
}

static const char *
get_text (DrillEvidence    *evidence,
          DrillDict         dict,
          DrillRouteColumn  column,
          guint32           row)
{
  return drill_evidence_get_text (evidence, dict, drill_evidence_get_route_column (evidence, column)[row]);
}

static BenchRow *
make_row (DrillEvidence *evidence,
          guint32        row)
{
  BenchRow *self = g_object_new (BENCH_TYPE_ROW, NULL);
  const DrillPlan *plan =
    &drill_evidence_get_plans (evidence)[drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[row]];
  guint32 ack = drill_evidence_get_route_ack (evidence, row);

  self->texts[COLUMN_SCHEDULE] = get_text (evidence, DRILL_DICT_SCHEDULE, DRILL_ROUTE_SCHEDULE, row);
  self->texts[COLUMN_PLAN] = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->plan_id);
  self->texts[COLUMN_PROVIDER] = get_text (evidence, DRILL_DICT_PROVIDER, DRILL_ROUTE_PROVIDER, row);
  self->texts[COLUMN_OWNER] = get_text (evidence, DRILL_DICT_OWNER, DRILL_ROUTE_OWNER, row);
  self->texts[COLUMN_ESCALATION_OWNER] = get_text (evidence, DRILL_DICT_OWNER, DRILL_ROUTE_ESCALATION_OWNER, row);
  self->texts[COLUMN_REASON] = get_text (evidence, DRILL_DICT_REASON, DRILL_ROUTE_REASON, row);
  self->texts[COLUMN_REFERENCE] = ack == DRILL_NONE
                                  ? ""
                                  : drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE,
                                                             drill_evidence_get_acks (evidence)[ack].reference);
  self->texts[COLUMN_CREATED] = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->created);

  return self;
}

static GtkExpression *
make_expression (Column column)
{
  return gtk_property_expression_new (BENCH_TYPE_ROW, NULL, column_names[column]);
}

static GtkFilter *
make_filter (Column                   column,
             const char              *text,
             GtkStringFilterMatchMode mode)
{
  GtkStringFilter *filter = gtk_string_filter_new (make_expression (column));

  gtk_string_filter_set_match_mode (filter, mode);
  gtk_string_filter_set_search (filter, text);

  return GTK_FILTER (filter);
}

static double
measure_filter (GListModel *store,
                GtkFilter  *filter)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GtkFilterListModel) model = gtk_filter_list_model_new (g_object_ref (store), filter);

  g_list_model_get_n_items (G_LIST_MODEL (model));

  return bench_since (start);
}

/* @heap: (out): memory while the models are there */
static double
measure_sort (GListModel *store,
              GtkFilter  *filter,
              GtkSorter  *sorter,
              gsize      *heap)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GtkFilterListModel) filtered = gtk_filter_list_model_new (g_object_ref (store), filter);
  g_autoptr(GtkSortListModel) model = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (filtered)), sorter);
  g_autoptr(GObject) first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  double time = bench_since (start);

  *heap = bench_heap ();

  return time;
}

static GtkSorter *
make_sorter (Column column)
{
  return GTK_SORTER (gtk_string_sorter_new (make_expression (column)));
}

void
bench_gtk_init (DrillBenchGtk *self)
{
  self->build = self->filter = self->sort_owner = self->sort_created = NAN;
  self->filter_sort_two = self->search = self->bytes_per_route = NAN;
}

void
bench_gtk_measure (DrillBenchGtk *self,
                   DrillEvidence *evidence,
                   const char    *provider,
                   const char    *text)
{
  guint n = drill_evidence_get_n_routes (evidence);
  gsize heap = bench_heap ();
  gsize sorted_heap;
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GPtrArray) rows = g_ptr_array_new_full (n, g_object_unref);
  g_autoptr(GListStore) store = g_list_store_new (BENCH_TYPE_ROW);
  GtkMultiSorter *two = gtk_multi_sorter_new ();
  GtkAnyFilter *any = gtk_any_filter_new ();

  for (guint32 row = 0; row < n; row++)
    g_ptr_array_add (rows, make_row (evidence, row));
  g_list_store_splice (store, 0, 0, rows->pdata, n);
  self->build = bench_since (start);

  self->filter = measure_filter (G_LIST_MODEL (store),
                                 make_filter (COLUMN_PROVIDER, provider, GTK_STRING_FILTER_MATCH_MODE_EXACT));
  self->sort_owner = measure_sort (G_LIST_MODEL (store), NULL, make_sorter (COLUMN_OWNER), &sorted_heap);
  self->bytes_per_route = ((double) sorted_heap - (double) heap) / MAX (n, 1);
  self->sort_created = measure_sort (G_LIST_MODEL (store), NULL, make_sorter (COLUMN_CREATED), &sorted_heap);

  gtk_multi_sorter_append (two, make_sorter (COLUMN_OWNER));
  gtk_multi_sorter_append (two, make_sorter (COLUMN_SCHEDULE));
  self->filter_sort_two =
    measure_sort (G_LIST_MODEL (store),
                  make_filter (COLUMN_PROVIDER, provider, GTK_STRING_FILTER_MATCH_MODE_EXACT),
                  GTK_SORTER (two), &sorted_heap);

  for (Column column = COLUMN_SCHEDULE; column < COLUMN_CREATED; column++)
    gtk_multi_filter_append (GTK_MULTI_FILTER (any),
                             make_filter (column, text, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING));
  self->search = measure_filter (G_LIST_MODEL (store), GTK_FILTER (any));
}
