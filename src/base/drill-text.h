// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *drill_text_one_line  (const char *text);
char *drill_text_lower     (const char *text);
char *drill_text_csv_cell  (const char *text);
char *drill_text_file_name (const char *text);
char *drill_text_redact    (const char *text);

G_END_DECLS
