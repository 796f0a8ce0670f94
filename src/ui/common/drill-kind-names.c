// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-kind-names.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-label.h"

/* What the service's words are called here. Words that are not listed are
 * shown too, made readable: a service adds kinds with every release. */
typedef struct {
  const char *word;
  const char *name;
  const char *icon;
  const char *css_class;
} Name;

#define AUDIT "acknowledgement-audit-"

static const Name kinds[] = {
  { "notification-plan", N_("Notification plan") },
  { "notification-ack", N_("Acknowledgement") },
  { "notification-escalation-plan", N_("Escalation plan") },
  { "suppression-trend", N_("Suppression trend") },
  { AUDIT "package", N_("Audit package") },
  { AUDIT "delivery-plan", N_("Audit delivery plan") },
  { AUDIT "delivery-retry-plan", N_("Delivery retry plan") },
  { AUDIT "delivery-retry-ack", N_("Retry acknowledgement") },
  { AUDIT "delivery-retry-execution-approval-plan", N_("Retry approval plan") },
  { AUDIT "delivery-retry-execution-approval-decision", N_("Retry approval decision") },
  { AUDIT "delivery-retry-execution-record", N_("Retry execution") },
  { AUDIT "delivery-connector-recovery-playbook", N_("Recovery playbook") },
  { AUDIT "delivery-connector-recovery-closure", N_("Recovery closure") },
  { AUDIT "delivery-worker-run", N_("Delivery worker run") },
  { AUDIT "delivery-worker-health-alert-plan", N_("Worker health alert") },
  { AUDIT "delivery-executive-recovery-report", N_("Executive recovery report") },
  { "release-connector-delivery", N_("Connector delivery") },
  { NULL },
};

static const Name states[] = {
  { "outstanding", N_("Outstanding"), "drill-outstanding-symbolic", "warning" },
  { "acknowledged", N_("Acknowledged"), "drill-acknowledged-symbolic", "success" },
  { "resolved", N_("Resolved"), "drill-resolved-symbolic", "success" },
  { "escalated", N_("Escalated"), "drill-escalated-symbolic", "warning" },
  { "dismissed", N_("Dismissed"), "drill-dismissed-symbolic", NULL },
  { "accepted", N_("Accepted"), "drill-acknowledged-symbolic", "success" },
  { "deferred", N_("Deferred"), "drill-due-symbolic", NULL },
  { "approved", N_("Approved"), "drill-acknowledged-symbolic", "success" },
  { "denied", N_("Denied"), "drill-dismissed-symbolic", "error" },
  { "expired", N_("Expired"), "drill-due-symbolic", "warning" },
  { "mitigated", N_("Mitigated"), "drill-resolved-symbolic", "success" },
  { "reopened", N_("Reopened"), "drill-outstanding-symbolic", "warning" },
  { "delivered", N_("Delivered"), "object-select-symbolic", "success" },
  { "failed", N_("Failed"), "dialog-error-symbolic", "error" },
  { "skipped", N_("Skipped"), "drill-dismissed-symbolic", NULL },
  { "retried", N_("Delivered by retry"), "object-select-symbolic", "success" },
  { "not-sent", N_("Not sent"), "drill-dismissed-symbolic", "warning" },
  { "not-configured", N_("Not configured"), "dialog-warning-symbolic", "warning" },
  { "unknown", N_("Unknown"), "dialog-question-symbolic", "warning" },
  { NULL },
};

static const Name *
find (const Name *names,
      const char *word)
{
  for (; word != NULL && names->word != NULL; names++)
    {
      if (g_str_equal (names->word, word))
        return names;
    }

  return NULL;
}

static char *
make_readable (const char *word)
{
  g_autofree char *line = drill_text_one_line (word);
  char first[7] = "";

  for (char *p = line; *p != '\0'; p++)
    {
      if (*p == '-' || *p == '_')
        *p = ' ';
    }
  g_strstrip (line);
  if (*line == '\0')
    return g_strdup ("");

  /* Not g_utf8_strup (), which goes by the locale: the word is not of its language */
  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (line)), first);

  return g_strconcat (first, g_utf8_next_char (line), NULL);
}

static char *
dup_name (const Name *names,
          const char *word)
{
  const Name *name = find (names, word);

  return name != NULL ? g_strdup (_(name->name)) : make_readable (word);
}

/**
 * drill_kind_dup_name:
 * @kind: (nullable): a `metadata_kind`
 *
 * What a kind of evidence is called (contract section 2). An unknown kind is
 * its own text without the usual prefix, made readable.
 *
 * Returns: (transfer full): plain text for one line, translated
 */
char *
drill_kind_dup_name (const char *kind)
{
  if (kind != NULL && g_str_has_prefix (kind, DRILL_KIND_PREFIX))
    kind += strlen (DRILL_KIND_PREFIX);
  if (kind == NULL || *kind == '\0')
    return g_strdup (_("Unknown kind"));

  return dup_name (kinds, kind);
}

/**
 * drill_state_dup_name:
 * @state: (nullable): the state of an acknowledgement, approval, closure or execution, or what drill_result_get_state() gives
 *
 * Returns: (transfer full): plain text for one line, translated; empty for no state
 */
char *
drill_state_dup_name (const char *state)
{
  return dup_name (states, state);
}

/**
 * drill_state_get_icon_name:
 * @state: (nullable): a state
 *
 * Returns: (nullable): an icon for it, or %NULL for no state
 */
const char *
drill_state_get_icon_name (const char *state)
{
  const Name *name = find (states, state);

  if (state == NULL || *state == '\0')
    return NULL;

  return name != NULL ? name->icon : "dialog-question-symbolic";
}

/**
 * drill_state_get_css_class:
 * @state: (nullable): a state
 *
 * Returns: (nullable): the style class of its colour, or %NULL for none
 */
const char *
drill_state_get_css_class (const char *state)
{
  const Name *name = find (states, state);

  return name != NULL ? name->css_class : NULL;
}

/**
 * drill_result_get_name:
 * @result: how a delivery ended
 *
 * Returns: the word for it, translated; empty for %DRILL_RESULT_NONE
 */
const char *
drill_result_get_name (DrillResult result)
{
  const Name *name = find (states, drill_result_get_state (result));

  return name != NULL ? _(name->name) : "";
}

/**
 * drill_result_get_state:
 * @result: how a delivery ended
 *
 * Returns: (nullable): `delivered` or `failed`, which drill_state_get_icon_name() knows
 */
const char *
drill_result_get_state (DrillResult result)
{
  switch (result)
    {
    case DRILL_RESULT_DELIVERED:
      return "delivered";
    case DRILL_RESULT_FAILED:
      return "failed";
    case DRILL_RESULT_NONE:
    default:
      return NULL;
    }
}
