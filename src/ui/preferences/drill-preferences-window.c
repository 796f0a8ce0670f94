// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/drill-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-fit.h"
#include "ui/preferences/drill-columns-group.h"

struct _DrillPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GSettings         *settings;
  DrillSavedViews   *views;
  char             **start_ids; /* of the start views that are offered */
  gboolean           updating;

  GtkWidget         *refresh_interval;
  GtkWidget         *at_risk_minutes;
  AdwComboRow       *time_display;
  AdwComboRow       *density;
  AdwComboRow       *start_view;
  GtkWidget         *remember_filters;
  GtkWidget         *notify_breached;
  GtkWidget         *notify_due;
  DrillColumnsGroup *columns;
};

G_DEFINE_FINAL_TYPE (DrillPreferencesWindow, drill_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the rows' items */
static const char *const time_displays[] = { "local", "utc", "relative", NULL };
static const char *const densities[] = { "comfortable", "compact", NULL };

/* All that can be set here; what else is remembered is no preference */
static const char *const keys[] = {
  "refresh-interval", "at-risk-minutes", "time-display", "density", "start-view", "remember-filters",
  "notify-breached", "notify-due", "muted-connections", "column-widths", "columns",
};

/* Choices */

static gboolean
get_choice (GValue   *value,
            GVariant *variant,
            gpointer  user_data)
{
  const char *const *names = user_data;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
set_choice (const GValue       *value,
            const GVariantType *type,
            gpointer            user_data)
{
  const char *const *names = user_data;
  guint choice = g_value_get_uint (value);

  return choice < g_strv_length ((char **) names) ? g_variant_new_string (names[choice]) : NULL;
}

static void
bind_choice (DrillPreferencesWindow *self,
             const char             *key,
             AdwComboRow            *row,
             const char *const      *names)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_choice, set_choice, (gpointer) names, NULL);
}

/* The view to start with */

static void
update_start_views (DrillPreferencesWindow *self)
{
  g_autofree char *start = g_settings_get_string (self->settings, "start-view");
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  guint selected = 0;

  if (self->updating)
    return;

  gtk_string_list_append (names, _("As it was left"));
  g_strv_builder_add (ids, "");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->views)); i++)
    {
      g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (self->views), i);

      gtk_string_list_append (names, drill_saved_view_get_name (view));
      g_strv_builder_add (ids, drill_saved_view_get_id (view));
      if (g_str_equal (start, drill_saved_view_get_id (view)))
        selected = i + 1;
    }

  g_strfreev (self->start_ids);
  self->start_ids = g_strv_builder_end (ids);
  self->updating = TRUE;
  adw_combo_row_set_model (self->start_view, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->start_view, selected);
  self->updating = FALSE;
}

static void
start_view_cb (DrillPreferencesWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->start_view);

  if (self->updating || self->start_ids == NULL || selected >= g_strv_length (self->start_ids))
    return;

  self->updating = TRUE;
  g_settings_set_string (self->settings, "start-view", self->start_ids[selected]);
  self->updating = FALSE;
}

/* Reset */

static void
response_cb (DrillPreferencesWindow *self,
             const char             *response)
{
  if (g_str_equal (response, "reset") && self->settings != NULL)
    drill_preferences_window_reset (self->settings);
}

static void
reset_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (widget), _("Reset to Defaults?"),
                                   _("All preferences become as they were at first, with the columns and their widths. "
                                     "Connections, saved views and what was typed stay."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "reset", _("_Reset"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "reset", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Window */

static void
drill_preferences_window_dispose (GObject *object)
{
  DrillPreferencesWindow *self = DRILL_PREFERENCES_WINDOW (object);

  self->updating = TRUE;
  g_clear_object (&self->settings);
  g_clear_object (&self->views);
  g_clear_pointer (&self->start_ids, g_strfreev);

  G_OBJECT_CLASS (drill_preferences_window_parent_class)->dispose (object);
}

static void
drill_preferences_window_class_init (DrillPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_preferences_window_dispose;

  g_type_ensure (DRILL_TYPE_COLUMNS_GROUP);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, refresh_interval);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, at_risk_minutes);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, time_display);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, density);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, start_view);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, remember_filters);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, notify_breached);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, notify_due);
  gtk_widget_class_bind_template_child (widget_class, DrillPreferencesWindow, columns);
  gtk_widget_class_bind_template_callback (widget_class, start_view_cb);

  gtk_widget_class_install_action (widget_class, "preferences.reset", NULL, reset_cb);
}

static void
drill_preferences_window_init (DrillPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_preferences_window_new:
 * @parent: (nullable): the window it belongs to
 * @settings: what it changes
 * @views: those that the program can start with
 *
 * Returns: (transfer none): the window, to be presented
 */
DrillPreferencesWindow *
drill_preferences_window_new (GtkWindow       *parent,
                              GSettings       *settings,
                              DrillSavedViews *views)
{
  DrillPreferencesWindow *self = g_object_new (DRILL_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  self->settings = g_object_ref (settings);
  self->views = g_object_ref (views);

  g_settings_bind (settings, "refresh-interval", self->refresh_interval, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "at-risk-minutes", self->at_risk_minutes, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "remember-filters", self->remember_filters, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-breached", self->notify_breached, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-due", self->notify_due, "active", G_SETTINGS_BIND_DEFAULT);
  bind_choice (self, "time-display", self->time_display, time_displays);
  bind_choice (self, "density", self->density, densities);
  drill_columns_group_set_settings (self->columns, settings);

  g_signal_connect_object (settings, "changed::start-view", G_CALLBACK (update_start_views), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (views, "changed", G_CALLBACK (update_start_views), self, G_CONNECT_SWAPPED);
  update_start_views (self);

  return self;
}

/**
 * drill_preferences_window_reset:
 * @settings: the settings
 *
 * Makes all preferences as they were at first. What is remembered beside them stays.
 */
void
drill_preferences_window_reset (GSettings *settings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}
