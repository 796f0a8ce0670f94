// SPDX-License-Identifier: GPL-3.0-or-later

/* The service double as a program of its own, for looking at the console by
 * hand, for screenshots and for measuring. */

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "drill-generate.h"
#include "drill-test-server.h"

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  int port = 0, n_routes = 0;
  gboolean gzip = FALSE, auth_required = FALSE;
  g_autofree char *file = NULL;
  g_auto(GStrv) tokens = NULL;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, "Port, any free one by default", "P" },
    { "token", 't', 0, G_OPTION_ARG_STRING_ARRAY, &tokens, "A token that is good, and whose it is", "TOKEN:ACTOR" },
    { "auth-required", 'a', 0, G_OPTION_ARG_NONE, &auth_required, "Reads need a token", NULL },
    { "file", 'f', 0, G_OPTION_ARG_FILENAME, &file, "Serve this history", "HISTORY" },
    { "routes", 'n', 0, G_OPTION_ARG_INT, &n_routes, "Make up so many routes", "N" },
    { "gzip", 'z', 0, G_OPTION_ARG_NONE, &gzip, "Compress answers", NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(DrillTestServer) server = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  server = drill_test_server_new_on_port ((guint) MAX (0, port));
  drill_test_server_set_gzip (server, gzip);
  drill_test_server_set_auth_required (server, auth_required);
  for (guint i = 0; tokens != NULL && tokens[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (tokens[i], ":", 2);

      drill_test_server_add_token (server, parts[0], parts[1] != NULL ? parts[1] : "release-manager");
    }
  if (file != NULL && !drill_test_server_load_file (server, file, &error))
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
