// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"

#include <string.h>

#include "query/drill-route-table.h"

/* Each text is in one field of one route only. */
static const char history[] =
  "{'items':["
  "{'session_id':'p1','created_at':'2026-05-20T09:00:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{"
  "'plan_id':'Plan-WXY','schedule_id':'Zeitplan_Ärger','route_decisions':["
  "{'provider':'Zürich','owner':'Große Straße','escalation_owner':'Señora Ñandú','action':'deliver','reason':'Kein Mörser'},"
  "{'provider':'quux','owner':'IZMIR','action':'suppress','reason':'x'}]}},"
  "{'session_id':'p2','created_at':'2026-05-20T08:00:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{"
  "'plan_id':'kkk','schedule_id':'other','route_decisions':["
  "{'provider':'kkk','owner':'kkk','action':'deliver','reason':'kkk'}]}},"
  "{'session_id':'a1','created_at':'2026-05-20T09:10:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'other','provider':'kkk',"
  "'acknowledgement_state':'escalated','acknowledgement':{'external_ref':'ÄND-77'}},"
  "{'session_id':'a2','created_at':'2026-05-20T09:10:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'Zeitplan_Ärger','provider':'quux',"
  "'acknowledgement_state':'resolved','acknowledgement':{'external_ref':'UNSEEN'}}"
  "]}";

static DrillRouteTable *
make_table (void)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (history);

  return drill_route_table_new (evidence, NULL);
}

static guint
search (DrillRouteTable *table,
        const char      *text,
        gboolean        *pending)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) result = NULL;

  drill_route_query_set_search (query, text);
  result = drill_route_table_query (table, query, FIXTURE_NOW_US);
  if (pending != NULL)
    *pending = drill_route_result_get_ids_pending (result);

  return drill_route_result_get_n_rows (result);
}

static void
test_fields (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();

  g_assert_cmpuint (search (table, "zeitplan", NULL), ==, 2);
  g_assert_cmpuint (search (table, "plan-wxy", NULL), ==, 2);
  g_assert_cmpuint (search (table, "ZÜRICH", NULL), ==, 1);
  g_assert_cmpuint (search (table, "grosse", NULL), ==, 1);
  g_assert_cmpuint (search (table, "ñandú", NULL), ==, 1);
  g_assert_cmpuint (search (table, "MÖRSER", NULL), ==, 1);
  g_assert_cmpuint (search (table, "änd-77", NULL), ==, 1);
  g_assert_cmpuint (search (table, "nothing of that", NULL), ==, 0);
}

static void
test_unicode (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();

  g_assert_cmpuint (search (table, "ÄRGER", NULL), ==, 2);
  g_assert_cmpuint (search (table, "A\xCC\x88rger", NULL), ==, 2);
  g_assert_cmpuint (search (table, "STRASSE", NULL), ==, 1);
  g_assert_cmpuint (search (table, "izmir", NULL), ==, 1);
  g_assert_cmpuint (search (table, "ızmır", NULL), ==, 0);
  g_assert_cmpuint (search (table, "\xFF", NULL), ==, 0);
}

/* A reference shows only where there is something to acknowledge. */
static void
test_reference_of_suppressed (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();

  g_assert_cmpuint (search (table, "unseen", NULL), ==, 0);
}

static void
test_blanks (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();

  g_assert_cmpuint (search (table, "  zürich\t", NULL), ==, 1);
  g_assert_cmpuint (search (table, "   ", NULL), ==, 3);
  g_assert_cmpuint (search (table, "kein mörser", NULL), ==, 1);
}

static void
test_ids (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  DrillEvidence *evidence = drill_route_table_get_evidence (table);
  gboolean pending;

  for (guint32 row = 0; row < 3; row++)
    {
      g_autofree char *id = drill_evidence_dup_route_id (evidence, row);
      g_autofree char *upper = g_ascii_strup (id, -1);
      gsize length = strlen (id);

      if (row == 0)
        {
          /* Not known yet, and said so */
          g_assert_cmpuint (search (table, id, &pending), ==, 0);
          g_assert_true (pending);
          g_assert_cmpuint (search (table, "zürich", &pending), ==, 1);
          g_assert_false (pending);
          g_assert_true (drill_route_table_prepare_ids (table, NULL));
        }

      g_assert_cmpuint (search (table, id, &pending), ==, 1);
      g_assert_false (pending);
      g_assert_cmpuint (search (table, upper, NULL), ==, 1);
      g_assert_cmpuint (search (table, id + length - 16, NULL), ==, 1);
      g_assert_cmpuint (search (table, id + length - 9, NULL), ==, 1);
      g_assert_cmpuint (search (table, id + length - 18, NULL), ==, 1);

      id[length - 3] = '\0';
      g_assert_cmpuint (search (table, id, NULL), ==, 1);
      g_assert_cmpuint (search (table, id + 5, NULL), ==, 1);
      g_assert_cmpuint (search (table, id + length - 14, NULL), ==, 1);
    }

  /* What all ids begin with finds them when it is meant, and not by chance. */
  g_assert_cmpuint (search (table, "gordroute-", NULL), ==, 3);
  g_assert_cmpuint (search (table, "gordr", NULL), ==, 3);
  g_assert_cmpuint (search (table, "route", NULL), ==, 0);
  g_assert_cmpuint (search (table, "gordroute-00000000000000000", NULL), ==, 0);
}

/* Every part of every id, against a plain search */
static void
test_id_parts (void)
{
  g_autofree char *json = fixture_random (9, 0, 40);
  g_autoptr(DrillEvidence) evidence = fixture_parse (json);
  g_autoptr(DrillRouteTable) table = drill_route_table_new (evidence, NULL);
  g_autoptr(GRand) rand = g_rand_new_with_seed (4);
  guint n = drill_evidence_get_n_routes (evidence);

  g_assert_true (drill_route_table_prepare_ids (table, NULL));
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *source = drill_evidence_dup_route_id (evidence, g_rand_int_range (rand, 0, n));
      int begin = g_rand_int_range (rand, 0, 16);
      g_autofree char *part = g_strndup (source + 10 + begin, g_rand_int_range (rand, 3, 6));
      g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
      g_autoptr(DrillRouteResult) result = NULL;
      g_autoptr(GHashTable) found = g_hash_table_new (NULL, NULL);

      /* Other fields may contain the digits too: more may be found, not less. */
      drill_route_query_set_all_plans (query, TRUE);
      drill_route_query_set_search (query, part);
      result = drill_route_table_query (table, query, FIXTURE_NOW_US);
      for (guint j = 0; j < drill_route_result_get_n_rows (result); j++)
        g_hash_table_add (found, GUINT_TO_POINTER (drill_route_result_get_rows (result)[j]));

      for (guint32 row = 0; row < n; row++)
        {
          g_autofree char *id = drill_evidence_dup_route_id (evidence, row);

          if (strstr (id + 10, part) != NULL)
            g_assert_true (g_hash_table_contains (found, GUINT_TO_POINTER (row)));
        }
    }
}

/* Rows of a service's own route pages come with an id, of whatever form. */
static void
test_odd_ids (void)
{
  g_autoptr(DrillEvidence) evidence =
    fixture_parse ("{'items':[{'route_id':'Own-Id-000','created_at':'2026-05-20T09:00:00Z','plan_id':'p',"
                   "'schedule_id':'s','provider':'q','owner':'o','escalation_owner':'o','action':'deliver',"
                   "'category':'deliver','reason':'x','acknowledgement_minutes':60}]}");
  g_autoptr(DrillRouteTable) table = drill_route_table_new (evidence, NULL);

  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1);
  g_assert_true (drill_route_table_prepare_ids (table, NULL));
  g_assert_cmpuint (search (table, "own-id", NULL), ==, 1);
  g_assert_cmpuint (search (table, "000", NULL), ==, 1);
  g_assert_cmpuint (search (table, "0000", NULL), ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (drill_route_table_prepare_ids (table, cancellable));
  g_assert_true (drill_route_table_prepare_ids (table, NULL));
  g_assert_true (drill_route_table_prepare_ids (table, cancellable));
}

static gpointer
prepare_cb (gpointer table)
{
  drill_route_table_prepare_ids (table, NULL);

  return NULL;
}

/* Ids are prepared in a worker while the window goes on asking. */
static void
test_thread (void)
{
  g_autofree char *json = fixture_random (9, 0, 400);
  g_autoptr(DrillEvidence) evidence = fixture_parse (json);
  g_autoptr(DrillRouteTable) table = drill_route_table_new (evidence, NULL);
  GThread *thread = g_thread_new ("ids", prepare_cb, table);
  gboolean pending = TRUE;

  while (pending)
    search (table, "0123", &pending);
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/route-search/fields", test_fields);
  g_test_add_func ("/drill/query/route-search/unicode", test_unicode);
  g_test_add_func ("/drill/query/route-search/reference-of-suppressed", test_reference_of_suppressed);
  g_test_add_func ("/drill/query/route-search/blanks", test_blanks);
  g_test_add_func ("/drill/query/route-search/ids", test_ids);
  g_test_add_func ("/drill/query/route-search/id-parts", test_id_parts);
  g_test_add_func ("/drill/query/route-search/odd-ids", test_odd_ids);
  g_test_add_func ("/drill/query/route-search/cancelled", test_cancelled);
  g_test_add_func ("/drill/query/route-search/thread", test_thread);

  return g_test_run ();
}
