// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean drill_cli_save_check (const char  *path,
                               GError     **error);
gboolean drill_cli_save       (const char  *path,
                               GBytes      *bytes,
                               GError     **error);
char    *drill_cli_save_dup_checksum_path (const char *path);

G_END_DECLS
