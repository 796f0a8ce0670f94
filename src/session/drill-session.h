// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/drill-clock.h"
#include "base/drill-error.h"
#include "query/drill-route-table.h"
#include "session/drill-connections.h"
#include "session/drill-operation.h"

G_BEGIN_DECLS

/**
 * DrillShown:
 * @DRILL_SHOWN_SAMPLE: the bundled sample data
 * @DRILL_SHOWN_FILE: an opened evidence file
 * @DRILL_SHOWN_LIVE: what a service answered
 *
 * What the current snapshot is. Never guess it from the connection: while a
 * service is unreachable at start, the sample is shown.
 */
typedef enum {
  DRILL_SHOWN_SAMPLE,
  DRILL_SHOWN_FILE,
  DRILL_SHOWN_LIVE,
} DrillShown;

/**
 * DrillActor:
 * @mode: `authenticated`, `auth_required` or `local_or_demo`
 * @name: (nullable): the verified actor, or %NULL
 * @groups: (nullable): its groups
 * @permissions: (nullable): the names of those that are true
 * @authenticated: whether the service has verified who we are
 * @may_acknowledge: permission `acknowledge_drill_notifications`
 *
 * Who the service says we are (contract section 1).
 */
typedef struct {
  char    *mode;
  char    *name;
  char   **groups;
  char   **permissions;
  gboolean authenticated;
  gboolean may_acknowledge;
} DrillActor;

/**
 * DrillGate:
 * @DRILL_GATE_OPEN: writes go to the service
 * @DRILL_GATE_SIMULATION: the sample or a file is shown: writes change what is shown and nothing leaves the machine
 * @DRILL_GATE_READ_ONLY: the connection is for reading only
 * @DRILL_GATE_NOT_SHOWN: nothing of the service was loaded yet, or another source is still shown: there is nothing to act on
 * @DRILL_GATE_SIGN_IN: the service wants to know who we are (contract section 1)
 * @DRILL_GATE_FORBIDDEN: the actor may not acknowledge
 *
 * Whether anything may be recorded, and why not. Packages and deliveries are behind it too.
 */
typedef enum {
  DRILL_GATE_OPEN,
  DRILL_GATE_SIMULATION,
  DRILL_GATE_READ_ONLY,
  DRILL_GATE_NOT_SHOWN,
  DRILL_GATE_SIGN_IN,
  DRILL_GATE_FORBIDDEN,
} DrillGate;

/**
 * DrillTokenState:
 * @DRILL_TOKEN_NONE: there is none
 * @DRILL_TOKEN_LOOKING: the keyring was asked
 * @DRILL_TOKEN_KEYRING: it is in the keyring
 * @DRILL_TOKEN_MEMORY: it is in memory, for this session only
 *
 * Where the token of the current connection is.
 */
typedef enum {
  DRILL_TOKEN_NONE,
  DRILL_TOKEN_LOOKING,
  DRILL_TOKEN_KEYRING,
  DRILL_TOKEN_MEMORY,
} DrillTokenState;

/**
 * DrillServerCounts:
 * @n_plans: `plan_count`
 * @n_deliveries: `delivery_count`
 * @n_failed_deliveries: `failed_delivery_count`
 * @n_acks: `acknowledgement_count`
 * @n_outstanding: `outstanding_acknowledgement_count`
 *
 * What the service's own dashboard says, of its newest 500 items only
 * (contract section 3). Each is -1 when it did not say.
 */
typedef struct {
  gint64 n_plans;
  gint64 n_deliveries;
  gint64 n_failed_deliveries;
  gint64 n_acks;
  gint64 n_outstanding;
} DrillServerCounts;

/**
 * DrillSessionPauses:
 * @refresh_ms: after a load, before the service is asked for news; 0 for never
 * @first_retry_ms: after a load that failed; doubles each time
 * @max_retry_ms: the longest of those
 * @n_read_retries: how often a single request is sent again before the load fails
 * @first_read_pause_ms: before the first of those; doubles each time
 *
 * How long a session waits, ms.
 */
typedef struct {
  guint refresh_ms;
  guint first_retry_ms;
  guint max_retry_ms;
  guint n_read_retries;
  guint first_read_pause_ms;
} DrillSessionPauses;

/**
 * DrillSession:
 *
 * The one object that windows watch: where the evidence comes from, the current
 * snapshot and what is known of its freshness and completeness.
 *
 * Properties (all read-only, notified on the main context):
 * - `table` (#DrillRouteTable): the current snapshot, never %NULL
 * - `shown` (#DrillShown as int): what it is
 * - `name` (string): the service's URL without credentials, the file's name, or "" for the sample
 * - `wanted-name` (string): the service or file that was asked for, while another is shown; else ""
 * - `loading` (boolean): a load or refresh is running
 * - `progress` (double): 0 to 1, or -1 when the total is not known
 * - `complete` (boolean): the snapshot holds all that the source has; %FALSE while the first load runs and when it was cut short
 * - `loaded-at` (int64): when the snapshot was last known to be fresh, µs UTC
 * - `stale-since` (int64): since when the source has not answered, µs UTC, %DRILL_TIME_UNKNOWN while it does
 * - `error` (GError, nullable): why it is stale, partial or another source than asked for
 * - `actor` (#DrillActor, nullable), `server-counts` (#DrillServerCounts, nullable)
 * - `gate` (#DrillGate as int): whether anything may be recorded
 * - `connection` (#DrillConnection, nullable): what is connected to, or was asked for
 * - `token-state` (#DrillTokenState as int)
 * - `keyring-error` (GError, nullable): why the token could not be looked up, kept or forgotten: offer one for this session only;
 *   %DRILL_ERROR_AUTH_REQUIRED when it has expired and is not sent any more
 * - `unfinished` (#GListModel of #DrillOperation): operations of this service that were cut off, and are not finished or dropped yet
 *
 * Signals: `ids-ready`: searching by route id is complete from now on; run a search again
 */
#define DRILL_TYPE_SESSION (drill_session_get_type ())

G_DECLARE_FINAL_TYPE (DrillSession, drill_session, DRILL, SESSION, GObject)

DrillSession            *drill_session_new                  (DrillClock      *clock);
DrillClock              *drill_session_get_clock            (DrillSession    *self);
void                     drill_session_set_journal          (DrillSession    *self,
                                                             const char      *directory);
void                     drill_session_set_connections_file (DrillSession    *self,
                                                             const char      *path);

void                     drill_session_open_sample          (DrillSession    *self);
void                     drill_session_open_file            (DrillSession    *self,
                                                             GFile           *file);
gboolean                 drill_session_connect              (DrillSession    *self,
                                                             const char      *base_url,
                                                             const char      *ca_file,
                                                             const char      *token,
                                                             GError         **error);
void                     drill_session_open_connection      (DrillSession    *self,
                                                             DrillConnection *connection);
gboolean                 drill_session_takes_token          (DrillConnection *connection);
void                     drill_session_sign_in_to_async     (DrillSession    *self,
                                                             DrillConnection *connection,
                                                             const char      *token,
                                                             gboolean         keep,
                                                             GCancellable    *cancellable,
                                                             GAsyncReadyCallback callback,
                                                             gpointer         user_data);
void                     drill_session_sign_in_async        (DrillSession    *self,
                                                             const char      *token,
                                                             gboolean         keep,
                                                             GCancellable    *cancellable,
                                                             GAsyncReadyCallback callback,
                                                             gpointer         user_data);
gboolean                 drill_session_sign_in_finish       (DrillSession    *self,
                                                             GAsyncResult    *result,
                                                             GError         **error);
void                     drill_session_sign_out_async       (DrillSession    *self,
                                                             GCancellable    *cancellable,
                                                             GAsyncReadyCallback callback,
                                                             gpointer         user_data);
gboolean                 drill_session_sign_out_finish      (DrillSession    *self,
                                                             GAsyncResult    *result,
                                                             GError         **error);
void                     drill_session_forget_async         (DrillSession    *self,
                                                             DrillConnection *connection,
                                                             GCancellable    *cancellable,
                                                             GAsyncReadyCallback callback,
                                                             gpointer         user_data);
gboolean                 drill_session_forget_finish        (DrillSession    *self,
                                                             GAsyncResult    *result,
                                                             GError         **error);
void                     drill_session_drop_token           (DrillSession    *self,
                                                             DrillConnection *connection);
void                     drill_session_test_async           (DrillSession    *self,
                                                             DrillConnection *connection,
                                                             const char      *token,
                                                             GCancellable    *cancellable,
                                                             GAsyncReadyCallback callback,
                                                             gpointer         user_data);
DrillActor              *drill_session_test_finish          (DrillSession    *self,
                                                             GAsyncResult    *result,
                                                             GError         **error);
void                     drill_session_refresh              (DrillSession    *self);
void                     drill_session_cancel               (DrillSession    *self);
void                     drill_session_close                (DrillSession    *self);
void                     drill_session_set_refresh_interval (DrillSession    *self,
                                                             guint            seconds);
void                     drill_session_set_visible          (DrillSession    *self,
                                                             gboolean         visible);
void                     drill_session_set_pauses           (DrillSession    *self,
                                                             const DrillSessionPauses *pauses);

DrillRouteTable         *drill_session_get_table            (DrillSession    *self);
DrillEvidence           *drill_session_get_evidence         (DrillSession    *self);
DrillShown               drill_session_get_shown            (DrillSession    *self);
const char              *drill_session_get_name             (DrillSession    *self);
const char              *drill_session_get_wanted_name      (DrillSession    *self);
gboolean                 drill_session_get_loading          (DrillSession    *self);
double                   drill_session_get_progress         (DrillSession    *self);
gboolean                 drill_session_get_complete         (DrillSession    *self);
gint64                   drill_session_get_loaded_at        (DrillSession    *self);
gint64                   drill_session_get_stale_since      (DrillSession    *self);
const GError            *drill_session_get_error            (DrillSession    *self);
const DrillActor        *drill_session_get_actor            (DrillSession    *self);
const DrillServerCounts *drill_session_get_server_counts    (DrillSession    *self);
DrillGate                drill_session_get_gate             (DrillSession    *self);
DrillConnections        *drill_session_get_connections      (DrillSession    *self);
DrillConnection         *drill_session_get_connection       (DrillSession    *self);
DrillTokenState          drill_session_get_token_state      (DrillSession    *self);
const GError            *drill_session_get_keyring_error    (DrillSession    *self);
DrillWriter             *drill_session_get_writer           (DrillSession    *self);
char                    *drill_session_dup_actor_name       (DrillSession    *self,
                                                             gboolean        *verified);
GListModel              *drill_session_get_unfinished       (DrillSession    *self);

void                     drill_actor_free                   (DrillActor      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillActor, drill_actor_free)

G_END_DECLS
