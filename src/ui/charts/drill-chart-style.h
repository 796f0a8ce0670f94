// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrillChartTone:
 * @DRILL_TONE_BLUE: filled; its marker is a disc
 * @DRILL_TONE_ORANGE: striped upwards; its marker stands on its corner
 * @DRILL_TONE_GREEN: striped across; its marker is a square
 * @DRILL_TONE_PURPLE: striped downwards; its marker is a ring
 * @DRILL_TONE_GOLD: striped from top to bottom; its marker is a flat bar
 * @DRILL_TONE_GREY: an outline, for what is left over; its marker is an upright bar
 *
 * What a series looks like: a colour of the palette of Okabe and Ito, which
 * people with any kind of colour blindness can tell apart, and a pattern and a
 * marker for those who see no colours at all.
 */
typedef enum {
  DRILL_TONE_BLUE,
  DRILL_TONE_ORANGE,
  DRILL_TONE_GREEN,
  DRILL_TONE_PURPLE,
  DRILL_TONE_GOLD,
  DRILL_TONE_GREY,
  DRILL_N_TONES
} DrillChartTone;

void drill_chart_tone_get_color     (DrillChartTone         tone,
                                     gboolean               dark,
                                     GdkRGBA               *color);
void drill_chart_tone_append_area   (DrillChartTone         tone,
                                     GtkSnapshot           *snapshot,
                                     const graphene_rect_t *area);
void drill_chart_tone_append_shade  (DrillChartTone         tone,
                                     GtkSnapshot           *snapshot,
                                     const graphene_rect_t *area);
void drill_chart_tone_append_line   (DrillChartTone         tone,
                                     GtkSnapshot           *snapshot,
                                     const graphene_rect_t *area);
void drill_chart_tone_append_marker (DrillChartTone         tone,
                                     GtkSnapshot           *snapshot,
                                     float                  x,
                                     float                  y,
                                     float                  size);

G_END_DECLS
