// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-package-operation.h"
#include "ui/audit/drill-note-card.h"
#include "ui/audit/drill-operation-pane.h"
#include "ui/audit/drill-package-dialog.h"
#include "ui/audit/drill-package-result.h"
#include "ui/audit/drill-package-set.h"
#include "ui/audit/drill-scope-form.h"

G_BEGIN_DECLS

struct _DrillPackageDialog
{
  AdwWindow               parent_instance;

  GtkButton              *close_button;
  GtkWidget              *create_button;
  GtkWidget              *save_button;
  GtkStack               *stack;
  DrillNoteCard          *failure;
  DrillNoteCard          *simulation;
  DrillScopeForm         *scope;
  GtkWidget              *parts_group;
  AdwActionRow           *parts_row;
  AdwActionRow           *cut_row;
  GtkCheckButton         *parts_check;
  GtkCheckButton         *cut_check;
  GtkLabel               *actor_label;
  DrillOperationPane     *pane;
  DrillPackageResult     *result;

  DrillSession           *session;

  gboolean                outdated; /* the evidence has changed while the form was not in sight */
  GPtrArray              *parts;    /* (element-type DrillPackagePart) (nullable): for a scope that is too large */
  GCancellable           *planning;

  DrillPackageOperation  *operation;
  GArray                 *asked;    /* (element-type guint): which part each package of the operation is of */
  DrillPackageSet        *set;      /* what is in hand */
  gboolean                forced_cut; /* for lack of parts, not by choice */
  gboolean                discarded; /* it may close with what was not saved */
};

/* drill-package-dialog-form.c: what is to be made, in how many parts, by whom, and whether it can be */
void  drill_package_dialog_scope_changed  (DrillPackageDialog *self);
void  drill_package_dialog_gate_changed   (DrillPackageDialog *self);
void  drill_package_dialog_update_create  (DrillPackageDialog *self);

/* How many requests the parts take; none in a simulation */
guint drill_package_dialog_count_requests (DrillPackageDialog *self);

G_END_DECLS
