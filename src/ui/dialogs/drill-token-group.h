// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillTokenGroup:
 *
 * Asks for a bearer token, and whether it is to be kept. What is typed is never
 * shown, and a token that is kept is never filled in. Emits `changed`, and
 * `activate` for Return.
 */
#define DRILL_TYPE_TOKEN_GROUP (drill_token_group_get_type ())

G_DECLARE_FINAL_TYPE (DrillTokenGroup, drill_token_group, DRILL, TOKEN_GROUP, AdwPreferencesGroup)

const char *drill_token_group_get_token   (DrillTokenGroup *self);
gboolean    drill_token_group_get_keep    (DrillTokenGroup *self);
void        drill_token_group_set_keep    (DrillTokenGroup *self,
                                           gboolean         keep);
void        drill_token_group_set_takes   (DrillTokenGroup *self,
                                           gboolean         takes);
void        drill_token_group_set_hint    (DrillTokenGroup *self,
                                           const char      *hint);
void        drill_token_group_set_error   (DrillTokenGroup *self,
                                           const GError    *error);
char       *drill_token_error_text_dup    (const GError    *error);

G_END_DECLS
