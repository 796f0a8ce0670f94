// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-walk.h"

#define FIRST_LIMIT  200               /* items: some hundred kilobytes, so that the first rows come soon */
#define NEWS_LIMIT   50                /* items: what a refresh asks for first */
#define PAGE_BYTES   (2 * 1024 * 1024) /* what a page should be; 1 to 4 MB read fastest */
#define MAX_GROWTH   8                 /* a page has at most so many times the items of the one before */
#define MAX_LIMIT    20000
#define MAX_ATTEMPTS 3

/**
 * drill_walk_init:
 * @self: a walk
 *
 * Nothing is known yet.
 */
void
drill_walk_init (DrillWalk *self)
{
  *self = (DrillWalk) { .total = -1 };
}

static void
go_to (DrillWalk *self,
       guint      offset,
       gboolean   head)
{
  self->offset = offset;
  self->head = head;
  self->from_start = offset == 0;
  self->moved = FALSE;
  self->n_new = 0;
  self->limit = head ? NEWS_LIMIT : MAX (self->limit, FIRST_LIMIT);
  if (self->max_limit > 0)
    self->limit = MIN (self->limit, self->max_limit);
}

/**
 * drill_walk_begin:
 * @self: a walk
 *
 * Begins a load: at the start, where a former one broke off, or, when all was
 * known, with a look at the newest items.
 */
void
drill_walk_begin (DrillWalk *self)
{
  self->total = -1;
  self->n_heads = 0;
  self->n_walks = 0;
  self->limit = 0;
  go_to (self, self->complete ? 0 : self->n_contiguous, self->complete);
  if (!self->head)
    self->n_walks = 1;
}

/**
 * drill_walk_next:
 * @self: a walk
 * @ahead: whether the page before is not read yet
 * @offset: (out): where the page begins
 * @limit: (out): how many items to ask for
 *
 * Returns: %FALSE when there is nothing to ask for before that page is read
 */
gboolean
drill_walk_next (DrillWalk *self,
                 gboolean   ahead,
                 guint     *offset,
                 guint     *limit)
{
  if (ahead && (self->head || self->total < 0 || self->offset >= self->total))
    return FALSE;

  *offset = self->offset;
  *limit = self->limit;
  self->offset += self->limit;

  return TRUE;
}

static void
adapt_limit (DrillWalk           *self,
             const DrillWalkPage *page)
{
  guint wanted;

  if (page->n_items == 0)
    return;

  self->item_bytes = (double) page->n_bytes / page->n_items;
  wanted = (guint) CLAMP (PAGE_BYTES / self->item_bytes, 1.0, (double) MAX_LIMIT);
  self->limit = MIN (wanted, page->limit * MAX_GROWTH);
  if (self->max_limit > 0)
    self->limit = MIN (self->limit, self->max_limit);
}

static DrillWalkStep
walk_again (DrillWalk *self,
            gboolean   forget)
{
  self->complete = FALSE;
  self->n_contiguous = 0;
  if (forget)
    self->n_added = 0;
  if (self->n_walks >= MAX_ATTEMPTS)
    return DRILL_WALK_INCOMPLETE;

  self->n_walks++;
  if (forget)
    self->n_surplus = 0;
  go_to (self, 0, FALSE);

  return forget ? DRILL_WALK_RESTART : DRILL_WALK_SKIP;
}

static DrillWalkStep
look_for_news (DrillWalk *self)
{
  if (self->n_heads >= MAX_ATTEMPTS)
    return walk_again (self, FALSE);

  self->n_heads++;
  go_to (self, 0, TRUE);

  return DRILL_WALK_SKIP;
}

static DrillWalkStep
finish (DrillWalk *self)
{
  self->complete = TRUE;
  self->n_contiguous = 0;
  self->n_added = 0;

  return DRILL_WALK_COMPLETE;
}

/* The end of the history, or of its news, was reached */
static DrillWalkStep
judge (DrillWalk *self,
       guint      n_known)
{
  gint64 n_missing = self->total < 0 ? 0 : self->total - self->n_surplus - n_known;

  if (n_missing < 0)
    return walk_again (self, TRUE);

  if (n_missing == 0 && (self->head || (self->from_start && !self->moved)))
    return finish (self);

  if (self->moved || (!self->head && !self->from_start))
    return look_for_news (self);

  /* All of it was read, nothing moved, nothing was new: the service counts
   * items twice that have one id. */
  if (!self->head && self->n_new == 0)
    {
      self->n_surplus = self->total - n_known;
      return finish (self);
    }

  return walk_again (self, FALSE);
}

/**
 * drill_walk_page:
 * @self: a walk
 * @page: what a page brought
 *
 * Takes note of a page.
 *
 * Returns: what to do next
 */
DrillWalkStep
drill_walk_page (DrillWalk           *self,
                 const DrillWalkPage *page)
{
  guint end = page->offset + page->n_items;
  gboolean at_end;

  if (page->total >= 0)
    {
      gboolean shrank = page->total < self->total;

      self->moved |= self->total >= 0 && page->total != self->total;
      self->total = page->total;
      if (shrank)
        return walk_again (self, TRUE);
    }

  self->n_new += page->n_new;
  at_end = self->total >= 0 ? end >= self->total : page->n_items < page->limit;

  if (self->head)
    {
      gboolean adds_up = self->total >= 0 && page->n_known + self->n_surplus == self->total;
      /* Behind what was added lies what others wrote before it: a page without news
       * is the end of the news only when it goes beyond both. */
      gboolean beyond = page->n_new == 0 && end > self->n_added + self->n_new;

      self->limit = MIN (page->limit * MAX_GROWTH, MAX_LIMIT);
      if (adds_up || at_end || beyond)
        return judge (self, page->n_known);
      self->offset = end;
      return DRILL_WALK_ON;
    }

  self->n_contiguous = MAX (self->n_contiguous, end);
  if (at_end)
    return judge (self, page->n_known);

  /* Less than asked for: the service has a limit of its own */
  if (page->n_items < page->limit)
    {
      if (page->n_items == 0)
        return walk_again (self, FALSE);
      self->max_limit = page->n_items;
      adapt_limit (self, page);
      self->offset = end;
      return DRILL_WALK_SKIP;
    }

  adapt_limit (self, page);

  return DRILL_WALK_ON;
}

/**
 * drill_walk_add:
 * @self: a walk, between two loads
 * @n_items: how many
 *
 * Takes note of items that were not known and did not come in a page of the
 * history: the service has them among its newest, and others' items may be
 * before, between and behind them.
 */
void
drill_walk_add (DrillWalk *self,
                guint      n_items)
{
  self->n_added += n_items;
}

/**
 * drill_walk_too_large:
 * @self: a walk
 * @offset: of a page that was larger than what is taken
 * @limit: how many items were asked for
 *
 * Returns: whether to ask for a smaller one
 */
gboolean
drill_walk_too_large (DrillWalk *self,
                      guint      offset,
                      guint      limit)
{
  if (limit <= 1)
    return FALSE;

  self->max_limit = MAX (1, limit / 4);
  self->limit = self->max_limit;
  self->offset = offset;

  return TRUE;
}
