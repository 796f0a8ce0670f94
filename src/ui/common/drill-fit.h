// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

int  drill_fit_get_height (GtkScrolledWindow *scrolled,
                           int                width);
void drill_fit_text   (GtkWindow         *window);
void drill_fit_window     (AdwWindow         *window,
                           GtkScrolledWindow *scrolled);
void drill_fit_wrap     (GtkLabel          *label);

G_END_DECLS
