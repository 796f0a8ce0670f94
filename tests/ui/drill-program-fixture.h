// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/drill-application.h"
#include "drill-view-fixture.h"
#include "ui/window/drill-window.h"

#define DRILL_PROGRAM_NOW "2026-06-01T12:00:00+00:00" /* of the conformance answers */

/* The whole program with a command line of its own, at the time of the conformance answers */
typedef struct {
  DrillClock       *clock;
  DrillApplication *application;
  DrillWindow      *window;
  DrillSession     *session;
  DrillRouteList   *list;
  void            (*test) (gpointer program);
} DrillProgram;

void        drill_program_run        (const char *const  *arguments,
                                      void              (*test) (gpointer program));
void        drill_program_forget     (void);
void        drill_program_activate   (DrillProgram       *program,
                                      const char         *action,
                                      GVariant           *parameter);
const char *drill_program_get_status (DrillProgram       *program);
const char *drill_program_get_banner (DrillProgram       *program);
guint       drill_program_get_n_rows (DrillProgram       *program);
