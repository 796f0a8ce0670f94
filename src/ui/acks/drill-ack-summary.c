// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-summary.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-label.h"
#include "ui/routes/drill-route-column.h"

#define MOST_NAMED 4 /* owners or providers */

/* The newest that is known; it has the rows of what was shown, and more */
static DrillEvidence *
get_newest (DrillAckOperation *operation,
            DrillEvidence     *evidence)
{
  DrillEvidence *newest = drill_writer_get_evidence (drill_operation_get_writer (DRILL_OPERATION (operation)));

  return newest != NULL ? newest : evidence;
}

static char *
dup_state (DrillAckOperation *operation,
           DrillEvidence     *evidence,
           guint32            code)
{
  return drill_label_state (drill_evidence_get_text (get_newest (operation, evidence), DRILL_DICT_STATE, code));
}

static gboolean
is_so_already (DrillAckOperation   *operation,
               const DrillAckEntry *entry)
{
  DrillEvidence *evidence = get_newest (operation, NULL);

  return evidence != NULL && !entry->predates &&
         g_strcmp0 (drill_evidence_get_text (evidence, DRILL_DICT_STATE, entry->state_now),
                    drill_ack_operation_get_state (operation)) == 0;
}

/* Facts */

static void
add (GPtrArray  *facts,
     const char *name,
     char       *text)
{
  g_ptr_array_add (facts, g_strdup (name));
  g_ptr_array_add (facts, text);
}

/* Who put it into its present state, and when; NULL when nobody did */
static char *
dup_by (DrillAckOperation *operation,
        DrillEvidence     *evidence)
{
  DrillEvidence *newest = get_newest (operation, evidence);
  guint n_routes;
  const guint32 *routes = drill_ack_operation_get_routes (operation, 0, &n_routes);
  guint32 row;
  const DrillAck *ack;
  g_autofree char *actor = NULL;
  g_autofree char *when = NULL;

  if (routes == NULL || n_routes == 0 || routes[0] >= drill_evidence_get_n_routes (newest))
    return NULL;
  row = drill_evidence_get_route_ack (newest, routes[0]);
  if (row == DRILL_NONE)
    return NULL;

  ack = &drill_evidence_get_acks (newest)[row];
  actor = drill_text_one_line (drill_evidence_get_text (newest, DRILL_DICT_ACTOR, ack->actor));
  when = drill_format_time_exact (ack->created_us);

  /* Translators: a name, and a time */
  return g_strdup_printf (_("by %1$s at %2$s"), actor, when);
}

static void
add_one (GPtrArray         *facts,
         DrillAckOperation *operation,
         DrillEvidence     *evidence,
         gint64             now_us)
{
  guint n_routes;
  const guint32 *routes = drill_ack_operation_get_routes (operation, 0, &n_routes);
  DrillAckEntry entry;
  g_autofree char *state = NULL;
  g_autofree char *by = dup_by (operation, evidence);

  drill_ack_operation_get_entry (operation, 0, &entry);
  state = dup_state (operation, evidence, entry.state_now);

  add (facts, _("Schedule"), drill_text_one_line (entry.schedule_id));
  add (facts, _("Provider"), drill_text_one_line (entry.provider));
  add (facts, entry.n_routes > 1 ? _("Owners") : _("Owner"), drill_text_one_line (entry.owners));
  if (routes != NULL && n_routes > 0)
    {
      add (facts, _("Age"), drill_route_column_dup_text (DRILL_KEY_AGE, evidence, routes[0], now_us));
      add (facts, _("SLO"), drill_route_column_dup_text (DRILL_KEY_SLO, evidence, routes[0], now_us));
    }
  /* Translators: a state, and who put it there and when */
  add (facts, _("State"), by != NULL ? g_strdup_printf (C_("state", "%1$s, %2$s"), state, by)
                                     : g_steal_pointer (&state));
}

typedef struct {
  guint32 code;
  guint   count;
} Tally;

static int
compare_tallies (gconstpointer a,
                 gconstpointer b)
{
  const Tally *one = a;
  const Tally *other = b;

  return one->count != other->count ? (one->count < other->count ? 1 : -1) : (one->code > other->code) - (one->code < other->code);
}

/* How many of the chosen routes have which value, the most frequent first */
static char *
dup_tally (DrillAckOperation *operation,
           DrillEvidence     *evidence,
           DrillRouteColumn   column,
           DrillDict          dict)
{
  const guint32 *codes = drill_evidence_get_route_column (evidence, column);
  g_autoptr(GArray) tallies = g_array_new (FALSE, FALSE, sizeof (Tally));
  g_autoptr(GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_entries = drill_ack_operation_get_n_entries (operation);

  for (guint i = 0; i < n_entries; i++)
    {
      guint n_routes;
      const guint32 *routes = drill_ack_operation_get_routes (operation, i, &n_routes);

      for (guint j = 0; routes != NULL && j < n_routes; j++)
        {
          guint32 code = codes[routes[j]];
          gpointer place;

          if (!g_hash_table_lookup_extended (places, GUINT_TO_POINTER (code), NULL, &place))
            {
              Tally tally = { code, 0 };

              place = GUINT_TO_POINTER (tallies->len);
              g_hash_table_insert (places, GUINT_TO_POINTER (code), place);
              g_array_append_val (tallies, tally);
            }
          g_array_index (tallies, Tally, GPOINTER_TO_UINT (place)).count++;
        }
    }

  g_array_sort (tallies, compare_tallies);
  for (guint i = 0; i < tallies->len && i < MOST_NAMED; i++)
    {
      const Tally *tally = &g_array_index (tallies, Tally, i);
      g_autofree char *name = drill_text_one_line (drill_evidence_get_text (evidence, dict, tally->code));
      g_autofree char *count = drill_format_count (tally->count);

      if (i > 0)
        g_string_append (text, " · ");
      /* Translators: a name, and how many routes have it */
      g_string_append_printf (text, C_("tally", "%1$s %2$s"), name, count);
    }
  if (tallies->len > MOST_NAMED)
    {
      guint n_more = tallies->len - MOST_NAMED;

      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u more", "%u more", n_more), n_more);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_many (GPtrArray         *facts,
          DrillAckOperation *operation,
          DrillEvidence     *evidence)
{
  guint n_routes = drill_ack_summary_count_routes (operation);
  guint n_schedules = 0;
  g_autoptr(GHashTable) schedules = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *count = drill_format_count (n_routes);
  g_autofree char *schedule_count = NULL;

  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      g_hash_table_add (schedules, (gpointer) entry.schedule_id);
    }
  n_schedules = g_hash_table_size (schedules);
  schedule_count = drill_format_count (n_schedules);

  /* Translators: %1$s is a number of routes, %2$s of schedules */
  add (facts, _("Routes"), g_strdup_printf (ngettext ("%1$s of %2$s schedule", "%1$s of %2$s schedules", n_schedules),
                                            count, schedule_count));
  add (facts, _("Owners"), dup_tally (operation, evidence, DRILL_ROUTE_OWNER, DRILL_DICT_OWNER));
  add (facts, _("Providers"), dup_tally (operation, evidence, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER));
}

/**
 * drill_ack_summary_get_facts:
 * @operation: an operation
 * @evidence: what was shown when its routes were chosen
 * @now_us: now, µs UTC
 *
 * Returns: (transfer full) (element-type utf8): names and texts in turn: of the one route, or counts of the several
 */
GPtrArray *
drill_ack_summary_get_facts (DrillAckOperation *operation,
                             DrillEvidence     *evidence,
                             gint64             now_us)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (g_free);

  if (drill_ack_operation_get_n_entries (operation) == 1)
    add_one (facts, operation, evidence, now_us);
  else
    add_many (facts, operation, evidence);

  return facts;
}

/**
 * drill_ack_summary_dup_news:
 * @operation: an operation
 * @evidence: what was shown when its routes were chosen
 *
 * Returns: (transfer full) (nullable): what changed since, or %NULL for nothing
 */
char *
drill_ack_summary_dup_news (DrillAckOperation *operation,
                            DrillEvidence     *evidence)
{
  guint n_entries = drill_ack_operation_get_n_entries (operation);
  guint n_changed = 0;
  DrillAckEntry entry;

  for (guint i = 0; i < n_entries; i++)
    {
      drill_ack_operation_get_entry (operation, i, &entry);
      n_changed += entry.state_now != entry.state_shown;
    }
  if (n_changed == 0)
    return NULL;

  if (n_entries == 1)
    {
      g_autofree char *now = dup_state (operation, evidence, entry.state_now);
      g_autofree char *by = dup_by (operation, evidence);

      if (by == NULL)
        /* Translators: %s is a state */
        return g_strdup_printf (_("Changed since it was shown. It is now: %s."), now);

      /* Translators: a state, and who put it there and when */
      return g_strdup_printf (_("Changed since it was shown. It is now: %1$s, %2$s."), now, by);
    }

  return g_strdup_printf (ngettext ("%'u route changed since it was shown. The list says so.",
                                    "%'u routes changed since they were shown. The list says which.", n_changed),
                          n_changed);
}

/* Remarks */

static void
add_remark (GString *text,
            char    *remark)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, remark);
  g_free (remark);
}

/**
 * drill_ack_summary_dup_remarks:
 * @operation: an operation
 *
 * Returns: (transfer full): what one might not expect of it, a line each; "" for nothing
 */
char *
drill_ack_summary_dup_remarks (DrillAckOperation *operation)
{
  guint n_entries = drill_ack_operation_get_n_entries (operation);
  guint n_left_out = drill_ack_operation_get_n_left_out (operation);
  guint n_routes = 0;
  guint n_others = 0;
  guint n_already = 0;
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_entries; i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      n_routes += entry.n_routes;
      n_others += entry.n_others;
      n_already += is_so_already (operation, &entry);
    }

  if (n_entries == 1 && n_already > 0)
    add_remark (text, g_strdup (_("It is in this state already. Sending records it once more.")));
  else if (n_already > 0)
    add_remark (text, g_strdup_printf (ngettext ("%'u is in this state already and is not sent.",
                                                 "%'u are in this state already and are not sent.", n_already),
                                       n_already));
  if (n_others > 0)
    add_remark (text, g_strdup_printf (ngettext ("%'u route of another owner shares this acknowledgement and is closed too: "
                                                 "the service keeps one for each schedule and provider.",
                                                 "%'u routes of other owners share this acknowledgement and are closed too: "
                                                 "the service keeps one for each schedule and provider.", n_others),
                                       n_others));
  if (n_routes > n_entries)
    add_remark (text, g_strdup_printf (ngettext ("%'u route has the schedule and provider of another: both are sent once.",
                                                 "%'u routes have the schedule and provider of another: each pair is sent once.",
                                                 n_routes - n_entries), n_routes - n_entries));
  if (n_left_out > 0)
    add_remark (text, g_strdup_printf (ngettext ("%'u route is left out: it is not delivered, so there is nothing to acknowledge.",
                                                 "%'u routes are left out: they are not delivered, so there is nothing to acknowledge.",
                                                 n_left_out), n_left_out));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * drill_ack_summary_count_to_send:
 * @operation: an operation
 *
 * Returns: how many routes it will be recorded on; of several, those that are so already do not count
 */
guint
drill_ack_summary_count_to_send (DrillAckOperation *operation)
{
  guint n_entries = drill_ack_operation_get_n_entries (operation);
  guint n = 0;

  for (guint i = 0; i < n_entries; i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      if (n_entries == 1 || !is_so_already (operation, &entry))
        n += MAX (entry.n_routes, 1);
    }

  return n;
}

/**
 * drill_ack_summary_count_routes:
 * @operation: an operation
 *
 * Returns: how many routes were chosen for it, those left out not counted
 */
guint
drill_ack_summary_count_routes (DrillAckOperation *operation)
{
  guint n = 0;

  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      n += MAX (entry.n_routes, 1);
    }

  return n;
}
