// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report.h"

#include <string.h>

#include "base/drill-text.h"
#include "ui/common/drill-format.h"

/* What is longer fits on no page: a text of a server may have any length */
#define MAX_CELL 600 /* characters */
#define MAX_FACT 5000

struct _DrillReport
{
  GObject             parent_instance;

  char               *title;
  char               *file_stem;
  char               *mark;
  char               *footer;
  GArray             *facts;
  GArray             *columns;
  guint               n_rows;

  DrillReportPrepare  prepare;
  DrillReportCell     cell;
  gpointer            data;
  GDestroyNotify      destroy;
  gboolean            prepared;
};

G_DEFINE_FINAL_TYPE (DrillReport, drill_report, G_TYPE_OBJECT)

static gboolean
is_plain_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if (*text < ' ' || *text > '~')
      return FALSE;

  return TRUE;
}

/* One line of plain text that is not too long; takes @text */
static char *
clean (char *text,
       long  max_chars)
{
  char *end;

  if (!is_plain_ascii (text))
    {
      char *line = drill_text_one_line (text);

      g_free (text);
      text = line;
    }

  if (strlen (text) <= (gsize) max_chars || g_utf8_strlen (text, -1) <= max_chars)
    return text;

  end = g_utf8_offset_to_pointer (text, max_chars - 1);
  /* It is three bytes long, and what it replaces is at least one character and what follows */
  if (strlen (end) < strlen ("…"))
    return text;
  strcpy (end, "…");

  return text;
}

static void
fact_clear (gpointer data)
{
  DrillReportFact *fact = data;

  g_free (fact->name);
  g_free (fact->value);
}

static void
column_clear (gpointer data)
{
  g_free (((DrillReportColumn *) data)->title);
}

static void
drill_report_finalize (GObject *object)
{
  DrillReport *self = DRILL_REPORT (object);

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_array_unref (self->facts);
  g_array_unref (self->columns);
  g_free (self->title);
  g_free (self->file_stem);
  g_free (self->mark);
  g_free (self->footer);

  G_OBJECT_CLASS (drill_report_parent_class)->finalize (object);
}

static void
drill_report_class_init (DrillReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_report_finalize;
}

static void
drill_report_init (DrillReport *self)
{
  self->facts = g_array_new (FALSE, FALSE, sizeof (DrillReportFact));
  g_array_set_clear_func (self->facts, fact_clear);
  self->columns = g_array_new (FALSE, FALSE, sizeof (DrillReportColumn));
  g_array_set_clear_func (self->columns, column_clear);
  self->footer = g_strdup ("");
}

/**
 * drill_report_new:
 * @title: what it is
 * @file_stem: the file name that is proposed, without a suffix
 * @prepare: counts and computes what it says
 * @cell: gives the texts of the table
 * @data: (transfer full) (nullable): for both
 * @destroy: (nullable): frees @data
 *
 * Returns: (transfer full): a report that is to be prepared
 */
DrillReport *
drill_report_new (const char         *title,
                  const char         *file_stem,
                  DrillReportPrepare  prepare,
                  DrillReportCell     cell,
                  gpointer            data,
                  GDestroyNotify      destroy)
{
  DrillReport *self = g_object_new (DRILL_TYPE_REPORT, NULL);

  self->title = clean (g_strdup (title), MAX_CELL);
  self->file_stem = drill_text_file_name (file_stem);
  self->prepare = prepare;
  self->cell = cell;
  self->data = data;
  self->destroy = destroy;

  return self;
}

/**
 * drill_report_prepare:
 * @self: a report
 * @cancellable: (nullable): stops it
 * @error: why it cannot be made
 *
 * Counts and computes what the report says, the first time it is called.
 *
 * Returns: whether it can be read
 */
gboolean
drill_report_prepare (DrillReport   *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  if (self->prepared)
    return TRUE;

  /* Of an attempt that was stopped */
  g_array_set_size (self->facts, 0);
  g_array_set_size (self->columns, 0);
  self->prepared = self->prepare (self, self->data, cancellable, error);

  return self->prepared;
}

/**
 * drill_report_set_mark:
 * @self: a report
 * @mark: (nullable): what stands across every page, such as "SAMPLE DATA"
 */
void
drill_report_set_mark (DrillReport *self,
                       const char  *mark)
{
  g_free (self->mark);
  self->mark = mark != NULL ? clean (g_strdup (mark), MAX_CELL) : NULL;
}

/**
 * drill_report_set_footer:
 * @self: a report
 * @footer: what stands below every page, beside its number
 */
void
drill_report_set_footer (DrillReport *self,
                         const char  *footer)
{
  g_free (self->footer);
  self->footer = clean (g_strdup (footer), MAX_CELL);
}

/**
 * drill_report_add_fact:
 * @self: a report
 * @name: what it is
 * @value: (nullable): what is to be said, one paragraph; "" and %NULL become a dash
 * @wide: whether it takes the whole width
 */
void
drill_report_add_fact (DrillReport *self,
                       const char  *name,
                       const char  *value,
                       gboolean     wide)
{
  DrillReportFact fact;

  fact.name = clean (g_strdup (name), MAX_CELL);
  fact.value = clean (g_strdup (value != NULL && *value != '\0' ? value : "–"), MAX_FACT);
  fact.wide = wide;
  g_array_append_val (self->facts, fact);
}

/**
 * drill_report_add_count:
 * @self: a report
 * @name: what is counted
 * @count: how many
 */
void
drill_report_add_count (DrillReport *self,
                        const char  *name,
                        guint        count)
{
  g_autofree char *value = drill_format_count (count);

  drill_report_add_fact (self, name, value, FALSE);
}

/**
 * drill_report_add_column:
 * @self: a report
 * @title: its heading
 * @weight: its share of the width
 */
void
drill_report_add_column (DrillReport *self,
                         const char  *title,
                         double       weight)
{
  DrillReportColumn column;

  column.title = clean (g_strdup (title), MAX_CELL);
  column.weight = weight;
  g_array_append_val (self->columns, column);
}

/**
 * drill_report_set_n_rows:
 * @self: a report
 * @n_rows: how many rows the table has
 */
void
drill_report_set_n_rows (DrillReport *self,
                         guint        n_rows)
{
  self->n_rows = n_rows;
}

const char *
drill_report_get_title (DrillReport *self)
{
  return self->title;
}

/* What a file is to be called, without a suffix */
const char *
drill_report_get_file_stem (DrillReport *self)
{
  return self->file_stem;
}

const char *
drill_report_get_mark (DrillReport *self)
{
  return self->mark;
}

const char *
drill_report_get_footer (DrillReport *self)
{
  return self->footer;
}

guint
drill_report_get_n_facts (DrillReport *self)
{
  return self->facts->len;
}

const DrillReportFact *
drill_report_get_fact (DrillReport *self,
                       guint        i)
{
  return &g_array_index (self->facts, DrillReportFact, i);
}

/**
 * drill_report_find_fact:
 * @self: a report
 * @name: what it is, as it is printed
 *
 * Returns: (nullable): what is said of it
 */
const char *
drill_report_find_fact (DrillReport *self,
                        const char  *name)
{
  for (guint i = 0; i < self->facts->len; i++)
    if (g_str_equal (g_array_index (self->facts, DrillReportFact, i).name, name))
      return g_array_index (self->facts, DrillReportFact, i).value;

  return NULL;
}

guint
drill_report_get_n_columns (DrillReport *self)
{
  return self->columns->len;
}

const DrillReportColumn *
drill_report_get_column (DrillReport *self,
                         guint        i)
{
  return &g_array_index (self->columns, DrillReportColumn, i);
}

guint
drill_report_get_n_rows (DrillReport *self)
{
  return self->n_rows;
}

/**
 * drill_report_dup_cell:
 * @self: a report that is prepared
 * @row: a row of the table
 * @column: a column
 *
 * Returns: (transfer full): one line of plain text
 */
char *
drill_report_dup_cell (DrillReport *self,
                       guint        row,
                       guint        column)
{
  return clean (self->cell (self->data, row, column), MAX_CELL);
}
