// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/drill-error.h"
#include "evidence/drill-page.h"
#include "sources/drill-write.h"

G_BEGIN_DECLS

/**
 * DrillSourceKind:
 * @DRILL_SOURCE_SAMPLE: the bundled sample data
 * @DRILL_SOURCE_FILE: an opened evidence file
 * @DRILL_SOURCE_LIVE: a service
 */
typedef enum {
  DRILL_SOURCE_SAMPLE,
  DRILL_SOURCE_FILE,
  DRILL_SOURCE_LIVE,
} DrillSourceKind;

/**
 * DrillSource:
 *
 * Where evidence comes from: a service (#DrillApiSource) or something that
 * answers like one (#DrillLocalSource). All calls are asynchronous, run their
 * work off the main loop or in small pieces of it, and fail with %DRILL_ERROR.
 */
#define DRILL_TYPE_SOURCE (drill_source_get_type ())

G_DECLARE_INTERFACE (DrillSource, drill_source, DRILL, SOURCE, GObject)

struct _DrillSourceInterface
{
  GTypeInterface parent_iface;

  DrillSourceKind (*get_kind)              (DrillSource          *self);
  const char     *(*get_name)              (DrillSource          *self);
  gboolean        (*is_paged)              (DrillSource          *self);

  void            (*read_history_async)    (DrillSource          *self,
                                            guint                 offset,
                                            guint                 limit,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
  DrillPage      *(*read_history_finish)   (DrillSource          *self,
                                            GAsyncResult         *result,
                                            GError              **error);

  void            (*read_dashboard_async)  (DrillSource          *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
  GBytes         *(*read_dashboard_finish) (DrillSource          *self,
                                            GAsyncResult         *result,
                                            GError              **error);

  void            (*read_session_async)    (DrillSource          *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
  GBytes         *(*read_session_finish)   (DrillSource          *self,
                                            GAsyncResult         *result,
                                            GError              **error);

  void            (*write_async)           (DrillSource          *self,
                                            DrillWrite           *write,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
  GBytes         *(*write_finish)          (DrillSource          *self,
                                            GAsyncResult         *result,
                                            DrillWriteFailure    *failure,
                                            GError              **error);
};

DrillSourceKind drill_source_get_kind              (DrillSource          *self);
const char     *drill_source_get_name              (DrillSource          *self);
gboolean        drill_source_is_paged              (DrillSource          *self);
void            drill_source_read_history_async    (DrillSource          *self,
                                                    guint                 offset,
                                                    guint                 limit,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
DrillPage      *drill_source_read_history_finish   (DrillSource          *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void            drill_source_read_dashboard_async  (DrillSource          *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GBytes         *drill_source_read_dashboard_finish (DrillSource          *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void            drill_source_read_session_async    (DrillSource          *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GBytes         *drill_source_read_session_finish   (DrillSource          *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void            drill_source_write_async           (DrillSource          *self,
                                                    DrillWrite           *write,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GBytes         *drill_source_write_finish          (DrillSource          *self,
                                                    GAsyncResult         *result,
                                                    DrillWriteFailure    *failure,
                                                    GError              **error);

G_END_DECLS
