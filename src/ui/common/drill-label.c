// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-label.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-kind-names.h"

typedef struct {
  const char *value;
  const char *label;
  const char *icon_name;
} Word;

static const Word slos[] = {
  { "breached", N_("Breached"), "drill-breached-symbolic" },
  { "due",      N_("Due soon"), "drill-due-symbolic" },
  { "ok",       N_("On time"),  "drill-on-time-symbolic" },
};

static const Word actions[] = {
  { "deliver",  N_("Deliver"),  NULL },
  { "suppress", N_("Suppress"), NULL },
};

static const Word categories[] = {
  { "deliver",            N_("Deliver"),            NULL },
  { "maintenance_window", N_("Maintenance window"), "preferences-system-symbolic" },
  { "owner_calendar",     N_("Owner calendar"),     "x-office-calendar-symbolic" },
  { "healthy_schedule",   N_("Healthy schedule"),   "object-select-symbolic" },
  { "operator_hold",      N_("Operator hold"),      "media-playback-pause-symbolic" },
  { "other",              N_("Other"),              "view-more-horizontal-symbolic" },
};

static const Word alerts[] = {
  { "critical", N_("Critical"), NULL },
  { "warning",  N_("Warning"),  NULL },
  { "healthy",  N_("Healthy"),  NULL },
  { "unknown",  N_("Unknown"),  NULL },
};

static const Word recommendations[] = {
  { "no_action",                          N_("No action"),                NULL },
  { "wait_for_acknowledgement",           N_("Wait for acknowledgement"), NULL },
  { "escalate_missed_drill_notification", N_("Escalate"),                 NULL },
};

static const Word *
find (const Word *words,
      gsize       n_words,
      const char *value)
{
  for (gsize i = 0; value != NULL && i < n_words; i++)
    if (g_str_equal (words[i].value, value))
      return &words[i];

  return NULL;
}

/* A word of ours for what the contract knows, else the service's own text */
static char *
word (const Word *words,
      gsize       n_words,
      const char *value)
{
  const Word *known = find (words, n_words, value);

  if (known != NULL)
    return g_strdup (_(known->label));
  if (value == NULL || *value == '\0')
    /* Translators: the value of a field that is empty */
    return g_strdup (_("(none)"));

  return drill_text_one_line (value);
}

#define WORD(words, value) word (words, G_N_ELEMENTS (words), value)

/**
 * drill_label_facet:
 * @facet: a facet
 *
 * Returns: its name, for a person
 */
const char *
drill_label_facet (DrillFacet facet)
{
  switch (facet)
    {
    case DRILL_FACET_STATE:
      return _("State");
    case DRILL_FACET_SLO:
      return _("SLO");
    case DRILL_FACET_PROVIDER:
      return _("Provider");
    case DRILL_FACET_OWNER:
      return _("Owner");
    case DRILL_FACET_ACTION:
      return _("Action");
    case DRILL_FACET_CATEGORY:
      return _("Category");
    case DRILL_FACET_ALERT:
      return _("Alert level");
    case DRILL_FACET_SCHEDULE:
      return _("Schedule");
    case DRILL_N_FACETS:
    default:
      return "";
    }
}

/**
 * drill_label_value:
 * @facet: a facet
 * @value: (nullable): one of its values
 *
 * Returns: (transfer full): the value in words, one line of plain text
 */
char *
drill_label_value (DrillFacet  facet,
                   const char *value)
{
  switch (facet)
    {
    case DRILL_FACET_STATE:
      return drill_label_state (value);
    case DRILL_FACET_SLO:
      return WORD (slos, value);
    case DRILL_FACET_ACTION:
      return drill_label_action (value);
    case DRILL_FACET_CATEGORY:
      return drill_label_category (value);
    case DRILL_FACET_ALERT:
      return drill_label_alert (value);
    case DRILL_FACET_PROVIDER:
    case DRILL_FACET_OWNER:
    case DRILL_FACET_SCHEDULE:
    case DRILL_N_FACETS:
    default:
      return word (NULL, 0, value);
    }
}

/**
 * drill_label_state:
 * @state: (nullable): an acknowledgement state, or `suppressed`
 *
 * Returns: (transfer full): it in words
 */
char *
drill_label_state (const char *state)
{
  if (state == NULL || *state == '\0')
    return g_strdup ("–");
  if (g_str_equal (state, "suppressed"))
    return g_strdup (_("Suppressed"));

  return drill_state_dup_name (state);
}

/**
 * drill_label_state_icon:
 * @state: (nullable): an acknowledgement state, `suppressed`, or one of `breached`, `due`, `ok`
 *
 * Returns: (nullable): the name of its symbolic icon, or %NULL for no state
 */
const char *
drill_label_state_icon (const char *state)
{
  const Word *slo = find (slos, G_N_ELEMENTS (slos), state);

  if (slo != NULL)
    return slo->icon_name;
  if (g_strcmp0 (state, "suppressed") == 0)
    return "drill-suppressed-symbolic";

  return drill_state_get_icon_name (state);
}

/**
 * drill_label_action:
 * @action: (nullable): a route action
 *
 * Returns: (transfer full): it in words
 */
char *
drill_label_action (const char *action)
{
  return WORD (actions, action);
}

/**
 * drill_label_category:
 * @category: (nullable): a route category
 *
 * Returns: (transfer full): it in words
 */
char *
drill_label_category (const char *category)
{
  return WORD (categories, category);
}

/**
 * drill_label_category_icon:
 * @category: (nullable): a category of suppressed routes
 *
 * Returns: (transfer none): the name of its symbolic icon
 */
const char *
drill_label_category_icon (const char *category)
{
  const Word *word = find (categories, G_N_ELEMENTS (categories), category);

  return word != NULL && word->icon_name != NULL ? word->icon_name : "drill-suppressed-symbolic";
}

/**
 * drill_label_alert:
 * @alert: (nullable): an alert level
 *
 * Returns: (transfer full): it in words
 */
char *
drill_label_alert (const char *alert)
{
  return WORD (alerts, alert);
}

/**
 * drill_label_recommended:
 * @recommended: (nullable): a recommended action (contract section 5)
 *
 * Returns: (transfer full): it in words
 */
char *
drill_label_recommended (const char *recommended)
{
  return WORD (recommendations, recommended);
}
