// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void  drill_canonical_append        (GString    *text,
                                     JsonNode   *node);
void  drill_canonical_append_string (GString    *text,
                                     const char *value);
void  drill_canonical_append_double (GString    *text,
                                     double      value);
char *drill_canonical_to_string     (JsonNode   *node);
char *drill_canonical_id            (const char *prefix,
                                     const char *text,
                                     gssize      length);

G_END_DECLS
