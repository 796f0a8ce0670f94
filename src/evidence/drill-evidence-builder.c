// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-evidence-builder.h"

#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "base/drill-words.h"
#include "evidence/drill-builder-private.h"

G_DEFINE_BOXED_TYPE (DrillEvidenceBuilder, drill_evidence_builder,
                     drill_evidence_builder_ref, drill_evidence_builder_unref)

static void
add_problem (DrillEvidenceBuilder *self,
             gsize                 offset,
             guint32               item,
             const char           *message)
{
  DrillProblem *problem;

  self->n_problems += 1;
  if (self->store.problems.n >= DRILL_MAX_PROBLEMS)
    return;

  problem = drill_column_append (&self->store.problems, 1);
  problem->page = self->page;
  problem->offset = offset;
  problem->item = item;
  problem->message = message;
}

/* Items */

/* Each provider once, in the time it takes to read them: a hostile item has a
 * million. Returns whether it could be listed. */
static gboolean
add_provider (DrillEvidenceBuilder *self,
              DrillItem            *item,
              DrillSpan             span)
{
  guint32 provider = drill_builder_add_text (self, DRILL_DICT_PROVIDER, span);
  guint32 *last;

  if (provider == 0)
    return TRUE;

  last = drill_builder_slot (&self->item_of_provider, provider);
  if (*last == self->store.items.n)
    return TRUE;

  if (item->n_providers == G_MAXUINT16)
    return FALSE;

  *last = (guint32) self->store.items.n;
  *(guint32 *) drill_column_append (&self->store.item_providers, 1) = provider;
  item->n_providers += 1;

  return TRUE;
}

static guint32
append_item (DrillEvidenceBuilder   *self,
             const DrillDecodedItem *decoded,
             gsize                   offset,
             gsize                   length)
{
  DrillItem *item = drill_column_append (&self->store.items, 1);
  const DrillDecodedPlan *plan = decoded->has_plan ? &decoded->plan : &decoded->self;
  DrillSpan schedule_id = drill_span_or (decoded->self.schedule_id, plan->schedule_id);
  DrillSpan subject;
  gboolean all_listed;

  if (schedule_id.text == NULL && drill_span_equal (decoded->delivery_source, DRILL_SOURCE_NOTIFICATION))
    schedule_id = decoded->event_id;

  subject = drill_span_or (schedule_id, drill_span_or (decoded->audit_id, decoded->delivery_id));
  subject = drill_span_or (subject, drill_span_or (decoded->subject_id, decoded->event_id));
  subject = drill_span_or (subject, drill_span_or (decoded->route_id, decoded->self.plan_id));
  subject = drill_span_or (subject, decoded->session_id);

  item->page = self->page;
  item->offset = offset;
  item->length = (guint32) length;
  item->created = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->created_at);
  item->created_us = drill_time_parse (decoded->created_at.text, decoded->created_at.length);
  item->session_id = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->session_id);
  item->kind = drill_builder_add_text (self, DRILL_DICT_KIND, decoded->kind);
  item->schedule = drill_builder_add_text (self, DRILL_DICT_SCHEDULE, schedule_id);
  item->subject = drill_builder_add_text (self, DRILL_DICT_TEXT, subject);
  item->state = drill_builder_add_text (self, DRILL_DICT_STATE, drill_span_or (decoded->state, decoded->other_state));
  item->signer = drill_builder_add_text (self, DRILL_DICT_ACTOR, decoded->signer);
  item->alert = drill_builder_add_text (self, DRILL_DICT_ALERT, drill_span_or (decoded->self.alert_level, plan->alert_level));
  item->source = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->delivery_source);
  item->plan = DRILL_NONE;
  item->ack = DRILL_NONE;
  item->result = DRILL_RESULT_NONE;
  if (drill_span_equal (decoded->kind, DRILL_KIND_DELIVERY))
    item->result = decoded->success ? DRILL_RESULT_DELIVERED : DRILL_RESULT_FAILED;

  item->first_provider = (guint32) self->store.item_providers.n;
  all_listed = add_provider (self, item, decoded->row.provider);
  for (guint i = 0; i < decoded->n_providers; i++)
    all_listed = add_provider (self, item, decoded->providers[i]) && all_listed;
  if (!all_listed)
    add_problem (self, offset, (guint32) self->store.items.n - 1, DRILL_WORDS ("more providers than an item can list"));

  return (guint32) (self->store.items.n - 1);
}

/* Whether an item with this session_id is known; the service repeats items
 * when its offsets move between two pages (contract section 2). */
static gboolean
is_known (DrillEvidenceBuilder   *self,
          const DrillDecodedItem *decoded,
          gsize                   offset,
          gsize                   length)
{
  const DrillItem *known;
  DrillPage *page, *known_page;
  const char *bytes, *known_bytes;
  gsize page_length;
  guint32 *slot;

  if (decoded->session_id.text == NULL)
    return FALSE;

  slot = drill_builder_slot (&self->item_of_session, drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->session_id));
  if (*slot == 0)
    {
      *slot = (guint32) self->store.items.n + 1;
      return FALSE;
    }

  known = &drill_column_index (&self->store.items, DrillItem, *slot - 1);
  page = drill_column_index (&self->store.pages, DrillPage *, self->page);
  known_page = drill_column_index (&self->store.pages, DrillPage *, known->page);
  bytes = drill_page_get_data (page, &page_length) + offset;
  known_bytes = drill_page_get_data (known_page, &page_length) + known->offset;
  if (known->length != length || memcmp (bytes, known_bytes, length) != 0)
    add_problem (self, offset, *slot - 1,
                 DRILL_WORDS ("another item with the same session_id and other content; the first one is shown"));

  return TRUE;
}

static gboolean
has_rows (DrillEvidenceBuilder *self)
{
  DrillDocument document = drill_decoder_get_document (self->decoder);

  return document == DRILL_DOCUMENT_ROUTES || document == DRILL_DOCUMENT_PACKAGE;
}

static void
add_item (DrillEvidenceBuilder   *self,
          const DrillDecodedItem *decoded,
          gsize                   offset,
          gsize                   length)
{
  gboolean is_row = has_rows (self);
  guint32 item;

  if (!is_row && is_known (self, decoded, offset, length))
    return;

  item = drill_decoder_get_document (self->decoder) == DRILL_DOCUMENT_PACKAGE
         ? self->package_item
         : append_item (self, decoded, offset, length);
  self->n_new += 1;

  if (is_row && decoded->is_object)
    drill_builder_add_row (self, decoded, item);
  else if (drill_span_equal (decoded->kind, DRILL_KIND_PLAN))
    drill_builder_add_plan (self, decoded, item);
  else if (drill_span_equal (decoded->kind, DRILL_KIND_ACK))
    drill_builder_add_ack (self, decoded, item);

  if (decoded->problem != NULL)
    add_problem (self, offset + decoded->problem_offset, item, decoded->problem);
  else if (!is_row && decoded->session_id.text == NULL)
    add_problem (self, offset, item, DRILL_WORDS ("an item without session_id"));
}

/* A saved audit package is itself one item: its bytes are the whole document. */
static void
add_package_item (DrillEvidenceBuilder *self,
                  gsize                 length)
{
  DrillDecodedItem decoded = { .is_object = TRUE };

  drill_decoder_get_package (self->decoder, &decoded.audit_id, &decoded.created_at, &decoded.signer);
  decoded.kind = (DrillSpan) { DRILL_KIND_PACKAGE, strlen (DRILL_KIND_PACKAGE) };
  decoded.session_id = decoded.audit_id;
  self->package_item = append_item (self, &decoded, 0, length);
}

/* A refresh reads the same newest items again and again. Of a page that brought
 * little, only what was new is kept: else every refresh would cost a page. */
static void
keep_only_news (DrillEvidenceBuilder *self)
{
  DrillPage **page = &drill_column_index (&self->store.pages, DrillPage *, self->page);
  g_autoptr(GByteArray) news = NULL;
  const char *data;
  gsize length, n_bytes = 0;

  data = drill_page_get_data (*page, &length);
  for (guint32 i = self->first_item; i < self->store.items.n; i++)
    n_bytes += drill_column_index (&self->store.items, DrillItem, i).length;
  if (self->shown || n_bytes > length / 2)
    return;

  news = g_byte_array_sized_new ((guint) n_bytes + DRILL_PAGE_PADDING);
  for (guint32 i = self->first_item; i < self->store.items.n; i++)
    {
      DrillItem *item = &drill_column_index (&self->store.items, DrillItem, i);
      gsize offset = news->len;

      g_byte_array_append (news, (const guint8 *) data + item->offset, item->length);
      item->offset = offset;
    }

  drill_page_unref (*page);
  *page = drill_page_new_take (g_steal_pointer (&news));
}

/**
 * drill_evidence_builder_new:
 *
 * Returns: (transfer full): a builder without evidence
 */
DrillEvidenceBuilder *
drill_evidence_builder_new (void)
{
  static const char *const states[] = {
    "", "outstanding", "acknowledged", "resolved", "escalated", "dismissed",
  };
  DrillEvidenceBuilder *self = g_atomic_rc_box_new0 (DrillEvidenceBuilder);

  drill_store_init (&self->store);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    drill_dictionary_init (&self->dicts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert (drill_builder_add_string (self, DRILL_DICT_STATE, states[i]) == i);

  drill_column_init (&self->item_of_session, sizeof (guint32));
  drill_column_init (&self->plan_of_schedule, sizeof (guint32));
  drill_column_init (&self->plan_currents, sizeof (guint8));
  drill_column_init (&self->item_of_provider, sizeof (guint32));
  drill_column_init (&self->pair_acks, sizeof (guint32));
  self->pairs = g_hash_table_new (drill_pair_hash, NULL);
  self->notes = drill_builder_new_notes ();
  self->decoder = drill_decoder_new ();

  return self;
}

DrillEvidenceBuilder *
drill_evidence_builder_ref (DrillEvidenceBuilder *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_builder (gpointer data)
{
  DrillEvidenceBuilder *self = data;

  drill_store_clear (&self->store);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    drill_dictionary_clear (&self->dicts[i]);
  drill_column_clear (&self->item_of_session);
  drill_column_clear (&self->plan_of_schedule);
  drill_column_clear (&self->plan_currents);
  drill_column_clear (&self->item_of_provider);
  drill_column_clear (&self->pair_acks);
  g_hash_table_unref (self->pairs);
  g_hash_table_unref (self->notes);
  drill_decoder_free (self->decoder);
  g_free (self->order);
}

void
drill_evidence_builder_unref (DrillEvidenceBuilder *self)
{
  g_atomic_rc_box_release_full (self, clear_builder);
}

/**
 * drill_evidence_builder_begin:
 * @self: a builder
 * @page: a document
 * @error: %DRILL_ERROR_BAD_INPUT or %DRILL_ERROR_TOO_LARGE, with the byte
 *
 * Begins to read a further page: finds out what it is and checks its frame. Its
 * items follow with drill_evidence_builder_step().
 *
 * Returns: whether it can be read
 */
gboolean
drill_evidence_builder_begin (DrillEvidenceBuilder *self,
                              DrillPage            *page,
                              GError              **error)
{
  const char *problem;
  gsize length, offset;
  gboolean fits;

  g_return_val_if_fail (self != NULL && page != NULL, FALSE);

  if (!drill_decoder_open (self->decoder, page, error))
    return FALSE;

  /* Codes are 32-bit offsets into the texts, which are no longer than the pages */
  drill_page_get_data (page, &length);
  fits = self->store.items.n + drill_decoder_get_n_items (self->decoder) <= DRILL_MAX_ITEMS;
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    fits = fits && self->dicts[i].texts.n + 2 * (guint64) length <= G_MAXUINT32;
  if (!fits)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "more evidence than one snapshot can hold");
      return FALSE;
    }

  self->page = (guint32) self->store.pages.n;
  *(DrillPage **) drill_column_append (&self->store.pages, 1) = drill_page_ref (page);
  self->next_item = 0;
  self->n_new = 0;
  self->first_item = (guint32) self->store.items.n;
  self->shown = FALSE;
  problem = drill_decoder_get_problem (self->decoder, &offset);
  if (problem != NULL)
    add_problem (self, offset, DRILL_NONE, problem);
  if (drill_decoder_get_document (self->decoder) == DRILL_DOCUMENT_PACKAGE)
    add_package_item (self, length);

  return TRUE;
}

/**
 * drill_evidence_builder_step:
 * @self: a builder that has begun a page
 * @max_bytes: how much of it to read at the most, bytes; at least one item is
 *   read, and a routes page or an audit package is always read whole
 * @report: (out caller-allocates) (optional): what the page has brought so far
 * @more: (out): whether there is more to read
 * @error: %DRILL_ERROR_BAD_INPUT, with the byte
 *
 * Reads on. An error ends the page: what came before its place is kept, and a
 * snapshot has it.
 *
 * Returns: whether what was read is JSON
 */
gboolean
drill_evidence_builder_step (DrillEvidenceBuilder *self,
                             gsize                 max_bytes,
                             DrillPageReport      *report,
                             gboolean             *more,
                             GError              **error)
{
  gsize n_items = drill_decoder_get_n_items (self->decoder);
  gsize first_byte = 0, offset = 0, length = 0;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL && more != NULL, FALSE);

  if (self->next_item < n_items)
    drill_decoder_get_span (self->decoder, self->next_item, &first_byte, &length);
  offset = first_byte;

  /* A snapshot in the middle of the rows would know half a plan */
  if (has_rows (self))
    max_bytes = G_MAXSIZE;

  while (ok && self->next_item < n_items && offset - first_byte < MAX (max_bytes, 1))
    {
      DrillDecodedItem decoded;

      drill_decoder_get_span (self->decoder, self->next_item, &offset, &length);
      ok = drill_decoder_read (self->decoder, self->next_item, &decoded, error);
      if (ok)
        {
          add_item (self, &decoded, offset, length);
          self->next_item += 1;
        }
      offset += length;
    }

  *more = ok && self->next_item < n_items;
  if (!*more)
    keep_only_news (self);
  if (report != NULL)
    {
      report->document = drill_decoder_get_document (self->decoder);
      report->n_items = (guint) self->next_item;
      report->n_new = self->n_new;
      report->n_bytes = offset;
      report->total = drill_decoder_get_total (self->decoder);
      report->offset = drill_decoder_get_offset (self->decoder);
    }

  return ok;
}

/**
 * drill_evidence_builder_add:
 * @self: a builder
 * @page: a document
 * @report: (out caller-allocates) (optional): what it has brought
 * @error: %DRILL_ERROR_BAD_INPUT or %DRILL_ERROR_TOO_LARGE, with the byte
 *
 * Reads a whole page.
 *
 * Returns: whether it could be read
 */
gboolean
drill_evidence_builder_add (DrillEvidenceBuilder *self,
                            DrillPage            *page,
                            DrillPageReport      *report,
                            GError              **error)
{
  gboolean more;

  return drill_evidence_builder_begin (self, page, error) &&
         drill_evidence_builder_step (self, G_MAXSIZE, report, &more, error);
}

/**
 * drill_evidence_builder_get_n_items:
 * @self: a builder
 *
 * Returns: how many different items it knows
 */
guint
drill_evidence_builder_get_n_items (DrillEvidenceBuilder *self)
{
  return (guint) self->store.items.n;
}

/**
 * drill_evidence_builder_snapshot:
 * @self: a builder
 *
 * Makes a snapshot of all that was read so far. It costs a few ms per 100,000
 * items, not a further reading.
 *
 * Returns: (transfer full): the snapshot
 */
DrillEvidence *
drill_evidence_builder_snapshot (DrillEvidenceBuilder *self)
{
  DrillEvidence *evidence = g_atomic_rc_box_new0 (DrillEvidence);

  g_return_val_if_fail (self != NULL, NULL);

  self->shown = TRUE;
  drill_store_share (&self->store, &evidence->store);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    {
      drill_column_share (&self->dicts[i].texts, &evidence->store.texts[i]);
      drill_column_share (&self->dicts[i].offsets, &evidence->store.offsets[i]);
    }

  drill_builder_sort (self);
  evidence->order = g_memdup2 (self->order, sizeof *self->order * self->n_ordered);
  evidence->plan_currents = g_memdup2 (self->plan_currents.data, self->plan_currents.n);
  evidence->pair_acks = g_memdup2 (self->pair_acks.data, sizeof (guint32) * self->pair_acks.n);
  evidence->n_pairs = (guint) self->pair_acks.n;
  evidence->n_problems = self->n_problems;

  return evidence;
}
