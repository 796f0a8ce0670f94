// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-source.h"

G_DEFINE_INTERFACE (DrillSource, drill_source, G_TYPE_OBJECT)

static void
drill_source_default_init (DrillSourceInterface *iface)
{
}

/**
 * drill_source_get_kind:
 * @self: a source
 *
 * Returns: what it is
 */
DrillSourceKind
drill_source_get_kind (DrillSource *self)
{
  g_return_val_if_fail (DRILL_IS_SOURCE (self), DRILL_SOURCE_SAMPLE);

  return DRILL_SOURCE_GET_IFACE (self)->get_kind (self);
}

/**
 * drill_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none): the URL without credentials, the file's name, or ""
 */
const char *
drill_source_get_name (DrillSource *self)
{
  g_return_val_if_fail (DRILL_IS_SOURCE (self), "");

  return DRILL_SOURCE_GET_IFACE (self)->get_name (self);
}

/**
 * drill_source_is_paged:
 * @self: a source
 *
 * Returns: whether it gives its history in pages, newest first, and says the
 *   total; otherwise the page at offset 0 is all there is
 */
gboolean
drill_source_is_paged (DrillSource *self)
{
  g_return_val_if_fail (DRILL_IS_SOURCE (self), FALSE);

  return DRILL_SOURCE_GET_IFACE (self)->is_paged (self);
}

/**
 * drill_source_read_history_async:
 * @self: a source
 * @offset: items to leave out, newest first
 * @limit: the most items to read; an unpaged source gives all
 * @cancellable: (nullable): to give up
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads a page of the history (contract section 2), undecoded.
 */
void
drill_source_read_history_async (DrillSource         *self,
                                 guint                offset,
                                 guint                limit,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (DRILL_IS_SOURCE (self));

  DRILL_SOURCE_GET_IFACE (self)->read_history_async (self, offset, limit, cancellable, callback, user_data);
}

/**
 * drill_source_read_history_finish:
 * @self: a source
 * @result: what the callback was given
 * @error: a %DRILL_ERROR
 *
 * Returns: (transfer full): the page
 */
DrillPage *
drill_source_read_history_finish (DrillSource   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (DRILL_IS_SOURCE (self), NULL);

  return DRILL_SOURCE_GET_IFACE (self)->read_history_finish (self, result, error);
}

/**
 * drill_source_read_dashboard_async:
 * @self: a source
 * @cancellable: (nullable): to give up
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads the source's own counts, of its newest 500 items (contract section 3).
 */
void
drill_source_read_dashboard_async (DrillSource         *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (DRILL_IS_SOURCE (self));

  DRILL_SOURCE_GET_IFACE (self)->read_dashboard_async (self, cancellable, callback, user_data);
}

/**
 * drill_source_read_dashboard_finish:
 * @self: a source
 * @result: what the callback was given
 * @error: a %DRILL_ERROR
 *
 * Returns: (transfer full): the JSON object, unchecked
 */
GBytes *
drill_source_read_dashboard_finish (DrillSource   *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (DRILL_IS_SOURCE (self), NULL);

  return DRILL_SOURCE_GET_IFACE (self)->read_dashboard_finish (self, result, error);
}

/**
 * drill_source_read_session_async:
 * @self: a source
 * @cancellable: (nullable): to give up
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads who we are and what we may do (contract section 1).
 */
void
drill_source_read_session_async (DrillSource         *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (DRILL_IS_SOURCE (self));

  DRILL_SOURCE_GET_IFACE (self)->read_session_async (self, cancellable, callback, user_data);
}

/**
 * drill_source_read_session_finish:
 * @self: a source
 * @result: what the callback was given
 * @error: a %DRILL_ERROR
 *
 * Returns: (transfer full): the JSON object, unchecked
 */
GBytes *
drill_source_read_session_finish (DrillSource   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (DRILL_IS_SOURCE (self), NULL);

  return DRILL_SOURCE_GET_IFACE (self)->read_session_finish (self, result, error);
}

/**
 * drill_source_write_async:
 * @self: a source
 * @write: what to record
 * @cancellable: (nullable): to give up; what has left by then may be recorded all the same
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Has something recorded (contract sections 6 and 7). It is sent once, whatever happens.
 */
void
drill_source_write_async (DrillSource         *self,
                          DrillWrite          *write,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (DRILL_IS_SOURCE (self));
  g_return_if_fail (write != NULL);

  DRILL_SOURCE_GET_IFACE (self)->write_async (self, write, cancellable, callback, user_data);
}

/**
 * drill_source_write_finish:
 * @self: a source
 * @result: what the callback was given
 * @failure: (out caller-allocates) (optional): set when there is an error: what is known of it
 * @error: a %DRILL_ERROR
 *
 * Returns: (transfer full): the answer, a JSON object as it came; see drill_write_answer_dup_items()
 */
GBytes *
drill_source_write_finish (DrillSource        *self,
                           GAsyncResult       *result,
                           DrillWriteFailure  *failure,
                           GError            **error)
{
  g_return_val_if_fail (DRILL_IS_SOURCE (self), NULL);

  return DRILL_SOURCE_GET_IFACE (self)->write_finish (self, result, failure, error);
}
