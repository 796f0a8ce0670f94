// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-token.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "base/drill-error.h"

#define LARGEST_TOKEN (64 * 1024) /* bytes: servers take headers of 8 to 32 kB, so more is another file */

static GInputStream *
open_input (const char  *path,
            GError     **error)
{
  g_autoptr(GFile) file = NULL;

  if (strcmp (path, "-") == 0)
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);

  file = g_file_new_for_path (path);

  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

/**
 * drill_cli_token_read:
 * @path: a file with a token, `-` for standard input
 * @error: why there is none
 *
 * Reads a bearer token. What people save around it, line ends, blanks and a
 * leading `Bearer `, is not part of it. Error messages never have any of it.
 *
 * Returns: (transfer full) (nullable): the token
 */
char *
drill_cli_token_read (const char  *path,
                      GError     **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(GInputStream) stream = open_input (path, &failure);
  g_autofree char *buffer = g_malloc0 (LARGEST_TOKEN + 1);
  const char *token = buffer;
  gsize length = 0;

  if (stream == NULL || !g_input_stream_read_all (stream, buffer, LARGEST_TOKEN, &length, NULL, &failure))
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("Cannot read the token file: %s"), failure->message);
      return NULL;
    }

  g_strstrip (buffer);
  if (g_ascii_strncasecmp (token, "Bearer", strlen ("Bearer")) == 0 &&
      (token[strlen ("Bearer")] == '\0' || g_ascii_isspace (token[strlen ("Bearer")])))
    token += strlen ("Bearer");
  while (g_ascii_isspace (*token))
    token++;

  if (*token == '\0')
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("The token file is empty"));
      return NULL;
    }

  for (const char *p = token; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      {
        g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("The token file does not hold a token"));
        return NULL;
      }

  if (length == LARGEST_TOKEN)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("The token file is too large"));
      return NULL;
    }

  return g_strdup (token);
}
