// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/acks/drill-ack-dialog.h"
#include "ui/acks/drill-ack-form.h"
#include "ui/acks/drill-ack-progress.h"
#include "ui/acks/drill-ack-result.h"

G_BEGIN_DECLS

struct _DrillAckDialog
{
  AdwWindow          parent_instance;

  DrillSession      *session;
  GSettings         *settings;
  DrillAckOperation *operation;
  DrillEvidence     *evidence; /* nullable: what was shown when the routes were chosen */
  GArray            *routes;   /* nullable: of guint32, rows of it */
  GCancellable      *cancellable;
  gboolean           updating;
  gboolean           running;
  gboolean           stopping;
  gboolean           send_wanted;     /* as soon as it is known whether something has changed */
  gboolean           close_confirmed; /* though something is unknown */
  guint              close_id;

  GtkStack          *pages;
  DrillAckForm      *form;
  DrillAckProgress  *progress;
  DrillAckResult    *result;
  GtkButton         *back;
  GtkButton         *primary;
  GtkSpinner        *spinner;
};

/* drill-ack-dialog-pages.c: what is shown of the operation; it changes nothing about it */
DrillOperationStatus drill_ack_dialog_get_status     (DrillAckDialog *self);
gboolean             drill_ack_dialog_is_page        (DrillAckDialog *self,
                                                      const char     *name);
gboolean             drill_ack_dialog_is_single      (DrillAckDialog *self);
guint                drill_ack_dialog_count_unknown  (DrillAckDialog *self);
void                 drill_ack_dialog_update_buttons (DrillAckDialog *self);
void                 drill_ack_dialog_update_title   (DrillAckDialog *self);
void                 drill_ack_dialog_fit            (DrillAckDialog *self);
void                 drill_ack_dialog_show_page      (DrillAckDialog *self,
                                                      const char     *name);
void                 drill_ack_dialog_show_result    (DrillAckDialog *self);

/* Of an operation on one route, which has no page for its result: said in the form */
void                 drill_ack_dialog_show_single    (DrillAckDialog *self);

G_END_DECLS
