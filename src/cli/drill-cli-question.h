// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean drill_cli_question_ask    (const char *question);
gboolean drill_cli_question_is_yes (const char *answer,
                                    const char *letter);

G_END_DECLS
