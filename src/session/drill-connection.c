// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-connection.h"

#include <string.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "sources/drill-base-url.h"

struct _DrillConnection {
  GObject   parent_instance;

  char     *id;
  char     *name;
  char     *url;
  char     *origin;
  char     *ca_file;
  char     *actor;
  gboolean  read_only;
};

G_DEFINE_FINAL_TYPE (DrillConnection, drill_connection, G_TYPE_OBJECT)

/* It is the name of a group in a key file */
static gboolean
is_id (const char *id)
{
  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
      return FALSE;

  return *id != '\0' && strlen (id) <= 100;
}

/* One line without blanks around it, or NULL */
static char *
dup_line (const char *text)
{
  g_autofree char *line = text != NULL ? g_strstrip (drill_text_one_line (text)) : NULL;

  return line != NULL && *line != '\0' ? g_steal_pointer (&line) : NULL;
}

static void
drill_connection_finalize (GObject *object)
{
  DrillConnection *self = DRILL_CONNECTION (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->url);
  g_free (self->origin);
  g_free (self->ca_file);
  g_free (self->actor);

  G_OBJECT_CLASS (drill_connection_parent_class)->finalize (object);
}

static void
drill_connection_class_init (DrillConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_connection_finalize;
}

static void
drill_connection_init (DrillConnection *self)
{
}

DrillConnection *
drill_connection_new (const char  *id,
                      const char  *name,
                      const char  *url,
                      const char  *ca_file,
                      const char  *actor,
                      gboolean     read_only,
                      GError     **error)
{
  g_autoptr(DrillConnection) self = NULL;
  g_autoptr(GUri) parsed = NULL;
  g_autofree char *origin = NULL;

  if (id != NULL && !is_id (id))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "not the id of a connection");
      return NULL;
    }

  parsed = drill_base_url_parse (url, error);
  if (parsed == NULL)
    return NULL;

  self = g_object_new (DRILL_TYPE_CONNECTION, NULL);
  self->id = id != NULL ? g_strdup (id) : g_uuid_string_random ();
  self->name = dup_line (name);
  if (self->name == NULL)
    self->name = g_strdup (g_uri_get_host (parsed));
  self->url = drill_base_url_to_string (parsed);
  origin = drill_base_url_get_origin (parsed);
  self->origin = g_ascii_strdown (origin, -1);
  if (ca_file != NULL && *ca_file != '\0')
    self->ca_file = g_canonicalize_filename (ca_file, NULL);
  self->actor = dup_line (actor);
  self->read_only = read_only;

  return g_steal_pointer (&self);
}

const char *
drill_connection_get_id (DrillConnection *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTION (self), NULL);

  return self->id;
}

const char *
drill_connection_get_name (DrillConnection *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTION (self), NULL);

  return self->name;
}

/**
 * drill_connection_get_url:
 *
 * Returns: the base URL, without a final slash
 */
const char *
drill_connection_get_url (DrillConnection *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTION (self), NULL);

  return self->url;
}

/**
 * drill_connection_get_origin:
 *
 * Returns: scheme, host and port of the URL in small letters: what a token is kept for
 */
const char *
drill_connection_get_origin (DrillConnection *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTION (self), NULL);

  return self->origin;
}

/**
 * drill_connection_get_ca_file:
 *
 * Returns: (nullable) (type filename): an absolute path
 */
const char *
drill_connection_get_ca_file (DrillConnection *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTION (self), NULL);

  return self->ca_file;
}

/**
 * drill_connection_get_actor:
 *
 * Returns: (nullable): who one is where the service does not know
 */
const char *
drill_connection_get_actor (DrillConnection *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTION (self), NULL);

  return self->actor;
}

gboolean
drill_connection_get_read_only (DrillConnection *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTION (self), TRUE);

  return self->read_only;
}
