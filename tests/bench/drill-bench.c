// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>

#include "base/drill-time.h"
#include "drill-bench-gtk.h"
#include "drill-bench-json.h"
#include "drill-bench-timer.h"
#include "drill-generate.h"
#include "evidence/drill-evidence-builder.h"
#include "query/drill-history-query.h"
#include "query/drill-route-table.h"
#include "query/drill-slot-model.h"

#define SEED          7
#define N_VISIBLE     300 /* slots that a view has bound */
#define JSON_GLIB_MAX (64 * 1024 * 1024) /* bytes; more takes its 3 kB a route too far */
#define REPETITIONS   15

static int gtk_limit = 1000000;

static const GOptionEntry options[] = {
  { "gtk-limit", 0, 0, G_OPTION_ARG_INT, &gtk_limit, "Most routes to give to GTK's models", "N" },
  { NULL }
};

typedef struct {
  DrillPage            *page;
  gint64                now_us;
  DrillEvidenceBuilder *builder;
  DrillEvidence        *evidence;
  DrillRouteTable      *table;
  DrillRouteTable      *previous;
  DrillRouteQuery      *query;
  DrillRouteResult     *result;
  DrillSlotModel       *model;
  const guint32        *columns[DRILL_N_ROUTE_COLUMNS];
} Bench;

static void
decode_cb (gpointer data)
{
  Bench *self = data;
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->builder, drill_evidence_builder_unref);
  self->builder = drill_evidence_builder_new ();
  if (!drill_evidence_builder_add (self->builder, self->page, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (1);
    }
}

static void
snapshot_cb (gpointer data)
{
  Bench *self = data;

  g_clear_pointer (&self->evidence, drill_evidence_unref);
  self->evidence = drill_evidence_builder_snapshot (self->builder);
}

static void
table_cb (gpointer data)
{
  Bench *self = data;

  g_clear_pointer (&self->table, drill_route_table_unref);
  self->table = drill_route_table_new (self->evidence, self->previous);
}

static void
query_cb (gpointer data)
{
  Bench *self = data;

  g_clear_pointer (&self->result, drill_route_result_unref);
  self->result = drill_route_table_query (self->table, self->query, self->now_us);
}

static void
prepare_ids_cb (gpointer data)
{
  Bench *self = data;

  drill_route_table_prepare_ids (self->table, NULL);
}

static void
swap_cb (gpointer data)
{
  Bench *self = data;

  drill_slot_model_set_rows (self->model, drill_route_result_get_rows (self->result),
                             drill_route_result_get_n_rows (self->result),
                             (GDestroyNotify) drill_route_result_unref,
                             drill_route_result_ref (self->result));
}

/* What a bound cell reads */
static void
rebind_cb (DrillSlot *slot,
           gpointer   user_data)
{
  Bench *self = user_data;
  guint32 row = drill_slot_get_row (slot);
  gsize length = 0;

  length += *drill_evidence_get_text (self->evidence, DRILL_DICT_SCHEDULE, self->columns[DRILL_ROUTE_SCHEDULE][row]);
  length += *drill_evidence_get_text (self->evidence, DRILL_DICT_PROVIDER, self->columns[DRILL_ROUTE_PROVIDER][row]);
  length += *drill_evidence_get_text (self->evidence, DRILL_DICT_OWNER, self->columns[DRILL_ROUTE_OWNER][row]);
  length += drill_evidence_get_route_state (self->evidence, row);
  g_object_set_data (G_OBJECT (slot), "bench", GSIZE_TO_POINTER (length));
}

static void
history_cb (gpointer data)
{
  Bench *self = data;
  DrillHistoryQuery query = { .search = drill_route_query_get_search (self->query), .descending = TRUE };
  g_autoptr(GArray) items = drill_history_query_run (self->evidence, &query);

  g_assert (items != NULL);
}

static void
measure_query (Bench      *self,
               const char *what,
               double      theirs)
{
  double ours = bench_median (REPETITIONS, query_cb, self);
  g_autofree char *note = g_strdup_printf ("%u of %u rows", drill_route_result_get_n_rows (self->result),
                                           drill_route_result_get_n_in_scope (self->result));

  bench_print (what, ours, theirs, note);
}

static void
measure_sorted (Bench         *self,
                const char    *what,
                DrillRouteKey  key,
                gboolean       descending,
                double         theirs)
{
  drill_route_query_clear_sort (self->query);
  drill_route_query_append_sort (self->query, key, descending);
  measure_query (self, what, theirs);
  drill_route_query_clear_sort (self->query);
}

static void
measure_search (Bench      *self,
                const char *what,
                const char *text,
                double      theirs)
{
  drill_route_query_set_search (self->query, text);
  measure_query (self, what, theirs);
  drill_route_query_set_search (self->query, NULL);
}

static void
measure_queries (Bench               *self,
                 const DrillBenchGtk *gtk,
                 const char          *provider,
                 const char          *owner,
                 const char          *schedule)
{
  g_autofree char *id = drill_evidence_dup_route_id (self->evidence, drill_evidence_get_n_routes (self->evidence) / 2);

  drill_route_query_set_all_plans (self->query, FALSE);
  measure_query (self, "current plans: facets", NAN);
  measure_sorted (self, "current plans: sort by SLO", DRILL_KEY_SLO, FALSE, NAN);

  drill_route_query_set_all_plans (self->query, TRUE);
  measure_query (self, "all plans: facets", NAN);
  drill_route_query_add (self->query, DRILL_FACET_PROVIDER, provider);
  measure_query (self, "filter by provider, facets", gtk->filter);
  drill_route_query_add (self->query, DRILL_FACET_STATE, "outstanding");
  measure_query (self, "filter by provider and state, facets", NAN);
  drill_route_query_clear (self->query);

  measure_sorted (self, "sort by created, oldest first", DRILL_KEY_CREATED, FALSE, gtk->sort_created);
  measure_sorted (self, "sort by owner", DRILL_KEY_OWNER, FALSE, gtk->sort_owner);
  measure_sorted (self, "sort by schedule", DRILL_KEY_SCHEDULE, FALSE, NAN);
  measure_sorted (self, "sort by plan", DRILL_KEY_PLAN, FALSE, NAN);
  measure_sorted (self, "sort by state", DRILL_KEY_STATE, FALSE, NAN);
  measure_sorted (self, "sort by SLO", DRILL_KEY_SLO, FALSE, NAN);
  measure_sorted (self, "sort by recommended action", DRILL_KEY_RECOMMENDED, FALSE, NAN);
  measure_sorted (self, "sort by reference", DRILL_KEY_REFERENCE, TRUE, NAN);

  drill_route_query_add (self->query, DRILL_FACET_PROVIDER, provider);
  drill_route_query_append_sort (self->query, DRILL_KEY_OWNER, FALSE);
  drill_route_query_append_sort (self->query, DRILL_KEY_SCHEDULE, FALSE);
  measure_query (self, "filter, sort by owner and schedule", gtk->filter_sort_two);
  drill_route_query_clear (self->query);
  measure_query (self, "no filter, sort by owner and schedule", NAN);
  drill_route_query_clear_sort (self->query);

  measure_search (self, "search a schedule", schedule, gtk->search);
  measure_search (self, "search an owner", owner, gtk->search);
  measure_search (self, "search two letters", "zz", NAN);
  measure_search (self, "search two hex digits (ids too)", "0a", NAN);
  measure_search (self, "search an id", id, NAN);

  bench_print ("history: all items", bench_median (REPETITIONS, history_cb, self), NAN, NULL);
  drill_route_query_set_search (self->query, "zz");
  bench_print ("history: search two letters", bench_median (REPETITIONS, history_cb, self), NAN, NULL);
  drill_route_query_set_search (self->query, NULL);
}

static void
measure_swap (Bench *self)
{
  g_autoptr(GPtrArray) slots = g_ptr_array_new_with_free_func (g_object_unref);
  double swap;
  double shrink;
  gint64 start;

  query_cb (self); /* all rows again */
  self->model = drill_slot_model_new ();
  swap_cb (self);
  for (guint i = 0; i < MIN (N_VISIBLE, drill_slot_model_get_n_rows (self->model)); i++)
    {
      GObject *slot = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      g_signal_connect (slot, "changed", G_CALLBACK (rebind_cb), self);
      g_ptr_array_add (slots, slot);
    }

  swap = bench_median (REPETITIONS, swap_cb, self);
  bench_print ("swap: same length, 300 slots rebound", swap, NAN, NULL);

  start = g_get_monotonic_time ();
  drill_slot_model_set_rows (self->model, drill_route_result_get_rows (self->result),
                             MIN (N_VISIBLE, drill_route_result_get_n_rows (self->result)),
                             (GDestroyNotify) drill_route_result_unref, drill_route_result_ref (self->result));
  swap_cb (self);
  shrink = bench_since (start);
  bench_print ("swap: to 300 rows and back", shrink, NAN, NULL);
  g_clear_object (&self->model);
}

static void
measure_extension (Bench *self)
{
  g_autoptr(GString) json = drill_generate_history (100, SEED + 1, self->now_us + DRILL_TIME_MINUTE);
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillEvidence) evidence = drill_evidence_ref (self->evidence);

  /* Ids must not be those that are there already. */
  g_string_replace (json, "gordn-", "gordn-x", 0);
  g_string_replace (json, "gordack-", "gordack-x", 0);
  g_string_replace (json, "rcd-", "rcd-x", 0);
  page = drill_page_new (json->str, json->len);
  if (!drill_evidence_builder_add (self->builder, page, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (1);
    }

  self->previous = g_steal_pointer (&self->table);
  bench_print ("100 routes more: snapshot", bench_median (5, snapshot_cb, self), NAN, NULL);
  bench_print ("100 routes more: table", bench_median (5, table_cb, self), NAN, NULL);
  g_clear_pointer (&self->previous, drill_route_table_unref);
}

static const char *
most_common (Bench      *self,
             DrillFacet  facet)
{
  GArray *counts = drill_route_result_get_facet (self->result, facet);
  DrillFacetCount most = { "", 0 };

  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, DrillFacetCount, i).count > most.count)
      most = g_array_index (counts, DrillFacetCount, i);

  return most.value;
}

static void
measure (const char *text,
         gsize       length,
         gint64      now_us)
{
  Bench self = { .now_us = now_us, .query = drill_route_query_new () };
  DrillBenchGtk gtk;
  g_autofree char *provider = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *schedule = NULL;
  double json_glib = NAN;
  double decode;
  double snapshot;
  double table;
  gsize heap = bench_heap ();
  guint n;

  self.page = drill_page_new (text, length);
  decode = bench_median (3, decode_cb, &self);
  snapshot = bench_median (3, snapshot_cb, &self);
  table = bench_median (3, table_cb, &self);
  n = drill_evidence_get_n_routes (self.evidence);
  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    self.columns[i] = drill_evidence_get_route_column (self.evidence, i);
  heap = bench_heap () - heap;

  drill_route_query_set_all_plans (self.query, TRUE);
  query_cb (&self);
  provider = g_strdup (most_common (&self, DRILL_FACET_PROVIDER));
  owner = g_strdup (most_common (&self, DRILL_FACET_OWNER));
  schedule = g_strdup (most_common (&self, DRILL_FACET_SCHEDULE));

  bench_gtk_init (&gtk);
  if (n > 0 && n <= (guint) gtk_limit)
    bench_gtk_measure (&gtk, self.evidence, provider, schedule);
  if (length <= JSON_GLIB_MAX)
    {
      gint64 start = g_get_monotonic_time ();

      bench_json_glib (text, length);
      json_glib = bench_since (start);
    }

  g_print ("\n%u routes, %u items, %.1f MB, %.0f bytes a route\n", n,
           drill_evidence_get_n_items (self.evidence), (double) length / 1e6, (double) length / MAX (n, 1));
  g_print ("  %-44s %13s  %13s  %8s\n", "", "median", "GTK/json-glib", "ratio");
  bench_print ("decode", decode, json_glib, NULL);
  bench_print ("decode, snapshot and table", decode + snapshot + table, json_glib, NULL);
  g_print ("  %-44s %10.0f MB/s\n", "  that is", (double) length / 1e3 / (decode + snapshot + table));
  bench_print ("snapshot", snapshot, NAN, NULL);
  bench_print ("table", table, gtk.build, NULL);
  if (n > 0)
    {
      bench_print ("route ids, in a worker", bench_median (1, prepare_ids_cb, &self), NAN, NULL);
      measure_queries (&self, &gtk, provider, owner, schedule);
      measure_swap (&self);
    }

  g_print ("  memory a route: evidence %.0f B, table %.0f B (8 of them ids), together %.0f B beside the kept %.0f B; "
           "allocated %.0f B, process %.0f MB",
           (double) drill_evidence_get_table_bytes (self.evidence) / MAX (n, 1),
           (double) drill_route_table_get_bytes (self.table) / MAX (n, 1),
           (double) (drill_evidence_get_table_bytes (self.evidence) + drill_route_table_get_bytes (self.table)) / MAX (n, 1),
           (double) drill_evidence_get_kept_bytes (self.evidence) / MAX (n, 1),
           (double) heap / MAX (n, 1), (double) bench_rss () / 1e6);
  if (!isnan (gtk.bytes_per_route))
    g_print ("; GTK models %.0f B", gtk.bytes_per_route);
  g_print ("\n");
  measure_extension (&self);

  g_clear_pointer (&self.result, drill_route_result_unref);
  g_clear_pointer (&self.table, drill_route_table_unref);
  g_clear_pointer (&self.evidence, drill_evidence_unref);
  g_clear_pointer (&self.builder, drill_evidence_builder_unref);
  drill_page_unref (self.page);
  drill_route_query_free (self.query);
}

static gboolean
measure_argument (const char *argument)
{
  gint64 now_us = drill_time_parse ("2026-05-20T10:00:00+00:00", -1);
  guint64 n_routes;

  if (g_ascii_string_to_unsigned (argument, 10, 1, G_MAXUINT32, &n_routes, NULL))
    {
      g_autoptr(GString) json = drill_generate_history ((guint) n_routes, SEED, now_us);

      measure (json->str, json->len, now_us);
    }
  else
    {
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;
      gsize length;

      if (!g_file_get_contents (argument, &text, &length, &error))
        {
          g_printerr ("%s\n", error->message);
          return FALSE;
        }
      measure (text, length, now_us);
    }

  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  static const char *const usual[] = { "10000", "100000", "1000000", NULL };
  g_autoptr(GOptionContext) context = g_option_context_new ("[N_ROUTES | FILE]…");
  g_autoptr(GError) error = NULL;
  const char *const *arguments = usual;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  if (argc > 1)
    arguments = (const char *const *) argv + 1;
  for (guint i = 0; arguments[i] != NULL; i++)
    if (!measure_argument (arguments[i]))
      return 1;

  return 0;
}
