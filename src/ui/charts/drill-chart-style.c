// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-style.h"

#include <adwaita.h>

#define STRIPE 7.0f /* px from one stripe to the next */

typedef enum {
  PATTERN_FILLED,
  PATTERN_STRIPES,
  PATTERN_OUTLINE,
} Pattern;

/* Dark enough on white, light enough on a dark card, for a contrast of 3:1
 * (WCAG 1.4.11) and apart in lightness as well as in hue */
static const struct
{
  const char *light;
  const char *dark;
  Pattern     pattern;
  float       x, y; /* across the stripes */
} tones[DRILL_N_TONES] = {
  [DRILL_TONE_BLUE] = { "#0068a3", "#56b4e9", PATTERN_FILLED, 0, 0 },
  [DRILL_TONE_ORANGE] = { "#c74a00", "#ff8a4a", PATTERN_STRIPES, 0.7071f, 0.7071f },
  [DRILL_TONE_GREEN] = { "#007a5a", "#35c99d", PATTERN_STRIPES, 0, 1 },
  [DRILL_TONE_PURPLE] = { "#9c3f78", "#e39bc6", PATTERN_STRIPES, 0.7071f, -0.7071f },
  [DRILL_TONE_GOLD] = { "#8a6500", "#f0cf55", PATTERN_STRIPES, 1, 0 },
  [DRILL_TONE_GREY] = { "#5e5c64", "#b5b3ba", PATTERN_OUTLINE, 0, 0 },
};

static void
get_color (DrillChartTone  tone,
           GdkRGBA        *color)
{
  drill_chart_tone_get_color (tone, adw_style_manager_get_dark (adw_style_manager_get_default ()), color);
}

/**
 * drill_chart_tone_get_color:
 * @tone: a tone
 * @dark: whether it is for a dark background
 * @color: (out caller-allocates): its colour
 */
void
drill_chart_tone_get_color (DrillChartTone  tone,
                            gboolean        dark,
                            GdkRGBA        *color)
{
  g_return_if_fail (tone < DRILL_N_TONES);

  gdk_rgba_parse (color, dark ? tones[tone].dark : tones[tone].light);
}

static void
append_border (GtkSnapshot           *snapshot,
               const graphene_rect_t *area,
               const GdkRGBA         *color)
{
  GskRoundedRect outline;
  const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };

  if (area->size.width < 3 || area->size.height < 3)
    {
      gtk_snapshot_append_color (snapshot, color, area);
      return;
    }
  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
append_stripes (DrillChartTone         tone,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *area,
                const GdkRGBA         *color)
{
  GdkRGBA pale = *color;

  pale.alpha = 0.45f * color->alpha;
  const GskColorStop stops[] = { { 0, *color }, { 0.5f, *color }, { 0.5f, pale }, { 1, pale } };

  /* From one point for all: areas beside each other are one */
  gtk_snapshot_append_repeating_linear_gradient (snapshot, area, graphene_point_zero (),
                                                 &GRAPHENE_POINT_INIT (tones[tone].x * STRIPE, tones[tone].y * STRIPE),
                                                 stops, G_N_ELEMENTS (stops));
}

/**
 * drill_chart_tone_append_area:
 * @tone: a tone
 * @snapshot: where to draw
 * @area: what to fill with its colour and pattern
 */
void
drill_chart_tone_append_area (DrillChartTone         tone,
                              GtkSnapshot           *snapshot,
                              const graphene_rect_t *area)
{
  GdkRGBA color;

  get_color (tone, &color);
  if (tones[tone].pattern == PATTERN_FILLED)
    {
      gtk_snapshot_append_color (snapshot, &color, area);
      return;
    }
  if (tones[tone].pattern == PATTERN_STRIPES)
    {
      append_stripes (tone, snapshot, area, &color);
    }
  else
    {
      GdkRGBA pale = color;

      pale.alpha = 0.25f;
      gtk_snapshot_append_color (snapshot, &pale, area);
    }
  append_border (snapshot, area, &color);
}

/**
 * drill_chart_tone_append_shade:
 * @tone: a tone
 * @snapshot: where to draw
 * @area: what to shade, for the space below a line
 */
void
drill_chart_tone_append_shade (DrillChartTone         tone,
                               GtkSnapshot           *snapshot,
                               const graphene_rect_t *area)
{
  GdkRGBA color;

  get_color (tone, &color);
  color.alpha = 0.3f;
  if (tones[tone].pattern == PATTERN_STRIPES)
    append_stripes (tone, snapshot, area, &color);
  else
    gtk_snapshot_append_color (snapshot, &color, area);
}

/**
 * drill_chart_tone_append_line:
 * @tone: a tone
 * @snapshot: where to draw
 * @area: a piece of a line, upright or level
 */
void
drill_chart_tone_append_line (DrillChartTone         tone,
                              GtkSnapshot           *snapshot,
                              const graphene_rect_t *area)
{
  GdkRGBA color;

  get_color (tone, &color);
  gtk_snapshot_append_color (snapshot, &color, area);
}

/**
 * drill_chart_tone_append_marker:
 * @tone: a tone
 * @snapshot: where to draw
 * @x: its middle
 * @y: its middle
 * @size: how large, px
 */
void
drill_chart_tone_append_marker (DrillChartTone  tone,
                                GtkSnapshot    *snapshot,
                                float           x,
                                float           y,
                                float           size)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (-size / 2, -size / 2, size, size);
  GskRoundedRect round;
  GdkRGBA color;

  get_color (tone, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));

  if (tone == DRILL_TONE_ORANGE)
    gtk_snapshot_rotate (snapshot, 45);
  else if (tone == DRILL_TONE_GOLD)
    graphene_rect_inset (&area, 0, size / 4);
  else if (tone == DRILL_TONE_GREY)
    graphene_rect_inset (&area, size / 4, 0);

  if (tone == DRILL_TONE_BLUE || tone == DRILL_TONE_PURPLE)
    {
      const float width = tone == DRILL_TONE_PURPLE ? MAX (size / 4, 1) : size / 2;
      const float widths[4] = { width, width, width, width };
      const GdkRGBA colors[4] = { color, color, color, color };

      gsk_rounded_rect_init_from_rect (&round, &area, size / 2);
      gtk_snapshot_append_border (snapshot, &round, widths, colors);
    }
  else
    {
      gtk_snapshot_append_color (snapshot, &color, &area);
    }

  gtk_snapshot_restore (snapshot);
}
