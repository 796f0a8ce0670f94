// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-source-button.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/drill-text.h"
#include "ui/common/drill-error-text.h"
#include "ui/common/drill-facts-grid.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-format.h"

#define TALLEST 480 /* pixels, of what pops up: it is to be seen whole on a screen of 800×600 */

struct _DrillSourceButton
{
  GtkWidget          parent_instance;

  DrillSession      *session;

  GtkWidget         *button;
  GtkImage          *icon;
  GtkLabel          *name;
  GtkImage          *lock;
  GtkScrolledWindow *scrolled;
  DrillFactsGrid    *facts;
  GtkLabel          *keyring;
  GtkWidget         *identity;
  GtkWidget         *sign_in;
  GtkWidget         *sign_out;
  GtkWidget         *try_keyring;
  GtkWidget         *problems;
  GtkListBox        *connections;
  GtkWidget         *read_only;
  GtkWidget         *read_only_label;
};

G_DEFINE_FINAL_TYPE (DrillSourceButton, drill_source_button, GTK_TYPE_WIDGET)

/* The saved connection whose evidence is shown */
static DrillConnection *
get_saved_shown (DrillSourceButton *self)
{
  DrillConnection *connection = drill_session_get_connection (self->session);

  if (connection == NULL || drill_session_get_shown (self->session) != DRILL_SHOWN_LIVE ||
      g_strcmp0 (drill_connection_get_url (connection), drill_session_get_name (self->session)) != 0 ||
      drill_connections_find (drill_session_get_connections (self->session), drill_connection_get_id (connection)) == NULL)
    return NULL;

  return connection;
}

static char *
dup_name (DrillSourceButton *self)
{
  if (drill_session_get_shown (self->session) == DRILL_SHOWN_SAMPLE)
    return g_strdup (_("Sample Data"));

  return drill_text_one_line (drill_session_get_name (self->session));
}

/* What a person calls it, or the part of an address that tells services apart */
static char *
dup_short_name (DrillSourceButton *self)
{
  g_autofree char *name = dup_name (self);
  const char *host = strstr (name, "://");
  DrillConnection *connection;
  char *end;

  if (drill_session_get_shown (self->session) != DRILL_SHOWN_LIVE || host == NULL)
    return g_steal_pointer (&name);

  connection = get_saved_shown (self);
  if (connection != NULL)
    return drill_text_one_line (drill_connection_get_name (connection));

  host += strlen ("://");
  end = strchr (host, '/');

  return end != NULL ? g_strndup (host, end - host) : g_strdup (host);
}

static void
update (DrillSourceButton *self)
{
  const DrillActor *actor = drill_session_get_actor (self->session);
  DrillConnection *connection = drill_session_get_connection (self->session);
  g_autofree char *name = dup_name (self);
  g_autofree char *short_name = dup_short_name (self);
  g_autofree char *label = NULL;
  const char *icon_name = "applications-science-symbolic";

  if (drill_session_get_shown (self->session) == DRILL_SHOWN_FILE)
    icon_name = "text-x-generic-symbolic";
  else if (drill_session_get_shown (self->session) == DRILL_SHOWN_LIVE)
    icon_name = "network-server-symbolic";

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->name, short_name);
  gtk_widget_set_tooltip_text (self->button, name);

  gtk_widget_set_visible (self->read_only, connection != NULL && drill_connection_get_read_only (connection));

  gtk_widget_set_visible (GTK_WIDGET (self->lock), actor != NULL);
  if (actor != NULL)
    {
      gtk_image_set_from_icon_name (self->lock, actor->authenticated ? "channel-secure-symbolic"
                                                                     : "channel-insecure-symbolic");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      actor->authenticated ? _("Authenticated") : _("Not authenticated"), -1);
    }

  /* Translators: %s is where the evidence is from: "Sample Data", a file name or an address */
  label = g_strdup_printf (_("Data source: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static const char *
get_token_words (DrillSourceButton *self)
{
  switch (drill_session_get_token_state (self->session))
    {
    case DRILL_TOKEN_LOOKING:
      return _("Waiting for the keyring…");
    case DRILL_TOKEN_KEYRING:
      return _("In the keyring");
    case DRILL_TOKEN_MEMORY:
      return _("For this session only");
    case DRILL_TOKEN_NONE:
    default:
      return C_("token", "None");
    }
}

static void
add_identity_facts (DrillSourceButton *self)
{
  DrillConnection *connection = drill_session_get_connection (self->session);
  const DrillActor *actor = drill_session_get_actor (self->session);

  if (connection != NULL && get_saved_shown (self) == NULL &&
      drill_session_get_shown (self->session) != DRILL_SHOWN_LIVE)
    {
      g_autofree char *url = drill_text_one_line (drill_connection_get_url (connection));

      drill_facts_grid_add (self->facts, _("Asked for"), url);
    }
  if (get_saved_shown (self) != NULL)
    {
      g_autofree char *name = drill_text_one_line (drill_connection_get_name (connection));

      drill_facts_grid_add (self->facts, _("Connection"), name);
    }
  if (actor != NULL)
    drill_facts_grid_add_actor (self->facts, actor);
  if (connection != NULL)
    {
      const char *named = drill_connection_get_actor (connection);

      /* Nobody checks it: only where the service does not know better it is recorded */
      if (named != NULL && actor != NULL && !actor->authenticated)
        drill_facts_grid_add (self->facts, _("Recorded as"), named);
      drill_facts_grid_add (self->facts, _("Token"), get_token_words (self));
    }
}

static void
update_identity (DrillSourceButton *self)
{
  DrillConnection *connection = drill_session_get_connection (self->session);
  const GError *error = drill_session_get_keyring_error (self->session);
  DrillTokenState state = drill_session_get_token_state (self->session);
  gboolean has_token = state == DRILL_TOKEN_KEYRING || state == DRILL_TOKEN_MEMORY;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->identity, connection != NULL);
  gtk_widget_set_visible (self->sign_out, has_token);
  gtk_button_set_label (GTK_BUTTON (self->sign_in), has_token ? _("New _Token…") : _("_Sign In…"));

  gtk_widget_set_visible (GTK_WIDGET (self->keyring), error != NULL);
  gtk_widget_set_visible (self->try_keyring, error != NULL && !g_error_matches (error, DRILL_ERROR,
                                                                                DRILL_ERROR_AUTH_REQUIRED));
  if (error == NULL)
    return;

  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED))
    text = g_strdup (_("The token that was used has expired."));
  else if (has_token)
    text = g_strdup (drill_error_text_what (error));
  else
    text = drill_error_text_dup (error);
  gtk_label_set_label (self->keyring, text);
}

static void
connection_activated_cb (DrillSourceButton *self,
                         GtkListBoxRow     *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "connection");

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.switch-connection", "s", id);
}

static void
update_connections (DrillSourceButton *self)
{
  GListModel *connections = G_LIST_MODEL (drill_session_get_connections (self->session));
  DrillConnection *current = drill_session_get_connection (self->session);
  guint n_connections = g_list_model_get_n_items (connections);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->connections))) != NULL)
    gtk_list_box_remove (self->connections, child);

  for (guint i = 0; i < n_connections; i++)
    {
      g_autoptr(DrillConnection) connection = g_list_model_get_item (connections, i);
      g_autofree char *name = drill_text_one_line (drill_connection_get_name (connection));
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
      gtk_widget_set_tooltip_text (row, drill_connection_get_url (connection));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "connection", g_strdup (drill_connection_get_id (connection)), g_free);
      if (current != NULL &&
          g_strcmp0 (drill_connection_get_id (current), drill_connection_get_id (connection)) == 0)
        {
          GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

          gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Current"), -1);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
        }
      gtk_list_box_append (self->connections, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->connections), n_connections > 0);
}

static void
popover_show_cb (DrillSourceButton *self)
{
  DrillEvidence *evidence = drill_session_get_evidence (self->session);
  g_autofree char *name = dup_name (self);
  g_autofree char *loaded_at = drill_format_time_long (drill_session_get_loaded_at (self->session));
  g_autofree char *n_items = drill_format_count (drill_evidence_get_n_items (evidence));
  g_autofree char *n_routes = drill_format_count (drill_evidence_get_n_routes (evidence));
  g_autofree char *n_problems = drill_format_count (drill_evidence_get_n_problems (evidence));

  drill_facts_grid_clear (self->facts);
  drill_facts_grid_add (self->facts, _("Source"), name);
  add_identity_facts (self);
  drill_facts_grid_add (self->facts, _("Loaded at"), loaded_at);
  drill_facts_grid_add (self->facts, _("Items"), n_items);
  drill_facts_grid_add (self->facts, _("Routes"), n_routes);
  drill_facts_grid_add (self->facts, _("Complete"), drill_session_get_complete (self->session) ? _("Yes") : _("No"));
  if (drill_evidence_get_n_problems (evidence) > 0)
    drill_facts_grid_add (self->facts, _("Problems"), n_problems);
  gtk_widget_set_visible (self->problems, drill_evidence_get_n_problems (evidence) > 0);

  update_identity (self);
  update_connections (self);
  gtk_scrolled_window_set_max_content_height (self->scrolled, MIN (drill_fit_get_height (self->scrolled, -1), TALLEST));
}

/* Who we are may become known while it is open */
static void
identity_changed_cb (DrillSourceButton *self)
{
  update (self);
  if (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->button)))))
    popover_show_cb (self);
}

static void
close_cb (DrillSourceButton *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
drill_source_button_dispose (GObject *object)
{
  DrillSourceButton *self = DRILL_SOURCE_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->read_only, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_source_button_parent_class)->dispose (object);
}

static void
drill_source_button_class_init (DrillSourceButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_source_button_dispose;

  g_type_ensure (DRILL_TYPE_FACTS_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-source-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, button);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, icon);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, name);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, lock);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, facts);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, keyring);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, identity);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, sign_in);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, sign_out);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, try_keyring);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, problems);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, connections);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, read_only);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, read_only_label);
  gtk_widget_class_bind_template_callback (widget_class, popover_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
drill_source_button_init (DrillSourceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->connections, "row-activated", G_CALLBACK (connection_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * drill_source_button_set_session:
 * @self: the button
 * @session: whose source to name; given once
 */
void
drill_source_button_set_session (DrillSourceButton *self,
                                 DrillSession      *session)
{
  static const char *const watched[] = {
    "notify::shown", "notify::name", "notify::actor", "notify::connection", "notify::token-state",
    "notify::keyring-error",
  };

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (identity_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * drill_source_button_set_compact:
 * @self: the button
 * @compact: whether there is room for no more than the icon
 */
void
drill_source_button_set_compact (DrillSourceButton *self,
                                 gboolean           compact)
{
  gtk_widget_set_visible (GTK_WIDGET (self->name), !compact);
  gtk_widget_set_visible (self->read_only_label, !compact);
}
