// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillChoiceName:
 * @value: a value, as the service has it
 *
 * Returns: (transfer full): what it is called, plain text for one line
 */
typedef char *(*DrillChoiceName) (const char *value);

/**
 * DrillChoice:
 *
 * A drop-down that filters by one value, or by none. The values may change
 * underneath; the one that is chosen stays chosen.
 *
 * Properties:
 * - `title` (string): what is chosen, for assistive technologies and the tooltip
 * - `all-label` (string): what choosing none is called
 *
 * Signals: `changed`, when another value was chosen, not when the values change.
 */
#define DRILL_TYPE_CHOICE (drill_choice_get_type ())

G_DECLARE_FINAL_TYPE (DrillChoice, drill_choice, DRILL, CHOICE, AdwBin)

void        drill_choice_set_values (DrillChoice        *self,
                                     const char *const  *values,
                                     DrillChoiceName     name);
const char *drill_choice_get_value  (DrillChoice        *self);
void        drill_choice_set_value  (DrillChoice        *self,
                                     const char         *value);
char       *drill_choice_dup_name   (DrillChoice        *self);

G_END_DECLS
