// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-session.h"
#include "ui/report/drill-report.h"

G_BEGIN_DECLS

/**
 * DrillReportOrigin:
 * @shown: what the evidence is
 * @name: the URL of the service without credentials, or the name of the file; "" for the sample
 * @connection: (nullable): what a person calls the service
 * @read_only: whether it is from a connection that only reads
 * @complete: whether all that the source has was loaded
 * @loaded_at_us: when that was, µs UTC
 * @stale_since_us: since when the source has not answered, µs UTC, or %DRILL_TIME_UNKNOWN
 * @made_at_us: now, µs UTC
 * @actor: who makes the report
 * @verified: whether the service has verified that
 *
 * Who makes a report, when, and of what: an auditor's first questions.
 */
typedef struct {
  DrillShown  shown;
  char       *name;
  char       *connection;
  gboolean    read_only;
  gboolean    complete;
  gint64      loaded_at_us;
  gint64      stale_since_us;
  gint64      made_at_us;
  char       *actor;
  gboolean    verified;
} DrillReportOrigin;

char              *drill_report_dup_time          (gint64                   us,
                                                   gboolean                 exact);
DrillReportOrigin *drill_report_origin_new        (DrillSession            *session);
void               drill_report_origin_free       (DrillReportOrigin       *origin);
char              *drill_report_origin_dup_source (const DrillReportOrigin *origin);
char              *drill_report_origin_dup_stem   (const DrillReportOrigin *origin,
                                                   const char              *what);
void               drill_report_origin_add_maker  (const DrillReportOrigin *origin,
                                                   DrillReport             *report);
void               drill_report_origin_add_source (const DrillReportOrigin *origin,
                                                   DrillReport             *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillReportOrigin, drill_report_origin_free)

G_END_DECLS
