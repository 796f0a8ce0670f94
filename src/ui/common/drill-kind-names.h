// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DRILL_KIND_PREFIX:
 *
 * What the `metadata_kind` of nearly all evidence begins with (contract section 2).
 */
#define DRILL_KIND_PREFIX "go-backend-rollback-drill-"

char       *drill_kind_dup_name          (const char  *kind);
char       *drill_state_dup_name         (const char  *state);
const char *drill_state_get_icon_name    (const char  *state);
const char *drill_state_get_css_class    (const char  *state);
const char *drill_result_get_name        (DrillResult  result);
const char *drill_result_get_state       (DrillResult  result);

G_END_DECLS
