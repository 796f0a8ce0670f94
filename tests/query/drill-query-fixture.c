// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"

#include <string.h>

#include "base/drill-time.h"

static const char *const providers[] = {
  "'slack'", "'teams'", "'webhook'", "'Ärger'", "'jira'", "''", "null",
};

static const char *const owners[] = {
  "'release-governance'", "'sre-oncall'", "'Señora Ñandú'", "'STRASSE'", "'Große Straße'", "'运维'", "null",
};

static const char *const actions[] = { "'deliver'", "'deliver'", "'deliver'", "'suppress'", "'suppress'", "'hold'", "null" };

static const char *const reasons[] = { "'drill is stale'", "'schedule is HEALTHY'", "'Overdue since Mai'", "null" };

static const char *const minutes[] = { "15", "45", "60", "240", "null", "-3", "'soon'" };

static const char *const alerts[] = { "'critical'", "'warning'", "'healthy'", "'odd'", "null" };

static const char *const states[] = {
  "'acknowledged'", "'resolved'", "'escalated'", "'dismissed'", "'snoozed'", "'abandoned'",
};

#define PICK(rand, array) ((array)[g_rand_int_range ((rand), 0, G_N_ELEMENTS (array))])

void
fixture_add (DrillEvidenceBuilder *builder,
             const char           *json)
{
  g_autofree char *text = g_strdup (json);
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(GError) error = NULL;

  g_strdelimit (text, "'", '"');
  page = drill_page_new (text, strlen (text));
  drill_evidence_builder_add (builder, page, NULL, &error);
  g_assert_no_error (error);
}

DrillEvidence *
fixture_parse (const char *json)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();

  fixture_add (builder, json);

  return drill_evidence_builder_snapshot (builder);
}

static char *
make_time (GRand *rand)
{
  g_autofree char *time = NULL;

  if (g_rand_int_range (rand, 0, 12) == 0)
    return g_strdup ("'a while ago'");

  time = drill_time_format (FIXTURE_NOW_US - g_rand_int_range (rand, 0, 20) * 10 * DRILL_TIME_MINUTE);

  return g_strdup_printf ("'%s'", time);
}

static void
append_plan (GString *json,
             GRand   *rand,
             guint    number)
{
  g_autofree char *created = make_time (rand);

  g_string_append_printf (json,
                          "{'session_id':'plan-%u','created_at':%s,'signer':'signer-%u',"
                          "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{"
                          "'plan_id':'gordn-%u','schedule_id':'Schedule_%u','alert_level':%s,'route_decisions':[",
                          number, created, number % 3, number % 40, g_rand_int_range (rand, 0, 12), PICK (rand, alerts));
  for (int i = 0, n = g_rand_int_range (rand, 0, 6); i < n; i++)
    g_string_append_printf (json,
                            "%s{'provider':%s,'owner':%s,'escalation_owner':%s,'action':%s,'reason':%s,"
                            "'acknowledgement_minutes':%s}",
                            i > 0 ? "," : "", PICK (rand, providers), PICK (rand, owners), PICK (rand, owners),
                            PICK (rand, actions), PICK (rand, reasons), PICK (rand, minutes));
  g_string_append (json, "]}}");
}

static void
append_ack (GString *json,
            GRand   *rand,
            guint    number)
{
  g_autofree char *created = make_time (rand);
  const char *provider = PICK (rand, providers);
  const char *state = PICK (rand, states);
  int schedule = g_rand_int_range (rand, 0, 12);

  g_string_append_printf (json,
                          "{'session_id':'ack-%u','created_at':%s,'signer':'signer-%u',"
                          "'metadata_kind':'go-backend-rollback-drill-notification-ack',"
                          "'schedule_id':'Schedule_%d','provider':%s,'acknowledgement_state':%s,"
                          "'acknowledgement':{'schedule_id':'Schedule_%d','provider':%s,'acknowledgement_state':%s,"
                          "'acknowledged_by':'%s','external_ref':'%s%d'}}",
                          number, created, number % 3, schedule, provider, state, schedule, provider, state,
                          g_rand_boolean (rand) ? "release-manager" : "",
                          g_rand_boolean (rand) ? "CHG-" : "Änderung ", g_rand_int_range (rand, 0, 9));
}

char *
fixture_random (guint32 seed,
                guint   from,
                guint   n_plans)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  GString *json = g_string_new ("{'items':[");

  for (guint i = 0; i < n_plans; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_plan (json, rand, from + i);
      if (g_rand_int_range (rand, 0, 3) == 0)
        {
          g_string_append_c (json, ',');
          append_ack (json, rand, from + i);
        }
    }
  g_string_append (json, "]}");

  return g_string_free (json, FALSE);
}
