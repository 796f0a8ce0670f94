// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

char *drill_views_words_dup_store_error  (const GError *error);
char *drill_views_words_dup_import_error (const char   *file_name,
                                          const GError *error);
char *drill_views_words_dup_imported     (guint         n_added,
                                          guint         n_known,
                                          guint         n_unknown);

void  drill_views_words_show             (GtkWidget    *widget,
                                          const char   *heading,
                                          const char   *text);

G_END_DECLS
