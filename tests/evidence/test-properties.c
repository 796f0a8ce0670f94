// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-time.h"
#include "drill-answers.h"
#include "drill-histories.h"

/* What must not change the answers, tried on the conformance cases and on
 * random histories. A failure names the seed. */

#define N_HISTORIES 12
#define N_ITEMS     60
#define N_TRIES     3

typedef struct {
  const char *name; /* of a case, or NULL */
  guint32     seed; /* of a random history */
} Subject;

typedef void (*PropertyFunc) (GPtrArray *items,
                              gint64     now_us,
                              GRand     *random);

typedef struct {
  PropertyFunc func;
  Subject      subject;
} Trial;

static GPtrArray *
get_items (const Subject *subject,
           gint64        *now_us)
{
  g_autofree char *text = NULL;

  if (subject->name == NULL)
    {
      *now_us = drill_time_parse (DRILL_HISTORY_NOW, -1);
      return drill_history_random (subject->seed, N_ITEMS);
    }

  *now_us = drill_case_now (subject->name);
  text = drill_case_read (subject->name, "history.json");

  return drill_items_from_text (text);
}

static char *
answers_of_items (GPtrArray *items,
                  gint64     now_us)
{
  g_autofree char *page = drill_items_to_page (items, 0, items->len);
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (page);

  return drill_answers_to_string (evidence, now_us);
}

static void
add_items (DrillEvidenceBuilder *builder,
           GPtrArray            *items,
           guint                 first,
           guint                 n)
{
  g_autofree char *page = drill_items_to_page (items, first, n);
  g_autoptr(GError) error = NULL;

  drill_add_text (builder, page, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
permuting_changes_nothing (GPtrArray *items,
                           gint64     now_us,
                           GRand     *random)
{
  g_autofree char *right = answers_of_items (items, now_us);

  for (guint i = 0; i < N_TRIES; i++)
    {
      g_autoptr(GPtrArray) permuted = drill_history_shuffle (items, random);
      g_autofree char *mine = answers_of_items (permuted, now_us);

      g_assert_cmpstr (mine, ==, right);
    }
}

/* Pages of every size, the bounds anywhere, with or without a snapshot after each */
static void
splitting_changes_nothing (GPtrArray *items,
                           gint64     now_us,
                           GRand     *random)
{
  g_autofree char *right = answers_of_items (items, now_us);

  for (guint i = 0; i < N_TRIES; i++)
    {
      g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
      g_autoptr(DrillEvidence) evidence = NULL;
      g_autofree char *mine = NULL;

      for (guint first = 0; first < items->len;)
        {
          guint n = (guint) g_rand_int_range (random, i == 0 ? 1 : 0, i == 0 ? 2 : 30);

          n = MIN (n, items->len - first);
          add_items (builder, items, first, n);
          first += n;
          if (i == 1)
            drill_evidence_unref (drill_evidence_builder_snapshot (builder));
        }

      evidence = drill_evidence_builder_snapshot (builder);
      mine = drill_answers_to_string (evidence, now_us);
      g_assert_cmpstr (mine, ==, right);
      g_assert_cmpuint (drill_evidence_builder_get_n_items (builder), ==, items->len);
    }
}

/* The service repeats items when its offsets move between two pages */
static void
duplicating_changes_nothing (GPtrArray *items,
                             gint64     now_us,
                             GRand     *random)
{
  g_autofree char *right = answers_of_items (items, now_us);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) first = NULL;
  g_autoptr(DrillEvidence) last = NULL;
  g_autofree char *mine = NULL;

  add_items (builder, items, 0, items->len);
  first = drill_evidence_builder_snapshot (builder);
  for (guint i = 0; i < N_TRIES; i++)
    {
      g_autoptr(GPtrArray) twice = drill_history_shuffle (items, random);
      g_autofree char *page = NULL;
      g_autoptr(GError) error = NULL;
      DrillPageReport report;

      for (guint j = 0; j < items->len; j += 3)
        g_ptr_array_add (twice, g_strdup (g_ptr_array_index (items, j)));
      page = drill_items_to_page (twice, 0, twice->len);
      drill_add_text (builder, page, -1, &report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report.n_items, ==, twice->len);
      g_assert_cmpuint (report.n_new, ==, 0);
    }

  last = drill_evidence_builder_snapshot (builder);
  mine = drill_answers_to_string (last, now_us);
  g_assert_cmpstr (mine, ==, right);
  g_assert_cmpuint (drill_evidence_get_n_problems (last), ==, drill_evidence_get_n_problems (first));
}

static void
unknown_fields_change_nothing (GPtrArray *items,
                               gint64     now_us,
                               GRand     *random)
{
  g_autofree char *right = answers_of_items (items, now_us);

  for (guint i = 0; i < N_TRIES; i++)
    {
      g_autoptr(GPtrArray) extended = drill_history_add_unknown (items, random);
      g_autofree char *mine = answers_of_items (extended, now_us);

      g_assert_cmpstr (mine, ==, right);
    }
}

/* However it came: as a page, as a bare array, in steps of a few bytes */
static void
framing_changes_nothing (GPtrArray *items,
                         gint64     now_us,
                         GRand     *random)
{
  g_autofree char *right = answers_of_items (items, now_us);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(GString) array = g_string_new ("\t[\r\n");
  g_autoptr(GError) error = NULL;
  g_autofree char *mine = NULL;
  DrillPageReport report;
  guint n_before = 0;
  gboolean more;

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (array, "%s%s", i > 0 ? " , " : "", (const char *) g_ptr_array_index (items, i));
  g_string_append (array, " ] \n");

  page = drill_page_new (array->str, array->len);
  drill_evidence_builder_begin (builder, page, &error);
  g_assert_no_error (error);
  do
    {
      drill_evidence_builder_step (builder, (gsize) g_rand_int_range (random, 0, 5000), &report, &more, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report.n_items, >, n_before);
      n_before = report.n_items;
    }
  while (more);

  g_assert_cmpint (report.document, ==, DRILL_DOCUMENT_ITEMS);
  g_assert_cmpuint (report.n_items, ==, items->len);
  g_assert_cmpint (report.total, ==, -1);
  evidence = drill_evidence_builder_snapshot (builder);
  mine = drill_answers_to_string (evidence, now_us);
  g_assert_cmpstr (mine, ==, right);
}

/* A snapshot says the same for ever, however the builder goes on; and row
 * numbers and codes mean the same in every later one. */
static void
snapshots_are_immutable (GPtrArray *items,
                         gint64     now_us,
                         GRand     *random)
{
  g_autofree char *right = answers_of_items (items, now_us);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(GPtrArray) snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_evidence_unref);
  g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  DrillEvidence *last;
  guint step = MAX (items->len / 8, 1);

  for (guint first = 0; first < items->len; first += step)
    {
      DrillEvidence *evidence = drill_evidence_builder_snapshot (builder);

      g_ptr_array_add (snapshots, evidence);
      g_ptr_array_add (said, drill_answers_to_string (evidence, now_us));
      add_items (builder, items, first, MIN (step, items->len - first));
    }
  last = drill_evidence_builder_snapshot (builder);
  g_ptr_array_add (snapshots, last);
  g_ptr_array_add (said, g_strdup (right));
  g_clear_pointer (&builder, drill_evidence_builder_unref);

  for (guint i = 0; i < snapshots->len; i++)
    {
      DrillEvidence *evidence = g_ptr_array_index (snapshots, i);
      g_autofree char *now = drill_answers_to_string (evidence, now_us);

      g_assert_cmpstr (now, ==, g_ptr_array_index (said, i));

      for (DrillDict dict = 0; dict < DRILL_N_DICTS; dict++)
        for (guint32 code = 0; code < drill_evidence_get_dict_size (evidence, dict); code++)
          g_assert_cmpstr (drill_evidence_get_text (evidence, dict, code), ==, drill_evidence_get_text (last, dict, code));
      for (DrillRouteColumn column = 0; column < DRILL_N_ROUTE_COLUMNS; column++)
        g_assert_cmpmem (drill_evidence_get_route_column (evidence, column),
                         sizeof (guint32) * drill_evidence_get_n_routes (evidence),
                         drill_evidence_get_route_column (last, column),
                         sizeof (guint32) * drill_evidence_get_n_routes (evidence));
      for (guint j = 0; j < drill_evidence_get_n_items (evidence); j++)
        g_assert_cmpuint (drill_evidence_get_items (evidence)[j].session_id, ==,
                          drill_evidence_get_items (last)[j].session_id);
    }
}

/* The rows of routes pages make their plans as they come: an older snapshot
 * must not learn of later rows of a plan it has. */
static void
test_growing_plan (void)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(GPtrArray) snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_evidence_unref);
  g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  gint64 now_us = drill_time_parse (DRILL_HISTORY_NOW, -1);

  for (guint n = 0; n < 8; n++)
    {
      g_autoptr(GString) text = g_string_new ("{\"items\": [");
      g_autoptr(DrillPage) page = NULL;
      g_autoptr(GError) error = NULL;
      gboolean more = TRUE;

      for (guint i = 0; i < 25; i++)
        g_string_append_printf (text, "%s{\"route_id\": \"r%u\", \"plan_id\": \"p\", \"schedule_id\": \"s\", \"provider\": \"slack\", "
                                "\"owner\": \"o%u\", \"action\": \"deliver\", \"created_at\": \"2026-06-01T10:00:00+00:00\"}",
                                i > 0 ? "," : "", n * 25 + i, i);
      g_string_append (text, "]}");
      page = drill_page_new (text->str, text->len);

      drill_evidence_builder_begin (builder, page, &error);
      while (error == NULL && more)
        {
          drill_evidence_builder_step (builder, 100, NULL, &more, &error);
          g_ptr_array_add (snapshots, drill_evidence_builder_snapshot (builder));
          g_ptr_array_add (said, drill_answers_to_string (g_ptr_array_index (snapshots, snapshots->len - 1), now_us));
        }
      g_assert_no_error (error);
    }

  g_assert_cmpuint (drill_evidence_get_n_routes (g_ptr_array_index (snapshots, snapshots->len - 1)), ==, 8 * 25);
  for (guint i = 0; i < snapshots->len; i++)
    {
      g_autofree char *now = drill_answers_to_string (g_ptr_array_index (snapshots, i), now_us);

      g_assert_cmpstr (now, ==, g_ptr_array_index (said, i));
    }
}

static void
run_trial (gconstpointer data)
{
  const Trial *trial = data;
  g_autoptr(GRand) random = g_rand_new_with_seed (trial->subject.seed + 1);
  g_autoptr(GPtrArray) items = NULL;
  gint64 now_us;

  items = get_items (&trial->subject, &now_us);
  trial->func (items, now_us, random);
}

int
main (int    argc,
      char **argv)
{
  static const char *const cases[] = { CASES };
  static const struct
  {
    const char  *name;
    PropertyFunc func;
  } properties[] = {
    { "permuted", permuting_changes_nothing },
    { "split", splitting_changes_nothing },
    { "duplicated", duplicating_changes_nothing },
    { "unknown-fields", unknown_fields_change_nothing },
    { "framing", framing_changes_nothing },
    { "immutable", snapshots_are_immutable },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    for (guint j = 0; j < G_N_ELEMENTS (cases) + N_HISTORIES; j++)
      {
        Trial *trial = g_new0 (Trial, 1);
        g_autofree char *subject = NULL;
        g_autofree char *path = NULL;

        trial->func = properties[i].func;
        trial->subject.seed = j;
        if (j < G_N_ELEMENTS (cases))
          trial->subject.name = cases[j];
        subject = trial->subject.name != NULL ? g_strdup (trial->subject.name) : g_strdup_printf ("random-%u", j);
        path = g_strdup_printf ("/drill/evidence/properties/%s/%s", properties[i].name, subject);
        g_test_add_data_func_full (path, trial, run_trial, g_free);
      }
  g_test_add_func ("/drill/evidence/properties/growing-plan", test_growing_plan);

  return g_test_run ();
}
