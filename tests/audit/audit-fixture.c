// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit-fixture.h"

#include <string.h>

#include "evidence/drill-evidence-builder.h"

static DrillEvidence *
read_page (const char *data,
           gsize       length)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillPage) page = drill_page_new (data, length);
  g_autoptr(GError) error = NULL;
  DrillPageReport report;

  drill_evidence_builder_add (builder, page, &report, &error);
  g_assert_no_error (error);

  return drill_evidence_builder_snapshot (builder);
}

/* A history document, written down in a test. */
DrillEvidence *
audit_fixture_read_text (const char *json)
{
  return read_page (json, strlen (json));
}

/* The history of a conformance case. */
DrillEvidence *
audit_fixture_read_case (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "conformance", name, "history.json", NULL);
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);

  return read_page (data, length);
}

/* A file of a conformance case. */
JsonNode *
audit_fixture_load_json (const char *name,
                         const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "conformance", name, file, NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  return json_parser_steal_root (parser);
}

GBytes *
audit_fixture_to_bytes (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}
