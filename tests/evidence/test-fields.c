// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "drill-answers.h"

/* Any field can be missing, null or of another type (contract, Conventions):
 * the item stays, with everything else it says. */

#define PLAN     "\"metadata_kind\": \"" DRILL_KIND_PLAN "\""
#define ACK      "\"metadata_kind\": \"" DRILL_KIND_ACK "\""
#define DELIVERY "\"metadata_kind\": \"" DRILL_KIND_DELIVERY "\""

typedef const char *(*TextFunc) (DrillEvidence *evidence);

/* What the first item, plan, route and acknowledgement say */

#define ITEM_TEXT(name, dict, member) \
  static const char * \
  name (DrillEvidence *evidence) \
  { \
    return drill_evidence_get_text (evidence, dict, drill_evidence_get_items (evidence)->member); \
  }

#define PLAN_TEXT(name, dict, member) \
  static const char * \
  name (DrillEvidence *evidence) \
  { \
    g_assert_cmpuint (drill_evidence_get_n_plans (evidence), ==, 1); \
    return drill_evidence_get_text (evidence, dict, drill_evidence_get_plans (evidence)->member); \
  }

#define ACK_TEXT(name, dict, member) \
  static const char * \
  name (DrillEvidence *evidence) \
  { \
    g_assert_cmpuint (drill_evidence_get_n_acks (evidence), ==, 1); \
    return drill_evidence_get_text (evidence, dict, drill_evidence_get_acks (evidence)->member); \
  }

#define ROUTE_TEXT(name, dict, column) \
  static const char * \
  name (DrillEvidence *evidence) \
  { \
    g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1); \
    return drill_evidence_get_text (evidence, dict, *drill_evidence_get_route_column (evidence, column)); \
  }

#define NOTE_TEXT(name, member) \
  static const char * \
  name (DrillEvidence *evidence) \
  { \
    guint32 note; \
    g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1); \
    note = *drill_evidence_get_route_column (evidence, DRILL_ROUTE_NOTE); \
    return note == DRILL_NONE \
           ? "" : drill_evidence_get_text (evidence, DRILL_DICT_TEXT, drill_evidence_get_route_notes (evidence)[note].member); \
  }

ITEM_TEXT (item_session, DRILL_DICT_TEXT, session_id)
ITEM_TEXT (item_created, DRILL_DICT_TEXT, created)
ITEM_TEXT (item_kind, DRILL_DICT_KIND, kind)
ITEM_TEXT (item_signer, DRILL_DICT_ACTOR, signer)
ITEM_TEXT (item_schedule, DRILL_DICT_SCHEDULE, schedule)
ITEM_TEXT (item_state, DRILL_DICT_STATE, state)
ITEM_TEXT (item_alert, DRILL_DICT_ALERT, alert)
ITEM_TEXT (item_source, DRILL_DICT_TEXT, source)
PLAN_TEXT (plan_schedule, DRILL_DICT_SCHEDULE, schedule)
PLAN_TEXT (plan_id, DRILL_DICT_TEXT, plan_id)
PLAN_TEXT (plan_alert, DRILL_DICT_ALERT, alert)
PLAN_TEXT (plan_created, DRILL_DICT_TEXT, created)
PLAN_TEXT (plan_next_due, DRILL_DICT_TEXT, next_due)
PLAN_TEXT (plan_owners, DRILL_DICT_OWNER, owners)
ACK_TEXT (ack_state, DRILL_DICT_STATE, state)
ACK_TEXT (ack_payload_state, DRILL_DICT_STATE, payload_state)
ACK_TEXT (ack_actor, DRILL_DICT_ACTOR, actor)
ACK_TEXT (ack_at, DRILL_DICT_TEXT, at)
ACK_TEXT (ack_reference, DRILL_DICT_REFERENCE, reference)
ACK_TEXT (ack_notes, DRILL_DICT_TEXT, notes)
ACK_TEXT (ack_id, DRILL_DICT_TEXT, id)
ACK_TEXT (ack_plan, DRILL_DICT_TEXT, plan_id)
ROUTE_TEXT (route_schedule, DRILL_DICT_SCHEDULE, DRILL_ROUTE_SCHEDULE)
ROUTE_TEXT (route_provider, DRILL_DICT_PROVIDER, DRILL_ROUTE_PROVIDER)
ROUTE_TEXT (route_owner, DRILL_DICT_OWNER, DRILL_ROUTE_OWNER)
ROUTE_TEXT (route_escalation_owner, DRILL_DICT_OWNER, DRILL_ROUTE_ESCALATION_OWNER)
ROUTE_TEXT (route_action, DRILL_DICT_ACTION, DRILL_ROUTE_ACTION)
ROUTE_TEXT (route_category, DRILL_DICT_CATEGORY, DRILL_ROUTE_CATEGORY)
ROUTE_TEXT (route_reason, DRILL_DICT_REASON, DRILL_ROUTE_REASON)
NOTE_TEXT (note_window, window_id)
NOTE_TEXT (note_window_reason, window_reason)
NOTE_TEXT (note_availability, availability_reason)

#define IN_ITEM(more)     "{%s, \"z\": 1" more "}"
#define IN_PLAN(more)     "{" PLAN more ", \"plan\": {%s, \"z\": 1}}"
#define IN_DECISION(more) "{" PLAN ", \"plan\": {\"route_decisions\": [{%s, \"z\": 1" more "}]}}"
#define IN_ACK(more)      "{" ACK more ", \"acknowledgement\": {%s, \"z\": 1}}"

static const struct
{
  const char *test;
  const char *item;      /* %s is where the field comes */
  const char *field;
  TextFunc    text;
  const char *otherwise; /* what it is when it is missing or unreadable */
} fields[] = {
  { "item/session_id", IN_ITEM (), "session_id", item_session, "" },
  { "item/created_at", IN_ITEM (), "created_at", item_created, "" },
  { "item/metadata_kind", IN_ITEM (), "metadata_kind", item_kind, "" },
  { "item/signer", IN_ITEM (), "signer", item_signer, "" },
  { "item/schedule_id", IN_ITEM (), "schedule_id", item_schedule, "" },
  { "item/alert_level", IN_ITEM (), "alert_level", item_alert, "" },
  { "item/acknowledgement_state", IN_ITEM (), "acknowledgement_state", item_state, "" },
  { "item/approval_state", IN_ITEM (), "approval_state", item_state, "" },
  { "item/closure_state", IN_ITEM (), "closure_state", item_state, "" },
  { "item/execution_status", IN_ITEM (), "execution_status", item_state, "" },
  { "item/connector_delivery_source", IN_ITEM (", " DELIVERY), "connector_delivery_source", item_source, "" },
  { "bare-plan/schedule_id", IN_ITEM (", " PLAN), "schedule_id", plan_schedule, "" },
  { "bare-plan/plan_id", IN_ITEM (", " PLAN), "plan_id", plan_id, "" },
  { "bare-plan/generated_at", IN_ITEM (", " PLAN), "generated_at", plan_created, "" },
  { "plan/schedule_id", IN_PLAN (), "schedule_id", plan_schedule, "" },
  { "plan/plan_id", IN_PLAN (), "plan_id", plan_id, "" },
  { "plan/plan_id-else-the-item's", IN_PLAN (", \"plan_id\": \"outer\""), "plan_id", plan_id, "outer" },
  { "plan/alert_level", IN_PLAN (), "alert_level", plan_alert, "unknown" },
  { "plan/generated_at", IN_PLAN (), "generated_at", plan_created, "" },
  { "plan/next_due_at", IN_PLAN (), "next_due_at", plan_next_due, "" },
  { "decision/schedule_id", IN_DECISION (), "schedule_id", route_schedule, "" },
  { "decision/provider", IN_DECISION (), "provider", route_provider, "" },
  { "decision/owner", IN_DECISION (), "owner", route_owner, "release-governance" },
  { "decision/escalation_owner", IN_DECISION (), "escalation_owner", route_escalation_owner, "release-governance" },
  { "decision/escalation_owner-else-the-owner", IN_DECISION (", \"owner\": \"o\""), "escalation_owner", route_escalation_owner, "o" },
  { "decision/action", IN_DECISION (), "action", route_action, "deliver" },
  { "decision/action-as-category", IN_DECISION (), "action", route_category, "deliver" },
  { "decision/reason", IN_DECISION (), "reason", route_reason, "" },
  { "decision/category", IN_DECISION (", \"action\": \"suppress\""), "category", route_category, "other" },
  { "window/window_id", "{" PLAN ", \"plan\": {\"route_decisions\": [{\"maintenance_window\": {%s}}]}}", "window_id", note_window, "" },
  { "window/reason", "{" PLAN ", \"plan\": {\"route_decisions\": [{\"maintenance_window\": {%s}}]}}", "reason", note_window_reason, "" },
  { "availability/reason", "{" PLAN ", \"plan\": {\"route_decisions\": [{\"owner_availability\": {%s}}]}}", "reason", note_availability, "" },
  { "ack/acknowledgement_state", "{" ACK ", %s}", "acknowledgement_state", ack_state, "outstanding" },
  { "ack/payload-state", IN_ACK (", \"acknowledgement_state\": \"resolved\""), "acknowledgement_state", ack_payload_state, "outstanding" },
  { "ack/acknowledged_by", IN_ACK (), "acknowledged_by", ack_actor, "" },
  { "ack/acknowledged_at", IN_ACK (), "acknowledged_at", ack_at, "" },
  { "ack/external_ref", IN_ACK (), "external_ref", ack_reference, "" },
  { "ack/notes", IN_ACK (), "notes", ack_notes, "" },
  { "ack/acknowledgement_id", IN_ACK (), "acknowledgement_id", ack_id, "" },
  { "ack/plan_id", IN_ACK (), "plan_id", ack_plan, "" },
  { "bare-ack/acknowledged_by", "{" ACK ", %s}", "acknowledged_by", ack_actor, "" },
  { "bare-ack/external_ref", "{" ACK ", %s}", "external_ref", ack_reference, "" },
};

/* The service's str (x or ""), where x is not a text a problem is noted */
static const struct
{
  const char *value;
  const char *text;    /* NULL: as when it is missing */
  gboolean    problem;
} values[] = {
  { NULL, NULL, FALSE },
  { "null", NULL, FALSE },
  { "\"\"", NULL, FALSE },
  { "\"text\"", "text", FALSE },
  { "\" \\u00fc\\n=\\\"\"", " \xc3\xbc\n=\"", FALSE },
  { "7", "7", TRUE },
  { "-1.50", "-1.50", TRUE },
  { "0", NULL, TRUE },
  { "0.0", NULL, TRUE },
  { "true", "True", TRUE },
  { "false", NULL, TRUE },
  { "[]", NULL, TRUE },
  { "[\"text\"]", NULL, TRUE },
  { "{}", NULL, TRUE },
  { "{\"a\": \"text\"}", NULL, TRUE },
  { "\"\\ud800\"", NULL, TRUE },
  { "1e999", NULL, TRUE },
};

static DrillEvidence *
load_item (const char *template,
           const char *field)
{
  g_auto (GStrv) parts = g_strsplit (template, "%s", 2);
  g_autofree char *item = g_strconcat (parts[0], field, parts[1], NULL);
  g_autofree char *text = NULL;

  if (strstr (field, "\"session_id\"") != NULL)
    {
      text = g_strdup_printf ("[%s, {\"session_id\": \"next\"}]", item);
    }
  else
    {
      /* the id comes last: an unreadable field must not hide what follows */
      item[strlen (item) - 1] = '\0';
      text = g_strdup_printf ("[%s, \"session_id\": \"id\"}, {\"session_id\": \"next\"}]", item);
    }

  return drill_evidence_from_text (text);
}

static void
test_text (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
    {
      g_autofree char *field = values[j].value == NULL
                               ? g_strdup ("\"y\": 0")
                               : g_strdup_printf ("\"%s\": %s", fields[i].field, values[j].value);
      g_autoptr(DrillEvidence) evidence = load_item (fields[i].item, field);
      guint n_problems = values[j].problem ? 1 : 0;

      g_test_message ("%s", field);
      /* an item without an id is worth a remark by itself */
      if (fields[i].text == item_session && values[j].text == NULL && values[j].value != NULL && !values[j].problem)
        n_problems = 1;

      g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
      g_assert_cmpuint (drill_find_item (evidence, "next"), ==, 1);
      g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, n_problems);
      if (n_problems > 0)
        g_assert_cmpuint (drill_evidence_get_problem (evidence, 0)->item, ==, 0);
      if (fields[i].text == item_session)
        g_assert_cmpstr (item_session (evidence), ==,
                         values[j].value == NULL ? "id" : values[j].text != NULL ? values[j].text : "");
      else
        g_assert_cmpstr (fields[i].text (evidence), ==, values[j].text != NULL ? values[j].text : fields[i].otherwise);
    }
}

/* acknowledgement_minutes: an integer or nothing; only a positive one is an SLO */
static void
test_minutes (void)
{
  static const struct
  {
    const char *value;
    gint32      minutes;
    int         slo;
    gboolean    problem;
  } minutes[] = {
    { "45", 45, 45, FALSE }, { "1", 1, 1, FALSE }, { "0", 0, 60, FALSE }, { "-5", -5, 60, FALSE }, { "-0", 0, 60, FALSE },
    { "null", DRILL_MINUTES_NONE, 60, FALSE },
    { "52704000", 52704000, 52704000, FALSE },
    { "52704001", DRILL_MINUTES_NONE, 60, TRUE }, { "-52704001", DRILL_MINUTES_NONE, 60, TRUE },
    { "45.0", DRILL_MINUTES_NONE, 60, TRUE }, { "4.5e1", DRILL_MINUTES_NONE, 60, TRUE }, { "1e999", DRILL_MINUTES_NONE, 60, TRUE },
    { "9223372036854775807", DRILL_MINUTES_NONE, 60, TRUE }, { "-9223372036854775808", DRILL_MINUTES_NONE, 60, TRUE },
    { "18446744073709551616", DRILL_MINUTES_NONE, 60, TRUE }, { "1000000000000000000000000000000", DRILL_MINUTES_NONE, 60, TRUE },
    { "045", DRILL_MINUTES_NONE, 60, TRUE }, { "\"45\"", DRILL_MINUTES_NONE, 60, TRUE }, { "true", DRILL_MINUTES_NONE, 60, TRUE },
    { "false", DRILL_MINUTES_NONE, 60, TRUE }, { "[45]", DRILL_MINUTES_NONE, 60, TRUE }, { "{\"a\": 45}", DRILL_MINUTES_NONE, 60, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *field = g_strdup_printf ("\"acknowledgement_minutes\": %s", minutes[i].value);
      g_autoptr(DrillEvidence) evidence = load_item (IN_DECISION (", \"provider\": \"slack\""), field);

      g_test_message ("%s", field);
      g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1);
      g_assert_cmpint (*drill_evidence_get_route_minutes (evidence), ==, minutes[i].minutes);
      g_assert_cmpint (drill_route_slo_minutes (minutes[i].minutes), ==, minutes[i].slo);
      g_assert_cmpstr (route_provider (evidence), ==, "slack");
      g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, minutes[i].problem ? 1 : 0);
    }
}

/* Lists and objects of the wrong type */
static void
test_structures (void)
{
  static const char *const wrong[] = { "null", "7", "\"x\"", "true", "[]", "{}", "[null, 7, \"x\", [[]], {}]" };
  static const char *const templates[] = {
    "{" PLAN ", \"plan\": %s}", "{" PLAN ", \"plan\": {\"route_decisions\": %s}}", "{" PLAN ", \"route_decisions\": %s}",
    "{" PLAN ", \"plan\": {\"owners\": %s}}", "{" PLAN ", \"plan\": {\"acknowledgement_required_providers\": %s}}",
    "{" PLAN ", \"plan\": {\"route_decisions\": [{\"maintenance_window\": %s}]}}",
    "{" PLAN ", \"plan\": {\"route_decisions\": [{\"owner_availability\": %s}]}}",
    "{" ACK ", \"acknowledgement\": %s}", "{" DELIVERY ", \"providers\": %s}", "{" DELIVERY ", \"failed_providers\": %s}",
    "{" DELIVERY ", \"delivery_success\": %s}", "{\"selected_providers\": %s}", "{\"unknown\": %s}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (wrong); j++)
      {
        g_autoptr(DrillEvidence) evidence = load_item (templates[i], wrong[j]);

        g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 2);
        g_assert_cmpuint (drill_find_item (evidence, "id"), ==, 0);
        g_assert_cmpuint (drill_find_item (evidence, "next"), ==, 1);
        if (strstr (templates[i], DRILL_KIND_PLAN) != NULL)
          g_assert_cmpuint (drill_evidence_get_n_plans (evidence), ==, 1);
        if (strstr (templates[i], DRILL_KIND_ACK) != NULL)
          g_assert_cmpuint (drill_evidence_get_n_acks (evidence), ==, 1);
      }
}

/* Decisions that are no objects make no rows, and do not hide the others */
static void
test_decisions (void)
{
  g_autoptr(DrillEvidence) evidence =
    load_item ("{" PLAN ", \"plan\": {\"plan_id\": \"p\", \"route_decisions\": %s}}",
               "[null, {\"provider\": \"a\"}, 7, \"x\", [{\"provider\": \"no\"}], {\"provider\": \"b\"}, {}]");

  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 3);
  g_assert_cmpuint (drill_find_route (evidence, "p", "a"), ==, 0);
  g_assert_cmpuint (drill_find_route (evidence, "p", "b"), ==, 1);
  g_assert_cmpuint (drill_find_route (evidence, "p", ""), ==, 2);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 1);
}

/* The last of several values counts, as in Python */
static void
test_duplicate_keys (void)
{
  static const struct
  {
    const char *item;
    TextFunc    text;
    const char *right;
  } items[] = {
    { "{\"signer\": \"a\", \"signer\": \"b\"}", item_signer, "b" },
    { "{\"signer\": \"a\", \"signer\": null}", item_signer, "" },
    { "{\"signer\": \"a\", \"sign\\u0065r\": \"b\"}", item_signer, "b" },
    { "{" PLAN ", \"plan\": {\"plan_id\": \"a\"}, \"plan\": {\"plan_id\": \"b\"}}", plan_id, "b" },
    { "{" PLAN ", \"plan_id\": \"c\", \"plan\": {\"plan_id\": \"a\"}, \"plan\": null}", plan_id, "c" },
    { "{" PLAN ", \"plan\": {\"route_decisions\": [{\"provider\": \"a\"}, {}], \"route_decisions\": [{\"provider\": \"b\"}]}}",
      route_provider, "b" },
    { "{" PLAN ", \"plan\": {\"owners\": [\"a\"], \"owners\": [\"b\", \"c\"]}}", plan_owners, "b, c" },
    { "{" PLAN ", \"plan\": {\"route_decisions\": [{\"owner\": \"a\", \"owner\": \"b\"}]}}", route_owner, "b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr(DrillEvidence) evidence = load_item ("%s", items[i].item);

      g_test_message ("%s", items[i].item);
      g_assert_cmpstr (items[i].text (evidence), ==, items[i].right);
    }
}

/* Names written with escapes are the same names */
static void
test_escaped_keys (void)
{
  g_autoptr(DrillEvidence) evidence =
    load_item ("%s", "{\"metadata\\u005fkind\": \"" DRILL_KIND_PLAN "\", \"pl\\u0061n\": {\"sched\\u0075le_id\": \"s\", "
               "\"route\\u005fdecisions\": [{\"\\u0070rovider\": \"sl\\u0061ck\"}]}}");

  g_assert_cmpstr (plan_schedule (evidence), ==, "s");
  g_assert_cmpstr (route_provider (evidence), ==, "slack");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *path = g_strconcat ("/drill/evidence/fields/", fields[i].test, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
    }
  g_test_add_func ("/drill/evidence/fields/minutes", test_minutes);
  g_test_add_func ("/drill/evidence/fields/structures", test_structures);
  g_test_add_func ("/drill/evidence/fields/decisions", test_decisions);
  g_test_add_func ("/drill/evidence/fields/duplicate-keys", test_duplicate_keys);
  g_test_add_func ("/drill/evidence/fields/escaped-keys", test_escaped_keys);

  return g_test_run ();
}
