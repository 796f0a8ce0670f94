// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-ack-private.h"

G_BEGIN_DECLS

/* A run of an acknowledgement operation. drill-ack-run.c has what follows on what, drill-ack-chunk.c what is sent
 * together and what the journal has of it. */

/* Why the history is read */
typedef enum {
  LOOK_FIRST,    /* to know what there is before something is sent */
  LOOK_UNKNOWN,  /* for what was sent in an earlier run */
  LOOK_REFUSED,  /* a chunk was refused: the service records up to the route it refuses */
  LOOK_LOST,     /* no answer, or none that can be read */
  LOOK_ANSWERED, /* an answer that leaves out some of what was sent */
  LOOK_FORBIDDEN,
} DrillAckLook;

typedef struct {
  gboolean check_only;
  gboolean looked;       /* at what there is before anything is sent */
  guint cursor;          /* everything before it is not pending */
  GArray *chunk;         /* entries (guint) on their way, or looked for */
  GArray *unsaved;       /* entries (guint) whose outcome is not in the journal */
  guint save_id;
  DrillAckLook look;
  GError *cause;         /* why they are looked for */
  guint n_rereads;
  guint n_found;         /* of them, when the history was last read */
  guint n_busy;
  guint n_barren;
  GError *journal_error; /* it could not be written: nothing more is sent */
} DrillAckRun;

/* Fills the chunk with what is sent next: from the cursor on, what is pending and not so already. It may be empty. */
void        drill_ack_run_fill_chunk   (DrillAckOperation  *self,
                                        DrillAckRun        *run);

/* Fills it with what has to be looked for before anything is sent */
void        drill_ack_run_fill_unknown (DrillAckOperation  *self,
                                        DrillAckRun        *run);

/* Returns: (transfer full): the request that records the chunk */
DrillWrite *drill_ack_run_make_write   (DrillAckOperation  *self,
                                        DrillAckRun        *run);

/* Before anything is sent, the journal has it; and what came of what was sent before. %FALSE: nothing may be sent. */
gboolean    drill_ack_run_announce     (DrillAckOperation  *self,
                                        DrillAckRun        *run,
                                        GError            **error);

/* An entry has an outcome that the journal does not have yet */
void        drill_ack_run_take_note    (DrillAckOperation  *self,
                                        DrillAckRun        *run,
                                        guint               i);

/* Writes what it does not have */
void        drill_ack_run_save         (DrillAckOperation  *self,
                                        DrillAckRun        *run);

/* What is in the journal as sent, and was not, is not: it is announced anew */
void        drill_ack_run_retract      (DrillAckOperation  *self,
                                        DrillAckRun        *run);

G_END_DECLS
