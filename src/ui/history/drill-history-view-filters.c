// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/drill-history-view-private.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "query/drill-history-query.h"
#include "ui/common/drill-kind-names.h"

static DrillResult
get_result (DrillHistoryView *self)
{
  const char *value = drill_choice_get_value (self->result_choice);

  for (DrillResult result = DRILL_RESULT_DELIVERED; result <= DRILL_RESULT_FAILED; result++)
    {
      if (g_strcmp0 (value, drill_result_get_state (result)) == 0)
        return result;
    }

  return DRILL_RESULT_NONE;
}

gboolean
drill_history_view_has_filters (DrillHistoryView *self)
{
  return *gtk_editable_get_text (self->search_entry) != '\0' ||
         drill_choice_get_value (self->kind_choice) != NULL ||
         drill_choice_get_value (self->provider_choice) != NULL ||
         drill_choice_get_value (self->state_choice) != NULL ||
         drill_choice_get_value (self->result_choice) != NULL ||
         drill_choice_get_value (self->alert_choice) != NULL;
}

static void
append_filter (GString    *text,
               const char *title,
               const char *value)
{
  g_string_append (text, text->len > 0 ? "; " : "");
  /* Translators: a filter, such as "Owner: platform-operations" */
  g_string_append_printf (text, _("%s: %s"), title, value);
}

/* The filters word for word, as an export quotes them. */
char *
drill_history_view_dup_filters (DrillHistoryView *self)
{
  DrillChoice *const choices[] = {
    self->kind_choice, self->provider_choice, self->state_choice, self->result_choice, self->alert_choice,
  };
  g_autoptr(GString) text = g_string_new (NULL);
  const char *search = gtk_editable_get_text (self->search_entry);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *name = drill_choice_dup_name (choices[i]);
      g_autofree char *title = NULL;

      if (name == NULL)
        continue;
      g_object_get (choices[i], "title", &title, NULL);
      append_filter (text, title, name);
    }

  if (*search != '\0')
    {
      g_autofree char *line = drill_text_one_line (search);

      append_filter (text, _("Text"), line);
    }

  return g_strdup (text->str);
}

GArray *
drill_history_view_run_query (DrillHistoryView *self)
{
  const char *kinds[] = { drill_choice_get_value (self->kind_choice), NULL };
  const char *providers[] = { drill_choice_get_value (self->provider_choice), NULL };
  const char *states[] = { drill_choice_get_value (self->state_choice), NULL };
  const char *alerts[] = { drill_choice_get_value (self->alert_choice), NULL };
  const char *search = gtk_editable_get_text (self->search_entry);
  DrillHistoryQuery query = {
    .kinds = kinds[0] != NULL ? kinds : NULL,
    .providers = providers[0] != NULL ? providers : NULL,
    .states = states[0] != NULL ? states : NULL,
    .alerts = alerts[0] != NULL ? alerts : NULL,
    .result = get_result (self),
    .search = *search != '\0' ? search : NULL,
    .descending = !self->ascending,
  };

  return drill_history_query_run (self->evidence, &query);
}
