// SPDX-License-Identifier: GPL-3.0-or-later
/* build-package FILE GENERATED_BY SCHEDULE PROVIDER OWNER: prints the audit
 * package of a history, so that a test can hold it against another reading of
 * the contract. */
#include <gio/gio.h>
#include <stdio.h>

#include "audit/drill-package.h"
#include "evidence/drill-evidence-builder.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(JsonNode) package = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *text = NULL;
  DrillPackageScope scope;
  DrillPageReport report;
  gsize length;

  if (argc != 6)
    return 2;

  if (!g_file_get_contents (argv[1], &data, &length, &error))
    goto failed;

  page = drill_page_new (data, length);
  if (!drill_evidence_builder_add (builder, page, &report, &error))
    goto failed;

  evidence = drill_evidence_builder_snapshot (builder);
  scope = (DrillPackageScope) { .schedule_id = argv[3], .provider = argv[4], .owner = argv[5] };
  package = drill_package_build (evidence, &scope, argv[2], 0, G_MAXUINT);
  text = json_to_string (package, FALSE);
  puts (text);

  return 0;

failed:
  fprintf (stderr, "%s\n", error->message);

  return 1;
}
