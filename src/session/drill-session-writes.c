// SPDX-License-Identifier: GPL-3.0-or-later

/* Whether a session's source may be written to, by whom, and what was begun in
 * an earlier run of the program and is not finished yet. */

#include "session/drill-session-private.h"

#include "session/drill-ack-operation.h"
#include "session/drill-delivery-operation.h"
#include "session/drill-package-operation.h"

static gboolean
is_live (DrillSession *self)
{
  return self->source != NULL && drill_source_get_kind (self->source) == DRILL_SOURCE_LIVE;
}

static gboolean
is_read_only (DrillSession *self)
{
  return is_live (self) && self->connection != NULL && drill_connection_get_read_only (self->connection);
}

static DrillGate
judge (DrillSession *self)
{
  const DrillActor *actor = self->actor;

  if (self->source == NULL || !self->adopted)
    return DRILL_GATE_NOT_SHOWN;
  if (!is_live (self))
    return DRILL_GATE_SIMULATION;
  if (is_read_only (self))
    return DRILL_GATE_READ_ONLY;

  /* While the service is asked once more, it is what it said before */
  if (actor == NULL && self->n_running > 0 && (self->gate == DRILL_GATE_SIGN_IN || self->gate == DRILL_GATE_FORBIDDEN))
    return self->gate;

  /* Contract section 1: without OIDC nobody has the permission, and yet everybody may */
  if (actor != NULL && !actor->authenticated && g_str_equal (actor->mode, "auth_required"))
    return DRILL_GATE_SIGN_IN;
  if (actor != NULL && actor->authenticated && !actor->may_acknowledge)
    return DRILL_GATE_FORBIDDEN;

  return DRILL_GATE_OPEN;
}

/* After any change of what it depends on */
void
drill_session_update_gate (DrillSession *self)
{
  DrillGate gate = judge (self);

  if (self->writer != NULL)
    {
      drill_writer_set_read_only (self->writer, is_read_only (self));
      if (self->actor != NULL)
        {
          drill_writer_set_actor (self->writer, self->actor->name);
          drill_writer_set_actor_known (self->writer, TRUE);
        }
    }

  if (self->gate == gate)
    return;

  self->gate = gate;
  drill_session_notify (self, PROP_GATE);
}

void
drill_session_open_writer (DrillSession *self)
{
  self->writer = drill_writer_new (self->source, self->loader, self->journal, self->clock);
  drill_writer_set_token_expiry (self->writer, self->token_expiry);
  drill_writer_set_actor_known (self->writer, !is_live (self));
  drill_session_update_gate (self);
}

/* What is under way stops before its next request; the journal keeps it */
void
drill_session_close_writer (DrillSession *self)
{
  if (self->writer != NULL)
    drill_writer_close (self->writer);
  g_clear_object (&self->writer);
  g_list_store_remove_all (self->unfinished);
  self->claimed = FALSE;
}

/* What was cut off */

static void
dropped_cb (DrillOperation *operation,
            gpointer        data)
{
  DrillSession *self = data;
  guint position;

  if (g_list_store_find (self->unfinished, operation, &position))
    g_list_store_remove (self->unfinished, position);
}

static DrillOperation *
recover (DrillSession       *self,
         DrillJournalEntry  *entry,
         GError            **error)
{
  GVariant *operation = drill_journal_entry_get_operation (entry);
  const char *kind = "";
  gpointer recovered;

  if (g_variant_is_of_type (operation, G_VARIANT_TYPE_VARDICT))
    g_variant_lookup (operation, "kind", "&s", &kind);

  if (g_str_equal (kind, "ack"))
    {
      recovered = drill_ack_operation_new_from_journal (self->writer, entry, error);
    }
  else if (g_str_equal (kind, "package"))
    {
      recovered = drill_package_operation_new_from_journal (self->writer, entry, error);
    }
  else if (g_str_equal (kind, "delivery"))
    {
      recovered = drill_delivery_operation_new_from_journal (self->writer, entry, error);
    }
  else
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "an operation of an unknown kind");
      return NULL;
    }

  return recovered;
}

/* Once a service's evidence is known: takes over what was begun there and cut off,
 * and finds out what became of it. Nothing is sent for that. */
void
drill_session_claim_journal (DrillSession *self)
{
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;

  if (self->claimed || self->journal == NULL || !self->adopted || !is_live (self) || is_read_only (self))
    return;

  self->claimed = TRUE;
  entries = drill_journal_claim (self->journal, drill_writer_get_origin (self->writer), &error);
  if (entries == NULL)
    {
      g_info ("the journal cannot be read: %s", error->message);
      return;
    }

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr(DrillOperation) operation = NULL;
      g_autoptr(GError) problem = NULL;

      operation = recover (self, g_ptr_array_index (entries, i), &problem);
      if (operation == NULL)
        {
          /* Its file stays, for a program that knows it */
          g_info ("an operation in the journal is left alone: %s", problem->message);
          continue;
        }

      g_signal_connect_object (operation, "dropped", G_CALLBACK (dropped_cb), self, 0);
      g_list_store_append (self->unfinished, operation);
      drill_operation_check_async (operation, NULL, NULL, NULL);
    }
}

void
drill_session_init_writes (DrillSession *self)
{
  self->gate = DRILL_GATE_NOT_SHOWN;
  self->unfinished = g_list_store_new (DRILL_TYPE_OPERATION);
}

void
drill_session_clear_writes (DrillSession *self)
{
  g_clear_object (&self->unfinished);
  g_clear_object (&self->writer);
  g_clear_object (&self->journal);
}

/**
 * drill_session_set_journal:
 * @self: a session that has opened nothing yet
 * @directory: (nullable) (type filename): where operations are recorded; %NULL for the user's own place
 *
 * Without a journal nothing is sent to a service: operations end with %DRILL_ERROR_IO.
 */
void
drill_session_set_journal (DrillSession *self,
                           const char   *directory)
{
  g_return_if_fail (DRILL_IS_SESSION (self));
  g_return_if_fail (self->source == NULL);

  g_clear_object (&self->journal);
  self->journal = directory != NULL ? drill_journal_new (directory) : drill_journal_new_default ();
}

DrillGate
drill_session_get_gate (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), DRILL_GATE_NOT_SHOWN);

  return self->gate;
}

/**
 * drill_session_get_writer:
 *
 * Returns: (transfer none) (nullable): what operations on what was asked for
 *   work with; another one when the session turns to another source. %NULL
 *   before anything was opened.
 */
DrillWriter *
drill_session_get_writer (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->writer;
}

/**
 * drill_session_dup_actor_name:
 * @self: a session
 * @verified: (out) (optional): whether the service has verified it; else it is
 *   what is sent along (contract section 1)
 *
 * Returns: (transfer full): who will be recorded: the verified actor, the one
 *   of the connection, or the user of this machine
 */
char *
drill_session_dup_actor_name (DrillSession *self,
                              gboolean     *verified)
{
  const char *name = NULL;

  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  if (self->actor != NULL)
    name = self->actor->name;
  if (verified != NULL)
    *verified = name != NULL;

  if (name == NULL && self->connection != NULL)
    name = drill_connection_get_actor (self->connection);
  if (name == NULL || *name == '\0')
    name = g_get_user_name ();

  return g_strdup (name);
}

/**
 * drill_session_get_unfinished:
 *
 * Returns: (transfer none): what was cut off: #DrillOperation. One stays in the
 *   list until drill_operation_drop(), also when it is done by then.
 */
GListModel *
drill_session_get_unfinished (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->unfinished);
}
