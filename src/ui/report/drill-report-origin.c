// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-origin.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "drill-config.h"

/**
 * drill_report_dup_time:
 * @us: a time, µs UTC, or %DRILL_TIME_UNKNOWN
 * @exact: to the second, for a fact; else to the minute, for a table
 *
 * A report is read elsewhere and later: its times are UTC, and say so.
 *
 * Returns: (transfer full): date and time; a dash if unknown
 */
char *
drill_report_dup_time (gint64   us,
                       gboolean exact)
{
  g_autoptr(GDateTime) time = NULL;

  if (us != DRILL_TIME_UNKNOWN)
    time = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0));

  return time != NULL ? g_date_time_format (time, exact ? "%Y-%m-%d %H:%M:%S UTC" : "%Y-%m-%d %H:%MZ") : g_strdup ("–");
}

/**
 * drill_report_origin_new:
 * @session: where the evidence is from
 *
 * Returns: (transfer full): who would make a report now, and of what
 */
DrillReportOrigin *
drill_report_origin_new (DrillSession *session)
{
  DrillReportOrigin *origin = g_new0 (DrillReportOrigin, 1);
  DrillConnection *connection = drill_session_get_connection (session);

  origin->shown = drill_session_get_shown (session);
  origin->name = drill_text_redact (drill_session_get_name (session));
  /* What was asked for is not always what is shown */
  if (origin->shown == DRILL_SHOWN_LIVE && connection != NULL && *drill_session_get_wanted_name (session) == '\0')
    {
      origin->connection = drill_text_redact (drill_connection_get_name (connection));
      origin->read_only = drill_connection_get_read_only (connection);
    }
  origin->complete = drill_session_get_complete (session);
  origin->loaded_at_us = drill_session_get_loaded_at (session);
  origin->stale_since_us = drill_session_get_stale_since (session);
  origin->made_at_us = drill_clock_now (drill_session_get_clock (session));
  origin->actor = drill_session_dup_actor_name (session, &origin->verified);

  return origin;
}

void
drill_report_origin_free (DrillReportOrigin *origin)
{
  g_free (origin->name);
  g_free (origin->connection);
  g_free (origin->actor);
  g_free (origin);
}

/* Returns: (transfer full): where the evidence is from, in words */
char *
drill_report_origin_dup_source (const DrillReportOrigin *origin)
{
  switch (origin->shown)
    {
    case DRILL_SHOWN_SAMPLE:
      return g_strdup (_("sample data"));
    case DRILL_SHOWN_FILE:
      /* Translators: %s is the name of a file */
      return g_strdup_printf (_("file “%s”"), origin->name);
    case DRILL_SHOWN_LIVE:
    default:
      if (origin->connection != NULL)
        /* Translators: what a person calls a service, and its address */
        return g_strdup_printf (_("%1$s, %2$s"), origin->connection, origin->name);
      return g_strdup (origin->name);
    }
}

/**
 * drill_report_origin_dup_stem:
 * @origin: where it is from
 * @what: what is in it, for a file name
 *
 * Returns: (transfer full): a file name without a suffix: what, whether it is the sample, when
 */
char *
drill_report_origin_dup_stem (const DrillReportOrigin *origin,
                              const char              *what)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (origin->made_at_us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *date = local != NULL ? g_date_time_format (local, "%Y-%m-%d-%H%M") : g_strdup ("");

  return g_strdup_printf ("%s%s-%s", what, origin->shown == DRILL_SHOWN_SAMPLE ? "-sample" : "", date);
}

/**
 * drill_report_origin_add_maker:
 * @origin: where it is from
 * @report: a report
 *
 * Says who made it, when and with what; the footer says the last two on every page.
 */
void
drill_report_origin_add_maker (const DrillReportOrigin *origin,
                               DrillReport             *report)
{
  g_autofree char *time = drill_report_dup_time (origin->made_at_us, TRUE);
  g_autofree char *source = drill_report_origin_dup_source (origin);
  g_autofree char *program = g_strdup_printf ("%s %s", _("Drill Console"), DRILL_VERSION);
  g_autofree char *footer = g_strdup_printf ("%s · %s · %s", program, source, time);
  g_autofree char *actor = NULL;

  if (origin->verified)
    /* Translators: %s is who makes a report */
    actor = g_strdup_printf (_("%s (verified by the service)"), origin->actor);
  else
    /* Translators: %s is who makes a report, as far as this computer knows */
    actor = g_strdup_printf (_("%s (not verified)"), origin->actor);

  drill_report_add_fact (report, _("Report made by"), actor, FALSE);
  drill_report_add_fact (report, _("Report made at"), time, FALSE);
  drill_report_add_fact (report, _("Program"), program, FALSE);
  drill_report_set_footer (report, footer);
}

/**
 * drill_report_origin_add_source:
 * @origin: where it is from
 * @report: a report
 *
 * Says where the evidence is from, as of when, and what it lacks. Sample data
 * marks the report.
 */
void
drill_report_origin_add_source (const DrillReportOrigin *origin,
                                DrillReport             *report)
{
  g_autofree char *source = drill_report_origin_dup_source (origin);
  g_autofree char *loaded_at = drill_report_dup_time (origin->loaded_at_us, TRUE);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;
  g_autofree char *snapshot = NULL;

  if (origin->shown == DRILL_SHOWN_SAMPLE)
    {
      drill_report_set_mark (report, _("SAMPLE DATA"));
      drill_report_add_fact (report, _("Source"),
                             _("sample data that comes with the program: invented, and evidence of nothing"), TRUE);
    }
  else
    {
      drill_report_add_fact (report, _("Source"), source, TRUE);
    }

  g_strv_builder_add (builder, loaded_at);
  g_strv_builder_add (builder, origin->complete ? _("complete") : _("partial: not all of the evidence was loaded"));
  if (origin->stale_since_us != DRILL_TIME_UNKNOWN)
    {
      g_autofree char *since = drill_report_dup_time (origin->stale_since_us, TRUE);
      /* Translators: %s is a time */
      g_autofree char *stale = g_strdup_printf (_("not up to date since %s"), since);

      g_strv_builder_add (builder, stale);
    }
  if (origin->read_only)
    g_strv_builder_add (builder, _("from a read-only connection"));
  parts = g_strv_builder_end (builder);
  snapshot = g_strjoinv ("; ", parts);
  /* Translators: when the evidence was loaded, and whether that was all of it */
  drill_report_add_fact (report, _("Evidence as of"), snapshot, TRUE);
}
