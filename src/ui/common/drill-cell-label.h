// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *drill_cell_label_new   (PangoEllipsizeMode ellipsize);
int        drill_cell_scale_width (GtkWidget          *widget,
                                   int                 width);

G_END_DECLS
