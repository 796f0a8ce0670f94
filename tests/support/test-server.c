// SPDX-License-Identifier: GPL-3.0-or-later

/* The service double as a program of its own, for looking at the console by
 * hand, for screenshots, for measuring, and for tests of whole programs. */

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "drill-generate.h"
#include "drill-test-server.h"

static const char description[] =
  "A fault is METHOD:PATH:FIRST:COUNT:WHAT[:NUMBER], or an object with the members\n"
  "  method path first count do status type body header value n_routes\n"
  "METHOD and PATH (how the path ends) may be empty or *; FIRST counts the requests\n"
  "that fit from 1, COUNT is how many it happens to, 0 for all. WHAT (do) is one of\n"
  "  status                answer with the status NUMBER (and type, body, header)\n"
  "  drop, drop-in-body    close the connection without an answer, or within it\n"
  "  hold                  nothing happens until /test/release\n"
  "  do-then-drop, do-then-drop-in-body, do-then-status, do-then-hold\n"
  "                        the same when it was recorded\n"
  "  break-bulk            record NUMBER routes of a bulk, then answer 500\n"
  "  add-item, remove-item, swap-item\n"
  "                        the history changes before the answer\n"
  "For example POST:/bulk:2:1:do-then-drop, or\n"
  "  {\"method\":\"POST\",\"do\":\"status\",\"status\":307,\"header\":\"Location\",\"value\":\"/\"}\n"
  "\n"
  "While it runs:\n"
  "  GET  /test/acks            {\"schedule\\tprovider\": n}, recorded at requests\n"
  "  GET  /test/items?kind=K    {\"count\": n}, with or without what all kinds begin with\n"
  "  GET  /test/requests        [{\"method\", \"target\", \"body\"}]\n"
  "  POST /test/fault           a fault in the body\n"
  "  POST /test/clear-faults\n"
  "  POST /test/release         does and answers what was held\n"
  "  POST /test/token           a token in the body, as for --token\n"
  "  POST /test/revoke?token=T  that token is not good any more";

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_CONTINUE;
}

static gboolean
fail_connectors (DrillTestServer    *server,
                 const char *const  *specs,
                 GError            **error)
{
  for (guint i = 0; specs != NULL && specs[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (specs[i], ":", 2);
      guint64 status = 0;

      if (parts[0] != NULL && parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 0, 599, &status, error))
        return FALSE;
      if (parts[0] != NULL)
        drill_test_server_fail_connector (server, parts[0], (guint) status);
    }

  return TRUE;
}

static gboolean
add_all (DrillTestServer    *server,
         const char *const  *specs,
         gboolean          (*add) (DrillTestServer *server, const char *spec, GError **error),
         GError            **error)
{
  for (guint i = 0; specs != NULL && specs[i] != NULL; i++)
    if (!add (server, specs[i], error))
      return FALSE;

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  int port = 0, n_routes = 0;
  gboolean gzip = FALSE, auth_required = FALSE;
  g_autofree char *file = NULL;
  g_autofree char *connectors = NULL;
  g_auto(GStrv) tokens = NULL;
  g_auto(GStrv) failing = NULL;
  g_auto(GStrv) faults = NULL;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, "Port, any free one by default", "P" },
    { "token", 't', 0, G_OPTION_ARG_STRING_ARRAY, &tokens, "A token that is good, and whose it is",
      "TOKEN:ACTOR[:GROUP,...[:no-ack]]" },
    { "auth-required", 'a', 0, G_OPTION_ARG_NONE, &auth_required, "Reads need a token (writes do if there is any)",
      NULL },
    { "file", 'f', 0, G_OPTION_ARG_FILENAME, &file, "Serve this history", "HISTORY" },
    { "routes", 'n', 0, G_OPTION_ARG_INT, &n_routes, "Make up so many routes", "N" },
    { "gzip", 'z', 0, G_OPTION_ARG_NONE, &gzip, "Compress answers", NULL },
    { "connectors", 'c', 0, G_OPTION_ARG_STRING, &connectors, "Connectors that are configured, may be none", "A,B" },
    { "fail-connector", 0, 0, G_OPTION_ARG_STRING_ARRAY, &failing, "One that does not take what it is given",
      "NAME[:STATUS]" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &faults, "Something that goes wrong", "FAULT" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(DrillTestServer) server = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  server = drill_test_server_new_on_port ((guint) MAX (0, port));
  drill_test_server_set_gzip (server, gzip);
  drill_test_server_set_auth_required (server, auth_required);
  if (connectors != NULL)
    {
      g_auto(GStrv) names = g_strsplit (connectors, ",", -1);

      drill_test_server_set_connectors (server, (const char *const *) names);
    }
  if (!add_all (server, (const char *const *) tokens, drill_test_server_parse_token, &error) ||
      !add_all (server, (const char *const *) faults, drill_test_server_parse_fault, &error) ||
      !fail_connectors (server, (const char *const *) failing, &error) ||
      (file != NULL && !drill_test_server_load_file (server, file, &error)))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (n_routes > 0)
    drill_test_server_set_items (server, drill_generate_items ((guint) n_routes, 1, g_get_real_time ()));

  g_print ("%s\n", drill_test_server_get_url (server));
  fflush (stdout);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_main_loop_run (loop);

  return 0;
}
