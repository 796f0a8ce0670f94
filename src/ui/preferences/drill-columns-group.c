// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/drill-columns-group.h"

#include <glib/gi18n-lib.h>

#include "ui/routes/drill-route-column.h"

typedef struct {
  const DrillRouteColumnInfo *info;
  gboolean                    shown;
} Column;

struct _DrillColumnsGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings      *settings;
  AdwExpanderRow *expander;
  GPtrArray      *rows;
  GArray         *columns; /* of Column, in order */
  gboolean        saving;
};

G_DEFINE_FINAL_TYPE (DrillColumnsGroup, drill_columns_group, ADW_TYPE_PREFERENCES_GROUP)

static const DrillRouteColumnInfo *
find_info (const char *name)
{
  guint n_infos;
  const DrillRouteColumnInfo *infos = drill_route_column_get_all (&n_infos);

  for (guint i = 0; i < n_infos; i++)
    if (g_str_equal (drill_route_key_get_name (infos[i].key), name))
      return &infos[i];

  return NULL;
}

static gboolean
is_there (DrillColumnsGroup          *self,
          const DrillRouteColumnInfo *info)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_array_index (self->columns, Column, i).info == info)
      return TRUE;

  return FALSE;
}

/* The columns that are shown, in order, then the others */
static void
load (DrillColumnsGroup *self)
{
  g_auto(GStrv) names = g_settings_get_strv (self->settings, "columns");
  guint n_infos;
  const DrillRouteColumnInfo *infos = drill_route_column_get_all (&n_infos);

  g_array_set_size (self->columns, 0);
  for (guint i = 0; names[i] != NULL; i++)
    {
      Column column = { find_info (names[i]), TRUE };

      if (column.info != NULL && !is_there (self, column.info))
        g_array_append_val (self->columns, column);
    }
  for (guint i = 0; i < n_infos; i++)
    {
      Column column = { &infos[i], FALSE };

      /* Nothing named means the usual ones; the state is always shown */
      column.shown = names[0] == NULL ? !infos[i].hidden : infos[i].key == DRILL_KEY_STATE;
      if (!is_there (self, &infos[i]))
        g_array_append_val (self->columns, column);
    }
}

static void
save (DrillColumnsGroup *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (column->shown)
        g_strv_builder_add (builder, drill_route_key_get_name (column->info->key));
    }
  names = g_strv_builder_end (builder);

  self->saving = TRUE;
  g_settings_set_strv (self->settings, "columns", (const char *const *) names);
  self->saving = FALSE;
}

static void
update_subtitle (DrillColumnsGroup *self)
{
  guint n_shown = 0;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    n_shown += g_array_index (self->columns, Column, i).shown;

  /* Translators: how many columns are shown, of how many there are */
  subtitle = g_strdup_printf (ngettext ("%u of %u column is shown. Saved views have columns of their own.",
                                        "%u of %u columns are shown. Saved views have columns of their own.",
                                        self->columns->len),
                              n_shown, self->columns->len);
  adw_expander_row_set_subtitle (self->expander, subtitle);
}

static void update_rows (DrillColumnsGroup *self);

static guint
get_place (DrillColumnsGroup *self,
           gpointer           row)
{
  guint place = 0;

  g_ptr_array_find (self->rows, row, &place);

  return place;
}

static void
move (DrillColumnsGroup *self,
      guint              place,
      int                by)
{
  Column column = g_array_index (self->columns, Column, place);
  guint to = place + (guint) by;

  if ((by < 0 && place == 0) || to >= self->columns->len)
    return;

  g_array_remove_index (self->columns, place);
  g_array_insert_val (self->columns, to, column);
  save (self);
  update_rows (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->rows, to));
}

static gboolean
key_cb (GtkWidget *row,
        GVariant  *arguments,
        gpointer   user_data)
{
  DrillColumnsGroup *self = user_data;

  move (self, get_place (self, row), g_variant_get_int32 (arguments));

  return TRUE;
}

static void
up_cb (GtkWidget *row)
{
  DrillColumnsGroup *self = DRILL_COLUMNS_GROUP (gtk_widget_get_ancestor (row, DRILL_TYPE_COLUMNS_GROUP));

  move (self, get_place (self, row), -1);
}

static void
down_cb (GtkWidget *row)
{
  DrillColumnsGroup *self = DRILL_COLUMNS_GROUP (gtk_widget_get_ancestor (row, DRILL_TYPE_COLUMNS_GROUP));

  move (self, get_place (self, row), 1);
}

static void
shown_cb (GtkWidget  *row,
          GParamSpec *pspec,
          GtkSwitch  *shown)
{
  DrillColumnsGroup *self = DRILL_COLUMNS_GROUP (gtk_widget_get_ancestor (row, DRILL_TYPE_COLUMNS_GROUP));

  g_array_index (self->columns, Column, get_place (self, row)).shown = gtk_switch_get_active (shown);
  save (self);
  update_subtitle (self);
}

static void
add_button (GtkWidget  *row,
            const char *icon_name,
            const char *tooltip,
            char       *label,
            GCallback   callback,
            gboolean    sensitive)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_sensitive (button, sensitive);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", callback, row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_free (label);
}

static GtkWidget *
row_new (DrillColumnsGroup *self,
         guint              place)
{
  const Column *column = &g_array_index (self->columns, Column, place);
  const char *title = _(column->info->title);
  GtkWidget *row = adw_action_row_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  static const guint keyvals[] = { GDK_KEY_Up, GDK_KEY_Down };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* Translators: %s is the title of a column */
  add_button (row, "go-up-symbolic", _("Move Up"), g_strdup_printf (_("Move %s up"), title), G_CALLBACK (up_cb), place > 0);
  /* Translators: %s is the title of a column */
  add_button (row, "go-down-symbolic", _("Move Down"), g_strdup_printf (_("Move %s down"), title), G_CALLBACK (down_cb),
              place + 1 < self->columns->len);

  if (column->info->key != DRILL_KEY_STATE)
    {
      GtkWidget *shown = gtk_switch_new ();
      g_autofree char *label = NULL;

      /* Translators: %s is the title of a column */
      label = g_strdup_printf (_("Show %s"), title);
      gtk_switch_set_active (GTK_SWITCH (shown), column->shown);
      gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (shown), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_signal_connect_object (shown, "notify::active", G_CALLBACK (shown_cb), row, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), shown);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), shown);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (keyvals); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyvals[i], GDK_ALT_MASK),
                                                gtk_callback_action_new (key_cb, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keyvals[i] == GDK_KEY_Up ? -1 : 1));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (row, keys);

  return row;
}

static void
update_rows (DrillColumnsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->expander, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < self->columns->len; i++)
    {
      GtkWidget *row = row_new (self, i);

      g_ptr_array_add (self->rows, row);
      adw_expander_row_add_row (self->expander, row);
    }
  update_subtitle (self);
}

static void
columns_changed_cb (DrillColumnsGroup *self)
{
  if (self->saving)
    return;

  load (self);
  update_rows (self);
}

static void
drill_columns_group_finalize (GObject *object)
{
  DrillColumnsGroup *self = DRILL_COLUMNS_GROUP (object);

  g_clear_object (&self->settings);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->columns);

  G_OBJECT_CLASS (drill_columns_group_parent_class)->finalize (object);
}

static void
drill_columns_group_class_init (DrillColumnsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_columns_group_finalize;
}

static void
drill_columns_group_init (DrillColumnsGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  self->expander = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), _("Columns"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->expander));
}

/**
 * drill_columns_group_set_settings:
 * @self: a group
 * @settings: where the columns are remembered; given once
 */
void
drill_columns_group_set_settings (DrillColumnsGroup *self,
                                  GSettings         *settings)
{
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::columns", G_CALLBACK (columns_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  update_rows (self);
}
