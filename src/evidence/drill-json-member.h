// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes   *drill_json_find_object (GBytes     *bytes,
                                  const char *member);
GBytes   *drill_json_find_value  (GBytes     *bytes,
                                  const char *member);
gboolean  drill_json_is_object   (GBytes     *bytes);

G_END_DECLS
