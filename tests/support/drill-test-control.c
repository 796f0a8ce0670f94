// SPDX-License-Identifier: GPL-3.0-or-later

/* Below /test/: the double as tests in other processes handle it. None of this
 * is of the service, needs a token, or meets a fault. */

#include "drill-test-control.h"

#include <string.h>

static const char *
get_query (GHashTable *query,
           const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

static void
read_part (const DrillTestParts *parts,
           const char           *what,
           GHashTable           *query,
           DrillTestReply       *reply)
{
  if (g_str_equal (what, "acks"))
    drill_test_reply_take (reply, 200, drill_test_store_dup_acks (parts->store));
  else if (g_str_equal (what, "requests"))
    drill_test_reply_take (reply, 200, drill_test_requests_to_json (parts->requests));
  else if (g_str_equal (what, "items"))
    drill_test_reply_take (reply, 200,
                           g_strdup_printf ("{\"count\":%u}",
                                            drill_test_store_count (parts->store, get_query (query, "kind"))));
  else
    drill_test_reply_refuse (reply, 404, "Not Found");
}

/**
 * drill_test_control_answer:
 * @path: below %DRILL_TEST_CONTROL
 *
 * Does what is asked, but for `release`, which is the server's.
 */
void
drill_test_control_answer (const DrillTestParts *parts,
                           const char           *method,
                           const char           *path,
                           GHashTable           *query,
                           const char           *body,
                           DrillTestReply       *reply)
{
  const char *what = path + strlen (DRILL_TEST_CONTROL);
  g_autoptr(GError) error = NULL;

  if (!g_str_equal (method, "POST"))
    {
      read_part (parts, what, query, reply);
      return;
    }

  if (g_str_equal (what, "fault"))
    {
      if (!drill_test_faults_parse (parts->faults, body, &error))
        {
          drill_test_reply_refuse (reply, 400, error->message);
          return;
        }
    }
  else if (g_str_equal (what, "clear-faults"))
    drill_test_faults_clear (parts->faults);
  else if (g_str_equal (what, "revoke") && get_query (query, "token") != NULL)
    drill_test_identity_revoke_token (parts->identity, get_query (query, "token"));
  else if (g_str_equal (what, "token"))
    {
      if (!drill_test_identity_parse_token (parts->identity, body, &error))
        {
          drill_test_reply_refuse (reply, 400, error->message);
          return;
        }
    }
  else
    {
      drill_test_reply_refuse (reply, 404, "Not Found");
      return;
    }

  drill_test_reply_take (reply, 200, g_strdup ("{}"));
}
