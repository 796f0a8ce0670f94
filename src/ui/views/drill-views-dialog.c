// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-views-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "ui/common/drill-announce.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-toast.h"
#include "ui/routes/drill-filter-chips.h"
#include "ui/views/drill-view-name-dialog.h"
#include "ui/views/drill-view-row.h"
#include "ui/views/drill-views-file.h"
#include "ui/views/drill-views-words.h"

struct _DrillViewsDialog
{
  AdwWindow parent_instance;

  DrillActiveView *active;
  GSettings       *settings;
  GCancellable    *cancellable;

  DrillSavedView  *deleted; /* nullable: what Undo brings back */
  guint            deleted_from;
  gboolean         switching; /* a row changed itself */

  GtkWidget       *toasts;
  GtkLabel        *problem;
  GtkListBox      *saved;
  GtkListBox      *builtin;
};

G_DEFINE_FINAL_TYPE (DrillViewsDialog, drill_views_dialog, ADW_TYPE_WINDOW)

static DrillSavedViews *
get_views (DrillViewsDialog *self)
{
  return drill_active_view_get_views (self->active);
}

static DrillSavedView *
find (DrillViewsDialog *self,
      GVariant         *parameter)
{
  return drill_saved_views_find (get_views (self), g_variant_get_string (parameter, NULL));
}

static void
say_error (DrillViewsDialog *self,
           const GError     *error)
{
  g_autofree char *text = drill_views_words_dup_store_error (error);

  drill_views_words_show (GTK_WIDGET (self), _("Views Not Saved"), text);
}

/* Rows */

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
append_placeholder (DrillViewsDialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("No saved views"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Set filters, order and columns, then choose “Save as New View…”."));
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->saved, row);
}

static void
update (DrillViewsDialog *self)
{
  DrillSavedViews *views = get_views (self);
  const GError *error = drill_saved_views_get_error (views);
  guint n_builtin = drill_saved_views_get_n_builtin (views);
  guint n_views = g_list_model_get_n_items (G_LIST_MODEL (views));
  g_autofree char *start = g_settings_get_string (self->settings, "start-view");

  if (self->switching)
    return;

  clear (self->saved);
  clear (self->builtin);
  for (guint i = 0; i < n_views; i++)
    {
      g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), i);
      const char *id = drill_saved_view_get_id (view);
      g_autofree char *filters = drill_filter_chips_describe (drill_saved_view_get_query (view));
      GtkWidget *row = drill_view_row_new (view, filters, g_str_equal (start, id),
                                           !drill_saved_views_is_hidden (views, id), TRUE);

      gtk_list_box_append (i < n_builtin ? self->builtin : self->saved, row);
    }
  if (n_views == n_builtin)
    append_placeholder (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "manage.export-all", n_views > n_builtin);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  if (error != NULL)
    {
      /* Translators: %s is a technical detail, in English */
      g_autofree char *text = g_strdup_printf (_("The saved views cannot be read (%s). The file is left as it is; "
                                                 "put it right or move it away."), error->message);

      gtk_label_set_label (self->problem, text);
    }
}

/* The row of a view, or of what is left where it was, has the focus */
static void
focus_row (DrillViewsDialog *self,
           const char       *id,
           guint             position)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; id != NULL && (row = gtk_list_box_get_row_at_index (self->saved, i)) != NULL; i++)
    if (DRILL_IS_VIEW_ROW (row) &&
        g_str_equal (drill_saved_view_get_id (drill_view_row_get_view (DRILL_VIEW_ROW (row))), id))
      break;
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->saved, (int) position);
  if (row == NULL && position > 0)
    row = gtk_list_box_get_row_at_index (self->saved, (int) position - 1);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->builtin, 0);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static guint
get_position (DrillViewsDialog *self,
              const char       *id)
{
  DrillSavedViews *views = get_views (self);
  guint n_builtin = drill_saved_views_get_n_builtin (views);

  for (guint i = n_builtin; i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), i);

      if (g_str_equal (drill_saved_view_get_id (view), id))
        return i - n_builtin;
    }

  return G_MAXUINT;
}

/* Moving, hiding, starting */

static void
move_to (DrillViewsDialog *self,
         const char       *id,
         guint             position)
{
  /* The rows are made anew, and the texts of actions are in them */
  g_autofree char *own = g_strdup (id);
  g_autoptr(GError) error = NULL;

  if (!drill_saved_views_move (get_views (self), own, position, &error))
    say_error (self, error);
  focus_row (self, own, position);
}

static void
move_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  const char *id;
  guint position;
  int by;

  g_variant_get (parameter, "(&si)", &id, &by);
  position = get_position (self, id);
  if (position != G_MAXUINT && (by > 0 || position > 0))
    move_to (self, id, position + (guint) by);
}

static void
move_to_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  const char *id, *other;

  g_variant_get (parameter, "(&s&s)", &id, &other);
  if (get_position (self, other) != G_MAXUINT)
    move_to (self, id, get_position (self, other));
}

static void
show_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  g_autoptr(GError) error = NULL;
  const char *id;
  gboolean shown;

  g_variant_get (parameter, "(&sb)", &id, &shown);
  self->switching = TRUE;
  drill_saved_views_set_hidden (get_views (self), id, !shown, &error);
  self->switching = FALSE;
  if (error != NULL)
    {
      say_error (self, error);
      update (self);
    }
}

static void
start_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  g_settings_set_string (DRILL_VIEWS_DIALOG (widget)->settings, "start-view", g_variant_get_string (parameter, NULL));
}

/* Renaming, updating, deleting */

static void
named_cb (DrillViewsDialog *self,
          const char       *name,
          GtkWidget        *dialog)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "drill-view-id");
  DrillSavedView *view = drill_saved_views_find (get_views (self), id);
  g_autoptr(DrillSavedView) renamed = NULL;
  g_autofree char *free_name = NULL;
  g_autoptr(GError) error = NULL;

  if (view == NULL)
    return;

  free_name = drill_saved_views_dup_free_name (get_views (self), name, id);
  renamed = drill_saved_view_with_name (view, free_name);
  if (!drill_saved_views_save (get_views (self), renamed, &error))
    say_error (self, error);
  focus_row (self, id, 0);
}

static void
rename_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  DrillSavedView *view = find (self, parameter);
  GtkWidget *dialog;

  if (view == NULL)
    return;

  dialog = drill_view_name_dialog_new (GTK_WINDOW (self), _("Rename View"), NULL, drill_saved_view_get_name (view),
                                       _("_Rename"));
  g_object_set_data_full (G_OBJECT (dialog), "drill-view-id", g_strdup (drill_saved_view_get_id (view)), g_free);
  g_signal_connect_object (dialog, "named", G_CALLBACK (named_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  DrillSavedView *view = find (self, parameter);
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GError) error = NULL;

  if (view == NULL)
    return;

  id = g_strdup (drill_saved_view_get_id (view));
  /* Translators: %s is the name of a view */
  text = g_strdup_printf (_("“%s” now has the filters, the order and the columns that are shown"),
                          drill_saved_view_get_name (view));
  if (drill_active_view_save_to (self->active, view, &error))
    drill_toast_show (self->toasts, text);
  else
    say_error (self, error);
  focus_row (self, id, 0);
}

static void
delete_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  g_autoptr(DrillSavedView) view = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  AdwToast *toast;
  guint position;

  g_set_object (&view, find (self, parameter));
  if (view == NULL)
    return;

  position = get_position (self, drill_saved_view_get_id (view));
  if (!drill_saved_views_remove (get_views (self), drill_saved_view_get_id (view), &error))
    {
      say_error (self, error);
      return;
    }

  g_set_object (&self->deleted, view);
  self->deleted_from = position;
  focus_row (self, NULL, position);

  /* Translators: %s is the name of a view */
  text = g_strdup_printf (_("“%s” deleted"), drill_saved_view_get_name (view));
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "manage.undo");
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static void
undo_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  g_autoptr(DrillSavedView) view = g_steal_pointer (&self->deleted);
  g_autoptr(GError) error = NULL;

  if (view == NULL)
    return;

  if (!drill_saved_views_insert (get_views (self), self->deleted_from, view, &error))
    say_error (self, error);
  focus_row (self, drill_saved_view_get_id (view), 0);
}

/* Files */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DrillViewsDialog) self = user_data;
  GFile *file = G_FILE (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (drill_file_save_finish (file, result, &error))
    {
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *name = drill_text_one_line (base);

      /* Translators: %s is the name of a file */
      text = g_strdup_printf (_("Saved as “%s”"), name);
    }
  else
    {
      text = drill_file_save_dup_error_text (file, error);
    }

  if (text != NULL && self->active != NULL)
    drill_toast_show (self->toasts, text);
}

typedef struct {
  DrillViewsDialog *self;
  GBytes           *bytes;
} Export;

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Export *export = user_data;
  g_autoptr(GFile) file = drill_file_dialog_save_finish (result, NULL);

  if (file != NULL)
    drill_file_save_bytes_async (file, export->bytes, NULL, exported_cb, g_object_ref (export->self));

  g_object_unref (export->self);
  g_bytes_unref (export->bytes);
  g_free (export);
}

static void
export_views (DrillViewsDialog *self,
              const char       *id,
              const char       *name)
{
  g_autofree char *base = drill_text_file_name (name);
  g_autofree char *file_name = g_strconcat (base, DRILL_VIEWS_FILE_SUFFIX, NULL);
  Export *export = g_new0 (Export, 1);

  export->self = g_object_ref (self);
  export->bytes = drill_saved_views_export (get_views (self), id);
  drill_file_dialog_save_async (GTK_WINDOW (self), _("Export Views"), file_name, DRILL_FILE_TYPE_JSON, self->settings,
                                self->cancellable, export_chosen_cb, export);
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);
  DrillSavedView *view = find (self, parameter);

  if (view != NULL)
    export_views (self, drill_saved_view_get_id (view), drill_saved_view_get_name (view));
}

static void
export_all_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  export_views (DRILL_VIEWS_DIALOG (widget), NULL, "views");
}

/* A byte more than there may be says that it is too large, whatever size it claims to be */
#define MOST_READ (DRILL_VIEWS_FILE_MAX_BYTES + 1)

typedef struct {
  DrillViewsDialog *self;
  GFile            *file;
  char             *data;
} Import;

static void
import_free (Import *import)
{
  g_object_unref (import->self);
  g_object_unref (import->file);
  g_free (import->data);
  g_free (import);
}

static void
import_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Import *import = user_data;
  g_autoptr(DrillViewsDialog) self = g_object_ref (import->self);
  g_autofree char *name = g_file_get_basename (import->file);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_added, n_known, n_unknown;
  gsize length;

  if (g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    bytes = g_bytes_new (import->data, length);
  import_free (import);
  if (self->active == NULL)
    return;

  if (bytes != NULL && drill_saved_views_import (get_views (self), bytes, &n_added, &n_known, &n_unknown, &error))
    {
      text = drill_views_words_dup_imported (n_added, n_known, n_unknown);
      if (n_unknown == 0)
        drill_toast_show (self->toasts, text);
      else
        drill_views_words_show (GTK_WIDGET (self), _("Views Imported"), text);
      return;
    }

  if (bytes != NULL && drill_saved_views_get_error (get_views (self)) != NULL)
    text = drill_views_words_dup_store_error (error);
  else
    text = drill_views_words_dup_import_error (name, error);

  drill_views_words_show (GTK_WIDGET (self), _("Views Not Imported"), text);
}

static void
import_opened_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DrillViewsDialog) self = user_data;
  GFile *file = G_FILE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read_finish (file, result, &error);

  if (stream != NULL)
    {
      Import *import = g_new0 (Import, 1);

      import->self = g_object_ref (self);
      import->file = g_object_ref (file);
      import->data = g_malloc (MOST_READ);
      g_input_stream_read_all_async (G_INPUT_STREAM (stream), import->data, MOST_READ, G_PRIORITY_DEFAULT,
                                     self->cancellable, import_read_cb, import);
    }
  else if (self->active != NULL)
    {
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *text = drill_views_words_dup_import_error (name, error);

      drill_views_words_show (GTK_WIDGET (self), _("Views Not Imported"), text);
    }
}

static void
import_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DrillViewsDialog) self = user_data;
  g_autoptr(GFile) file = drill_file_dialog_open_finish (result, NULL);

  if (file != NULL)
    drill_views_dialog_import (self, file);
}

static void
import_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (widget);

  drill_file_dialog_open_async (GTK_WINDOW (self), _("Import Views"), DRILL_FILE_TYPE_JSON, self->settings,
                                self->cancellable, import_chosen_cb, g_object_ref (self));
}

/* Window */

static void
drill_views_dialog_dispose (GObject *object)
{
  DrillViewsDialog *self = DRILL_VIEWS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->active);
  g_clear_object (&self->settings);
  g_clear_object (&self->deleted);

  G_OBJECT_CLASS (drill_views_dialog_parent_class)->dispose (object);
}

static void
drill_views_dialog_finalize (GObject *object)
{
  g_clear_object (&DRILL_VIEWS_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (drill_views_dialog_parent_class)->finalize (object);
}

static void
drill_views_dialog_class_init (DrillViewsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_views_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = drill_views_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-views-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillViewsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, DrillViewsDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DrillViewsDialog, saved);
  gtk_widget_class_bind_template_child (widget_class, DrillViewsDialog, builtin);

  gtk_widget_class_install_action (widget_class, "manage.move", "(si)", move_cb);
  gtk_widget_class_install_action (widget_class, "manage.move-to", "(ss)", move_to_cb);
  gtk_widget_class_install_action (widget_class, "manage.show", "(sb)", show_cb);
  gtk_widget_class_install_action (widget_class, "manage.start", "s", start_cb);
  gtk_widget_class_install_action (widget_class, "manage.rename", "s", rename_cb);
  gtk_widget_class_install_action (widget_class, "manage.update", "s", update_cb);
  gtk_widget_class_install_action (widget_class, "manage.delete", "s", delete_cb);
  gtk_widget_class_install_action (widget_class, "manage.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "manage.export", "s", export_cb);
  gtk_widget_class_install_action (widget_class, "manage.export-all", NULL, export_all_cb);
  gtk_widget_class_install_action (widget_class, "manage.import", NULL, import_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_views_dialog_init (DrillViewsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (self->problem);
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_views_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @active: the view that is shown, and with it all views
 * @settings: what says which to start with, and remembers the folder of file choosers
 *
 * Returns: (transfer none): the dialog, to be presented
 */
DrillViewsDialog *
drill_views_dialog_new (GtkWindow       *parent,
                        DrillActiveView *active,
                        GSettings       *settings)
{
  DrillViewsDialog *self = g_object_new (DRILL_TYPE_VIEWS_DIALOG, "transient-for", parent, NULL);

  self->active = g_object_ref (active);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (get_views (self), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::start-view", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

/**
 * drill_views_dialog_import:
 * @self: the dialog
 * @file: a file that anybody may have made
 *
 * Adds the views of a file and says what came of it.
 */
void
drill_views_dialog_import (DrillViewsDialog *self,
                           GFile            *file)
{
  g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, import_opened_cb, g_object_ref (self));
}
