// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-loader.h"

#include <string.h>

#include "session/drill-decode.h"
#include "session/drill-walk.h"

#define FIRST_PART   (4 * 1024 * 1024) /* bytes of one large document before its first rows are shown */
#define PUBLISH_EACH (2 * G_TIME_SPAN_SECOND) /* a slow service is shown at least so often */

struct _DrillLoader
{
  GObject parent_instance;

  DrillSource *source;
  DrillEvidenceBuilder *builder;
  DrillWalk walk;
  DrillPage *newest;   /* the last look for news, when it was a single page */
  DrillRouteTable *table;
  guint n_published;   /* items in the table */
  gboolean same_items; /* the table is of the builder */
  gint64 published_at; /* monotonic, µs */
  guint n_items;       /* in the builder */
  GTask *running;      /* (unowned): the load or addition under way */
  GQueue waiting;      /* of GTask: those that begin when it has ended */
};

enum {
  TABLE,
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillLoader, drill_loader, G_TYPE_OBJECT)

typedef struct {
  guint offset;
  guint limit;
  guint generation;
  gsize n_bytes;
  DrillPage *page;
} Request;

/* One load or refresh: at most one page is on its way and one being read. Or an
 * addition: what a write brought is read, and nothing is asked for. */
typedef struct {
  gboolean adding;
  gboolean publish;   /* an addition: its table is wanted */
  GCancellable *cancellable; /* of the requests; also ends them after an error */
  gulong cancelled_id;
  gboolean fetching;
  gboolean decoding;
  gboolean over;      /* nothing more is asked for */
  gboolean restarted; /* the builder was emptied; its table may only replace a smaller one */
  gboolean published; /* the last table was asked for, or is not wanted */
  gboolean news;
  guint n_pages;
  gboolean complete;
  guint generation;   /* of requests; older ones are at the wrong place */
  gsize until;        /* one document: how far the part being read goes */
  Request fetch;
  Request waiting;
  Request decode;
  GError *error;
} Load;

static void advance (GTask *task);
static void begin_next (DrillLoader *self);

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->page, drill_page_unref);
}

static void
load_free (Load *load)
{
  request_clear (&load->fetch);
  request_clear (&load->waiting);
  request_clear (&load->decode);
  g_clear_object (&load->cancellable);
  g_clear_error (&load->error);
  g_free (load);
}

static void
forget_items (DrillLoader *self,
              Load        *load)
{
  drill_discard (NULL, g_steal_pointer (&self->builder));
  g_clear_pointer (&self->newest, drill_page_unref);
  self->builder = drill_evidence_builder_new ();
  self->n_items = 0;
  self->same_items = FALSE;
  load->restarted = TRUE;
  load->news = TRUE;
}

static void
stop (Load   *load,
      GError *error) /* transfer full */
{
  if (load->error == NULL)
    load->error = error;
  else
    g_clear_error (&error);

  load->over = TRUE;
  g_cancellable_cancel (load->cancellable);
}

static guint
get_publish_at (DrillLoader *self,
                Load        *load)
{
  /* Rows that are shown do not go away because they are read again */
  if (load->restarted && !self->same_items)
    return MAX (1, self->n_published);

  if (self->n_published == 0)
    return 1;

  if (g_get_monotonic_time () - self->published_at > PUBLISH_EACH)
    return self->n_published + 1;

  /* Making a table takes as long as it is large, so each has twice the rows */
  return self->n_published > G_MAXUINT / 2 ? G_MAXUINT : 2 * self->n_published;
}

static void
publish (DrillLoader  *self,
         Load         *load,
         DrillDecoded *decoded)
{
  self->n_items = decoded->n_items;
  if (decoded->table == NULL)
    return;

  drill_discard (g_steal_pointer (&self->table), NULL);
  self->table = g_steal_pointer (&decoded->table);
  self->n_published = decoded->n_items;
  self->same_items = TRUE;
  self->published_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[TABLE], 0, self->table);
}

static void
take_step (DrillLoader     *self,
           Load            *load,
           DrillPageReport *report)
{
  DrillWalkPage page = {
    .offset = load->decode.offset,
    .limit = load->decode.limit,
    .n_items = report->n_items,
    .n_new = report->n_new,
    .n_known = self->n_items,
    .total = report->total,
    .n_bytes = load->decode.n_bytes,
  };

  load->news |= report->n_new > 0;
  load->n_pages++;
  switch (drill_walk_page (&self->walk, &page))
    {
    case DRILL_WALK_ON:
      break;

    case DRILL_WALK_SKIP:
      load->generation++;
      request_clear (&load->waiting);
      break;

    case DRILL_WALK_RESTART:
      load->generation++;
      request_clear (&load->waiting);
      forget_items (self, load);
      break;

    case DRILL_WALK_COMPLETE:
      load->over = TRUE;
      load->complete = TRUE;
      g_clear_pointer (&self->newest, drill_page_unref);
      if (load->n_pages == 1)
        self->newest = drill_page_ref (load->decode.page);
      break;

    case DRILL_WALK_INCOMPLETE:
      load->over = TRUE;
      break;

    default:
      g_assert_not_reached ();
    }
}

/* What a write brought is known, though the service was not asked for it: the
 * next look for news must not take it for the end of them. */
static void
take_addition (DrillLoader  *self,
               Load         *load,
               DrillDecoded *decoded)
{
  guint n_new = decoded->n_items - self->n_items;

  publish (self, load, decoded);
  if (n_new > 0)
    {
      drill_walk_add (&self->walk, n_new);
      g_clear_pointer (&self->newest, drill_page_unref);
    }
  if (load->decode.page != NULL && decoded->report.n_items == 0)
    stop (load, g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer has no items"));
  request_clear (&load->decode);
}

static GError *
new_page_error (DrillLoader *self,
                GError      *error) /* transfer full */
{
  /* A service that sends no evidence is at fault, not who opened a file */
  if (drill_source_get_kind (self->source) == DRILL_SOURCE_LIVE &&
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT))
    error->code = DRILL_ERROR_BAD_REPLY;

  return error;
}

static void
decode_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillLoader *self = DRILL_LOADER (object);
  Load *load = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillDecoded) decoded = drill_decode_finish (result, &error);

  load->decoding = FALSE;
  if (decoded == NULL)
    {
      self->n_items = drill_evidence_builder_get_n_items (self->builder);
      load->news = TRUE;
      request_clear (&load->decode);
      stop (load, new_page_error (self, g_steal_pointer (&error)));
    }
  else if (load->adding)
    {
      take_addition (self, load, decoded);
    }
  else if (load->over)
    {
      publish (self, load, decoded);
    }
  else if (drill_source_is_paged (self->source) && decoded->report.document == DRILL_DOCUMENT_PACKAGE)
    {
      request_clear (&load->decode);
      stop (load, g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer is no history"));
    }
  else
    {
      publish (self, load, decoded);
      if (drill_source_is_paged (self->source))
        {
          take_step (self, load, &decoded->report);
          request_clear (&load->decode);
        }
      else
        {
          load->news = TRUE;
          load->over = load->complete = !decoded->more;
          load->until = load->until > G_MAXSIZE / 2 ? G_MAXSIZE : 2 * load->until;
        }
      g_signal_emit (self, signals[PROGRESS], 0, self->n_items, self->walk.total);
    }

  advance (task);
}

static void
decode (GTask     *task,
        DrillPage *page,
        gsize      until,
        guint      publish_at)
{
  DrillLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  DrillDecodeJob job = {
    .builder = self->builder,
    .page = page,
    .until = until,
    .publish_at = publish_at,
    .previous = self->same_items ? self->table : NULL,
  };

  load->decoding = TRUE;
  drill_decode_async (&job, self, load->over ? NULL : load->cancellable, decode_cb, g_object_ref (task));
}

/* The service said the very same when it was last asked: reading it again would
 * bring nothing, and a builder keeps every page it was given. */
static gboolean
is_known (DrillLoader *self,
          Load        *load,
          DrillPage   *page)
{
  const char *data, *known;
  gsize length, known_length;

  if (self->newest == NULL || load->n_pages > 0 || load->decoding || !self->walk.complete)
    return FALSE;

  data = drill_page_get_data (page, &length);
  known = drill_page_get_data (self->newest, &known_length);

  return length == known_length && memcmp (data, known, length) == 0;
}

static void
fetch_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = drill_source_read_history_finish (DRILL_SOURCE (object), result, &error);
  Request fetched = load->fetch;

  load->fetching = FALSE;
  if (page == NULL && g_error_matches (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE) &&
      drill_source_is_paged (self->source) && fetched.generation == load->generation && !load->over &&
      drill_walk_too_large (&self->walk, fetched.offset, fetched.limit))
    {
      advance (task);
      return;
    }

  if (page == NULL)
    {
      stop (load, g_steal_pointer (&error));
    }
  else if (is_known (self, load, page))
    {
      load->over = load->complete = TRUE;
    }
  else if (fetched.generation == load->generation && !load->over)
    {
      drill_page_get_data (page, &fetched.n_bytes);
      fetched.page = g_steal_pointer (&page);
      load->waiting = fetched;
    }

  advance (task);
}

static void
fetch (GTask *task,
       guint  offset,
       guint  limit)
{
  DrillLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  load->fetching = TRUE;
  load->fetch = (Request) { .offset = offset, .limit = limit, .generation = load->generation };
  drill_source_read_history_async (self->source, offset, limit, load->cancellable, fetch_cb, g_object_ref (task));
}

static void
finish (GTask *task)
{
  DrillLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  if (load->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), load->cancelled_id);
  load->cancelled_id = 0;

  self->running = NULL;
  if (load->error != NULL)
    g_task_return_error (task, g_steal_pointer (&load->error));
  else
    g_task_return_boolean (task, TRUE);

  begin_next (self);
}

/* Does what there is to do next; called whenever something has ended */
static void
advance (GTask *task)
{
  DrillLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  gboolean paged = drill_source_is_paged (self->source);
  guint offset = 0, limit = 0;

  if (!load->over && !load->decoding && load->waiting.page != NULL)
    {
      load->decode = load->waiting;
      load->waiting.page = NULL;
      decode (task, load->decode.page, paged ? G_MAXSIZE : load->until, get_publish_at (self, load));
    }
  else if (!load->over && !paged && !load->decoding && load->decode.page != NULL)
    {
      decode (task, NULL, load->until, get_publish_at (self, load));
    }

  if (!load->over && !load->fetching && load->waiting.page == NULL)
    {
      if (!paged && load->decode.page == NULL)
        fetch (task, 0, G_MAXUINT);
      else if (paged && drill_walk_next (&self->walk, load->decoding, &offset, &limit))
        fetch (task, offset, limit);
    }

  if (!load->over || load->fetching || load->decoding)
    return;

  /* What has arrived is shown, whatever ended the load, unless that were less
   * than before; a load that got through shows what there is now. */
  if (!load->published && (load->news || load->error == NULL) &&
      (load->error == NULL || !load->restarted || self->same_items || self->n_items >= self->n_published) &&
      !(self->same_items && self->n_published == self->n_items) &&
      (load->error == NULL || self->n_items > 0))
    {
      load->published = TRUE;
      decode (task, NULL, 0, 0);
      return;
    }

  finish (task);
}

static void
cancel_cb (GCancellable *cancellable,
           gpointer      data)
{
  g_cancellable_cancel (data);
}

static void
drill_loader_finalize (GObject *object)
{
  DrillLoader *self = DRILL_LOADER (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->newest, drill_page_unref);
  drill_discard (g_steal_pointer (&self->table), g_steal_pointer (&self->builder));

  G_OBJECT_CLASS (drill_loader_parent_class)->finalize (object);
}

static void
drill_loader_class_init (DrillLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_loader_finalize;

  /**
   * DrillLoader::table:
   * @self: a loader
   * @table: a further snapshot, with more or other items than the one before
   */
  signals[TABLE] = g_signal_new ("table", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, DRILL_TYPE_ROUTE_TABLE);

  /**
   * DrillLoader::progress:
   * @self: a loader
   * @n_items: items known so far
   * @total: how many the source has, or -1 when it does not say
   */
  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
}

static void
drill_loader_init (DrillLoader *self)
{
  self->builder = drill_evidence_builder_new ();
  drill_walk_init (&self->walk);
}

/**
 * drill_loader_new:
 * @source: where the history comes from
 *
 * Returns: (transfer full): a loader that knows nothing yet
 */
DrillLoader *
drill_loader_new (DrillSource *source)
{
  DrillLoader *self;

  g_return_val_if_fail (DRILL_IS_SOURCE (source), NULL);

  self = g_object_new (DRILL_TYPE_LOADER, NULL);
  self->source = g_object_ref (source);

  return self;
}

static void
begin (GTask *task)
{
  DrillLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  /* Of a load that broke off, less is known than is shown: rows do not go away for that */
  gboolean may_publish = self->same_items || self->n_published == 0;

  if (load->adding && (load->decode.page != NULL || (may_publish && self->n_published != self->n_items)))
    {
      decode (task, load->decode.page, load->decode.page != NULL ? G_MAXSIZE : 0,
              load->publish && may_publish ? 0 : G_MAXUINT);
      return;
    }

  if (!load->adding && drill_source_is_paged (self->source))
    drill_walk_begin (&self->walk);
  else if (!load->adding && self->n_items > 0)
    forget_items (self, load);

  advance (task);
}

static void
begin_next (DrillLoader *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->running != NULL)
    return;

  task = g_queue_pop_head (&self->waiting);
  self->running = task;
  if (task != NULL)
    begin (task);
}

static Load *
add_task (DrillLoader         *self,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data,
          gpointer             tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  load->cancellable = g_cancellable_new ();
  load->until = FIRST_PART;
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  if (cancellable != NULL)
    load->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb),
                                                g_object_ref (load->cancellable), g_object_unref);
  g_queue_push_tail (&self->waiting, task);

  return load;
}

/**
 * drill_loader_load_async:
 * @self: a loader
 * @cancellable: (nullable): to give up; what has arrived is kept and shown
 * @callback: called on the caller's main context, after the last signal
 * @user_data: for @callback
 *
 * Loads the history, or what is new of it: after a complete load only the
 * newest pages are read, as long as that adds up; after one that broke off, it
 * goes on there. A source that is not paged is read anew.
 *
 * All that the source has when this is called is known when it ends well: while
 * something else is under way, it waits for the end of that.
 */
void
drill_loader_load_async (DrillLoader         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (DRILL_IS_LOADER (self));

  add_task (self, cancellable, callback, user_data, drill_loader_load_async);
  begin_next (self);
}

/**
 * drill_loader_load_finish:
 * @self: a loader
 * @result: what the callback was given
 * @complete: (out) (optional): whether everything the source has is known; %FALSE without an error
 *   when the history kept changing while it was read
 * @error: a %DRILL_ERROR
 *
 * Returns: whether the source answered to the end
 */
gboolean
drill_loader_load_finish (DrillLoader   *self,
                          GAsyncResult  *result,
                          gboolean      *complete,
                          GError       **error)
{
  Load *load;
  gboolean answered;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  load = g_task_get_task_data (G_TASK (result));
  answered = g_task_propagate_boolean (G_TASK (result), error);
  if (complete != NULL)
    *complete = answered && load->complete;

  return answered;
}

/**
 * drill_loader_add_async:
 * @self: a loader
 * @page: (nullable): items that the source is known to have, such as those it answered to a write
 * @publish_now: whether the snapshot with them is wanted at once; it takes as long as the evidence is large
 * @callback: called on the caller's main context, after the signal
 * @user_data: for @callback
 *
 * Adds items without asking the source, after whatever is under way. With no
 * @page, and @publish_now, it only shows what was added before.
 */
void
drill_loader_add_async (DrillLoader         *self,
                        DrillPage           *page,
                        gboolean             publish_now,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Load *load;

  g_return_if_fail (DRILL_IS_LOADER (self));

  load = add_task (self, NULL, callback, user_data, drill_loader_add_async);
  load->adding = TRUE;
  load->publish = publish_now;
  load->over = TRUE;
  load->published = TRUE;
  load->decode.page = page != NULL ? drill_page_ref (page) : NULL;
  begin_next (self);
}

/**
 * drill_loader_add_finish:
 * @self: a loader
 * @result: what the callback was given
 * @error: %DRILL_ERROR_BAD_REPLY, or, of a local source, %DRILL_ERROR_BAD_INPUT: there were no items
 *
 * Returns: whether they are known now
 */
gboolean
drill_loader_add_finish (DrillLoader   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * drill_loader_get_table:
 * @self: a loader
 *
 * Returns: (transfer none) (nullable): the latest snapshot
 */
DrillRouteTable *
drill_loader_get_table (DrillLoader *self)
{
  g_return_val_if_fail (DRILL_IS_LOADER (self), NULL);

  return self->table;
}

/**
 * drill_loader_knows_all:
 * @self: a loader
 *
 * Returns: whether the last load that got through, and nothing since, says that
 *   the snapshot has everything the source had then
 */
gboolean
drill_loader_knows_all (DrillLoader *self)
{
  g_return_val_if_fail (DRILL_IS_LOADER (self), FALSE);

  return self->table != NULL && self->same_items && (self->walk.complete || !drill_source_is_paged (self->source));
}
