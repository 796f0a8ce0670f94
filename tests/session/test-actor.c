// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "session/drill-actor.h"

static DrillActor *
actor_of (const char  *json,
          GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (json, strlen (json));

  return drill_actor_new_from_json (bytes, error);
}

static void
test_verified (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillActor) actor = actor_of ("{\"mode\":\"authenticated\",\"actor\":{\"actor\":\"release-manager\","
                                          "\"groups\":[\"release\",7,\"on-call\"]},\"permissions\":"
                                          "{\"acknowledge_drill_notifications\":true}}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (actor->mode, ==, "authenticated");
  g_assert_cmpstr (actor->name, ==, "release-manager");
  g_assert_cmpuint (g_strv_length (actor->groups), ==, 2);
  g_assert_true (actor->may_acknowledge);
  g_assert_false (actor->authenticated);
}

static void
test_nobody (void)
{
  g_autoptr(DrillActor) actor = actor_of ("{\"mode\":\"local_or_demo\",\"actor\":null,\"permissions\":"
                                          "{\"acknowledge_drill_notifications\":false}}", NULL);

  g_assert_cmpstr (actor->mode, ==, "local_or_demo");
  g_assert_null (actor->name);
  g_assert_null (actor->groups);
  g_assert_false (actor->may_acknowledge);
}

static void
test_permissions (void)
{
  g_autoptr(DrillActor) actor = actor_of ("{\"mode\":\"authenticated\",\"authenticated\":true,\"permissions\":"
                                          "{\"read_activity\":true,\"decide_approvals\":false,\"create_break_glass\":1,"
                                          "\"acknowledge_drill_notifications\":true}}", NULL);

  g_assert_true (actor->authenticated);
  g_assert_cmpuint (g_strv_length (actor->permissions), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) actor->permissions, "read_activity"));
  g_assert_true (g_strv_contains ((const char *const *) actor->permissions, "acknowledge_drill_notifications"));
}

/* Nothing but the plain truth gives a permission */
static void
test_other_shapes (void)
{
  static const char *const shapes[] = {
    "{}", "{\"mode\":7,\"actor\":[],\"permissions\":[]}", "{\"actor\":{\"actor\":\"\"}}", "{\"actor\":\"root\"}",
    "{\"permissions\":{\"acknowledge_drill_notifications\":\"true\"}}", "{\"permissions\":{\"acknowledge_drill_notifications\":1}}",
    "{\"mode\":null,\"permissions\":null}", "{\"authenticated\":\"true\"}", "{\"authenticated\":1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillActor) actor = actor_of (shapes[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (actor->mode);
      g_assert_null (actor->name);
      g_assert_false (actor->may_acknowledge);
      g_assert_false (actor->authenticated);
    }
}

static void
test_no_object (void)
{
  static const char *const shapes[] = { "", "[]", "null", "{\"mode\":", "<html>" };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillActor) actor = actor_of (shapes[i], &error);

      g_assert_null (actor);
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY);
    }
}

static void
test_counts (void)
{
  static const char json[] = "{\"plan_count\":54,\"delivery_count\":0,\"failed_delivery_count\":\"3\","
                             "\"acknowledgement_count\":null,\"outstanding_acknowledgement_count\":7}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autofree DrillServerCounts *counts = drill_server_counts_new_from_json (bytes, NULL);

  g_assert_cmpint (counts->n_plans, ==, 54);
  g_assert_cmpint (counts->n_deliveries, ==, 0);
  g_assert_cmpint (counts->n_failed_deliveries, ==, -1);
  g_assert_cmpint (counts->n_acks, ==, -1);
  g_assert_cmpint (counts->n_outstanding, ==, 7);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/session/actor/verified", test_verified);
  g_test_add_func ("/drill/session/actor/nobody", test_nobody);
  g_test_add_func ("/drill/session/actor/permissions", test_permissions);
  g_test_add_func ("/drill/session/actor/other-shapes", test_other_shapes);
  g_test_add_func ("/drill/session/actor/no-object", test_no_object);
  g_test_add_func ("/drill/session/actor/counts", test_counts);

  return g_test_run ();
}
