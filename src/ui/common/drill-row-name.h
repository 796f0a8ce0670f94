// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void drill_row_name_set      (GtkWidget     *child,
                              const char    *name);
void drill_row_name_add_list (GtkColumnView *view,
                              const char    *name);

G_END_DECLS
