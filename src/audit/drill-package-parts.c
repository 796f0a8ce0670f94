// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-package-parts.h"

#include <string.h>

#include "audit/drill-finding.h"
#include "audit/drill-package-scope.h"
#include "base/drill-error.h"
#include "base/drill-time.h"
#include "evidence/drill-json.h"

#define LISTED_CHANGES 100

/* What one schedule, or one provider of a schedule, has of the scope */
typedef struct {
  guint n_routes;
  guint n_acks;
  guint n_plans;
} Share;

static guint32
code_of (DrillEvidence    *evidence,
         DrillRouteColumn  column,
         guint32           route)
{
  return drill_evidence_get_route_column (evidence, column)[route];
}

static gboolean
share_fits (const Share *share,
            gboolean     one_pair)
{
  return share->n_routes <= DRILL_PACKAGE_SERVICE_CUT &&
         share->n_plans <= DRILL_PACKAGE_SERVICE_CUT &&
         (one_pair || share->n_acks <= DRILL_PACKAGE_SERVICE_CUT);
}

/* Plans per schedule, and their sum in @total. A plan whose decisions are of several
 * schedules is read for each of them, and once for all. */
static void
count_plans (DrillScopeReader *scope,
             Share            *by_schedule,
             Share            *total)
{
  const DrillPlan *plans = drill_evidence_get_plans (scope->evidence);
  guint n_plans = drill_evidence_get_n_plans (scope->evidence);

  for (guint i = 0; i < n_plans; i++)
    {
      const char *schedule = drill_scope_reader_get_text (scope, DRILL_DICT_SCHEDULE, plans[i].schedule);

      by_schedule[plans[i].schedule].n_plans++;
      if (*scope->schedule_id == '\0' || g_str_equal (scope->schedule_id, schedule))
        total->n_plans++;
    }
}

/**
 * drill_package_cover:
 * @evidence: a snapshot
 * @scope: (nullable): what is asked for, %NULL for all
 * @coverage: (out caller-allocates): what a package of it would have
 *
 * What an audit package of a scope should cover, before it is asked for.
 */
void
drill_package_cover (DrillEvidence           *evidence,
                     const DrillPackageScope *scope,
                     DrillPackageCoverage    *coverage)
{
  g_auto(DrillScopeReader) reader = { NULL };
  guint n_schedules = drill_evidence_get_dict_size (evidence, DRILL_DICT_SCHEDULE);
  g_autofree Share *by_schedule = g_new0 (Share, MAX (n_schedules, 1));
  Share total = { 0 };

  *coverage = (DrillPackageCoverage) { 0 };
  drill_scope_reader_init (&reader, evidence, scope, G_MAXUINT);
  count_plans (&reader, by_schedule, &total);

  for (guint32 route = 0; route < drill_evidence_get_n_routes (evidence); route++)
    {
      guint32 state;

      if (!drill_scope_reader_has_route (&reader, route))
        continue;

      total.n_routes++;
      if (by_schedule[code_of (evidence, DRILL_ROUTE_SCHEDULE, route)].n_routes++ == 0)
        coverage->n_schedules++;
      state = drill_scope_reader_get_state (&reader, route);
      if (state < G_N_ELEMENTS (coverage->states))
        coverage->states[state]++;
    }

  total.n_acks = reader.n_acks;
  coverage->n_routes = total.n_routes;
  coverage->n_acks = total.n_acks;
  coverage->n_plans = total.n_plans;
  coverage->fits = share_fits (&total, *reader.schedule_id != '\0' && *reader.provider != '\0');
}

static void
part_free (gpointer data)
{
  DrillPackagePart *part = data;

  g_free (part->schedule_id);
  g_free (part->provider);
  g_free (part->owner);
  g_free (part);
}

static void
add_part (GPtrArray  *parts,
          const char *schedule_id,
          const char *provider,
          const char *owner,
          guint       n_routes,
          gboolean    fits)
{
  DrillPackagePart *part = g_new0 (DrillPackagePart, 1);

  part->schedule_id = g_strdup (schedule_id);
  part->provider = g_strdup (provider);
  part->owner = g_strdup (owner);
  part->n_routes = n_routes;
  part->fits = fits;
  g_ptr_array_add (parts, part);
}

static int
compare_parts_cb (gconstpointer a,
                  gconstpointer b)
{
  const DrillPackagePart *part_a = *(const DrillPackagePart *const *) a;
  const DrillPackagePart *part_b = *(const DrillPackagePart *const *) b;
  int order = strcmp (part_a->schedule_id, part_b->schedule_id);

  return order != 0 ? order : strcmp (part_a->provider, part_b->provider);
}

/* The parts of the schedules in @split, one for each provider: @reader's routes are read once for all of them. */
static void
add_providers (GPtrArray        *parts,
               DrillScopeReader *reader,
               const guint8     *split,
               const Share      *by_schedule)
{
  DrillEvidence *evidence = reader->evidence;
  g_autoptr(GHashTable) n_routes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, count;

  for (guint32 route = 0; route < drill_evidence_get_n_routes (evidence); route++)
    {
      guint64 schedule = code_of (evidence, DRILL_ROUTE_SCHEDULE, route);
      guint64 pair = schedule << 32 | code_of (evidence, DRILL_ROUTE_PROVIDER, route);

      if (!split[schedule] || !drill_scope_reader_has_route (reader, route))
        continue;

      count = g_hash_table_lookup (n_routes, &pair);
      g_hash_table_insert (n_routes, g_memdup2 (&pair, sizeof pair), GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }

  g_hash_table_iter_init (&iter, n_routes);
  while (g_hash_table_iter_next (&iter, &key, &count))
    {
      guint32 schedule = (guint32) (*(const guint64 *) key >> 32);
      guint32 provider = (guint32) *(const guint64 *) key;
      Share share = { GPOINTER_TO_UINT (count), 0, by_schedule[schedule].n_plans };

      /* An empty provider would be all of them */
      add_part (parts,
                drill_scope_reader_get_text (reader, DRILL_DICT_SCHEDULE, schedule),
                drill_scope_reader_get_text (reader, DRILL_DICT_PROVIDER, provider),
                reader->owner, share.n_routes, provider != 0 && share_fits (&share, TRUE));
    }
}

/**
 * drill_package_plan_parts:
 * @evidence: a snapshot
 * @scope: (nullable): what is to be covered, %NULL for all
 *
 * Cuts a scope into packages that the service does not cut: one for each
 * schedule, and where one schedule is still too much, one for each of its
 * providers. What cannot be made to fit is among them, and says so.
 *
 * Returns: (transfer full) (element-type DrillPackagePart): the parts, by schedule and provider
 */
GPtrArray *
drill_package_plan_parts (DrillEvidence           *evidence,
                          const DrillPackageScope *scope)
{
  g_auto(DrillScopeReader) reader = { NULL };
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);
  guint n_schedules = MAX (drill_evidence_get_dict_size (evidence, DRILL_DICT_SCHEDULE), 1);
  g_autofree Share *by_schedule = g_new0 (Share, n_schedules);
  g_autofree guint8 *split = g_new0 (guint8, n_schedules);
  Share total = { 0 };
  gboolean one_provider, any_split = FALSE;

  drill_scope_reader_init (&reader, evidence, scope, G_MAXUINT);
  one_provider = *reader.provider != '\0';
  count_plans (&reader, by_schedule, &total);
  for (guint32 route = 0; route < drill_evidence_get_n_routes (evidence); route++)
    if (drill_scope_reader_has_route (&reader, route))
      {
        by_schedule[code_of (evidence, DRILL_ROUTE_SCHEDULE, route)].n_routes++;
        total.n_routes++;
      }

  total.n_acks = reader.n_acks;
  if (share_fits (&total, *reader.schedule_id != '\0' && one_provider))
    {
      add_part (parts, reader.schedule_id, reader.provider, reader.owner, total.n_routes, TRUE);
      return parts;
    }

  for (guint32 ack = 0; ack < drill_evidence_get_n_acks (evidence); ack++)
    if (drill_scope_reader_has_ack (&reader, ack))
      by_schedule[drill_evidence_get_items (evidence)[drill_evidence_get_acks (evidence)[ack].item].schedule].n_acks++;

  for (guint32 schedule = 0; schedule < n_schedules; schedule++)
    {
      gboolean fits = schedule != 0 && share_fits (&by_schedule[schedule], one_provider);

      if (by_schedule[schedule].n_routes == 0)
        continue;

      split[schedule] = schedule != 0 && !fits && !one_provider;
      any_split = any_split || split[schedule];
      if (!split[schedule])
        add_part (parts, drill_scope_reader_get_text (&reader, DRILL_DICT_SCHEDULE, schedule),
                  reader.provider, reader.owner, by_schedule[schedule].n_routes, fits);
    }

  if (any_split)
    add_providers (parts, &reader, split, by_schedule);
  g_ptr_array_sort (parts, compare_parts_cb);

  return parts;
}

/* A route of the package, and how often either side has it: a plan may name one twice */
typedef struct {
  JsonObject *entry;
  guint       n_package;
  guint       n_evidence;
} Known;

static void
add_change (DrillPackageDifference *difference,
            DrillFinding           *change) /* transfer full */
{
  if (difference->changes->len == LISTED_CHANGES)
    drill_finding_free (change);
  else
    g_ptr_array_add (difference->changes, change);
}

static char *
describe_route (const char *schedule_id,
                const char *provider,
                const char *owner)
{
  return g_strdup_printf ("%s, %s, %s", schedule_id, provider, owner);
}

typedef struct {
  const char *state;
  const char *actor; /* "" when nobody has */
  const char *id;
} Ack;

/* A sentence for each case: what is put together of parts cannot be translated */
static DrillFinding *
describe_change (const char *route,
                 const Ack  *was,
                 const Ack  *is)
{
  gboolean was_made = *was->actor != '\0' || *was->id != '\0';
  gboolean is_made = *is->actor != '\0' || *is->id != '\0';

  if (was_made && is_made)
    /* Translators: how a route has changed: schedule, provider and owner; a state, a name, an id; and the same again */
    return drill_finding_new (DRILL_WORDS ("%s: was %s by %s (%s), is %s by %s (%s)"), route,
                              was->state, was->actor, was->id, is->state, is->actor, is->id);
  if (was_made)
    /* Translators: how a route has changed: schedule, provider and owner; a state, a name, an id; another state */
    return drill_finding_new (DRILL_WORDS ("%s: was %s by %s (%s), is %s"), route,
                              was->state, was->actor, was->id, is->state);
  if (is_made)
    /* Translators: how a route has changed: schedule, provider and owner; a state; another state, a name, an id */
    return drill_finding_new (DRILL_WORDS ("%s: was %s, is %s by %s (%s)"), route,
                              was->state, is->state, is->actor, is->id);

  /* Translators: how a route has changed: schedule, provider and owner; a state; another state */
  return drill_finding_new (DRILL_WORDS ("%s: was %s, is %s"), route, was->state, is->state);
}

static void
compare_ack (DrillPackageDifference *difference,
             DrillScopeReader       *reader,
             guint32                 route,
             JsonObject             *entry)
{
  const DrillAck *ack = drill_scope_reader_get_ack (reader, route);
  const Ack is = {
    .state = drill_scope_reader_get_text (reader, DRILL_DICT_STATE, drill_scope_reader_get_state (reader, route)),
    .actor = drill_scope_reader_get_text (reader, DRILL_DICT_ACTOR, ack->actor),
    .id = drill_scope_reader_get_text (reader, DRILL_DICT_TEXT, ack->id),
  };
  const Ack was = {
    .state = drill_json_get_string (entry, "acknowledgement_state"),
    .actor = drill_json_get_string (entry, "acknowledged_by"),
    .id = drill_json_get_string (entry, "acknowledgement_id"),
  };
  g_autofree char *name = NULL;

  if (g_str_equal (is.state, was.state) && g_str_equal (is.actor, was.actor) && g_str_equal (is.id, was.id))
    return;

  difference->n_changed++;
  name = describe_route (drill_json_get_string (entry, "schedule_id"), drill_json_get_string (entry, "provider"),
                         drill_json_get_string (entry, "owner"));
  add_change (difference, describe_change (name, &was, &is));
}

static void
note_absent (DrillPackageDifference *difference,
             DrillScopeReader       *reader,
             guint32                 route,
             gint64                  generated_us)
{
  const DrillPlan *plan = &drill_evidence_get_plans (reader->evidence)[code_of (reader->evidence, DRILL_ROUTE_PLAN, route)];
  g_autofree char *name = NULL;

  if (generated_us != DRILL_TIME_UNKNOWN && plan->created_us != DRILL_TIME_UNKNOWN && plan->created_us > generated_us)
    {
      difference->n_newer++;
      return;
    }

  difference->n_missing++;
  name = describe_route (
    drill_scope_reader_get_text (reader, DRILL_DICT_SCHEDULE, code_of (reader->evidence, DRILL_ROUTE_SCHEDULE, route)),
    drill_scope_reader_get_text (reader, DRILL_DICT_PROVIDER, code_of (reader->evidence, DRILL_ROUTE_PROVIDER, route)),
    drill_scope_reader_get_text (reader, DRILL_DICT_OWNER, code_of (reader->evidence, DRILL_ROUTE_OWNER, route)));
  /* Translators: schedule, provider and owner of a route, and a time */
  add_change (difference, drill_finding_new (DRILL_WORDS ("%s: planned %s, is not in the package"), name,
                                             drill_scope_reader_get_text (reader, DRILL_DICT_TEXT, plan->created)));
}

static GHashTable *
index_routes (JsonObject             *package,
              DrillPackageDifference *difference)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  JsonNode *node = json_object_get_member (package, "routes");
  JsonArray *routes = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; routes != NULL && i < json_array_get_length (routes); i++)
    {
      JsonNode *element = json_array_get_element (routes, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *id = drill_json_get_string (entry, "route_id");
      Known *one = g_hash_table_lookup (known, id);

      if (one == NULL)
        {
          one = g_new0 (Known, 1);
          one->entry = entry;
          g_hash_table_insert (known, (gpointer) id, one);
        }
      one->n_package++;
      difference->n_routes++;
    }

  return known;
}

static void
note_unknown (DrillPackageDifference *difference,
              GHashTable             *known)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Known *one = value;
      g_autofree char *name = NULL;

      if (one->n_package <= one->n_evidence)
        continue;

      difference->n_unknown += one->n_package - one->n_evidence;
      name = describe_route (drill_json_get_string (one->entry, "schedule_id"),
                             drill_json_get_string (one->entry, "provider"),
                             drill_json_get_string (one->entry, "owner"));
      /* Translators: schedule, provider and owner of a route, and its id */
      add_change (difference, drill_finding_new (DRILL_WORDS ("%s: %s is not in the evidence"), name, (const char *) id));
    }
}

/**
 * drill_package_compare:
 * @package: an audit package, or what drill_package_verify() takes for one
 * @evidence: a snapshot
 * @difference: (out caller-allocates): what differs; to be cleared
 * @error: %DRILL_ERROR_BAD_INPUT when @package is none
 *
 * Holds a package against the evidence: does it cover all that its filters ask
 * for, and how have its routes changed since. Computes the ids of all routes in
 * its scope, a microsecond each: off the main loop when there are many.
 *
 * Returns: whether there was something to compare
 */
gboolean
drill_package_compare (GBytes                  *package,
                       DrillEvidence           *evidence,
                       DrillPackageDifference  *difference,
                       GError                 **error)
{
  g_autoptr(JsonNode) root = drill_package_read (package, NULL, error);
  g_auto(DrillScopeReader) reader = { NULL };
  g_autoptr(GHashTable) known = NULL;
  DrillPackageScope scope;
  JsonObject *object, *filters = NULL;
  JsonNode *node;
  gint64 generated_us;

  *difference = (DrillPackageDifference) { 0 };
  difference->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_finding_free);
  if (root == NULL)
    return FALSE;

  object = drill_package_find (root);
  if (object == NULL)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "not an audit package");
      return FALSE;
    }

  node = json_object_get_member (object, "filters");
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    filters = json_node_get_object (node);
  scope = (DrillPackageScope) {
    .schedule_id = drill_json_get_string (filters, "schedule_id"),
    .provider = drill_json_get_string (filters, "provider"),
    .owner = drill_json_get_string (filters, "owner"),
  };
  generated_us = drill_time_parse (drill_json_get_string (object, "generated_at"), -1);
  known = index_routes (object, difference);
  drill_scope_reader_init (&reader, evidence, &scope, G_MAXUINT);

  for (guint32 route = 0; route < drill_evidence_get_n_routes (evidence); route++)
    {
      g_autofree char *id = NULL;
      Known *one;

      if (!drill_scope_reader_has_route (&reader, route))
        continue;

      id = drill_evidence_dup_route_id (evidence, route);
      one = g_hash_table_lookup (known, id);
      if (one == NULL || one->n_evidence == one->n_package)
        {
          note_absent (difference, &reader, route, generated_us);
          continue;
        }

      one->n_evidence++;
      compare_ack (difference, &reader, route, one->entry);
    }
  note_unknown (difference, known);

  return TRUE;
}

void
drill_package_difference_clear (DrillPackageDifference *difference)
{
  g_clear_pointer (&difference->changes, g_ptr_array_unref);
}
