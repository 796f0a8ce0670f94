// SPDX-License-Identifier: GPL-3.0-or-later

/* What tests set and look at, while the server runs. */

#include "drill-test-server-private.h"

void
drill_test_server_set_gzip (DrillTestServer *self,
                            gboolean         gzip)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->gzip = gzip;
}

/**
 * drill_test_server_set_max_limit:
 * @max_limit: the most items it gives at once, whatever is asked for; 0 for as many as that
 */
void
drill_test_server_set_max_limit (DrillTestServer *self,
                                 guint            max_limit)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->max_limit = max_limit;
}

/**
 * drill_test_server_set_auth_required:
 * @auth_required: whether reads of evidence need a token. Writes do as soon as there is one.
 */
void
drill_test_server_set_auth_required (DrillTestServer *self,
                                     gboolean         auth_required)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_identity_set_auth_required (self->identity, auth_required);
}

/**
 * drill_test_server_add_token:
 * @token: a bearer token that is good
 * @actor: whose it is
 */
void
drill_test_server_add_token (DrillTestServer *self,
                             const char      *token,
                             const char      *actor)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_identity_add_token (self->identity, token, actor, NULL, TRUE);
}

/**
 * drill_test_server_add_token_full:
 * @token: a bearer token that is good
 * @actor: whose it is
 * @groups: (nullable): the groups they are in
 * @may_acknowledge: whether they may record anything: 403 if not
 */
void
drill_test_server_add_token_full (DrillTestServer   *self,
                                  const char        *token,
                                  const char        *actor,
                                  const char *const *groups,
                                  gboolean           may_acknowledge)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_identity_add_token (self->identity, token, actor, groups, may_acknowledge);
}

/**
 * drill_test_server_parse_token:
 * @spec: a token, as in drill_test_identity_parse_token()
 *
 * Returns: whether it could be read
 */
gboolean
drill_test_server_parse_token (DrillTestServer  *self,
                               const char       *spec,
                               GError          **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return drill_test_identity_parse_token (self->identity, spec, error);
}

/**
 * drill_test_server_revoke_token:
 * @token: a bearer token that is not good any more: 401
 */
void
drill_test_server_revoke_token (DrillTestServer *self,
                                const char      *token)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_identity_revoke_token (self->identity, token);
}

/**
 * drill_test_server_set_time:
 * @now_us: when the next record is made, µs UTC; those after it are 1 µs apart. By default it is the time of day.
 */
void
drill_test_server_set_time (DrillTestServer *self,
                            gint64           now_us)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_writes_set_time (self->writes, now_us);
}

/**
 * drill_test_server_set_connectors:
 * @connectors: (array zero-terminated=1): those that are configured, may be none
 */
void
drill_test_server_set_connectors (DrillTestServer   *self,
                                  const char *const *connectors)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_writes_set_connectors (self->writes, connectors);
}

/**
 * drill_test_server_fail_connector:
 * @connector: one to which nothing is delivered from now on
 * @status: the HTTP status it answers each attempt with, 0 if it does not answer
 */
void
drill_test_server_fail_connector (DrillTestServer *self,
                                  const char      *connector,
                                  guint            status)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_writes_fail_connector (self->writes, connector, status);
}

/**
 * drill_test_server_set_items:
 * @items: (transfer full) (element-type utf8): the JSON of all items, newest first
 */
void
drill_test_server_set_items (DrillTestServer *self,
                             GPtrArray       *items)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_store_set (self->store, items);
}

/**
 * drill_test_server_add_item:
 * @item: the JSON of a new item, newer than all others
 */
void
drill_test_server_add_item (DrillTestServer *self,
                            const char      *item)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_store_add (self->store, item);
}

void
drill_test_server_remove_item (DrillTestServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_store_remove (self->store);
}

/**
 * drill_test_server_load_file:
 * @file: a history document
 *
 * Returns: whether its items are served now, newest first
 */
gboolean
drill_test_server_load_file (DrillTestServer *self,
                             const char      *file,
                             GError         **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return drill_test_store_load_file (self->store, file, error);
}

/**
 * drill_test_server_add_fault:
 * @fault: what goes wrong; copied. Requests are counted from now on.
 */
void
drill_test_server_add_fault (DrillTestServer      *self,
                             const DrillTestFault *fault)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_faults_add (self->faults, fault);
}

/**
 * drill_test_server_parse_fault:
 * @spec: what goes wrong, as in drill_test_faults_parse()
 */
gboolean
drill_test_server_parse_fault (DrillTestServer *self,
                               const char      *spec,
                               GError         **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return drill_test_faults_parse (self->faults, spec, error);
}

void
drill_test_server_clear_faults (DrillTestServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  drill_test_faults_clear (self->faults);
}

/**
 * drill_test_server_get_n_requests:
 * @path: (nullable): how their paths end, or %NULL for all
 *
 * Returns: how many requests there were
 */
guint
drill_test_server_get_n_requests (DrillTestServer *self,
                                  const char      *path)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return drill_test_requests_count (self->requests, path);
}

/**
 * drill_test_server_dup_header:
 * @request: number of a request, from 0
 * @name: a header, in lower case
 *
 * Returns: (transfer full) (nullable): what the request said there
 */
char *
drill_test_server_dup_header (DrillTestServer *self,
                              guint            request,
                              const char      *name)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  DrillTestRequest *found = drill_test_requests_get (self->requests, request);

  return found != NULL ? g_strdup (g_hash_table_lookup (found->headers, name)) : NULL;
}

/**
 * drill_test_server_dup_target:
 * @request: number of a request, from 0
 *
 * Returns: (transfer full) (nullable): its path and query, as they were sent
 */
char *
drill_test_server_dup_target (DrillTestServer *self,
                              guint            request)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  DrillTestRequest *found = drill_test_requests_get (self->requests, request);

  return found != NULL ? g_strdup (found->target) : NULL;
}

/**
 * drill_test_server_dup_method:
 * @request: number of a request, from 0
 *
 * Returns: (transfer full) (nullable): `GET` or `POST`
 */
char *
drill_test_server_dup_method (DrillTestServer *self,
                              guint            request)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  DrillTestRequest *found = drill_test_requests_get (self->requests, request);

  return found != NULL ? g_strdup (found->method) : NULL;
}

/**
 * drill_test_server_dup_body:
 * @request: number of a request, from 0
 *
 * Returns: (transfer full) (nullable): what came with it
 */
GBytes *
drill_test_server_dup_body (DrillTestServer *self,
                            guint            request)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  DrillTestRequest *found = drill_test_requests_get (self->requests, request);

  return found != NULL ? g_bytes_ref (found->body) : NULL;
}

/**
 * drill_test_server_count_acks:
 * @schedule_id: (nullable): of a schedule, or %NULL for any
 * @provider: (nullable): a provider, or %NULL for any
 *
 * Returns: how many acknowledgements were recorded at a request
 */
guint
drill_test_server_count_acks (DrillTestServer *self,
                              const char      *schedule_id,
                              const char      *provider)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return drill_test_store_count_acks (self->store, schedule_id, provider);
}

/**
 * drill_test_server_count_items:
 * @kind: (nullable): a `metadata_kind`, with or without its prefix, or %NULL for all
 *
 * Returns: how many items of it there are
 */
guint
drill_test_server_count_items (DrillTestServer *self,
                               const char      *kind)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return drill_test_store_count (self->store, kind);
}
