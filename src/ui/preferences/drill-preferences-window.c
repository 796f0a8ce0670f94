// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/drill-preferences-window.h"

struct _DrillPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GtkWidget *refresh_interval;
  GtkWidget *at_risk_minutes;
  GtkWidget *remember_filters;
};

G_DEFINE_FINAL_TYPE (DrillPreferencesWindow, drill_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
drill_preferences_window_class_init (DrillPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, refresh_interval);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, at_risk_minutes);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, remember_filters);
}

static void
drill_preferences_window_init (DrillPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_preferences_window_new:
 * @parent: (nullable): the window it belongs to
 * @settings: what it changes
 *
 * Returns: (transfer none): the window, to be presented
 */
DrillPreferencesWindow *
drill_preferences_window_new (GtkWindow *parent,
                              GSettings *settings)
{
  DrillPreferencesWindow *self = g_object_new (DRILL_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  g_settings_bind (settings, "refresh-interval", self->refresh_interval, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "at-risk-minutes", self->at_risk_minutes, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "remember-filters", self->remember_filters, "active", G_SETTINGS_BIND_DEFAULT);

  return self;
}
