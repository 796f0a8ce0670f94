// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DRILL_JSON_PANE_MAX_SHOWN:
 *
 * How much of a document is put into the text view, bytes: the view lays out
 * all of it, and must not keep the window waiting. The rest can be saved.
 */
#define DRILL_JSON_PANE_MAX_SHOWN (512 * 1024)

/**
 * DRILL_JSON_PANE_MAX_LINE:
 *
 * How much of one line is shown, characters: a line is laid out in one piece.
 */
#define DRILL_JSON_PANE_MAX_LINE 4000

/**
 * DrillJsonPane:
 *
 * Shows a JSON document as it came, read-only, with Format, Copy and Save.
 * Format changes white space between tokens only; Copy and Save always give
 * the bytes as they came. Nothing in the document is ever taken as markup.
 *
 * Properties:
 * - `settings` (#GSettings, nullable): remembers the folder of Save
 */
#define DRILL_TYPE_JSON_PANE (drill_json_pane_get_type ())

G_DECLARE_FINAL_TYPE (DrillJsonPane, drill_json_pane, DRILL, JSON_PANE, AdwBin)

GtkWidget *drill_json_pane_new          (void);
void       drill_json_pane_set_settings (DrillJsonPane *self,
                                         GSettings     *settings);
void       drill_json_pane_set_bytes    (DrillJsonPane *self,
                                         GBytes        *bytes,
                                         const char    *title,
                                         const char    *file_name);
GBytes    *drill_json_pane_get_bytes    (DrillJsonPane *self);

G_END_DECLS
