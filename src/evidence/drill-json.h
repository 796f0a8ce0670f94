// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GBytes     *drill_json_indent     (GBytes     *bytes);
JsonNode   *drill_json_parse      (GBytes     *bytes,
                                   GError    **error);
const char *drill_json_get_string (JsonObject *object,
                                   const char *member);
gint64      drill_json_get_int    (JsonObject *object,
                                   const char *member,
                                   gint64      fallback);

G_END_DECLS
