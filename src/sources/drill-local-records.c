// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-local-records.h"

#include <string.h>

#include "base/drill-error.h"
#include "evidence/drill-decoder.h"

#define ITEMS_BEGIN "{\"items\":["
#define ITEMS_END   "]}"

struct _DrillLocalRecords
{
  DrillPage *page;               /* as last read, without what was written */
  gboolean is_open;              /* whether the next is known */
  DrillDocument document;
  GPtrArray *written;            /* of DrillPage, in order */
  DrillEvidenceBuilder *builder; /* NULL until it is asked for: of the page, and of n_built of those */
  guint n_built;
};

DrillLocalRecords *
drill_local_records_new (void)
{
  DrillLocalRecords *self = g_new0 (DrillLocalRecords, 1);

  self->written = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_page_unref);

  return self;
}

static void
forget_evidence (DrillLocalRecords *self)
{
  g_clear_pointer (&self->builder, drill_evidence_builder_unref);
  self->n_built = 0;
}

void
drill_local_records_free (DrillLocalRecords *self)
{
  forget_evidence (self);
  g_clear_pointer (&self->page, drill_page_unref);
  g_ptr_array_unref (self->written);
  g_free (self);
}

gboolean
drill_local_records_has_page (DrillLocalRecords *self)
{
  return self->page != NULL;
}

static gboolean
has_rows (DrillDocument document)
{
  return document == DRILL_DOCUMENT_ROUTES || document == DRILL_DOCUMENT_PACKAGE;
}

static void
append (GByteArray *array,
        const char *text,
        gsize       length)
{
  g_byte_array_append (array, (const guint8 *) text, (guint) length);
}

/* The written items, each with a comma in front */
static void
append_written (DrillLocalRecords *self,
                GByteArray        *array)
{
  for (guint i = 0; i < self->written->len; i++)
    {
      gsize length;
      const char *text = drill_page_get_data (g_ptr_array_index (self->written, i), &length);

      append (array, ",", 1);
      append (array, text + strlen (ITEMS_BEGIN), length - strlen (ITEMS_BEGIN) - strlen (ITEMS_END));
    }
}

/* The document with the written items behind its last one: all that was in it stays where it was */
static DrillPage *
compose (DrillLocalRecords *self,
         DrillPage         *page)
{
  g_autoptr(DrillDecoder) decoder = drill_decoder_new ();
  g_autoptr(GByteArray) array = NULL;
  gsize n_items, offset, length, end, total;
  const char *data = drill_page_get_data (page, &total);

  /* What cannot be read is for the reader to say; rows of a page of routes or a package take no items */
  if (!drill_decoder_open (decoder, page, NULL) || has_rows (drill_decoder_get_document (decoder)))
    return drill_page_ref (page);

  array = g_byte_array_sized_new ((guint) total + DRILL_PAGE_PADDING);
  n_items = drill_decoder_get_n_items (decoder);
  if (n_items == 0)
    {
      append (array, ITEMS_BEGIN, strlen (ITEMS_BEGIN));
      append_written (self, array);
      g_byte_array_remove_index (array, (guint) strlen (ITEMS_BEGIN)); /* the first comma */
      append (array, ITEMS_END, strlen (ITEMS_END));
      return drill_page_new_take (g_steal_pointer (&array));
    }

  drill_decoder_get_span (decoder, n_items - 1, &offset, &length);
  end = offset + length;
  append (array, data, end);
  append_written (self, array);
  append (array, data + end, total - end);

  return drill_page_new_take (g_steal_pointer (&array));
}

/**
 * drill_local_records_set_page:
 * @self: records
 * @page: the document, as it was read just now: what writes are answered from
 */
void
drill_local_records_set_page (DrillLocalRecords *self,
                              DrillPage         *page)
{
  g_clear_pointer (&self->page, drill_page_unref);
  self->page = drill_page_ref (page);
  self->is_open = FALSE;
  forget_evidence (self);
}

/**
 * drill_local_records_dup_page:
 * @self: records
 * @page: the document
 *
 * Returns: (transfer full): it, with what was written
 */
DrillPage *
drill_local_records_dup_page (DrillLocalRecords *self,
                              DrillPage         *page)
{
  return self->written->len > 0 ? compose (self, page) : drill_page_ref (page);
}

/**
 * drill_local_records_check:
 * @self: records with a page
 * @kind: what is to be written
 * @error: %DRILL_ERROR_REJECTED, or why the page cannot be read
 *
 * A page of routes or a saved package has rows, and no history that an
 * acknowledgement could be a part of.
 *
 * Returns: whether there is something to write to
 */
gboolean
drill_local_records_check (DrillLocalRecords  *self,
                           DrillWriteKind      kind,
                           GError            **error)
{
  if (kind != DRILL_WRITE_ACK && kind != DRILL_WRITE_BULK)
    return TRUE;

  if (!self->is_open)
    {
      g_autoptr(DrillDecoder) decoder = drill_decoder_new ();

      if (!drill_decoder_open (decoder, self->page, error))
        return FALSE;
      self->document = drill_decoder_get_document (decoder);
      self->is_open = TRUE;
    }

  if (has_rows (self->document))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_REJECTED,
                           "the file holds routes without their history: nothing can be recorded in it");
      return FALSE;
    }

  return TRUE;
}

/**
 * drill_local_records_dup_evidence:
 * @self: records with a page
 * @error: why the page cannot be read
 *
 * Returns: (transfer full): all there is
 */
DrillEvidence *
drill_local_records_dup_evidence (DrillLocalRecords  *self,
                                  GError            **error)
{
  if (self->builder == NULL)
    {
      g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();

      if (!drill_evidence_builder_add (builder, self->page, NULL, error))
        return NULL;
      self->builder = g_steal_pointer (&builder);
    }

  for (; self->n_built < self->written->len; self->n_built++)
    if (!drill_evidence_builder_add (self->builder, g_ptr_array_index (self->written, self->n_built), NULL, error))
      return NULL;

  return drill_evidence_builder_snapshot (self->builder);
}

/**
 * drill_local_records_add:
 * @self: records
 * @items: of drill_write_answer_dup_items()
 */
void
drill_local_records_add (DrillLocalRecords *self,
                         DrillPage         *items)
{
  g_ptr_array_add (self->written, drill_page_ref (items));
}
