// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-destinations.h"

#include <glib/gi18n-lib.h>

/* What the service calls all connectors that it has (contract section 7) */
#define ALL "all"

#define MAX_CONNECTORS 4

typedef struct {
  const char *id;
  const char *name; /* of a product, or translated */
} Connector;

static const struct
{
  const char *name;
  Connector   connectors[MAX_CONNECTORS + 1];
} kinds[] = {
  { N_("SIEM"), { { "splunk", N_("Splunk") }, { "sentinel", N_("Sentinel") }, { "datadog", N_("Datadog") } } },
  { N_("ITSM"), { { "jira", N_("Jira") }, { "servicenow", N_("ServiceNow") } } },
  { N_("ChatOps"), { { "slack", N_("Slack") }, { "teams", N_("Teams") }, { "pagerduty", N_("PagerDuty") }, { "email", N_("Email") } } },
  { N_("Webhook"), { { "webhook", N_("Webhook") } } },
};

struct _DrillDestinations
{
  AdwBin          parent_instance;

  GtkSwitch      *all;
  GtkWidget      *rows[G_N_ELEMENTS (kinds)];
  GtkCheckButton *checks[G_N_ELEMENTS (kinds)][MAX_CONNECTORS];
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillDestinations, drill_destinations, ADW_TYPE_BIN)

static void
changed_cb (DrillDestinations *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_widget_set_sensitive (self->rows[i], !gtk_switch_get_active (self->all));
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
kind_row_new (DrillDestinations *self,
              gsize              kind)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_(kinds[kind].name));
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_width_chars (GTK_LABEL (label), 9);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), MAX_CONNECTORS);
  gtk_widget_set_hexpand (flow, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (flow), GTK_ACCESSIBLE_PROPERTY_LABEL, _(kinds[kind].name), -1);

  for (gsize i = 0; i < MAX_CONNECTORS && kinds[kind].connectors[i].id != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (_(kinds[kind].connectors[i].name));
      GtkWidget *child = gtk_flow_box_child_new ();

      self->checks[kind][i] = GTK_CHECK_BUTTON (check);
      g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), check);
      /* The focus is for the button in it */
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), flow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  self->rows[kind] = row;

  return row;
}

static gboolean
drill_destinations_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DRILL_DESTINATIONS (widget)->checks[0][0]));
}

static void
drill_destinations_class_init (DrillDestinationsClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = drill_destinations_grab_focus;

  /**
   * DrillDestinations::changed:
   *
   * Others were chosen.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
drill_destinations_init (DrillDestinations *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Destinations"));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), kind_row_new (self, i));

  self->all = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->all), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("All of them"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Whatever connectors the service has"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->all));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->all));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->all), GTK_ACCESSIBLE_PROPERTY_LABEL, _("All of them"), -1);
  g_signal_connect_object (self->all, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  adw_bin_set_child (ADW_BIN (self), group);
}

/* What is chosen, as @get_text has it, joined */
static char *
join (DrillDestinations *self,
      const char        *separator,
      gboolean           names)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (gsize i = 0; i < MAX_CONNECTORS && self->checks[kind][i] != NULL; i++)
      if (gtk_check_button_get_active (self->checks[kind][i]))
        {
          const Connector *connector = &kinds[kind].connectors[i];

          g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", names ? _(connector->name) : connector->id);
        }

  return g_strdup (text->str);
}

/**
 * drill_destinations_dup_providers:
 * @self: destinations
 *
 * Returns: (transfer full): what is chosen, as a #DrillDeliveryTerms has it; "" for nothing
 */
char *
drill_destinations_dup_providers (DrillDestinations *self)
{
  g_return_val_if_fail (DRILL_IS_DESTINATIONS (self), NULL);

  return gtk_switch_get_active (self->all) ? g_strdup (ALL) : join (self, ",", FALSE);
}

/**
 * drill_destinations_dup_text:
 * @self: destinations
 *
 * Returns: (transfer full): what is chosen, in words
 */
char *
drill_destinations_dup_text (DrillDestinations *self)
{
  g_return_val_if_fail (DRILL_IS_DESTINATIONS (self), NULL);

  return gtk_switch_get_active (self->all) ? g_strdup (_("all connectors that the service has")) : join (self, ", ", TRUE);
}

/**
 * drill_connector_get_name:
 * @connector: a connector, as the service calls it
 *
 * Returns: its name, or @connector itself when it is not known
 */
const char *
drill_connector_get_name (const char *connector)
{
  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (gsize i = 0; i < MAX_CONNECTORS && kinds[kind].connectors[i].id != NULL; i++)
      if (g_strcmp0 (kinds[kind].connectors[i].id, connector) == 0)
        return _(kinds[kind].connectors[i].name);

  return connector;
}
