// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-source-button.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/drill-text.h"
#include "ui/common/drill-format.h"

struct _DrillSourceButton
{
  GtkWidget parent_instance;

  DrillSession *session;

  GtkWidget    *button;
  GtkImage     *icon;
  GtkLabel     *name;
  GtkImage     *lock;
  GtkGrid      *facts;
  GtkWidget    *problems;
};

G_DEFINE_FINAL_TYPE (DrillSourceButton, drill_source_button, GTK_TYPE_WIDGET)

static char *
dup_name (DrillSourceButton *self)
{
  if (drill_session_get_shown (self->session) == DRILL_SHOWN_SAMPLE)
    return g_strdup (_("Sample Data"));

  return drill_text_one_line (drill_session_get_name (self->session));
}

/* The part of an address that tells services apart */
static char *
dup_short_name (DrillSourceButton *self)
{
  g_autofree char *name = dup_name (self);
  const char *host = strstr (name, "://");
  char *end;

  if (drill_session_get_shown (self->session) != DRILL_SHOWN_LIVE || host == NULL)
    return g_steal_pointer (&name);

  host += strlen ("://");
  end = strchr (host, '/');

  return end != NULL ? g_strndup (host, end - host) : g_strdup (host);
}

static void
update (DrillSourceButton *self)
{
  const DrillActor *actor = drill_session_get_actor (self->session);
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

  gtk_widget_set_visible (GTK_WIDGET (self->lock), actor != NULL);
  if (actor != NULL)
    {
      gtk_image_set_from_icon_name (self->lock, actor->name != NULL ? "channel-secure-symbolic"
                                                                    : "channel-insecure-symbolic");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      actor->name != NULL ? _("Authenticated") : _("Not authenticated"), -1);
    }

  /* Translators: %s is where the evidence is from: "Sample Data", a file name or an address */
  label = g_strdup_printf (_("Data source: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
add_fact (DrillSourceButton *self,
          int               *line,
          const char        *name,
          const char        *text)
{
  GtkWidget *name_label;
  GtkWidget *text_label;

  if (text == NULL || *text == '\0')
    return;

  name_label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (name_label), 1);
  gtk_label_set_yalign (GTK_LABEL (name_label), 0);
  gtk_widget_add_css_class (name_label, "dim-label");
  text_label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (text_label), 0);
  gtk_label_set_wrap (GTK_LABEL (text_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (text_label), 36);

  gtk_grid_attach (self->facts, name_label, 0, *line, 1, 1);
  gtk_grid_attach (self->facts, text_label, 1, *line, 1, 1);
  (*line)++;
}

static char *
dup_mode (const DrillActor *actor)
{
  if (g_strcmp0 (actor->mode, "authenticated") == 0)
    return g_strdup (_("Authenticated"));
  if (g_strcmp0 (actor->mode, "auth_required") == 0)
    return g_strdup (_("Sign-in required"));
  if (g_strcmp0 (actor->mode, "local_or_demo") == 0)
    return g_strdup (_("Local or demo, without sign-in"));

  return drill_text_one_line (actor->mode);
}

static void
popover_show_cb (DrillSourceButton *self)
{
  DrillEvidence *evidence = drill_session_get_evidence (self->session);
  const DrillActor *actor = drill_session_get_actor (self->session);
  g_autofree char *name = dup_name (self);
  g_autofree char *loaded_at = drill_format_time_long (drill_session_get_loaded_at (self->session));
  g_autofree char *n_items = drill_format_count (drill_evidence_get_n_items (evidence));
  g_autofree char *n_routes = drill_format_count (drill_evidence_get_n_routes (evidence));
  g_autofree char *n_problems = drill_format_count (drill_evidence_get_n_problems (evidence));
  GtkWidget *child;
  int line = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);

  add_fact (self, &line, _("Source"), name);
  if (actor != NULL)
    {
      g_autofree char *mode = dup_mode (actor);
      g_autofree char *who = drill_text_one_line (actor->name);
      g_autofree char *groups = actor->groups != NULL ? g_strjoinv (", ", actor->groups) : NULL;
      g_autofree char *groups_line = drill_text_one_line (groups);

      add_fact (self, &line, _("Mode"), mode);
      add_fact (self, &line, _("Signed in as"), *who != '\0' ? who : _("Nobody"));
      add_fact (self, &line, _("Groups"), groups_line);
    }
  add_fact (self, &line, _("Loaded at"), loaded_at);
  add_fact (self, &line, _("Items"), n_items);
  add_fact (self, &line, _("Routes"), n_routes);
  add_fact (self, &line, _("Complete"), drill_session_get_complete (self->session) ? _("Yes") : _("No"));
  if (drill_evidence_get_n_problems (evidence) > 0)
    add_fact (self, &line, _("Problems"), n_problems);
  gtk_widget_set_visible (self->problems, drill_evidence_get_n_problems (evidence) > 0);
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
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_source_button_parent_class)->dispose (object);
}

static void
drill_source_button_class_init (DrillSourceButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_source_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-source-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, button);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, icon);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, name);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, lock);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, facts);
  gtk_widget_class_bind_template_child (widget_class, DrillSourceButton, problems);
  gtk_widget_class_bind_template_callback (widget_class, popover_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
drill_source_button_init (DrillSourceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  static const char *const watched[] = { "notify::shown", "notify::name", "notify::actor" };

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
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
}
