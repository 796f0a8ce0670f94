// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *drill_fold          (const char   *text);
const char *drill_fold_shared   (const char   *text,
                                 GStringChunk *chunk);
gboolean    drill_fold_contains (const char   *text,
                                 const char   *needle);

G_END_DECLS
