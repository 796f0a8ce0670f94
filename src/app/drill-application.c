// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drill-application.h"

#include <glib/gi18n.h>

#include "app/drill-notifier.h"
#include "drill-config.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-format.h"
#include "ui/help/drill-help-window.h"
#include "ui/preferences/drill-preferences-window.h"
#include "ui/window/drill-shortcuts.h"
#include "ui/window/drill-window.h"

/* Names a file with the token, for those who have no keyring: it is never an argument */
#define TOKEN_FILE "DRILL_TOKEN_FILE"

#define MOST_TOKEN_BYTES (64 * 1024) /* a JSON Web Token is a few kB */

struct _DrillApplication
{
  AdwApplication parent_instance;

  DrillClock   *clock;
  DrillSession *session;
  GSettings    *settings;
  DrillSavedViews *views;
  DrillNotifier *notifier;
};

G_DEFINE_FINAL_TYPE (DrillApplication, drill_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "server", 's', 0, G_OPTION_ARG_STRING, NULL, N_("Connect to the service at URL"), N_("URL") },
  { "connection", 'c', 0, G_OPTION_ARG_STRING, NULL, N_("Connect to the saved connection NAME"), N_("NAME") },
  { "file", 'f', 0, G_OPTION_ARG_FILENAME, NULL, N_("Open a saved history or audit package"), N_("PATH") },
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the sample data"), NULL },
  { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Trust the authorities in PATH"), N_("PATH") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE]") },
  { NULL },
};

static void
present_window (DrillApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (drill_window_new (GTK_APPLICATION (self), self->session, self->settings, self->views));

  gtk_window_present (window);
}

static char *
read_token (GError **error)
{
  const char *path = g_getenv (TOKEN_FILE);
  g_autofree char *text = NULL;
  gsize length;

  if (path == NULL || *path == '\0')
    return NULL;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MOST_TOKEN_BYTES)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, _("the token file is too large"));
      return NULL;
    }

  return g_strdup (g_strstrip (text));
}

static gboolean
connect_to (DrillApplication  *self,
            const char        *address,
            const char        *ca_file,
            GError           **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *token = read_token (&local_error);
  g_autoptr(DrillConnection) connection = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (token != NULL)
    return drill_session_connect (self->session, address, ca_file, token, error);

  connection = drill_connection_new (NULL, NULL, address, ca_file, NULL, FALSE, error);
  if (connection == NULL)
    return FALSE;

  drill_session_open_connection (self->session, connection);

  return TRUE;
}

/* Where it was left off, or the sample for a first look */
static void
open_last (DrillApplication *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "last-connection");
  DrillConnection *connection = drill_connections_find (drill_session_get_connections (self->session), id);

  if (connection != NULL)
    drill_session_open_connection (self->session, connection);
  else
    drill_session_open_sample (self->session);
}

static void
connection_changed_cb (DrillApplication *self)
{
  DrillConnection *connection = drill_session_get_connection (self->session);
  const char *id = connection != NULL ? drill_connection_get_id (connection) : NULL;

  if (id != NULL && drill_connections_find (drill_session_get_connections (self->session), id) != NULL)
    g_settings_set_string (self->settings, "last-connection", id);
}

/* Actions */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DrillApplication) self = user_data;
  g_autoptr(GFile) file = drill_file_dialog_open_finish (result, NULL);

  if (file != NULL)
    drill_session_open_file (self->session, file);
}

static void
open_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DrillApplication *self = user_data;

  drill_file_dialog_open_async (gtk_application_get_active_window (GTK_APPLICATION (self)),
                                _("Open Evidence"), DRILL_FILE_TYPE_JSON, self->settings,
                                NULL, opened_cb, g_object_ref (self));
}

static void
use_sample_action_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  drill_session_open_sample (DRILL_APPLICATION (user_data)->session);
}

/* What a notification leads to */
static void
show_slo_action_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  DrillApplication *self = user_data;
  GtkWindow *window = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL && window == NULL; l = l->next)
    if (DRILL_IS_WINDOW (l->data))
      window = l->data;
  if (window == NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.set-filter", "(s@as)", drill_facet_get_name (DRILL_FACET_SLO),
                              parameter);
  gtk_window_present (window);
  drill_notifier_withdraw (self->notifier);
}

static void
preferences_action_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  DrillApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (drill_preferences_window_new (parent, self->settings, self->views)));
}

static void
help_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (DRILL_IS_WINDOW (window))
    drill_help_window_show (window, NULL);
}

static void
shortcuts_action_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (DRILL_IS_WINDOW (window))
    drill_window_show_shortcuts (DRILL_WINDOW (window));
}

static void
about_action_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  DrillApplication *self = user_data;

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (self)),
                         "application-name", _("Drill Console"),
                         "application-icon", DRILL_APP_ID,
                         "version", DRILL_VERSION,
                         "developer-name", _("The Drill Console developers"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Which stale-drill notifications were acknowledged, and which missed their SLO; "
                                       "acknowledges the rest."),
                         NULL);
}

static void
quit_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkApplication *application = user_data;
  g_autolist(GtkWindow) windows = g_list_copy_deep (gtk_application_get_windows (application),
                                                   (GCopyFunc) (gpointer) g_object_ref, NULL);

  /* Closed and not just dropped: a window saves its state when it is closed, and takes those that belong to it along */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

/* Application */

static int
drill_application_handle_local_options (GApplication *application,
                                        GVariantDict *dict)
{
  int n_sources = 0;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("drill-console %s\n", DRILL_VERSION);
      return 0;
    }

  n_sources += g_variant_dict_contains (dict, "server");
  n_sources += g_variant_dict_contains (dict, "connection");
  n_sources += g_variant_dict_contains (dict, "sample");
  n_sources += g_variant_dict_contains (dict, "file") || g_variant_dict_contains (dict, G_OPTION_REMAINING);
  if (n_sources > 1)
    {
      g_printerr ("%s\n", _("Give one of --server, --connection, --sample or a file."));
      return 2;
    }

  return -1;
}

static int
drill_application_command_line (GApplication            *application,
                                GApplicationCommandLine *command_line)
{
  DrillApplication *self = DRILL_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  const char *address = NULL;
  const char *name = NULL;
  const char *ca_file = NULL;
  const char *path = NULL;
  g_autofree const char **files = NULL;
  g_autoptr(GError) error = NULL;

  g_variant_dict_lookup (dict, "server", "&s", &address);
  g_variant_dict_lookup (dict, "connection", "&s", &name);
  g_variant_dict_lookup (dict, "ca-file", "^&ay", &ca_file);
  g_variant_dict_lookup (dict, "file", "^&ay", &path);
  g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&ay", &files);
  if (path == NULL && files != NULL)
    path = files[0];

  if (address != NULL)
    {
      if (!connect_to (self, address, ca_file, &error))
        {
          /* Not the address, which may have a password in it */
          g_application_command_line_printerr (command_line, _("drill-console: cannot connect: %s\n"),
                                               _(error->message));
          return 2;
        }
    }
  else if (name != NULL)
    {
      DrillConnection *connection = drill_connections_find_name (drill_session_get_connections (self->session), name);

      if (connection == NULL)
        {
          g_application_command_line_printerr (command_line, _("drill-console: there is no saved connection “%s”\n"),
                                               name);
          return 2;
        }
      drill_session_open_connection (self->session, connection);
    }
  else if (path != NULL)
    {
      g_autoptr(GFile) file = g_application_command_line_create_file_for_arg (command_line, path);

      drill_session_open_file (self->session, file);
    }
  else if (g_variant_dict_contains (dict, "sample"))
    {
      drill_session_open_sample (self->session);
    }
  else if (gtk_application_get_active_window (GTK_APPLICATION (self)) == NULL)
    {
      open_last (self);
    }

  present_window (self);

  return 0;
}

static void
drill_application_activate (GApplication *application)
{
  present_window (DRILL_APPLICATION (application));
}

static void
drill_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "open", open_action_cb },
    { "use-sample", use_sample_action_cb },
    { "show-slo", show_slo_action_cb, "as" },
    { "preferences", preferences_action_cb },
    { "help", help_action_cb },
    { "shortcuts", shortcuts_action_cb },
    { "about", about_action_cb },
    { "quit", quit_action_cb },
  };
  DrillApplication *self = DRILL_APPLICATION (application);
  g_autofree char *journal = g_build_filename (g_get_user_state_dir (), "drill-console", "journal", NULL);

  G_APPLICATION_CLASS (drill_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (DRILL_APP_ID);
  self->settings = g_settings_new (DRILL_APP_ID);
  self->views = drill_saved_views_new (NULL);
  self->session = drill_session_new (self->clock);
  drill_session_set_journal (self->session, journal);
  drill_session_set_connections_file (self->session, NULL);
  g_signal_connect_object (self->session, "notify::connection", G_CALLBACK (connection_changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->notifier = drill_notifier_new (application, self->session, self->settings);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  drill_shortcuts_add (GTK_APPLICATION (self));
}

static void
drill_application_shutdown (GApplication *application)
{
  DrillApplication *self = DRILL_APPLICATION (application);

  if (self->session != NULL)
    drill_session_close (self->session);
  if (self->notifier != NULL)
    drill_notifier_stop (self->notifier);
  drill_format_set_times (DRILL_TIMES_LOCAL, NULL);

  G_APPLICATION_CLASS (drill_application_parent_class)->shutdown (application);
}

static void
drill_application_finalize (GObject *object)
{
  DrillApplication *self = DRILL_APPLICATION (object);

  g_clear_object (&self->notifier);
  g_clear_object (&self->session);
  g_clear_object (&self->views);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (drill_application_parent_class)->finalize (object);
}

static void
drill_application_class_init (DrillApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = drill_application_finalize;

  application_class->handle_local_options = drill_application_handle_local_options;
  application_class->command_line = drill_application_command_line;
  application_class->activate = drill_application_activate;
  application_class->startup = drill_application_startup;
  application_class->shutdown = drill_application_shutdown;
}

static void
drill_application_init (DrillApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Reads rollback-drill evidence, and acknowledges what it tells of."));
}

/**
 * drill_application_new:
 * @clock: the time that ages are told by
 *
 * Returns: (transfer full): the program
 */
DrillApplication *
drill_application_new (DrillClock *clock)
{
  DrillApplication *self = g_object_new (DRILL_TYPE_APPLICATION,
                                         "application-id", DRILL_APP_ID,
                                         "resource-base-path", "/org/cavra/DrillConsole",
                                         "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                                         NULL);

  self->clock = g_object_ref (clock);

  return self;
}

/**
 * drill_application_get_session:
 * @self: the program, started
 *
 * Returns: (transfer none): its session
 */
DrillSession *
drill_application_get_session (DrillApplication *self)
{
  return self->session;
}

/**
 * drill_application_get_settings:
 * @self: the program, started
 *
 * Returns: (transfer none): its settings
 */
GSettings *
drill_application_get_settings (DrillApplication *self)
{
  return self->settings;
}
