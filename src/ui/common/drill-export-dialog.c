// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-export-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "audit/drill-export.h"
#include "base/drill-text.h"
#include "drill-config.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-pulse.h"
#include "ui/common/drill-toast.h"

/* An export that is done sooner needs no window of its own; ms. */
#define PROGRESS_DELAY 400
#define PULSE_INTERVAL 120

/* One export, from the question for the format to the last word about it. */
typedef struct {
  grefcount        ref_count;

  GtkWidget       *widget; /* where it was asked for */
  gulong           destroy_id;
  GSettings       *settings;
  GCancellable    *cancellable;

  DrillEvidence   *evidence;
  DrillExportWhat  what;
  GArray          *rows;
  gint64           now_us;
  char            *source;
  char            *actor;
  char            *filters;
  DrillExportInfo  info;

  DrillFileType    type;
  GtkWidget       *csv_button;
  GFile           *file;

  guint            progress_id;
  GtkWidget       *progress_dialog;
  GtkWidget       *progress_bar;
} Export;

static Export *
export_ref (Export *export)
{
  g_ref_count_inc (&export->ref_count);

  return export;
}

static void
export_unref (Export *export)
{
  if (!g_ref_count_dec (&export->ref_count))
    return;

  g_clear_signal_handler (&export->destroy_id, export->widget);
  g_clear_handle_id (&export->progress_id, g_source_remove);
  g_clear_object (&export->widget);
  g_clear_object (&export->settings);
  g_clear_object (&export->cancellable);
  g_clear_object (&export->file);
  drill_evidence_unref (export->evidence);
  g_array_unref (export->rows);
  g_free (export->source);
  g_free (export->actor);
  g_free (export->filters);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_unref)

static void
export_unref_closure (gpointer  data,
                      GClosure *closure)
{
  export_unref (data);
}

static GtkWindow *
get_window (Export *export)
{
  GtkRoot *root = gtk_widget_get_root (export->widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static char *
dup_file_name (Export *export)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (export->now_us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *date = local != NULL ? g_date_time_format (local, "%Y-%m-%d-%H%M") : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("rollback-drill-%s%s-%s",
                                           export->what == DRILL_EXPORT_ROUTES ? "routes" : "evidence",
                                           export->info.is_sample ? "-sample" : "",
                                           date);
  g_autofree char *name = drill_text_file_name (text);

  return g_strconcat (name, export->type == DRILL_FILE_TYPE_CSV ? ".csv" : ".json", NULL);
}

/* In a worker thread: touches nothing of the window. */
static gboolean
write_export (GOutputStream  *stream,
              gpointer        user_data,
              GCancellable   *cancellable,
              GError        **error)
{
  Export *export = user_data;
  const guint32 *rows = (const guint32 *) (gpointer) export->rows->data;
  guint n_rows = export->rows->len;

  if (export->what == DRILL_EXPORT_ROUTES)
    {
      if (export->type == DRILL_FILE_TYPE_CSV)
        return drill_export_routes_csv (export->evidence, rows, n_rows, export->now_us, &export->info,
                                        stream, cancellable, error);
      return drill_export_routes_json (export->evidence, rows, n_rows, export->now_us, &export->info,
                                       stream, cancellable, error);
    }

  if (export->type == DRILL_FILE_TYPE_CSV)
    return drill_export_items_csv (export->evidence, rows, n_rows, &export->info, stream, cancellable, error);

  return drill_export_items_json (export->evidence, rows, n_rows, &export->info, stream, cancellable, error);
}

static void
progress_response_cb (Export *export)
{
  g_cancellable_cancel (export->cancellable);
}

static gboolean
pulse_cb (gpointer user_data)
{
  Export *export = user_data;

  drill_pulse (GTK_PROGRESS_BAR (export->progress_bar));

  return G_SOURCE_CONTINUE;
}

static gboolean
show_progress_cb (gpointer user_data)
{
  Export *export = user_data;
  GtkWidget *dialog = adw_message_dialog_new (get_window (export), _("Exporting…"), NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  export->progress_bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (export->progress_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Export progress"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), export->progress_bar);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (progress_response_cb), export);
  export->progress_dialog = g_object_ref (dialog);
  export->progress_id = g_timeout_add (PULSE_INTERVAL, pulse_cb, export);
  gtk_window_present (GTK_WINDOW (dialog));

  return G_SOURCE_REMOVE;
}

static void
hide_progress (Export *export)
{
  g_clear_handle_id (&export->progress_id, g_source_remove);
  if (export->progress_dialog == NULL)
    return;

  g_signal_handlers_disconnect_by_data (export->progress_dialog, export);
  gtk_window_destroy (GTK_WINDOW (export->progress_dialog));
  g_clear_object (&export->progress_dialog);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  hide_progress (export);

  if (drill_file_save_finish (export->file, result, &error))
    {
      g_autofree char *base = g_file_get_basename (export->file);
      g_autofree char *name = drill_text_one_line (base);
      guint n_rows = export->rows->len;

      /* Translators: the second is a file name */
      text = export->what == DRILL_EXPORT_ROUTES
             ? g_strdup_printf (ngettext ("%'u route exported to “%s”", "%'u routes exported to “%s”", n_rows),
                                n_rows, name)
             : g_strdup_printf (ngettext ("%'u item exported to “%s”", "%'u items exported to “%s”", n_rows),
                                n_rows, name);
      drill_toast_show (export->widget, text);
      return;
    }

  text = drill_file_save_dup_error_text (export->file, error);
  if (text == NULL)
    {
      drill_toast_show (export->widget, _("Export cancelled, no file was changed"));
    }
  else
    {
      GtkWidget *dialog = adw_message_dialog_new (get_window (export), _("Export Failed"), text);

      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
      gtk_window_present (GTK_WINDOW (dialog));
    }
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Export) export = user_data;

  export->file = drill_file_dialog_save_finish (result, NULL);
  if (export->file == NULL || g_cancellable_is_cancelled (export->cancellable))
    return;

  export->progress_id = g_timeout_add (PROGRESS_DELAY, show_progress_cb, export);
  /* The reference of the callback outlives the writer; a worker must not drop the last one. */
  drill_file_save_async (export->file, write_export, export, NULL,
                         export->cancellable, saved_cb, export_ref (export));
}

static void
format_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    Export           *export)
{
  g_autofree char *file_name = NULL;

  if (!g_str_equal (response, "save"))
    return;

  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (export->csv_button)))
    export->type = DRILL_FILE_TYPE_CSV;
  file_name = dup_file_name (export);
  drill_file_dialog_save_async (get_window (export),
                                export->what == DRILL_EXPORT_ROUTES ? _("Export Routes") : _("Export Evidence"),
                                file_name, export->type, export->settings, export->cancellable,
                                chosen_cb, export_ref (export));
}

static GtkWidget *
add_format (GtkWidget  *list,
            GtkWidget  *group,
            const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return button;
}

static char *
dup_heading (Export *export)
{
  guint n_rows = export->rows->len;

  return export->what == DRILL_EXPORT_ROUTES
         ? g_strdup_printf (ngettext ("Export %'u Route", "Export %'u Routes", n_rows), n_rows)
         : g_strdup_printf (ngettext ("Export %'u Item", "Export %'u Items", n_rows), n_rows);
}

static const char *
get_caveat (Export *export)
{
  if (export->info.is_sample)
    return _("This is sample data, and the file will say so.");
  if (!export->info.complete)
    return _("Not all of the evidence has been loaded, and the file will say so.");

  return NULL;
}

/* Of the evidence that is shown, not of a connection that was only asked for */
static gboolean
is_read_only (DrillSession *session)
{
  DrillConnection *connection = drill_session_get_connection (session);

  return drill_session_get_shown (session) == DRILL_SHOWN_LIVE && connection != NULL &&
         drill_connection_get_read_only (connection);
}

/**
 * drill_export_dialog_present:
 * @widget: where it was asked for; a toast overlay around it shows how it ended
 * @session: where the evidence is from
 * @settings: (nullable): remembers the folder
 * @what: what @rows are rows of
 * @rows: (transfer none) (element-type guint32): the rows to export, in order; not changed afterwards
 * @filters: (nullable): the filters in words, as shown
 * @n_population: rows there are
 * @n_matched: rows the filters match
 *
 * Asks for the format and the place, and writes the file in a worker thread.
 * What is exported are these rows of the current snapshot, whatever is loaded
 * meanwhile. The file is there as a whole or not at all.
 */
void
drill_export_dialog_present (GtkWidget       *widget,
                             DrillSession    *session,
                             GSettings       *settings,
                             DrillExportWhat  what,
                             GArray          *rows,
                             const char      *filters,
                             guint            n_population,
                             guint            n_matched)
{
  const DrillActor *actor = drill_session_get_actor (session);
  g_autofree char *heading = NULL;
  GtkWidget *dialog, *list, *json_button;
  Export *export = g_new0 (Export, 1);

  g_ref_count_init (&export->ref_count);
  export->widget = g_object_ref (widget);
  export->cancellable = g_cancellable_new ();
  export->destroy_id = g_signal_connect_swapped (widget, "destroy", G_CALLBACK (g_cancellable_cancel),
                                                 export->cancellable);
  g_set_object (&export->settings, settings);
  export->evidence = drill_evidence_ref (drill_session_get_evidence (session));
  export->what = what;
  export->rows = g_array_ref (rows);
  export->now_us = drill_clock_now (drill_session_get_clock (session));
  export->filters = g_strdup (filters);
  export->actor = actor != NULL ? g_strdup (actor->name) : NULL;

  export->info.is_sample = drill_session_get_shown (session) == DRILL_SHOWN_SAMPLE;
  export->source = g_strdup (export->info.is_sample ? "sample data" : drill_session_get_name (session));
  export->info.source = export->source;
  export->info.read_only = is_read_only (session);
  export->info.complete = drill_session_get_complete (session);
  export->info.loaded_at_us = drill_session_get_loaded_at (session);
  export->info.exported_at_us = export->now_us;
  export->info.actor = export->actor;
  export->info.version = DRILL_VERSION;
  export->info.filters = export->filters;
  export->info.n_population = n_population;
  export->info.n_matched = n_matched;

  heading = dup_heading (export);
  dialog = adw_message_dialog_new (get_window (export), heading, get_caveat (export));
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Format"), -1);
  json_button = add_format (list, NULL, _("JSON"),
                            what == DRILL_EXPORT_ROUTES ? _("Every field, for programs")
                                                        : _("Every item byte for byte as it came"));
  export->csv_button = add_format (list, json_button, _("CSV"), _("A table, safe to open in a spreadsheet"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (json_button), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "save", _("_Save As…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (format_response_cb), export, export_unref_closure, 0);

  gtk_window_present (GTK_WINDOW (dialog));
}
