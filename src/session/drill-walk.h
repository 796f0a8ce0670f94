// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrillWalkStep:
 * @DRILL_WALK_ON: read on at drill_walk_next()
 * @DRILL_WALK_SKIP: the same, but what was asked for meanwhile is at the wrong place
 * @DRILL_WALK_RESTART: forget all items and read on
 * @DRILL_WALK_COMPLETE: everything is known
 * @DRILL_WALK_INCOMPLETE: it cannot be made to add up
 *
 * What to do after a page.
 */
typedef enum {
  DRILL_WALK_ON,
  DRILL_WALK_SKIP,
  DRILL_WALK_RESTART,
  DRILL_WALK_COMPLETE,
  DRILL_WALK_INCOMPLETE,
} DrillWalkStep;

/**
 * DrillWalkPage:
 * @offset: what was asked for
 * @limit: what was asked for
 * @n_items: items that came
 * @n_new: those that were not known
 * @n_known: items known after it
 * @total: the total the service said, or -1
 * @n_bytes: size of the page
 *
 * What a page of a history brought.
 */
typedef struct {
  guint  offset;
  guint  limit;
  guint  n_items;
  guint  n_new;
  guint  n_known;
  gint64 total;
  gsize  n_bytes;
} DrillWalkPage;

/**
 * DrillWalk:
 *
 * The way through a history whose offsets move (contract section 2): which page
 * to ask for next, how large, and when everything is there. Pure: it knows
 * nothing of requests. One lives as long as what is known of a service, and is
 * begun again for each refresh.
 */
typedef struct {
  /* Of the service */
  double   item_bytes;  /* on average; 0 when not known */
  guint    max_limit;   /* the most items it gives at once; 0 when not known */
  gint64   n_surplus;   /* items of its total that are not different from others */
  guint    n_contiguous; /* items from the newest on without a gap */
  guint    n_added;     /* items that came otherwise since everything was known; they are among the newest */
  gboolean complete;

  /* Of the load under way */
  guint    limit;
  guint    offset;
  gint64   total;
  gboolean head;        /* reading the newest pages again */
  gboolean from_start;
  gboolean moved;
  guint    n_new;
  guint    n_walks;
  guint    n_heads;
} DrillWalk;

void          drill_walk_init       (DrillWalk           *self);
void          drill_walk_begin      (DrillWalk           *self);
gboolean      drill_walk_next       (DrillWalk           *self,
                                     gboolean             ahead,
                                     guint               *offset,
                                     guint               *limit);
DrillWalkStep drill_walk_page       (DrillWalk           *self,
                                     const DrillWalkPage *page);
void          drill_walk_add        (DrillWalk           *self,
                                     guint                n_items);
gboolean      drill_walk_too_large  (DrillWalk           *self,
                                     guint                offset,
                                     guint                limit);

G_END_DECLS
