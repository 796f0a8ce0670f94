// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-view-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "audit/drill-export.h"
#include "base/drill-time.h"
#include "evidence/drill-json.h"
#include "evidence/drill-json-member.h"
#include "ui/common/drill-pulse.h"
#include "ui/report/drill-report-package.h"
#include "ui/report/drill-report-pdf.h"
#include "ui/report/drill-report-print.h"
#include "ui/report/drill-report-routes.h"

#define NOW "2026-06-01T12:00:00+00:00" /* of the conformance answers */

/* conformance/medium */
#define N_ROUTES  432
#define N_CURRENT 320

typedef struct {
  DrillSession     *session;
  DrillRouteQuery  *query;
  DrillRouteResult *result;
  char             *folder;
} Fixture;

static gboolean
is_loaded (gpointer data)
{
  return drill_session_get_complete (data) && !drill_session_get_loading (data);
}

/* @path: NULL for the sample */
static void
set_up (Fixture    *fixture,
        const char *path)
{
  g_autoptr(DrillClock) clock = drill_clock_new_fixed (drill_time_parse (NOW, -1));

  fixture->session = drill_session_new (clock);
  fixture->folder = g_dir_make_tmp ("drill-report-XXXXXX", NULL);
  if (path != NULL)
    {
      g_autoptr(GFile) file = g_file_new_for_path (path);

      drill_session_open_file (fixture->session, file);
    }
  else
    {
      drill_session_open_sample (fixture->session);
    }
  drill_test_wait (is_loaded, fixture->session, "the evidence");

  fixture->query = drill_route_query_new ();
  fixture->result = drill_route_table_query (drill_session_get_table (fixture->session), fixture->query,
                                             drill_time_parse (NOW, -1));
}

static void
set_up_medium (Fixture *fixture)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");

  set_up (fixture, path);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture *fixture)
{
  gpointer session = fixture->session;

  drill_route_result_unref (fixture->result);
  drill_route_query_free (fixture->query);
  drill_session_close (fixture->session);
  /* What it does in a thread may keep it a little longer */
  g_object_add_weak_pointer (G_OBJECT (fixture->session), &session);
  g_object_unref (fixture->session);
  drill_test_wait (is_gone, &session, "the session to go");
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static DrillReport *
new_report (Fixture    *fixture,
            const char *filters)
{
  return drill_report_new_for_routes (drill_report_origin_new (fixture->session),
                                      drill_session_get_evidence (fixture->session),
                                      drill_route_result_get_rows (fixture->result),
                                      drill_route_result_get_n_rows (fixture->result), fixture->query, filters);
}

static void
prepare (DrillReport *report)
{
  g_autoptr(GError) error = NULL;

  drill_report_prepare (report, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_fact (DrillReport *report,
          const char  *name,
          const char  *words)
{
  const char *value = drill_report_find_fact (report, name);

  return value != NULL && strstr (value, words) != NULL;
}

/* What poppler reads in a file */
static char *
run (const char *first,
     ...)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  char *output = NULL;
  va_list args;
  int status;

  va_start (args, first);
  for (const char *arg = first; arg != NULL; arg = va_arg (args, const char *))
    g_ptr_array_add (argv, (gpointer) arg);
  va_end (args);
  g_ptr_array_add (argv, NULL);

  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return output;
}

/* The texts of the pages: each ends with a form feed */
static char **
read_pages (const char *path)
{
  g_autofree char *text = run ("pdftotext", "-layout", path, "-", NULL);
  char **pages = g_strsplit (text, "\f", -1);
  guint n_pages = g_strv_length (pages);

  g_assert_cmpuint (n_pages, >=, 2);
  g_assert_cmpstr (pages[n_pages - 1], ==, "");
  g_clear_pointer (&pages[n_pages - 1], g_free);

  return pages;
}

static void
write_pdf (DrillReport      *report,
           const char       *path,
           GtkTextDirection  direction)
{
  g_autoptr(GtkPageSetup) setup = drill_report_page_setup_new ();
  DrillReportPaper paper = { setup, direction };
  DrillReportState state = { 0, 0 };
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
  g_autoptr(GError) error = NULL;

  drill_report_write_pdf (report, &paper, &state, G_OUTPUT_STREAM (stream), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state.permille, ==, 1000);
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL));
}

/* What is said of routes */

static void
test_counts (void)
{
  Fixture fixture;
  g_autoptr(DrillReport) report = NULL;
  g_autofree char *state = NULL;
  g_autofree char *created = NULL;
  guint sum;

  set_up_medium (&fixture);
  report = new_report (&fixture, "Current plans; Owner: team");
  prepare (report);

  g_assert_cmpstr (drill_report_find_fact (report, "Filters"), ==, "Current plans; Owner: team");
  g_assert_cmpstr (drill_report_find_fact (report, "Routes"), ==, "320 of 432 routes");
  g_assert_cmpstr (drill_report_find_fact (report, "Breached"), ==, "147");
  g_assert_cmpstr (drill_report_find_fact (report, "Outstanding"), ==, "149");
  sum = atoi (drill_report_find_fact (report, "Outstanding")) +
        atoi (drill_report_find_fact (report, "Acknowledged or resolved")) +
        atoi (drill_report_find_fact (report, "Not delivered"));
  g_assert_cmpuint (sum, ==, N_CURRENT);
  g_assert_cmpstr (drill_report_find_fact (report, "Report made at"), ==, "2026-06-01 12:00:00 UTC");
  g_assert_true (has_fact (report, "Report made by", g_get_user_name ()));
  g_assert_true (has_fact (report, "Report made by", "not verified"));
  g_assert_cmpstr (drill_report_find_fact (report, "Source"), ==, "file “history.json”");
  g_assert_cmpstr (drill_report_find_fact (report, "Evidence as of"), ==, "2026-06-01 12:00:00 UTC; complete");
  g_assert_null (drill_report_get_mark (report));

  g_assert_cmpuint (drill_report_get_n_rows (report), ==, N_CURRENT);
  g_assert_cmpuint (drill_report_get_n_columns (report), ==, 10);
  g_assert_cmpstr (drill_report_get_column (report, 0)->title, ==, "State");
  state = drill_report_dup_cell (report, 0, 0);
  g_assert_cmpstr (state, !=, "");
  created = drill_report_dup_cell (report, 0, 9);
  g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\dZ$", created, 0, 0));

  tear_down (&fixture);
}

/* The digest as its recipe has it, of what the export says */
static char *
digest_export (Fixture       *fixture,
               const guint32 *rows,
               guint          n_rows)
{
  static const char *const members[] = { "route_id", "acknowledgement_state", "acknowledged_by", "acknowledged_at", "external_ref" };
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  DrillExportInfo info = { .source = "", .version = "" };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  JsonArray *routes;

  drill_export_routes_json (drill_session_get_evidence (fixture->session), rows, n_rows, drill_time_parse (NOW, -1), &info,
                            stream, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  root = drill_json_parse (bytes, &error);
  g_assert_no_error (error);
  routes = json_object_get_array_member (json_node_get_object (root), "routes");
  g_assert_cmpuint (json_array_get_length (routes), ==, n_rows);

  for (guint i = 0; i < n_rows; i++)
    for (gsize n = 0; n < G_N_ELEMENTS (members); n++)
      g_string_append_printf (text, "%s%s", drill_json_get_string (json_array_get_object_element (routes, i), members[n]),
                              n + 1 < G_N_ELEMENTS (members) ? "\t" : "\n");

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

static void
test_digest (void)
{
  Fixture fixture;
  g_autoptr(DrillReport) report = NULL;
  g_autoptr(DrillReport) other = NULL;
  g_autofree guint32 *turned = NULL;
  g_autofree char *expected = NULL;
  const guint32 *rows;
  guint n_rows;

  set_up_medium (&fixture);
  rows = drill_route_result_get_rows (fixture.result);
  n_rows = drill_route_result_get_n_rows (fixture.result);
  report = new_report (&fixture, "");
  prepare (report);
  expected = digest_export (&fixture, rows, n_rows);
  g_assert_cmpstr (drill_report_find_fact (report, "SHA-256"), ==, expected);
  g_assert_true (has_fact (report, "Checking the digest", "join(\"\\t\")' routes.json | sha256sum"));

  /* In another order it is another one */
  turned = g_memdup2 (rows, n_rows * sizeof *rows);
  turned[0] = rows[1];
  turned[1] = rows[0];
  other = drill_report_new_for_routes (drill_report_origin_new (fixture.session), drill_session_get_evidence (fixture.session),
                                       turned, n_rows, fixture.query, "");
  prepare (other);
  g_assert_cmpstr (drill_report_find_fact (other, "SHA-256"), !=, expected);

  tear_down (&fixture);
}

static DrillReportOrigin *
new_origin (DrillShown  shown,
            const char *name)
{
  DrillReportOrigin *origin = g_new0 (DrillReportOrigin, 1);

  origin->shown = shown;
  origin->name = g_strdup (name);
  origin->complete = TRUE;
  origin->loaded_at_us = drill_time_parse ("2026-06-01T11:59:00Z", -1);
  origin->stale_since_us = DRILL_TIME_UNKNOWN;
  origin->made_at_us = drill_time_parse (NOW, -1);
  origin->actor = g_strdup ("mia");

  return origin;
}

static gboolean
prepare_nothing (DrillReport   *report,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return TRUE;
}

static char *
dup_nothing (gpointer data,
             guint    row,
             guint    column)
{
  return g_strdup (data);
}

/* What the source is, and what it lacks */
static void
test_origin (void)
{
  g_autoptr(DrillReportOrigin) sample = new_origin (DRILL_SHOWN_SAMPLE, "");
  g_autoptr(DrillReportOrigin) live = new_origin (DRILL_SHOWN_LIVE, "https://drills.example");
  g_autoptr(DrillReport) of_sample = drill_report_new ("t", "t", prepare_nothing, dup_nothing, NULL, NULL);
  g_autoptr(DrillReport) of_live = drill_report_new ("t", "t", prepare_nothing, dup_nothing, NULL, NULL);
  g_autofree char *stem = NULL;

  drill_report_origin_add_maker (sample, of_sample);
  drill_report_origin_add_source (sample, of_sample);
  g_assert_cmpstr (drill_report_get_mark (of_sample), ==, "SAMPLE DATA");
  g_assert_true (has_fact (of_sample, "Source", "evidence of nothing"));
  g_assert_nonnull (strstr (drill_report_get_footer (of_sample), "sample data"));
  stem = drill_report_origin_dup_stem (sample, "routes");
  g_assert_nonnull (strstr (stem, "-sample-"));

  live->connection = g_strdup ("Production");
  live->read_only = TRUE;
  live->complete = FALSE;
  live->verified = TRUE;
  live->stale_since_us = drill_time_parse ("2026-06-01T11:30:00Z", -1);
  drill_report_origin_add_maker (live, of_live);
  drill_report_origin_add_source (live, of_live);
  g_assert_null (drill_report_get_mark (of_live));
  g_assert_cmpstr (drill_report_find_fact (of_live, "Source"), ==, "Production, https://drills.example");
  g_assert_cmpstr (drill_report_find_fact (of_live, "Report made by"), ==, "mia (verified by the service)");
  g_assert_true (has_fact (of_live, "Evidence as of", "partial: not all of the evidence was loaded"));
  g_assert_true (has_fact (of_live, "Evidence as of", "not up to date since 2026-06-01 11:30:00 UTC"));
  g_assert_true (has_fact (of_live, "Evidence as of", "read-only connection"));
}

/* Whatever a server sends, what is printed is a line */
static void
test_safety (void)
{
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr(DrillReport) report = drill_report_new ("a\tb", "../x", prepare_nothing, dup_nothing, (gpointer) "one\ntwo\xff\u202ethree", NULL);
  g_autoptr(DrillReport) large = drill_report_new ("t", "t", prepare_nothing, dup_nothing, endless, NULL);
  g_autofree char *cell = drill_report_dup_cell (report, 0, 0);
  g_autofree char *cut = drill_report_dup_cell (large, 0, 0);

  g_assert_cmpstr (drill_report_get_title (report), ==, "a b");
  g_assert_cmpstr (drill_report_get_file_stem (report), ==, "x");
  g_assert_cmpstr (cell, ==, "one two\uFFFD three");
  g_assert_cmpint (g_utf8_strlen (cut, -1), <=, 600);
  g_assert_true (g_str_has_suffix (cut, "…"));

  drill_report_add_fact (report, "n\n", "v\r\nw", FALSE);
  drill_report_add_fact (report, "empty", NULL, FALSE);
  g_assert_cmpstr (drill_report_find_fact (report, "n "), ==, "v  w");
  g_assert_cmpstr (drill_report_find_fact (report, "empty"), ==, "–");
}

/* What is said of packages */

static GBytes *
read_package (const char *control,
              const char *generated_by)
{
  g_autofree char *path = drill_test_conformance_path ("medium/packages.json");
  g_autofree char *contents = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonObject *package;
  char *text;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  bytes = g_bytes_new (contents, strlen (contents));
  root = drill_json_parse (bytes, NULL);
  g_assert_nonnull (root);
  package = json_array_get_object_element (json_node_get_array (root), 0);
  if (control != NULL)
    json_array_add_string_element (json_object_get_array_member (package, "controls"), control);
  if (generated_by != NULL)
    json_object_set_string_member (package, "generated_by", generated_by);
  text = json_to_string (json_array_get_element (json_node_get_array (root), 0), FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static void
test_package (void)
{
  g_autoptr(GBytes) bytes = read_package (NULL, NULL);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr(JsonNode) root = drill_json_parse (bytes, NULL);
  JsonArray *routes = json_object_get_array_member (json_node_get_object (root), "routes");
  const char *audit_id = drill_json_get_string (json_node_get_object (root), "audit_id");
  g_autoptr(DrillReport) report = drill_report_new_for_package (new_origin (DRILL_SHOWN_LIVE, "https://drills.example"), bytes, audit_id, NULL);
  g_autofree char *count = NULL;
  g_autofree char *schedule = NULL;

  prepare (report);
  g_assert_cmpuint (drill_report_get_n_rows (report), ==, json_array_get_length (routes));
  count = g_strdup_printf ("%u", json_array_get_length (routes));
  g_assert_cmpstr (drill_report_find_fact (report, "Routes"), ==, count);
  g_assert_cmpstr (drill_report_find_fact (report, "Audit id"), ==, audit_id);
  g_assert_cmpstr (drill_report_find_fact (report, "SHA-256"), ==, digest);
  g_assert_true (g_str_has_prefix (drill_report_find_fact (report, "Verified"), "whole"));
  g_assert_cmpstr (drill_report_find_fact (report, "Source"), ==, "https://drills.example");
  g_assert_true (g_str_has_prefix (drill_report_get_file_stem (report), audit_id));
  g_assert_null (drill_report_get_mark (report));
  schedule = drill_report_dup_cell (report, 0, 1);
  g_assert_cmpstr (schedule, ==, drill_json_get_string (json_array_get_object_element (routes, 0), "schedule_id"));
}

static void
test_package_marks (void)
{
  static const struct
  {
    const char *control;
    DrillShown  shown;
    const char *mark;
  } cases[] = {
    { DRILL_PACKAGE_MARK_SAMPLE, DRILL_SHOWN_LIVE, "SAMPLE DATA" },
    { DRILL_PACKAGE_MARK_FILE, DRILL_SHOWN_FILE, "SIMULATION" },
    { NULL, DRILL_SHOWN_SAMPLE, "SAMPLE DATA" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = read_package (cases[i].control, NULL);
      g_autoptr(DrillReport) report = drill_report_new_for_package (new_origin (cases[i].shown, ""), bytes, NULL, NULL);

      prepare (report);
      g_assert_cmpstr (drill_report_get_mark (report), ==, cases[i].mark);
    }
}

static void
test_package_altered (void)
{
  g_autoptr(GBytes) bytes = read_package (NULL, "somebody else");
  /* Of a file, whatever is shown */
  g_autoptr(DrillReport) report = drill_report_new_for_package (new_origin (DRILL_SHOWN_SAMPLE, ""), bytes, NULL, "saved.json");
  g_autoptr(GBytes) garbage = g_bytes_new_static ("{\"routes\": [1, null, {\"provider\": 3}]}", 38);
  g_autoptr(DrillReport) of_garbage = drill_report_new_for_package (new_origin (DRILL_SHOWN_LIVE, ""), garbage, NULL, NULL);

  prepare (report);
  g_assert_true (g_str_has_prefix (drill_report_find_fact (report, "Verified"), "ALTERED"));
  g_assert_nonnull (strstr (drill_report_find_fact (report, "Finding"), "audit_id"));
  g_assert_cmpstr (drill_report_find_fact (report, "Source"), ==, "file “saved.json”");
  g_assert_null (drill_report_get_mark (report));

  prepare (of_garbage);
  g_assert_true (g_str_has_prefix (drill_report_find_fact (of_garbage, "Verified"), "not an audit package"));
  for (guint row = 0; row < drill_report_get_n_rows (of_garbage); row++)
    for (guint column = 0; column < drill_report_get_n_columns (of_garbage); column++)
      g_free (drill_report_dup_cell (of_garbage, row, column));
}

/* Pages */

static void
check_pages (char       **pages,
             const char  *mark)
{
  guint n_pages = g_strv_length (pages);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n_pages);

      g_assert_nonnull (strstr (pages[i], number));
      g_assert_nonnull (strstr (pages[i], "Rollback Drill Notifications"));
      g_assert_true (g_regex_match_simple ("State +Schedule +Provider +Owner", pages[i], 0, 0));
      g_assert_nonnull (strstr (pages[i], "Drill Console "));
      if (mark != NULL)
        {
          g_assert_nonnull (strstr (pages[i], mark));
        }
      else
        {
          g_assert_null (strstr (pages[i], "SAMPLE"));
          g_assert_null (strstr (pages[i], "SIMULATION"));
        }
    }
}

static void
test_pages_of_sample (void)
{
  Fixture fixture;
  g_autoptr(DrillReport) report = NULL;
  g_autofree char *path = NULL;
  g_autofree char *raw = NULL;
  g_auto(GStrv) pages = NULL;
  g_auto(GStrv) marks = NULL;

  set_up (&fixture, NULL);
  path = g_build_filename (fixture.folder, "sample.pdf", NULL);
  report = new_report (&fixture, "Current plans");
  write_pdf (report, path, GTK_TEXT_DIR_LTR);

  pages = read_pages (path);
  g_assert_cmpuint (g_strv_length (pages), >, 2);
  check_pages (pages, "SAMPLE DATA");
  /* Twice on each page: in its head, and across it */
  raw = run ("pdftotext", "-raw", path, "-", NULL);
  marks = g_strsplit (raw, "SAMPLE DATA", -1);
  g_assert_cmpuint (g_strv_length (marks) - 1, ==, 2 * g_strv_length (pages));

  g_unlink (path);
  tear_down (&fixture);
}

static void
test_pages_of_routes (void)
{
  Fixture fixture;
  g_autoptr(DrillReport) report = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *info = NULL;
  g_auto(GStrv) pages = NULL;
  guint n_rows = 0;

  set_up_medium (&fixture);
  path = g_build_filename (fixture.folder, "routes.pdf", NULL);
  report = new_report (&fixture, "Current plans");
  write_pdf (report, path, GTK_TEXT_DIR_LTR);

  pages = read_pages (path);
  check_pages (pages, NULL);
  g_assert_nonnull (strstr (pages[0], drill_report_find_fact (report, "SHA-256")));
  g_assert_nonnull (strstr (pages[0], "320 of 432 routes"));

  /* Every row is there: each has its time, and nothing else has one of that form */
  text = g_strjoinv ("\n", pages);
  for (const char *p = text; (p = strstr (p, "Z")) != NULL; p++)
    n_rows += p - text >= 5 && g_ascii_isdigit (p[-1]) && g_ascii_isdigit (p[-2]) && p[-3] == ':';
  g_assert_cmpuint (n_rows, ==, N_CURRENT);

  info = run ("pdfinfo", path, NULL);
  g_assert_true (g_regex_match_simple ("Title: +Rollback Drill Notifications", info, 0, 0));
  /* As wide as it is high, and more */
  g_assert_true (g_regex_match_simple ("Page size: +(841\\.89 x 595|792 x 612)", info, 0, 0));

  g_unlink (path);
  tear_down (&fixture);
}

static double
find_word (const char *path,
           const char *word)
{
  g_autofree char *text = run ("pdftotext", "-bbox", "-f", "1", "-l", "1", path, "-", NULL);
  g_autofree char *pattern = g_strdup_printf ("xMin=\"([0-9.]+)\"[^>]*>%s</word>", word);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *x = NULL;

  g_assert_true (g_regex_match (regex, text, 0, &match));
  x = g_match_info_fetch (match, 1);

  return g_ascii_strtod (x, NULL);
}

static void
test_pages_mirrored (void)
{
  Fixture fixture;
  g_autoptr(DrillReport) report = NULL;
  g_autofree char *path = NULL;

  set_up_medium (&fixture);
  path = g_build_filename (fixture.folder, "mirrored.pdf", NULL);
  report = new_report (&fixture, "Current plans");
  write_pdf (report, path, GTK_TEXT_DIR_LTR);
  g_assert_cmpfloat (find_word (path, "Schedule"), <, find_word (path, "Provider"));
  g_assert_cmpfloat (find_word (path, "Rollback"), <, 100);
  g_assert_cmpfloat (find_word (path, "Page"), >, 600);

  write_pdf (report, path, GTK_TEXT_DIR_RTL);
  g_assert_cmpfloat (find_word (path, "Schedule"), >, find_word (path, "Provider"));
  g_assert_cmpfloat (find_word (path, "Rollback"), >, 400);
  g_assert_cmpfloat (find_word (path, "Page"), <, 100);

  g_unlink (path);
  tear_down (&fixture);
}

/* Texts that fit nowhere stay in their columns, and pages in their margins */
static char *
dup_large (gpointer data,
           guint    row,
           guint    column)
{
  if (column == 1)
    return g_strdup_printf ("B%s", (const char *) data);

  return g_strdup_printf ("A%u", row);
}

static gboolean
prepare_large (DrillReport   *report,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  for (guint i = 0; i < 90; i++)
    drill_report_add_fact (report, "Fact", data, TRUE);
  drill_report_add_column (report, "One", 1.0);
  drill_report_add_column (report, "Two", 1.0);
  drill_report_add_column (report, "Three", 8.0);
  drill_report_set_n_rows (report, 40);

  return TRUE;
}

static void
test_pages_of_long_texts (void)
{
  g_autofree char *folder = g_dir_make_tmp ("drill-report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "long.pdf", NULL);
  g_autofree char *endless = g_strnfill (2000, 'x');
  g_autoptr(DrillReport) report = drill_report_new ("Long", "long", prepare_large, dup_large, endless, NULL);
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;
  g_autoptr(GRegex) regex = g_regex_new ("xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\">([^<]*)<", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  double third;
  guint n_words = 0;

  write_pdf (report, path, GTK_TEXT_DIR_LTR);
  plain = run ("pdftotext", "-layout", path, "-", NULL);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("A%u ", i);

      g_assert_nonnull (strstr (plain, name));
    }
  /* Nothing made up: an id is not hyphenated */
  g_assert_null (strstr (plain, "x-"));
  g_assert_nonnull (strstr (plain, "…"));

  text = run ("pdftotext", "-bbox", path, "-", NULL);
  {
    g_autoptr(GRegex) heading = g_regex_new ("xMin=\"([0-9.]+)\"[^>]*>Three<", 0, 0, NULL);
    g_autoptr(GMatchInfo) found = NULL;
    g_autofree char *x = NULL;

    g_assert_true (g_regex_match (heading, text, 0, &found));
    x = g_match_info_fetch (found, 1);
    third = g_ascii_strtod (x, NULL);
  }

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *x = g_match_info_fetch (match, 3);
      g_autofree char *y = g_match_info_fetch (match, 4);
      g_autofree char *word = g_match_info_fetch (match, 5);

      g_assert_cmpfloat (g_ascii_strtod (x, NULL), <, 842 - 36);
      g_assert_cmpfloat (g_ascii_strtod (y, NULL), <, 612 - 30);
      if (g_str_has_prefix (word, "Bx"))
        {
          g_assert_cmpfloat (g_ascii_strtod (x, NULL), <=, third);
          n_words++;
        }
      g_match_info_next (match, NULL);
    }
  g_assert_cmpuint (n_words, ==, 40);

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_cancelled (void)
{
  Fixture fixture;
  g_autoptr(DrillReport) report = NULL;
  g_autoptr(GtkPageSetup) setup = drill_report_page_setup_new ();
  DrillReportPaper paper = { setup, GTK_TEXT_DIR_LTR };
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  set_up_medium (&fixture);
  report = new_report (&fixture, "");
  g_cancellable_cancel (cancellable);
  g_assert_false (drill_report_write_pdf (report, &paper, NULL, stream, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* A full disk is told too */
  g_clear_error (&error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  g_assert_false (drill_report_write_pdf (report, &paper, NULL, stream, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);

  tear_down (&fixture);
}

/* What goes to a printer is the same */
static void
test_operation (void)
{
  Fixture fixture;
  g_autoptr(DrillReport) report = NULL;
  g_autoptr(GtkPrintOperation) operation = NULL;
  g_autoptr(GtkPageSetup) setup = drill_report_page_setup_new ();
  DrillReportPaper paper = { setup, GTK_TEXT_DIR_LTR };
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_auto(GStrv) pages = NULL;

  set_up (&fixture, NULL);
  path = g_build_filename (fixture.folder, "printed.pdf", NULL);
  report = new_report (&fixture, "Current plans");
  prepare (report);
  operation = drill_report_print_operation_new (report, GTK_TEXT_DIR_LTR);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);

  pages = read_pages (path);
  check_pages (pages, "SAMPLE DATA");
  g_assert_cmpuint (g_strv_length (pages), ==, drill_report_estimate_pages (report, &paper));

  g_unlink (path);
  tear_down (&fixture);
}

static gboolean
has_block (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "pulse"))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_block (child))
      return TRUE;

  return FALSE;
}

/* Nothing moves for whoever wants no animations, which GTK leaves to the program */
static void
test_pulse (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *bar = g_object_ref_sink (gtk_progress_bar_new ());

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  drill_pulse (GTK_PROGRESS_BAR (bar));
  g_assert_true (has_block (bar));
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  drill_pulse (GTK_PROGRESS_BAR (bar));
  g_assert_false (has_block (bar));

  gtk_settings_reset_property (settings, "gtk-enable-animations");
  g_object_unref (bar);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/report/counts", test_counts);
  g_test_add_func ("/drill/ui/report/digest", test_digest);
  g_test_add_func ("/drill/ui/report/origin", test_origin);
  g_test_add_func ("/drill/ui/report/safety", test_safety);
  g_test_add_func ("/drill/ui/report/package", test_package);
  g_test_add_func ("/drill/ui/report/package-marks", test_package_marks);
  g_test_add_func ("/drill/ui/report/package-altered", test_package_altered);
  g_test_add_func ("/drill/ui/report/pages-of-sample", test_pages_of_sample);
  g_test_add_func ("/drill/ui/report/pages-of-routes", test_pages_of_routes);
  g_test_add_func ("/drill/ui/report/pages-mirrored", test_pages_mirrored);
  g_test_add_func ("/drill/ui/report/pages-of-long-texts", test_pages_of_long_texts);
  g_test_add_func ("/drill/ui/report/cancelled", test_cancelled);
  g_test_add_func ("/drill/ui/report/operation", test_operation);
  g_test_add_func ("/drill/ui/report/pulse", test_pulse);

  return g_test_run ();
}
