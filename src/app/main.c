// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drill-application.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "base/drill-process.h"
#include "drill-config.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr(DrillClock) clock = NULL;
  g_autoptr(DrillApplication) application = NULL;

  drill_process_forbid_core_dumps ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DRILL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Drill Console"));

  clock = drill_clock_new_system ();
  application = drill_application_new (clock);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
