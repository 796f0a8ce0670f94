// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-audit-entry.h"

#include <glib/gi18n-lib.h>

#include "base/drill-time.h"
#include "ui/common/drill-kind-names.h"

#define KIND_AUDIT    DRILL_KIND_PREFIX "acknowledgement-audit-"
#define KIND_PACKAGE  KIND_AUDIT "package"
#define KIND_EXECUTED KIND_AUDIT "delivery-retry-execution-record"
#define KIND_DELIVERY "release-connector-delivery"
#define AUDIT_SOURCE  "go_backend_rollback_drill_acknowledgement_audit"
#define AUDIT_ID      "gordackaudit-"

struct _DrillAuditEntry
{
  GObject        parent_instance;

  DrillEvidence *evidence;
  char          *id;
  GArray        *items; /* (element-type guint32): newest first */
  guint32        package;
  gboolean       is_package;
  const char    *state; /* a constant */
};

G_DEFINE_FINAL_TYPE (DrillAuditEntry, drill_audit_entry, G_TYPE_OBJECT)

static void
drill_audit_entry_finalize (GObject *object)
{
  DrillAuditEntry *self = DRILL_AUDIT_ENTRY (object);

  g_clear_pointer (&self->evidence, drill_evidence_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_free (self->id);

  G_OBJECT_CLASS (drill_audit_entry_parent_class)->finalize (object);
}

static void
drill_audit_entry_class_init (DrillAuditEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_audit_entry_finalize;
}

static void
drill_audit_entry_init (DrillAuditEntry *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->package = DRILL_NONE;
}

static DrillAuditEntry *
entry_new (DrillEvidence *evidence,
           const char    *id)
{
  DrillAuditEntry *self = g_object_new (DRILL_TYPE_AUDIT_ENTRY, NULL);

  self->evidence = drill_evidence_ref (evidence);
  self->id = g_strdup (id);

  return self;
}

static const char *
get_text (DrillEvidence *evidence,
          DrillDict      dict,
          guint32        code)
{
  return drill_evidence_get_text (evidence, dict, code);
}

/* Deliveries of notifications are not of this view (contract section 2). */
static gboolean
is_audit_delivery (DrillEvidence   *evidence,
                   const DrillItem *item)
{
  return g_str_has_prefix (get_text (evidence, DRILL_DICT_TEXT, item->source), AUDIT_SOURCE);
}

/* How the deliveries of a package stand, by the newest items that say so. */
static const char *
find_state (DrillAuditEntry *self)
{
  const DrillItem *items = drill_evidence_get_items (self->evidence);
  gboolean retried = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const DrillItem *item = &items[g_array_index (self->items, guint32, i)];
      const char *kind = get_text (self->evidence, DRILL_DICT_KIND, item->kind);

      if (g_str_equal (kind, KIND_EXECUTED))
        retried = retried || g_str_equal (get_text (self->evidence, DRILL_DICT_STATE, item->state), "delivered");
      if (!g_str_equal (kind, KIND_DELIVERY))
        continue;
      if (item->result == DRILL_RESULT_DELIVERED)
        return "delivered";
      return retried ? "retried" : "failed";
    }

  return self->is_package ? "not-sent" : NULL;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = drill_audit_entry_get_time (*(DrillAuditEntry *const *) a);
  gint64 second = drill_audit_entry_get_time (*(DrillAuditEntry *const *) b);

  return first == second ? 0 : first > second ? -1 : 1;
}

static void
finish_entry (DrillAuditEntry *self)
{
  const DrillItem *item;

  if (self->is_package)
    {
      self->state = find_state (self);
      return;
    }

  item = &drill_evidence_get_items (self->evidence)[g_array_index (self->items, guint32, 0)];
  self->state = item->state != DRILL_STATE_NONE
                ? get_text (self->evidence, DRILL_DICT_STATE, item->state)
                : drill_result_get_state (item->result);
}

static void
add_item (GPtrArray     *entries,
          GHashTable    *packages,
          DrillEvidence *evidence,
          guint32        row,
          gboolean       is_package)
{
  const DrillItem *item = &drill_evidence_get_items (evidence)[row];
  const char *subject = get_text (evidence, DRILL_DICT_TEXT, item->subject);
  DrillAuditEntry *entry;

  if (!is_package && !g_str_has_prefix (subject, AUDIT_ID) &&
      !g_hash_table_contains (packages, GUINT_TO_POINTER (item->subject)))
    {
      entry = entry_new (evidence, get_text (evidence, DRILL_DICT_TEXT, item->session_id));
      g_array_append_val (entry->items, row);
      g_ptr_array_add (entries, entry);
      return;
    }

  entry = g_hash_table_lookup (packages, GUINT_TO_POINTER (item->subject));
  if (entry == NULL)
    {
      entry = entry_new (evidence, subject);
      entry->is_package = TRUE;
      g_hash_table_insert (packages, GUINT_TO_POINTER (item->subject), entry);
      g_ptr_array_add (entries, entry);
    }
  g_array_append_val (entry->items, row);
  if (is_package && entry->package == DRILL_NONE)
    entry->package = row;
}

/**
 * drill_audit_entry_collect:
 * @evidence: a snapshot
 *
 * Finds the audit packages of the evidence, what was done with them, and what
 * else there is of audit deliveries. Reads no JSON: an item's subject is its
 * `audit_id` where it has one.
 *
 * Returns: (transfer full) (element-type DrillAuditEntry): the entries, newest first
 */
GPtrArray *
drill_audit_entry_collect (DrillEvidence *evidence)
{
  enum { OTHER, AUDIT, PACKAGE, DELIVERY };
  const DrillItem *items = drill_evidence_get_items (evidence);
  const guint32 *order = drill_evidence_get_item_order (evidence);
  guint n_items = drill_evidence_get_n_items (evidence);
  guint n_kinds = drill_evidence_get_dict_size (evidence, DRILL_DICT_KIND);
  g_autofree guint8 *kinds = g_new0 (guint8, MAX (n_kinds, 1));
  g_autoptr(GHashTable) packages = g_hash_table_new (NULL, NULL);
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint code = 0; code < n_kinds; code++)
    {
      const char *kind = get_text (evidence, DRILL_DICT_KIND, code);

      if (g_str_equal (kind, KIND_PACKAGE))
        kinds[code] = PACKAGE;
      else if (g_str_has_prefix (kind, KIND_AUDIT))
        kinds[code] = AUDIT;
      else if (g_str_equal (kind, KIND_DELIVERY))
        kinds[code] = DELIVERY;
    }

  /* Packages are known first: what was done with one comes before it in a list
   * that has the newest first. */
  for (guint i = 0; i < n_items; i++)
    {
      if (kinds[items[i].kind] == PACKAGE)
        g_hash_table_insert (packages, GUINT_TO_POINTER (items[i].subject), NULL);
    }

  for (guint i = 0; i < n_items; i++)
    {
      const DrillItem *item = &items[order[i]];

      if (kinds[item->kind] == PACKAGE || kinds[item->kind] == AUDIT ||
          (kinds[item->kind] == DELIVERY && is_audit_delivery (evidence, item)))
        add_item (entries, packages, evidence, order[i], kinds[item->kind] == PACKAGE);
    }

  for (guint i = 0; i < entries->len; i++)
    finish_entry (g_ptr_array_index (entries, i));
  g_ptr_array_sort (entries, compare_entries);

  return entries;
}

/**
 * drill_audit_entry_get_id:
 * @self: an entry
 *
 * Returns: the package's `audit_id`, else the `session_id` of the one item
 */
const char *
drill_audit_entry_get_id (DrillAuditEntry *self)
{
  return self->id;
}

/**
 * drill_audit_entry_get_evidence:
 * @self: an entry
 *
 * Returns: (transfer none): the snapshot that its rows are of
 */
DrillEvidence *
drill_audit_entry_get_evidence (DrillAuditEntry *self)
{
  return self->evidence;
}

/**
 * drill_audit_entry_get_items:
 * @self: an entry
 *
 * Returns: (transfer none) (element-type guint32): the rows of its items, newest first; never empty
 */
GArray *
drill_audit_entry_get_items (DrillAuditEntry *self)
{
  return self->items;
}

/**
 * drill_audit_entry_get_package:
 * @self: an entry
 *
 * Returns: the row of the item that holds the package, or %DRILL_NONE when it is not in the evidence
 */
guint32
drill_audit_entry_get_package (DrillAuditEntry *self)
{
  return self->package;
}

/**
 * drill_audit_entry_is_package:
 * @self: an entry
 *
 * Returns: whether it is an audit package, or what was done with one
 */
gboolean
drill_audit_entry_is_package (DrillAuditEntry *self)
{
  return self->is_package;
}

/**
 * drill_audit_entry_get_time:
 * @self: an entry
 *
 * Returns: when the package was made, else its newest item, µs UTC, or %DRILL_TIME_UNKNOWN
 */
gint64
drill_audit_entry_get_time (DrillAuditEntry *self)
{
  guint32 row = self->package != DRILL_NONE ? self->package : g_array_index (self->items, guint32, 0);

  return drill_evidence_get_items (self->evidence)[row].created_us;
}

/**
 * drill_audit_entry_get_state:
 * @self: an entry
 *
 * Returns: (nullable): how its deliveries stand, or its state, as drill_state_dup_name() takes it
 */
const char *
drill_audit_entry_get_state (DrillAuditEntry *self)
{
  return self->state;
}

/**
 * drill_audit_entry_dup_title:
 * @self: an entry
 *
 * Returns: (transfer full): what it is, plain text for one line
 */
char *
drill_audit_entry_dup_title (DrillAuditEntry *self)
{
  const DrillItem *item = &drill_evidence_get_items (self->evidence)[g_array_index (self->items, guint32, 0)];

  if (self->is_package)
    return g_strdup (_("Audit package"));

  return drill_kind_dup_name (get_text (self->evidence, DRILL_DICT_KIND, item->kind));
}

/**
 * drill_audit_entry_equal:
 * @self: an entry
 * @other: one of another snapshot
 *
 * Returns: whether both show the same
 */
gboolean
drill_audit_entry_equal (DrillAuditEntry *self,
                         DrillAuditEntry *other)
{
  const DrillItem *items = drill_evidence_get_items (self->evidence);
  const DrillItem *others = drill_evidence_get_items (other->evidence);

  if (!g_str_equal (self->id, other->id) || self->items->len != other->items->len)
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      guint32 session_id = items[g_array_index (self->items, guint32, i)].session_id;
      guint32 other_id = others[g_array_index (other->items, guint32, i)].session_id;

      if (!g_str_equal (get_text (self->evidence, DRILL_DICT_TEXT, session_id),
                        get_text (other->evidence, DRILL_DICT_TEXT, other_id)))
        return FALSE;
    }

  return TRUE;
}
