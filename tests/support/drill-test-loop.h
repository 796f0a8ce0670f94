// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void      drill_test_loop_until   (gboolean      (*condition) (gpointer data),
                                   gpointer        data);
void      drill_test_loop_result  (GObject        *object,
                                   GAsyncResult   *result,
                                   gpointer        user_data);
void      drill_test_loop_await   (GAsyncResult  **result);

G_END_DECLS
