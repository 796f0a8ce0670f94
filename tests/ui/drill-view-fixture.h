// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

/* One view in a real window, with a session over a file of its own. */
typedef struct {
  GtkWidget    *window;
  GtkWidget    *view;
  DrillSession *session;
  char         *folder;
} DrillViewFixture;

typedef gboolean (*DrillTestCondition) (gpointer data);

void       drill_view_fixture_set_up     (DrillViewFixture   *fixture,
                                          GtkWidget          *view);
void       drill_view_fixture_open_path  (DrillViewFixture   *fixture,
                                          const char         *path);
void       drill_view_fixture_open_text  (DrillViewFixture   *fixture,
                                          const char         *name,
                                          const char         *text);
void       drill_view_fixture_tear_down  (DrillViewFixture   *fixture);

void       drill_test_wait               (DrillTestCondition  condition,
                                          gpointer            data,
                                          const char         *what);
void       drill_test_settle             (void);
GtkWidget *drill_test_find               (GtkWidget          *widget,
                                          GType               type);
GtkWidget *drill_test_find_named         (GtkWidget          *widget,
                                          const char         *text);
void       drill_test_wait_label         (GtkWidget          *widget,
                                          const char         *text);
void       drill_test_click              (GtkWidget          *widget,
                                          const char         *text);
GtkWidget *drill_test_wait_toplevel      (GType               type);
void       drill_test_wait_gone          (GType               type);
char      *drill_test_read_clipboard     (GtkWidget          *widget);
char      *drill_test_conformance_path   (const char         *name);
void       drill_test_choose_file        (const char         *path);

void       drill_test_init               (int                *argc,
                                          char             ***argv);
