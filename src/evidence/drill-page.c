// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-page.h"

#include <string.h>

struct _DrillPage
{
  char *data;
  gsize length;
};

G_DEFINE_BOXED_TYPE (DrillPage, drill_page, drill_page_ref, drill_page_unref)

static const char padding[DRILL_PAGE_PADDING];

/**
 * drill_page_new:
 * @data: (array length=length) (nullable): the bytes of a document
 * @length: how many
 *
 * Returns: (transfer full): a page with a copy of them
 */
DrillPage *
drill_page_new (gconstpointer data,
                gsize         length)
{
  DrillPage *self = g_atomic_rc_box_new (DrillPage);

  self->data = g_malloc (length + DRILL_PAGE_PADDING);
  self->length = length;
  if (length > 0)
    memcpy (self->data, data, length);
  memset (self->data + length, 0, DRILL_PAGE_PADDING);

  return self;
}

/**
 * drill_page_new_take:
 * @array: (transfer full): a document that was read piece by piece
 *
 * Makes a page without copying: whoever reads a body lets the array grow with
 * it and hands it over here.
 *
 * Returns: (transfer full): a page of its bytes
 */
DrillPage *
drill_page_new_take (GByteArray *array)
{
  DrillPage *self = g_atomic_rc_box_new (DrillPage);

  g_return_val_if_fail (array != NULL, NULL);

  self->length = array->len;
  g_byte_array_append (array, (const guint8 *) padding, sizeof padding);
  self->data = (char *) g_byte_array_free (array, FALSE);

  return self;
}

DrillPage *
drill_page_ref (DrillPage *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_page (gpointer data)
{
  DrillPage *self = data;

  g_free (self->data);
}

void
drill_page_unref (DrillPage *self)
{
  g_atomic_rc_box_release_full (self, clear_page);
}

/**
 * drill_page_get_data:
 * @self: a page
 * @length: (out): how many bytes it has, without the padding
 *
 * Returns: (transfer none): its bytes, followed by %DRILL_PAGE_PADDING more
 */
const char *
drill_page_get_data (DrillPage *self,
                     gsize     *length)
{
  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  *length = self->length;

  return self->data;
}

/**
 * drill_page_get_bytes:
 * @self: a page
 * @offset: the first byte
 * @length: how many bytes; @offset + @length within the page
 *
 * Returns: (transfer full): a part of the page, which it keeps alive
 */
GBytes *
drill_page_get_bytes (DrillPage *self,
                      gsize      offset,
                      gsize      length)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (offset <= self->length && length <= self->length - offset, NULL);

  return g_bytes_new_with_free_func (self->data + offset, length,
                                     (GDestroyNotify) drill_page_unref, drill_page_ref (self));
}
