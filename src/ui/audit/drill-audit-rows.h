// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget  *drill_audit_row_new         (GType         type,
                                         const char   *title,
                                         const char   *subtitle);
GtkWidget  *drill_audit_state_new       (const char   *state);
void        drill_audit_list_add_fact   (GtkListBox   *list,
                                         const char   *name,
                                         const char   *value);
void        drill_audit_list_clear      (GtkListBox   *list);
char       *drill_audit_join_lines      (GPtrArray    *lines);

G_END_DECLS
