// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void drill_process_forbid_core_dumps (void);
void drill_process_forbid_tracing    (void);

G_END_DECLS
