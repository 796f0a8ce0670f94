// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-write-words.h"

#include <glib/gi18n-lib.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "ui/common/drill-error-text.h"

static const char *
get_failure (const GError *error)
{
  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_OFFLINE:
    case DRILL_ERROR_TIMED_OUT:
    case DRILL_ERROR_TLS:
    case DRILL_ERROR_AUTH_REQUIRED:
    case DRILL_ERROR_FORBIDDEN:
    case DRILL_ERROR_BUSY:
    case DRILL_ERROR_SERVICE:
    case DRILL_ERROR_CONFLICT:
      return drill_error_text_what (error);
    case DRILL_ERROR_REJECTED:
      return _("The service refused it.");
    case DRILL_ERROR_NOT_FOUND:
      return _("The service does not know this address.");
    case DRILL_ERROR_BAD_REPLY:
      return _("The answer was not the service's.");
    case DRILL_ERROR_CANCELLED:
      return _("It was cancelled.");
    case DRILL_ERROR_IO:
      return _("It could not be written to the journal on this machine, so nothing was sent.");
    case DRILL_ERROR_READ_ONLY:
      return _("The connection is for reading only. Nothing was sent.");
    case DRILL_ERROR_BAD_INPUT:
    case DRILL_ERROR_TOO_LARGE:
    case DRILL_ERROR_KEYRING:
    case DRILL_ERROR_KEYRING_LOCKED:
    default:
      return _("It was not possible.");
    }
}

static const char *
get_advice (const GError *error)
{
  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_OFFLINE:
    case DRILL_ERROR_TIMED_OUT:
      return _("Check the network, then try again.");
    case DRILL_ERROR_AUTH_REQUIRED:
      return _("Sign in, then continue.");
    case DRILL_ERROR_FORBIDDEN:
      return _("Ask for the permission to acknowledge drill notifications.");
    case DRILL_ERROR_BUSY:
      return _("Try again in a while.");
    case DRILL_ERROR_REJECTED:
    case DRILL_ERROR_NOT_FOUND:
    case DRILL_ERROR_SERVICE:
      return _("Try again later, or tell whoever runs it.");
    case DRILL_ERROR_BAD_REPLY:
      return _("Check that nothing in front of the service answers in its place.");
    case DRILL_ERROR_CANCELLED:
      return _("What was not sent can still be sent.");
    case DRILL_ERROR_IO:
      return _("Check that there is room and that the folder may be written, then try again.");
    case DRILL_ERROR_TLS:
    case DRILL_ERROR_BAD_INPUT:
    case DRILL_ERROR_TOO_LARGE:
    case DRILL_ERROR_CONFLICT:
    case DRILL_ERROR_KEYRING:
    case DRILL_ERROR_KEYRING_LOCKED:
    case DRILL_ERROR_READ_ONLY:
    default:
      return drill_error_text_advice (error);
    }
}

/* What the service or the system said is the only thing that helps with these */
static gboolean
has_reason (const GError *error)
{
  return error->code == DRILL_ERROR_REJECTED || error->code == DRILL_ERROR_FORBIDDEN ||
         error->code == DRILL_ERROR_SERVICE || error->code == DRILL_ERROR_IO;
}

/**
 * drill_write_words_gate:
 * @gate: whether anything may be recorded
 *
 * Returns: (nullable): why not, one sentence; %NULL when it may
 */
const char *
drill_write_words_gate (DrillGate gate)
{
  switch (gate)
    {
    case DRILL_GATE_READ_ONLY:
      return _("This connection is for reading only.");
    case DRILL_GATE_NOT_SHOWN:
      return _("The evidence of the service is not loaded yet.");
    case DRILL_GATE_SIGN_IN:
      return _("The service wants to know who you are: sign in first.");
    case DRILL_GATE_FORBIDDEN:
      return _("The service does not let you do this: ask for the permission to acknowledge drill notifications.");
    case DRILL_GATE_OPEN:
    case DRILL_GATE_SIMULATION:
    default:
      return NULL;
    }
}

/**
 * drill_write_words_dup_failure:
 * @error: (nullable): why something was not recorded
 *
 * Returns: (transfer full): what happened, plain text, with what the service said of it; "" without an error
 */
char *
drill_write_words_dup_failure (const GError *error)
{
  g_autoptr(GError) own = NULL;
  g_autofree char *detail = NULL;

  if (error == NULL)
    return g_strdup ("");
  if (error->domain != DRILL_ERROR)
    error = own = drill_error_from_gio (error);

  detail = has_reason (error) ? drill_text_one_line (error->message) : g_strdup ("");
  if (*detail == '\0')
    return g_strdup (get_failure (error));

  /* Translators: what happened, and the reason that the service or the system gave */
  return g_strdup_printf (_("%1$s (%2$s)"), get_failure (error), detail);
}

/**
 * drill_write_words_dup_error:
 * @error: (nullable): why something was not recorded
 *
 * Returns: (transfer full): what happened and what to do next, plain text
 */
char *
drill_write_words_dup_error (const GError *error)
{
  g_autoptr(GError) own = NULL;
  g_autofree char *failure = NULL;

  if (error == NULL)
    return g_strdup (_("It was not sent."));
  if (error->domain != DRILL_ERROR)
    error = own = drill_error_from_gio (error);

  failure = drill_write_words_dup_failure (error);

  /* Translators: what happened, and what to do next: two sentences */
  return g_strdup_printf (C_("error", "%s %s"), failure, get_advice (error));
}
