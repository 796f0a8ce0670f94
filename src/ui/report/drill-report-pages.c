// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-pages.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/common/drill-format.h"

/* Points */
#define TITLE_SIZE   16.0
#define FACT_SIZE     8.5
#define TABLE_SIZE    8.0
#define FOOTER_SIZE   7.5
#define FACT_GAP      3.0 /* below each */
#define FACT_NAME   118.0 /* its width, where there is room */
#define CELL_GAP      6.0 /* between columns */
#define ROW_PADDING   2.5 /* above and below */
#define BLOCK_GAP    10.0 /* between the title, the facts, the table and the footer */

/* What is longer is cut with an ellipsis */
#define CELL_LINES 4
#define FACT_LINES 30
#define HEAD_LINES 2

#define MOST_REMEMBERED 20000 /* heights of texts */

#define MARK_SHADE   0.88
#define QUIET_SHADE  0.35
#define RULE_SHADE   0.75

/* What is on a page: facts, then rows */
typedef struct {
  guint first_fact;
  guint n_facts;
  guint first_row;
  guint n_rows;
} Page;

struct _DrillReportPages
{
  DrillReport     *report;
  PangoLayout     *layout; /* of everything: one after the other */
  gboolean         rtl;
  double           width;
  double           height;

  double           bottom; /* of what is above the footer */
  double           head_height; /* of the headings of the table, with their rule */
  double           line_height; /* of a line of the table */
  double           ascii_widths[128];
  double          *column_x;
  double          *column_width;
  GHashTable      *heights; /* of a text in a width, where it was laid out once */

  GArray          *pages;
  guint            next_row;
  double           y;       /* below the last row */
  gboolean         done;
};

/* Texts */

static void
set_font (DrillReportPages *self,
          double            size,
          gboolean          bold)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, "Cantarell,Noto Sans,sans-serif");
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_font_description_free (font);
}

/* Of what set_text() has set */
static gboolean
is_text_rtl (DrillReportPages *self)
{
  const char *text = pango_layout_get_text (self->layout);
  gboolean ascii = TRUE;

  for (; *text != '\0' && ascii; text++)
    {
      ascii = (guchar) *text < 0x80;
      if (g_ascii_isalpha (*text))
        return FALSE;
    }
  if (ascii)
    return self->rtl;

  return pango_layout_line_get_resolved_direction (pango_layout_get_line_readonly (self->layout, 0)) == PANGO_DIRECTION_RTL;
}

static void
set_text (DrillReportPages *self,
          const char       *text,
          double            width,
          int               max_lines,
          gboolean          at_end)
{
  gboolean right = self->rtl != at_end;

  pango_layout_set_width (self->layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_height (self->layout, width > 0 ? -max_lines : -1);
  pango_layout_set_text (self->layout, text, -1);
  /* Pango swaps the sides for a text of the other direction, which in a table is not wanted */
  if (is_text_rtl (self) != self->rtl)
    right = !right;
  pango_layout_set_alignment (self->layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static double
get_height (DrillReportPages *self)
{
  int height;

  pango_layout_get_size (self->layout, NULL, &height);

  return height / (double) PANGO_SCALE;
}

static double
get_text_width (DrillReportPages *self)
{
  int width;

  pango_layout_get_size (self->layout, &width, NULL);

  return width / (double) PANGO_SCALE;
}

static double
mirror (DrillReportPages *self,
        double            x,
        double            width)
{
  return self->rtl ? self->width - x - width : x;
}

/* Draws what set_text() has set; @x is as in a left-to-right page */
static void
show_text (DrillReportPages *self,
           cairo_t          *cr,
           double            x,
           double            y,
           double            width,
           double            shade)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, shade, shade, shade);
  cairo_move_to (cr, mirror (self, x, width), y);
  pango_cairo_show_layout (cr, self->layout);
  cairo_restore (cr);
}

static void
draw_rule (DrillReportPages *self,
           cairo_t          *cr,
           double            y,
           double            line_width,
           double            shade)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, shade, shade, shade);
  cairo_set_line_width (cr, line_width);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, self->width, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Most texts are short and plain: whether one fits in a line is then a sum */
static gboolean
fits_in_line (DrillReportPages *self,
              const char       *text,
              double            width)
{
  double sum = 0;

  for (; *text != '\0'; text++)
    {
      if ((guchar) *text >= G_N_ELEMENTS (self->ascii_widths))
        return FALSE;
      sum += self->ascii_widths[(guchar) *text];
    }

  /* Kerning is hardly ever apart */
  return sum * 1.02 <= width;
}

static double
measure_cell (DrillReportPages *self,
              const char       *text,
              guint             column)
{
  double width = self->column_width[column];
  double *known;
  double height;
  g_autofree char *key = NULL;

  if (fits_in_line (self, text, width))
    return self->line_height;

  key = g_strdup_printf ("%u %s", column, text);
  known = g_hash_table_lookup (self->heights, key);
  if (known != NULL)
    return *known;

  set_text (self, text, width, CELL_LINES, FALSE);
  height = get_height (self);
  if (g_hash_table_size (self->heights) >= MOST_REMEMBERED)
    g_hash_table_remove_all (self->heights);
  known = g_new (double, 1);
  *known = height;
  g_hash_table_insert (self->heights, g_steal_pointer (&key), known);

  return height;
}

static double
measure_row (DrillReportPages *self,
             guint             row)
{
  double height = self->line_height;

  for (guint i = 0; i < drill_report_get_n_columns (self->report); i++)
    {
      g_autofree char *text = drill_report_dup_cell (self->report, row, i);
      double cell_height = measure_cell (self, text, i);

      height = MAX (height, cell_height);
    }

  return height + 2 * ROW_PADDING;
}

/* Making it */

static void
measure_letters (DrillReportPages *self)
{
  set_font (self, TABLE_SIZE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (self->ascii_widths); i++)
    {
      char text[] = { (char) i, '\0' };

      if (g_ascii_isprint (text[0]))
        {
          set_text (self, text, 0, 1, FALSE);
          self->ascii_widths[i] = get_text_width (self);
        }
      else
        {
          /* There are none; if there were, they would have to be laid out */
          self->ascii_widths[i] = self->width;
        }
    }
  set_text (self, "Xg", 0, 1, FALSE);
  self->line_height = get_height (self);
}

static void
place_columns (DrillReportPages *self)
{
  guint n_columns = drill_report_get_n_columns (self->report);
  double room = self->width - CELL_GAP * (n_columns > 0 ? n_columns - 1 : 0);
  double weights = 0, x = 0;

  self->column_x = g_new0 (double, n_columns);
  self->column_width = g_new0 (double, n_columns);
  for (guint i = 0; i < n_columns; i++)
    weights += drill_report_get_column (self->report, i)->weight;

  for (guint i = 0; i < n_columns; i++)
    {
      self->column_x[i] = x;
      self->column_width[i] = MAX (room * drill_report_get_column (self->report, i)->weight / weights, 1.0);
      x += self->column_width[i] + CELL_GAP;
    }
}

static double
measure_headings (DrillReportPages *self)
{
  double height = 0;

  set_font (self, TABLE_SIZE, TRUE);
  for (guint i = 0; i < drill_report_get_n_columns (self->report); i++)
    {
      set_text (self, drill_report_get_column (self->report, i)->title, self->column_width[i], HEAD_LINES, FALSE);
      height = MAX (height, get_height (self));
    }

  return height + 2 * ROW_PADDING;
}

/* The title of the first page is large, that of the others a line */
static double
draw_head (DrillReportPages *self,
           guint             page,
           cairo_t          *cr)
{
  const char *mark = drill_report_get_mark (self->report);
  double size = page == 0 ? TITLE_SIZE : TABLE_SIZE;
  double mark_width = 0, height;

  if (mark != NULL)
    {
      set_font (self, size, TRUE);
      set_text (self, mark, 0, 1, TRUE);
      mark_width = MIN (get_text_width (self) + 1, self->width / 2);
      set_text (self, mark, mark_width, 1, TRUE);
      if (cr != NULL)
        show_text (self, cr, self->width - mark_width, 0, mark_width, 0);
    }

  set_font (self, size, TRUE);
  set_text (self, drill_report_get_title (self->report), self->width - mark_width - CELL_GAP, 1, FALSE);
  height = get_height (self);
  if (cr != NULL)
    show_text (self, cr, 0, 0, self->width - mark_width - CELL_GAP, 0);

  return height + BLOCK_GAP;
}

static double
draw_fact (DrillReportPages *self,
           guint             i,
           double            x,
           double            y,
           double            width,
           cairo_t          *cr)
{
  const DrillReportFact *fact = drill_report_get_fact (self->report, i);
  double name_width = MIN (FACT_NAME, width / 3);
  double value_width = width - name_width - CELL_GAP;
  double height;

  set_font (self, FACT_SIZE, FALSE);
  set_text (self, fact->name, name_width, HEAD_LINES, FALSE);
  height = get_height (self);
  if (cr != NULL)
    show_text (self, cr, x, y, name_width, QUIET_SHADE);

  set_text (self, fact->value, value_width, FACT_LINES, FALSE);
  height = MAX (height, get_height (self));
  if (cr != NULL)
    show_text (self, cr, x + name_width + CELL_GAP, y, value_width, 0);

  return height;
}

/* One line of facts: a wide one, or two that are not. Returns how many. */
static guint
draw_facts (DrillReportPages *self,
            guint             i,
            double            y,
            cairo_t          *cr,
            double           *height)
{
  double half = (self->width - 2 * CELL_GAP) / 2;
  double other;

  if (drill_report_get_fact (self->report, i)->wide)
    {
      *height = draw_fact (self, i, 0, y, self->width, cr) + FACT_GAP;
      return 1;
    }

  *height = draw_fact (self, i, 0, y, half, cr) + FACT_GAP;
  if (i + 1 == drill_report_get_n_facts (self->report) || drill_report_get_fact (self->report, i + 1)->wide)
    return 1;

  other = draw_fact (self, i + 1, half + 2 * CELL_GAP, y, half, cr) + FACT_GAP;
  *height = MAX (*height, other);

  return 2;
}

static Page *
get_last_page (DrillReportPages *self)
{
  return &g_array_index (self->pages, Page, self->pages->len - 1);
}

static void
begin_page (DrillReportPages *self,
            guint             next_fact)
{
  Page page = { next_fact, 0, self->next_row, 0 };

  g_array_append_val (self->pages, page);
  self->y = draw_head (self, self->pages->len - 1, NULL);
}

static void
place_facts (DrillReportPages *self)
{
  guint n_facts = drill_report_get_n_facts (self->report);

  for (guint i = 0; i < n_facts;)
    {
      double height;
      guint n = draw_facts (self, i, 0, NULL, &height);

      if (self->y + height > self->bottom && get_last_page (self)->n_facts > 0)
        begin_page (self, i);
      get_last_page (self)->n_facts += n;
      self->y += height;
      i += n;
    }
  if (n_facts > 0)
    self->y += BLOCK_GAP;
}

/**
 * drill_report_pages_new:
 * @report: a report that is prepared
 * @context: (transfer none): with a resolution of 72 dots to the inch
 * @width: of what may be printed on
 * @height: likewise
 * @direction: %GTK_TEXT_DIR_RTL mirrors the pages
 *
 * Returns: (transfer full): the pages, which are to be laid out with
 *   drill_report_pages_paginate()
 */
DrillReportPages *
drill_report_pages_new (DrillReport      *report,
                        PangoContext     *context,
                        double            width,
                        double            height,
                        GtkTextDirection  direction)
{
  DrillReportPages *self = g_new0 (DrillReportPages, 1);
  PangoAttrList *attributes = pango_attr_list_new ();

  self->report = g_object_ref (report);
  self->rtl = direction == GTK_TEXT_DIR_RTL;
  self->width = MAX (width, 1.0);
  self->height = MAX (height, 1.0);
  pango_context_set_base_dir (context, self->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  self->layout = pango_layout_new (context);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  /* An id with a hyphen in it is another id */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
  self->heights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pages = g_array_new (FALSE, TRUE, sizeof (Page));

  place_columns (self);
  measure_letters (self);
  self->head_height = measure_headings (self);
  set_font (self, FOOTER_SIZE, FALSE);
  set_text (self, "Xg", 0, 1, FALSE);
  self->bottom = self->height - get_height (self) - BLOCK_GAP;

  begin_page (self, 0);
  place_facts (self);
  self->y += self->head_height;
  self->done = drill_report_get_n_rows (report) == 0;

  return self;
}

void
drill_report_pages_free (DrillReportPages *self)
{
  g_object_unref (self->report);
  g_object_unref (self->layout);
  g_hash_table_unref (self->heights);
  g_array_unref (self->pages);
  g_free (self->column_x);
  g_free (self->column_width);
  g_free (self);
}

/**
 * drill_report_pages_paginate:
 * @self: pages
 * @slice_us: how long it may take, µs; it may be a little longer
 *
 * Lays out the next rows.
 *
 * Returns: whether all are laid out
 */
gboolean
drill_report_pages_paginate (DrillReportPages *self,
                             gint64            slice_us)
{
  gint64 end_us = g_get_monotonic_time () + slice_us;
  guint n_rows = drill_report_get_n_rows (self->report);

  set_font (self, TABLE_SIZE, FALSE);
  while (!self->done)
    {
      double height = measure_row (self, self->next_row);

      /* A page has at least one row, unless it has facts */
      if (self->y + height > self->bottom &&
          (get_last_page (self)->n_rows > 0 || get_last_page (self)->n_facts > 0))
        {
          begin_page (self, drill_report_get_n_facts (self->report));
          self->y += self->head_height;
          set_font (self, TABLE_SIZE, FALSE);
        }
      get_last_page (self)->n_rows++;
      self->y += height;
      self->next_row++;
      self->done = self->next_row == n_rows;

      if (!self->done && self->next_row % 16 == 0 && g_get_monotonic_time () >= end_us)
        return FALSE;
    }

  return TRUE;
}

/* Returns: how much is laid out, 0 to 1 */
double
drill_report_pages_get_fraction (DrillReportPages *self)
{
  guint n_rows = drill_report_get_n_rows (self->report);

  return n_rows > 0 ? self->next_row / (double) n_rows : 1.0;
}

/* Returns: how many pages there are so far */
guint
drill_report_pages_get_n_pages (DrillReportPages *self)
{
  return self->pages->len;
}

/* Returns: how many pages it may become, going by what is laid out */
guint
drill_report_pages_estimate (DrillReportPages *self)
{
  if (self->done || self->next_row == 0)
    return self->pages->len;

  return (guint) MIN (ceil (self->pages->len / drill_report_pages_get_fraction (self)), G_MAXINT);
}

/* Drawing */

/* Across the page, below what is printed on it */
static void
draw_mark (DrillReportPages *self,
           cairo_t          *cr)
{
  const char *mark = drill_report_get_mark (self->report);
  double diagonal = hypot (self->width, self->height);
  double width, height, scale;

  if (mark == NULL)
    return;

  set_font (self, 48, TRUE);
  set_text (self, mark, 0, 1, FALSE);
  width = MAX (get_text_width (self), 1.0);
  height = get_height (self);
  scale = MIN (0.75 * diagonal / width, 0.4 * MIN (self->width, self->height) / height);

  cairo_save (cr);
  cairo_set_source_rgb (cr, MARK_SHADE, MARK_SHADE, MARK_SHADE);
  cairo_translate (cr, self->width / 2, self->height / 2);
  cairo_rotate (cr, -atan2 (self->height, self->width));
  cairo_scale (cr, scale, scale);
  cairo_move_to (cr, -width / 2, -height / 2);
  pango_cairo_show_layout (cr, self->layout);
  cairo_restore (cr);
}

static void
draw_footer (DrillReportPages *self,
             guint             page,
             cairo_t          *cr)
{
  g_autofree char *number = drill_format_count (page + 1);
  g_autofree char *n_pages = drill_format_count (self->pages->len);
  /* Translators: the number of a page, and of how many */
  g_autofree char *text = g_strdup_printf (_("Page %1$s of %2$s"), number, n_pages);
  double y = self->bottom + BLOCK_GAP;
  double width;

  set_font (self, FOOTER_SIZE, FALSE);
  set_text (self, text, 0, 1, TRUE);
  width = MIN (get_text_width (self) + 1, self->width / 2);
  set_text (self, text, width, 1, TRUE);
  show_text (self, cr, self->width - width, y, width, 0);

  set_text (self, drill_report_get_footer (self->report), self->width - width - 2 * CELL_GAP, 1, FALSE);
  show_text (self, cr, 0, y, self->width - width - 2 * CELL_GAP, QUIET_SHADE);
}

static double
draw_headings (DrillReportPages *self,
               double            y,
               cairo_t          *cr)
{
  set_font (self, TABLE_SIZE, TRUE);
  for (guint i = 0; i < drill_report_get_n_columns (self->report); i++)
    {
      set_text (self, drill_report_get_column (self->report, i)->title, self->column_width[i], HEAD_LINES, FALSE);
      show_text (self, cr, self->column_x[i], y + ROW_PADDING, self->column_width[i], 0);
    }
  draw_rule (self, cr, y + self->head_height, 0.8, 0);

  return y + self->head_height;
}

static double
draw_row (DrillReportPages *self,
          guint             row,
          double            y,
          cairo_t          *cr)
{
  double height = self->line_height;

  for (guint i = 0; i < drill_report_get_n_columns (self->report); i++)
    {
      g_autofree char *text = drill_report_dup_cell (self->report, row, i);
      double cell_height;

      if (*text == '\0')
        continue;
      set_text (self, text, self->column_width[i], CELL_LINES, FALSE);
      cell_height = get_height (self);
      height = MAX (height, cell_height);
      show_text (self, cr, self->column_x[i], y + ROW_PADDING, self->column_width[i], 0);
    }
  y += height + 2 * ROW_PADDING;
  draw_rule (self, cr, y, 0.3, RULE_SHADE);

  return y;
}

/**
 * drill_report_pages_draw:
 * @self: pages that are all laid out
 * @page: which, from 0
 * @cr: where to, in points
 */
void
drill_report_pages_draw (DrillReportPages *self,
                         guint             page,
                         cairo_t          *cr)
{
  const Page *what;
  double y;

  g_return_if_fail (self->done && page < self->pages->len);

  what = &g_array_index (self->pages, Page, page);
  pango_cairo_update_context (cr, pango_layout_get_context (self->layout));
  pango_layout_context_changed (self->layout);

  draw_mark (self, cr);
  y = draw_head (self, page, cr);
  for (guint i = 0; i < what->n_facts;)
    {
      double height;

      i += draw_facts (self, what->first_fact + i, y, cr, &height);
      y += height;
    }
  if (what->n_facts > 0)
    y += BLOCK_GAP;

  if (what->n_rows > 0)
    {
      y = draw_headings (self, y, cr);
      set_font (self, TABLE_SIZE, FALSE);
      for (guint i = 0; i < what->n_rows; i++)
        y = draw_row (self, what->first_row + i, y, cr);
    }
  draw_footer (self, page, cr);
}
