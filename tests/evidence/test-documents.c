// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-error.h"
#include "drill-answers.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-json.h"

#define PLAN "\"metadata_kind\": \"" DRILL_KIND_PLAN "\""
#define ACK  "\"metadata_kind\": \"" DRILL_KIND_ACK "\""

/* Small, with something of everything: what is cut or spoilt anywhere */
static const char whole[] =
  "{\"product\": \"CAVRA\", \"items\": [{\"session_id\": \"p\\u00fc\", " PLAN ", \"plan\": {\"schedule_id\": \"s\", "
  "\"route_decisions\": [{\"provider\": \"slack\", \"action\": \"deliver\", \"acknowledgement_minutes\": 45}, null, -1.5e3], "
  "\"owners\": [\"a\", true]}}, {\"session_id\": \"a\", " ACK ", \"schedule_id\": \"s\", \"provider\": \"slack\", "
  "\"acknowledgement\": {}, \"x\": [[], {\"k\": false}]}], \"total\": 2, \"limit\": 50, \"offset\": 0}";

/* Returns: the error of a document that must not be readable */
static GError *
refuse (const char *text,
        gssize      length)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  GError *error = NULL;

  if (drill_add_text (builder, text, length, NULL, &error))
    g_error ("this was read: %s", text);
  g_assert_nonnull (error);
  g_assert_true (error->domain == DRILL_ERROR);
  g_assert_cmpuint (strlen (error->message), >, 0);

  /* The builder goes on without it */
  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_true (drill_add_text (builder, "[{\"session_id\": \"next\"}]", -1, NULL, NULL));

  return error;
}

static void
assert_place (const GError *error,
              gsize         byte)
{
  g_autofree char *place = g_strdup_printf ("byte %" G_GSIZE_FORMAT ")", byte);

  if (strstr (error->message, place) == NULL)
    g_error ("\"%s\" does not name %s", error->message, place);
}

static void
assert_problem (DrillEvidence *evidence,
                guint          i,
                gsize          offset,
                guint32        item)
{
  const DrillProblem *problem = drill_evidence_get_problem (evidence, i);

  g_assert_nonnull (problem);
  g_assert_cmpuint (problem->offset, ==, offset);
  g_assert_cmpuint (problem->item, ==, item);
  g_assert_cmpuint (strlen (problem->message), >, 0);
}

static void
test_history (void)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GError) error = NULL;
  DrillPageReport report;

  drill_add_text (builder, "{\"total\": 1234, \"items\": [{\"session_id\": \"a\"}, {\"session_id\": \"b\"}], \"offset\": 500}",
                  -1, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.document, ==, DRILL_DOCUMENT_HISTORY);
  g_assert_cmpuint (report.n_items, ==, 2);
  g_assert_cmpuint (report.n_new, ==, 2);
  g_assert_cmpint (report.total, ==, 1234);
  g_assert_cmpint (report.offset, ==, 500);

  drill_add_text (builder, "{\"items\": [{\"session_id\": \"b\"}, {\"session_id\": \"c\"}], \"total\": \"many\", \"offset\": null}",
                  -1, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_items, ==, 2);
  g_assert_cmpuint (report.n_new, ==, 1);
  g_assert_cmpint (report.total, ==, -1);
  g_assert_cmpint (report.offset, ==, -1);

  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 3);
}

static void
test_bare_array (void)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(GError) error = NULL;
  DrillPageReport report;

  drill_add_text (builder, " [ {\"session_id\": \"a\"} ] ", -1, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.document, ==, DRILL_DOCUMENT_ITEMS);
  g_assert_cmpuint (report.n_items, ==, 1);

  drill_add_text (builder, "[]", -1, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_items, ==, 0);

  drill_add_text (builder, "{\"items\": []}", -1, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.document, ==, DRILL_DOCUMENT_HISTORY);
  g_assert_cmpuint (report.n_items, ==, 0);
}

/* Contract section 4: the rows of the service itself, ids and categories as it says */
static void
test_routes_page (gconstpointer data)
{
  g_autofree char *rows = drill_case_read (data, "routes.json");
  g_autoptr(JsonNode) right = drill_case_read_json (data, "routes.json");
  g_autofree char *page = g_strdup_printf ("{\"items\": %s, \"total\": 1, \"limit\": 50, \"offset\": 0, \"filters\": {}}", rows);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GError) error = NULL;
  DrillPageReport report;

  drill_add_text (builder, page, -1, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.document, ==, DRILL_DOCUMENT_ROUTES);

  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, json_array_get_length (json_node_get_array (right)));
  for (guint i = 0; i < drill_evidence_get_n_routes (evidence); i++)
    {
      g_autoptr(JsonNode) row = drill_answers_route (evidence, i);
      g_autofree char *mine = NULL, *theirs = NULL;

      /* A row carries the answer to "available", and its reason, flat */
      mine = drill_canonical_to_string (row);
      theirs = drill_canonical_to_string (json_array_get_element (json_node_get_array (right), i));
      g_assert_cmpstr (mine, ==, theirs);
    }
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 0);
}

/* Contract section 7: a saved package shows the routes and states it was saved with */
static void
test_packages (gconstpointer data)
{
  g_autoptr(JsonNode) node = drill_case_read_json (data, "packages.json");
  JsonArray *packages = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (packages); i++)
    {
      JsonObject *package = json_array_get_object_element (packages, i);
      JsonArray *routes = json_object_get_array_member (package, "routes");
      g_autofree char *text = json_to_string (json_array_get_element (packages, i), TRUE);
      g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
      g_autoptr(DrillEvidence) evidence = NULL;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GError) error = NULL;
      DrillPageReport report;

      drill_add_text (builder, text, -1, &report, &error);
      g_assert_no_error (error);
      g_assert_cmpint (report.document, ==, DRILL_DOCUMENT_PACKAGE);

      evidence = drill_evidence_builder_snapshot (builder);
      g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, json_array_get_length (routes));
      for (guint j = 0; j < json_array_get_length (routes); j++)
        {
          JsonObject *route = json_array_get_object_element (routes, j);
          g_autofree char *id = drill_evidence_dup_route_id (evidence, j);
          guint32 provider = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER)[j];
          guint32 owner = drill_evidence_get_route_column (evidence, DRILL_ROUTE_OWNER)[j];
          guint32 ack = drill_evidence_get_route_ack (evidence, j);

          g_assert_cmpstr (id, ==, drill_json_get_string (route, "route_id"));
          g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, provider), ==, drill_json_get_string (route, "provider"));
          g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_OWNER, owner), ==, drill_json_get_string (route, "owner"));
          drill_assert_state (evidence, j, drill_json_get_string (route, "acknowledgement_state"));
          if (ack != DRILL_NONE)
            {
              const DrillAck *record = &drill_evidence_get_acks (evidence)[ack];

              g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, record->actor), ==,
                               drill_json_get_string (route, "acknowledged_by"));
              g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE, record->reference), ==,
                               drill_json_get_string (route, "external_ref"));
            }
        }

      /* It is one item: the whole document */
      g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 1);
      g_assert_cmpuint (drill_find_item (evidence, drill_json_get_string (package, "audit_id")), ==, 0);
      bytes = drill_evidence_get_item_bytes (evidence, 0);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
    }
}

static char *
repeat (const char *before,
        const char *text,
        guint       n,
        const char *after)
{
  GString *result = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (result, text);
  g_string_append (result, after);

  return g_string_free (result, FALSE);
}

/* The rows of a package are shown whatever is around them */
static void
test_odd_packages (void)
{
  static const char *const frames[] = {
    "", "\"audit_id\": null, ", "\"audit_id\": 7, ", "\"audit_id\": [], \"generated_at\": true, ", "\"generated_by\": {}, ",
    "\"audit_id\": \"\\ud800\", ", "\"filters\": 01, ",
  };
  g_autofree char *opened = repeat ("[{\"x\": ", "[", 1000000, "");
  g_autofree char *deep = repeat (opened, "]", 1000000, "}]");

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *text = g_strdup_printf ("{%s\"routes\": [{\"route_id\": \"r\", \"provider\": \"slack\"}, null]}", frames[i]);
      g_autofree char *deep_text = g_strdup_printf ("{%s\"routes\": %s}", frames[i], deep);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
      g_autoptr(DrillEvidence) deep_evidence = drill_evidence_from_text (deep_text);
      g_autofree char *id = drill_evidence_dup_route_id (evidence, 0);

      g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 1);
      g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1);
      g_assert_cmpstr (id, ==, "r");
      g_assert_cmpuint (drill_evidence_get_n_items (deep_evidence), ==, 1);
    }
}

/* JSON or not, this is no evidence */
static void
test_not_evidence (void)
{
  static const char *const documents[] = {
    "", " ", "\n\t ", "{}", "{\"items\": null}", "{\"items\": {}}", "{\"items\": 7}", "{\"items\": \"[]\"}", "7", "\"text\"",
    "null", "true", "{\"detail\": \"not found\"}", "{\"detail\": [{\"loc\": [], \"msg\": \"\", \"type\": \"\"}]}",
    "<html><body>502 Bad Gateway</body></html>", "nul", "items", "[", "]", "{", "}", "\"", ",", ":",
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GError) error = refuse (documents[i], -1);

      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
    }
}

/* Each is an error with its place, and what came before it is kept */
static void
test_not_json (void)
{
  static const struct
  {
    const char *text;
    gsize       byte;
  } documents[] = {
    { "[{\"a\":1,}]", 8 },
    { "[{\"a\":1},]", 9 },
    { "[,]", 1 },
    { "[{\"a\" 1}]", 6 },
    { "[{a:1}]", 3 },
    { "[{\"a\":1]]", 7 },
    { "[{\"a\":nul}]", 6 },
    { "[{\"a\":truex}]", 6 },
    { "[{\"a\":+1}]", 6 },
    { "[{\"a\":.5}]", 6 },
    { "[{\"a\":NaN}]", 6 },
    { "[{\"a\":Infinity}]", 6 },
    { "[{\"a\":'b'}]", 6 },
    { "// comment\n[]", 0 },
    { "[{}]]", 4 },
    { "{\"items\":[]}{}", 12 },
    { "\xef\xbb\xbf[]", 0 },
    { "\xef\xbb\xbf{\"items\": []}", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GError) error = refuse (documents[i].text, -1);

      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
      assert_place (error, documents[i].byte);
    }
}

static void
test_trailing_text (void)
{
  static const char *const tails[] = { "x", "0", "null", "[]", "{}", "\"\"", "]", "}", ",", ":", "\"", "\xc3", "\\", "/*" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *text = g_strconcat (whole, " ", tails[i], NULL);
      g_autoptr(GError) error = refuse (text, -1);

      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
    }

  /* White space is none */
  for (guint i = 0; i < 200; i += 7)
    {
      g_autofree char *space = g_strnfill (i, i % 2 == 0 ? ' ' : '\n');
      g_autofree char *text = g_strconcat (space, whole, space, NULL);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);

      g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
    }
}

/* NUL does not end a document */
static void
test_trailing_nul (void)
{
  g_autoptr(GError) error = refuse (whole, sizeof whole);

  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
}

/* An answer that was cut off anywhere is an error and never looks complete */
static void
test_truncated (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (whole);

  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
  for (gsize length = 0; length < sizeof whole - 1; length++)
    {
      g_autofree char *part = g_strndup (whole, length);
      g_autoptr(GError) error = refuse (part, (gssize) length);

      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
    }
}

static void
test_truncated_in_a_case (void)
{
  g_autofree char *text = drill_case_read ("edges", "history.json");
  gsize length = strlen (g_strchomp (text));

  for (gsize n = 0; n < length; n += 13)
    {
      g_autofree char *part = g_strndup (text, n);
      g_autoptr(GError) error = refuse (part, (gssize) n);

      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
    }
}

static void
test_invalid_utf8 (void)
{
  static const char *const wrong[] = { "\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80", "\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    for (gsize at = 0; at < sizeof whole; at++)
      {
        g_autoptr(GString) text = g_string_new (whole);
        g_autoptr(GError) error = NULL;

        g_string_insert (text, (gssize) at, wrong[i]);
        error = refuse (text->str, (gssize) text->len);
        g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
        assert_place (error, at);
      }
}

static void
test_control_characters (void)
{
  for (int c = 0; c < 0x20; c++)
    {
      char text[] = "[{\"session_id\": \"a*b\"}]";
      g_autoptr(GError) error = NULL;

      *strchr (text, '*') = (char) c;
      error = refuse (text, sizeof text - 1);
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
    }
}

/* Escapes that stand for nothing: the item stays, without that text */
static void
test_broken_escapes (void)
{
  static const char *const broken[] = {
    "\\q", "\\x41", "\\u12", "\\uzzzz", "\\ud800", "\\udc00", "\\ud800\\ud800", "\\ud800x", "a\\ud83d", "\\'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *text = g_strdup_printf ("[{\"session_id\": \"a\", \"signer\": \"%s\", \"x\": [\"%s\"], \"created_at\": \"t\"}]",
                                               broken[i], broken[i]);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
      const DrillItem *item = drill_evidence_get_items (evidence);

      g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 1);
      g_assert_cmpuint (drill_find_item (evidence, "a"), ==, 0);
      g_assert_cmpuint (item->signer, ==, 0);
      g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->created), ==, "t");
      g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 1);
      assert_problem (evidence, 0, strlen ("[{\"session_id\": \"a\", \"signer\": "), 0);
    }
}

static void
test_escapes (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[{\"sess\\u0069on_id\": \"\\u0061\\/\\\\\\\"\\b\\f\\n\\r\\t\\u00fc\\ud83d\\ude00\\u0001\", "
                              "\"signer\": \"one\\u0000two\"}]");
  const DrillItem *item = drill_evidence_get_items (evidence);

  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->session_id), ==,
                   "a/\\\"\b\f\n\r\t\xc3\xbc\xf0\x9f\x98\x80\x01");
  /* A NUL neither ends the text nor what follows it */
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, item->signer), ==, "one?two");
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 0);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *number;
    gboolean    problem;
  } numbers[] = {
    { "0", FALSE }, { "-0", FALSE }, { "1.5", FALSE }, { "-1e-3", FALSE }, { "1E+2", FALSE },
    { "9223372036854775807", FALSE }, { "18446744073709551615", FALSE }, { "5e-324", FALSE }, { "1e-999", FALSE },
    { "1e999", TRUE }, { "-1e999", TRUE }, { "1000000000000000000000000000000", TRUE },
    { "01", TRUE }, { "1.", TRUE }, { "-", TRUE }, { "1e", TRUE }, { "0x10", TRUE }, { "1x", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("[{\"x\": %s, \"session_id\": \"a\"}, {\"session_id\": \"b\"}]", numbers[i].number);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);

      g_test_message ("%s", numbers[i].number);
      g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
      g_assert_cmpuint (drill_find_item (evidence, "a"), ==, 0);
      g_assert_cmpuint (drill_find_item (evidence, "b"), ==, 1);
      g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, numbers[i].problem ? 1 : 0);
      if (numbers[i].problem)
        assert_problem (evidence, 0, strlen ("[{\"x\": "), 0);
    }
}

static void
test_depth (void)
{
  static const struct
  {
    const char *open;
    const char *bottom;
    const char *close;
  } brackets[] = { { "[", "", "]" }, { "{\"a\":", "0", "}" } };
  static const guint depths[] = { DRILL_MAX_DEPTH + 44, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (brackets); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (depths); j++)
        {
          g_autofree char *opened = repeat ("", brackets[i].open, depths[j], brackets[i].bottom);
          g_autofree char *closed = repeat (opened, brackets[i].close, depths[j], "");
          g_autofree char *in_item = g_strdup_printf ("[{\"session_id\": \"a\", \"x\": %s}, {\"session_id\": \"b\"}]", closed);
          g_autofree char *in_frame = g_strdup_printf ("{\"x\": %s, \"items\": []}", closed);
          g_autoptr(GError) unclosed = refuse (opened, -1);
          g_autoptr(GError) frame = refuse (in_frame, -1);
          g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (in_item);

          g_assert_error (frame, DRILL_ERROR, DRILL_ERROR_TOO_LARGE);
          g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
          g_assert_cmpuint (drill_find_item (evidence, "a"), ==, 0);
          g_assert_cmpuint (drill_find_item (evidence, "b"), ==, 1);
          g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 1);
          g_assert_cmpuint (drill_evidence_get_problem (evidence, 0)->item, ==, 0);
        }
    }

  /* What evidence could reasonably have is read in full */
  {
    g_autofree char *opened = repeat ("[{\"session_id\": \"a\", \"x\": ", "[", DRILL_MAX_DEPTH, "");
    g_autofree char *deep = repeat (opened, "]", DRILL_MAX_DEPTH, "}]");
    g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (deep);

    g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 0);
  }
}

static void
test_huge_text (void)
{
  const gsize size = 10 * 1000 * 1000;
  g_autofree char *notes = g_strnfill (size, 'n');
  g_autofree char *text = g_strdup_printf ("[{\"session_id\": \"a\", " ACK ", \"schedule_id\": \"s\", \"provider\": \"slack\", "
                                           "\"notes\": \"%s\", \"x\": \"%s\", \"acknowledgement_state\": \"resolved\"}, "
                                           "{\"session_id\": \"b\"}]", notes, notes);
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
  const DrillAck *ack = drill_evidence_get_acks (evidence);

  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
  g_assert_cmpuint (drill_evidence_get_n_acks (evidence), ==, 1);
  g_assert_cmpuint (ack->state, ==, DRILL_STATE_RESOLVED);
  g_assert_cmpuint (strlen (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, ack->notes)), ==, size);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 0);
  g_assert_cmpuint (drill_evidence_get_kept_bytes (evidence), ==, strlen (text));
}

/* What came before the broken item is kept, and named as such */
static void
test_broken_in_the_middle (void)
{
  static const char text[] = "[{\"session_id\": \"a\"}, {\"session_id\": \"b\"}, {\"session_id\": nul}, {\"session_id\": \"d\"}]";
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GError) error = NULL;
  DrillPageReport report;

  g_assert_false (drill_add_text (builder, text, -1, &report, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
  assert_place (error, strstr (text, "nul") - text);
  g_assert_cmpuint (report.n_new, ==, 2);

  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
  g_assert_cmpuint (drill_find_item (evidence, "b"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  static const char *const cases[] = { CASES };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/evidence/documents/history", test_history);
  g_test_add_func ("/drill/evidence/documents/bare-array", test_bare_array);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *routes = g_strdup_printf ("/drill/evidence/documents/routes-page/%s", cases[i]);
      g_autofree char *packages = g_strdup_printf ("/drill/evidence/documents/packages/%s", cases[i]);

      g_test_add_data_func (routes, cases[i], test_routes_page);
      g_test_add_data_func (packages, cases[i], test_packages);
    }
  g_test_add_func ("/drill/evidence/documents/odd-packages", test_odd_packages);
  g_test_add_func ("/drill/evidence/documents/not-evidence", test_not_evidence);
  g_test_add_func ("/drill/evidence/documents/not-json", test_not_json);
  g_test_add_func ("/drill/evidence/documents/trailing-text", test_trailing_text);
  g_test_add_func ("/drill/evidence/documents/trailing-nul", test_trailing_nul);
  g_test_add_func ("/drill/evidence/documents/truncated", test_truncated);
  g_test_add_func ("/drill/evidence/documents/truncated-in-a-case", test_truncated_in_a_case);
  g_test_add_func ("/drill/evidence/documents/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/drill/evidence/documents/control-characters", test_control_characters);
  g_test_add_func ("/drill/evidence/documents/broken-escapes", test_broken_escapes);
  g_test_add_func ("/drill/evidence/documents/escapes", test_escapes);
  g_test_add_func ("/drill/evidence/documents/numbers", test_numbers);
  g_test_add_func ("/drill/evidence/documents/depth", test_depth);
  g_test_add_func ("/drill/evidence/documents/huge-text", test_huge_text);
  g_test_add_func ("/drill/evidence/documents/broken-in-the-middle", test_broken_in_the_middle);

  return g_test_run ();
}
