// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-finding-lines.h"

#include <glib/gi18n-lib.h>

#include "audit/drill-finding.h"
#include "base/drill-text.h"

static const char *
translate (const char *text)
{
  return _(text);
}

static void
take (GPtrArray          *lines,
      const DrillFinding *finding)
{
  g_autofree char *text = drill_finding_dup_text (finding, translate);

  g_ptr_array_add (lines, drill_text_one_line (text));
}

/**
 * drill_finding_lines:
 * @findings: (nullable) (element-type DrillFinding): what was found
 * @error: (nullable): why nothing more was
 *
 * Returns: (transfer full) (element-type utf8): the same in the language of the user, plain text, each for one line
 */
GPtrArray *
drill_finding_lines (GPtrArray    *findings,
                     const GError *error)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    take (lines, g_ptr_array_index (findings, i));

  if (error != NULL)
    {
      g_autoptr(DrillFinding) last = drill_finding_new_for_error (error);

      take (lines, last);
    }

  return lines;
}
