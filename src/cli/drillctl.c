// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/drill-cli-commands.h"
#include "cli/drill-cli-output.h"
#include "drill-config.h"

typedef struct {
  const char  *name;
  int        (*run) (DrillCliOptions *options, char ***arguments);
  const char  *summary;
} Command;

static const Command commands[] = {
  { "routes", drill_cli_routes, N_("Routes, filtered and sorted") },
  { "history", drill_cli_history, N_("Evidence items") },
  { "dashboard", drill_cli_dashboard, N_("The counts") },
  { "escalation", drill_cli_escalation, N_("The escalation plan, computed from the evidence") },
  { "suppressions", drill_cli_suppressions, N_("Suppressed routes by category") },
  { "session", drill_cli_session, N_("Who the service says you are") },
  { "ack", drill_cli_ack, N_("Acknowledge a route") },
  { "escalate", drill_cli_ack, N_("Escalate a route") },
  { "resolve", drill_cli_ack, N_("Resolve a route") },
  { "dismiss", drill_cli_ack, N_("Dismiss a route") },
  { "bulk", drill_cli_bulk, N_("Acknowledge what is outstanding, or escalate what is breached, in a filter") },
  { "package", drill_cli_package, N_("Have an audit package made, and save it") },
  { "deliver", drill_cli_deliver, N_("Have an audit package delivered") },
  { "verify", drill_cli_verify, N_("Whether saved audit packages are whole and unchanged") },
  { "unfinished", drill_cli_unfinished, N_("What was cut off while it was sent: show, finish or drop it") },
  { "login", drill_cli_login, N_("Keep a token in the keyring") },
  { "logout", drill_cli_logout, N_("Remove it from there") },
};

static char *
describe_commands (void)
{
  GString *text = g_string_new (_("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-14s %s", commands[i].name, _(commands[i].summary));

  g_string_append_printf (text, "\n\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n\n%s",
                          _("Exit status:"),
                          _("  0 done"),
                          _("  1 a negative result: a package was altered, a delivery failed, the service refused, nothing was sent"),
                          _("  2 wrong usage, unreadable input, not a package"),
                          _("  3 service unreachable, its reply broken, or not known what was recorded"),
                          _("  4 not authorised: no token, an expired one, no permission, a connection for reading only"),
                          _("  5 partly done: not all could be loaded, recorded, delivered or saved"),
                          _("drillctl COMMAND --help shows the options of a command."));

  return g_string_free (text, FALSE);
}

static int
run (DrillCliOptions   *options,
     char            ***arguments)
{
  g_autofree char *description = describe_commands ();
  g_autofree char *message = NULL;
  g_autoptr(GError) error = NULL;
  const char *name;

  if (!drill_cli_options_parse_global (options, description, arguments, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  if (options->version)
    {
      printf ("drillctl %s\n", DRILL_VERSION);
      return DRILL_CLI_DONE;
    }

  /* What is left begins with the program's name; from here on, the command's. */
  g_free ((*arguments)[0]);
  for (guint i = 0; (*arguments)[i] != NULL || i == 0; i++)
    (*arguments)[i] = (*arguments)[i + 1];

  name = (*arguments)[0];
  if (name == NULL)
    {
      drill_cli_complain (_("A command is needed (see drillctl --help)"));
      return DRILL_CLI_USAGE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      return commands[i].run (options, arguments);

  message = g_strdup_printf (_("There is no command “%s” (see drillctl --help)"), name);
  drill_cli_complain (message);

  return DRILL_CLI_USAGE;
}

/* --help and --version go through stdio, which says nothing of a full disk */
static void
check_output (void)
{
  if (ferror (stdout) || fflush (stdout) != 0)
    _exit (DRILL_CLI_PARTIAL);
}

int
main (int    argc,
      char **argv)
{
  g_auto(DrillCliOptions) options = { 0 };
  g_auto(GStrv) arguments = NULL;

  /* One status for a closed pipe, whether or not a library ignores the signal */
  signal (SIGPIPE, SIG_IGN);
  atexit (check_output);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DRILL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("drillctl");
  /* With G_MESSAGES_DEBUG, standard output would not be JSON any more */
  g_log_writer_default_set_use_stderr (TRUE);

  arguments = g_strdupv (argv);

  return run (&options, &arguments);
}
