// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-error-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the detail of a %DRILL_ERROR_TLS says, in words that help; the first that is in it */
static const struct
{
  const char *detail;
  const char *what;
  const char *advice;
} certificates[] = {
  { "it has expired",
    N_("The service's certificate has expired."),
    N_("Tell whoever runs it; nothing is sent until it has a new one.") },
  { "it is not valid yet",
    N_("The service's certificate is not valid yet."),
    N_("Check the clock of this computer, or tell whoever runs the service.") },
  { "it is for another host",
    N_("The service's certificate is for another host."),
    N_("Check the address: it may be misspelt, or something else answers there.") },
  { "it was revoked",
    N_("The service's certificate was revoked."),
    N_("Do not use it, and tell whoever runs it.") },
  { "its algorithm is insecure",
    N_("The service's certificate is not secure."),
    N_("Tell whoever runs it; nothing is sent until it has a better one.") },
  { "it is not signed by a known authority",
    N_("The service's certificate is not signed by a known authority."),
    N_("If it has an authority of its own, name that one's CA file in the connection.") },
};

static int
find_certificate (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    if (error->message != NULL && strstr (error->message, certificates[i].detail) != NULL)
      return (int) i;

  return -1;
}

/**
 * drill_error_text_what:
 * @error: (nullable): an error of %DRILL_ERROR or of GIO
 *
 * Returns: what happened, one sentence
 */
const char *
drill_error_text_what (const GError *error)
{
  g_autoptr(GError) own = NULL;

  if (error == NULL)
    return "";

  if (error->domain != DRILL_ERROR)
    error = own = drill_error_from_gio (error);

  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_OFFLINE:
      return _("The service cannot be reached.");
    case DRILL_ERROR_TIMED_OUT:
      return _("The service did not answer in time.");
    case DRILL_ERROR_TLS:
      return find_certificate (error) >= 0 ? _(certificates[find_certificate (error)].what)
                                           : _("The service's certificate is not trusted.");
    case DRILL_ERROR_AUTH_REQUIRED:
      return _("The service wants to know who you are.");
    case DRILL_ERROR_FORBIDDEN:
      return _("The service does not let you do this.");
    case DRILL_ERROR_REJECTED:
      return _("The service refused the request.");
    case DRILL_ERROR_NOT_FOUND:
      return _("It was not found.");
    case DRILL_ERROR_BUSY:
      return _("The service is busy.");
    case DRILL_ERROR_SERVICE:
      return _("The service failed.");
    case DRILL_ERROR_BAD_REPLY:
      return _("The answer is not rollback-drill evidence.");
    case DRILL_ERROR_BAD_INPUT:
      return _("This is not rollback-drill evidence.");
    case DRILL_ERROR_TOO_LARGE:
      return _("There is more than can be read.");
    case DRILL_ERROR_CONFLICT:
      return _("The evidence changed while it was read.");
    case DRILL_ERROR_CANCELLED:
      return _("Loading was cancelled.");
    case DRILL_ERROR_IO:
      return _("The file cannot be read or written.");
    case DRILL_ERROR_KEYRING:
      return _("The keyring does not answer.");
    case DRILL_ERROR_KEYRING_LOCKED:
      return _("The keyring is locked.");
    case DRILL_ERROR_READ_ONLY:
      return _("This connection is for reading only, and nothing was sent.");
    default:
      return _("Something went wrong.");
    }
}

/**
 * drill_error_text_advice:
 * @error: (nullable): an error of %DRILL_ERROR or of GIO
 *
 * Returns: what to do next, one sentence
 */
const char *
drill_error_text_advice (const GError *error)
{
  g_autoptr(GError) own = NULL;

  if (error == NULL)
    return "";

  if (error->domain != DRILL_ERROR)
    error = own = drill_error_from_gio (error);

  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_OFFLINE:
      return _("Check the address and the network; it is tried again by itself.");
    case DRILL_ERROR_TIMED_OUT:
    case DRILL_ERROR_BUSY:
      return _("It is tried again by itself.");
    case DRILL_ERROR_TLS:
      return find_certificate (error) >= 0 ? _(certificates[find_certificate (error)].advice)
                                           : _("Check the address, or name the authority that signed it with a CA file.");
    case DRILL_ERROR_AUTH_REQUIRED:
      return _("Sign in with a valid token.");
    case DRILL_ERROR_FORBIDDEN:
      return _("Ask whoever runs it for the permission, or sign in as somebody who has it.");
    case DRILL_ERROR_REJECTED:
    case DRILL_ERROR_SERVICE:
      return _("Try again later, or tell whoever runs it.");
    case DRILL_ERROR_NOT_FOUND:
      return _("Check the address or the file name.");
    case DRILL_ERROR_BAD_REPLY:
      return _("Check that the address is that of a CAVRA service and not of something in front of it.");
    case DRILL_ERROR_BAD_INPUT:
      return _("Open a saved history, a list of items or an audit package.");
    case DRILL_ERROR_TOO_LARGE:
      return _("Open a smaller document.");
    case DRILL_ERROR_CONFLICT:
    case DRILL_ERROR_CANCELLED:
      return _("Load again to see everything.");
    case DRILL_ERROR_IO:
      return _("Check its name and permissions, and that there is room.");
    case DRILL_ERROR_KEYRING:
      return _("Sign in for this session only, or start a keyring and try again.");
    case DRILL_ERROR_KEYRING_LOCKED:
      return _("Unlock it and try again, or sign in for this session only.");
    case DRILL_ERROR_READ_ONLY:
      return _("Use a connection that is not read-only to record anything.");
    default:
      return _("Try again.");
    }
}

/**
 * drill_error_text_dup:
 * @error: (nullable): an error of %DRILL_ERROR or of GIO
 *
 * Returns: (transfer full): what happened and what to do next
 */
char *
drill_error_text_dup (const GError *error)
{
  if (error == NULL)
    return g_strdup ("");

  /* Translators: what happened, and what to do next: two sentences */
  return g_strdup_printf (C_("error", "%s %s"), drill_error_text_what (error), drill_error_text_advice (error));
}
