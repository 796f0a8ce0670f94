// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/drill-source.h"

G_BEGIN_DECLS

/**
 * DrillLocalSource:
 *
 * Evidence without a service: the bundled sample, whose times are moved so that
 * it is always fresh, or an opened file. Its history is one page. Writes are a
 * simulation: they are answered by the contract's rules, and what they record is
 * in the history as long as the source lives; nothing leaves the program, and
 * the file stays as it is.
 */
#define DRILL_TYPE_LOCAL_SOURCE (drill_local_source_get_type ())

G_DECLARE_FINAL_TYPE (DrillLocalSource, drill_local_source, DRILL, LOCAL_SOURCE, GObject)

DrillLocalSource *drill_local_source_new_sample (gint64  now_us);
DrillLocalSource *drill_local_source_new_file   (GFile  *file);

G_END_DECLS
