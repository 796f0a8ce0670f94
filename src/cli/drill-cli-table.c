// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-table.h"

#include <string.h>

#include "base/drill-text.h"

#define LONGEST_CELL 40 /* columns of a terminal: four such cells still fit a wide one */
#define GAP          2  /* columns between cells */

typedef struct {
  guint    offset; /* into the text of all cells */
  guint    width;  /* columns */
  gboolean right;
} Cell;

struct _DrillCliTable
{
  GString *text;   /* all cells, each ended by a NUL */
  GArray  *cells;  /* Cell, row by row, the titles first */
  guint   *widths; /* widest cell of each column */
  guint    n_columns;
  gboolean may_cut;
};

static guint
width_of (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/* Appends the cell, cut if need be, and returns its width in columns. */
static guint
append_cut (GString    *text,
            const char *line,
            gboolean    may_cut)
{
  guint width = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (may_cut && width + width_of (c) >= LONGEST_CELL && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (text, "…");
          return width + 1;
        }

      g_string_append_unichar (text, c);
      width += width_of (c);
    }

  return width;
}

static void
add (DrillCliTable *self,
     const char    *cell,
     gboolean       right)
{
  g_autofree char *line = drill_text_one_line (cell);
  guint column = self->cells->len % self->n_columns;
  Cell entry = { .offset = (guint) self->text->len, .right = right };

  entry.width = append_cut (self->text, line, self->may_cut);
  g_string_append_c (self->text, '\0');

  self->widths[column] = MAX (self->widths[column], entry.width);
  g_array_append_val (self->cells, entry);
}

static void
append_spaces (GString *text,
               guint    n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, ' ');
}

/**
 * drill_cli_table_new:
 * @titles: (array length=n_columns): what stands above the columns
 * @n_columns: how many
 * @may_cut: whether to cut long cells, for a terminal
 *
 * Returns: (transfer full): an empty table
 */
DrillCliTable *
drill_cli_table_new (const char *const *titles,
                     guint              n_columns,
                     gboolean           may_cut)
{
  DrillCliTable *self = g_new0 (DrillCliTable, 1);

  self->text = g_string_new (NULL);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->widths = g_new0 (guint, n_columns);
  self->n_columns = n_columns;
  self->may_cut = may_cut;

  for (guint i = 0; i < n_columns; i++)
    add (self, titles[i], FALSE);

  return self;
}

/**
 * drill_cli_table_free:
 * @self: a table
 *
 * Frees it.
 */
void
drill_cli_table_free (DrillCliTable *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->cells);
  g_free (self->widths);
  g_free (self);
}

/**
 * drill_cli_table_add:
 * @self: a table
 * @cell: (nullable): the next cell, row by row
 */
void
drill_cli_table_add (DrillCliTable *self,
                     const char    *cell)
{
  add (self, cell, FALSE);
}

/**
 * drill_cli_table_add_right:
 * @self: a table
 * @cell: (nullable): the next cell, a number
 */
void
drill_cli_table_add_right (DrillCliTable *self,
                           const char    *cell)
{
  add (self, cell, TRUE);
}

/**
 * drill_cli_table_write:
 * @self: a table
 * @out: where to
 * @error: a GIO error
 *
 * Returns: %TRUE when all of it was written
 */
gboolean
drill_cli_table_write (DrillCliTable  *self,
                       GOutputStream  *out,
                       GError        **error)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i + self->n_columns <= self->cells->len; i += self->n_columns)
    {
      g_string_truncate (line, 0);
      for (guint column = 0; column < self->n_columns; column++)
        {
          const Cell *cell = &g_array_index (self->cells, Cell, i + column);
          guint space = self->widths[column] - cell->width;

          if (cell->right)
            append_spaces (line, space);
          g_string_append (line, self->text->str + cell->offset);
          if (column + 1 < self->n_columns)
            append_spaces (line, (cell->right ? 0 : space) + GAP);
        }

      while (line->len > 0 && line->str[line->len - 1] == ' ')
        g_string_truncate (line, line->len - 1);
      g_string_append_c (line, '\n');

      if (!g_output_stream_write_all (out, line->str, line->len, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}
