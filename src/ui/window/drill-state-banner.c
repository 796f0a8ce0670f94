// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-state-banner.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "ui/common/drill-announce.h"
#include "ui/common/drill-error-text.h"
#include "ui/common/drill-format.h"

struct _DrillStateBanner
{
  GtkWidget parent_instance;

  DrillSession *session;

  GtkWidget    *content;
  GtkImage     *icon;
  GtkLabel     *text;
  GtkButton    *button;
};

G_DEFINE_FINAL_TYPE (DrillStateBanner, drill_state_banner, GTK_TYPE_WIDGET)

static void
show (DrillStateBanner *self,
      const char       *tone,
      const char       *icon_name,
      const char       *text,
      const char       *button,
      const char       *action)
{
  const GError *error = drill_session_get_error (self->session);
  static const char *const tones[] = { "sample", "warning", "error" };

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), tones[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), tone);

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->text, text);
  /* The detail below the words: an address, a place in a document */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), error != NULL ? error->message : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  gtk_widget_show (GTK_WIDGET (self));
}

/* The service wants a token, and why there is none */
static char *
dup_token_words (DrillStateBanner *self)
{
  const GError *error = drill_session_get_keyring_error (self->session);

  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED))
    return g_strdup (_("The token that was used has expired. Sign in with a new one."));
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING_LOCKED))
    return g_strdup (_("The service wants to know who you are, and the keyring is locked. Unlock it and try again, or "
                       "sign in for this session only."));
  if (error != NULL)
    return g_strdup (_("The service wants to know who you are, and the keyring does not answer. Sign in for this "
                       "session only."));

  return g_strdup (_("The service wants to know who you are. Sign in with a token."));
}

static gboolean
wants_token (DrillStateBanner *self)
{
  return drill_session_get_connection (self->session) != NULL &&
         g_error_matches (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
}

/* May read, but nothing else */
static gboolean
is_anonymous (DrillStateBanner *self)
{
  const DrillActor *actor = drill_session_get_actor (self->session);
  DrillConnection *connection = drill_session_get_connection (self->session);

  return actor != NULL && !actor->authenticated && g_strcmp0 (actor->mode, "auth_required") == 0 &&
         connection != NULL && !drill_connection_get_read_only (connection);
}

static void
update (DrillStateBanner *self)
{
  const GError *error = drill_session_get_error (self->session);
  gint64 stale_since_us = drill_session_get_stale_since (self->session);
  guint n_problems = drill_evidence_get_n_problems (drill_session_get_evidence (self->session));
  g_autofree char *wanted = drill_text_one_line (drill_session_get_wanted_name (self->session));
  gboolean sign_in = wants_token (self);
  g_autofree char *why = sign_in ? dup_token_words (self) : drill_error_text_dup (error);
  const char *retry = sign_in ? _("_Sign In…") : _("_Retry");
  const char *retry_action = sign_in ? "win.sign-in" : "win.refresh";
  DrillConnection *connection = drill_session_get_connection (self->session);
  g_autofree char *text = NULL;

  if (drill_session_get_shown (self->session) == DRILL_SHOWN_SAMPLE)
    {
      if (*wanted == '\0')
        {
          show (self, "sample", "dialog-information-symbolic",
                _("Sample data: invented evidence to look around in. Nothing of it is real."),
                _("_Connect…"), "win.connections");
          return;
        }
      if (drill_session_get_token_state (self->session) == DRILL_TOKEN_LOOKING)
        /* Translators: %s is the address of a service */
        text = g_strdup_printf (_("Waiting for the keyring to give the token for %s."), wanted);
      else if (error == NULL)
        /* Translators: %s is the address of a service or the name of a file */
        text = g_strdup_printf (_("Sample data is shown until %s has answered."), wanted);
      else
        /* Translators: %1$s is the address of a service or the name of a file, %2$s says what went wrong and what to do */
        text = g_strdup_printf (_("Sample data is shown instead of %1$s. %2$s"), wanted, why);
      show (self, error != NULL ? "error" : "sample", "dialog-warning-symbolic", text, retry, retry_action);
      return;
    }

  if (stale_since_us != DRILL_TIME_UNKNOWN)
    {
      g_autofree char *since = drill_format_time_exact (stale_since_us);
      g_autofree char *shown = drill_text_one_line (drill_session_get_name (self->session));

      if (error == NULL)
        {
          if (*wanted != '\0')
            /* Translators: both are addresses of services */
            text = g_strdup_printf (_("What is shown is of %1$s, until %2$s has answered."), shown, wanted);
          else
            /* Translators: %s is a time */
            text = g_strdup_printf (_("Not up to date since %s."), since);
          show (self, "warning", "dialog-information-symbolic", text, NULL, NULL);
          return;
        }

      if (*wanted != '\0')
        {
          /* Translators: %1$s and %2$s are addresses, %3$s says what went wrong and what to do */
          text = g_strdup_printf (_("%1$s could not be opened, and what is shown is of %2$s. %3$s"), wanted, shown, why);
          show (self, "error", "dialog-error-symbolic", text, retry, retry_action);
          return;
        }

      if (drill_session_get_complete (self->session))
        /* Translators: %1$s is a time, %2$s says what went wrong and what to do */
        text = g_strdup_printf (_("Not up to date since %1$s. %2$s"), since, why);
      else
        /* Translators: %1$s is a time, %2$s says what went wrong and what to do */
        text = g_strdup_printf (_("Partial: not all of the evidence is shown, and nothing newer than %1$s. %2$s"), since, why);
      show (self, "warning", "dialog-warning-symbolic", text, retry, retry_action);
      return;
    }

  if (*wanted != '\0' && error != NULL)
    {
      /* Translators: %1$s is the address of a service or the name of a file, %2$s says what went wrong and what to do */
      text = g_strdup_printf (_("%1$s could not be opened. %2$s"), wanted, why);
      show (self, "error", "dialog-error-symbolic", text, retry, retry_action);
      return;
    }

  if (!drill_session_get_complete (self->session) && !drill_session_get_loading (self->session))
    {
      if (error != NULL)
        /* Translators: %s says what went wrong and what to do */
        text = g_strdup_printf (_("Partial: not all of the evidence is shown. %s"), why);
      else
        text = g_strdup (_("Partial: the evidence changed while it was read, and not all of it is shown."));
      show (self, "warning", "dialog-warning-symbolic", text, sign_in ? retry : _("_Load Again"), retry_action);
      return;
    }

  if (error != NULL)
    {
      show (self, "error", "dialog-error-symbolic", why, retry, retry_action);
      return;
    }

  if (is_anonymous (self))
    {
      g_autofree char *token = dup_token_words (self);

      /* Translators: %s says why nobody is signed in, and what to do */
      text = g_strdup_printf (_("Nothing can be recorded yet. %s"), token);
      show (self, "sample", "dialog-password-symbolic", text, _("_Sign In…"), "win.sign-in");
      return;
    }

  if (n_problems > 0)
    {
      g_autofree char *count = drill_format_count (n_problems);

      /* Translators: %s is a number of evidence items, or of places in one */
      text = g_strdup_printf (ngettext ("%s thing in the evidence could not be read in full.",
                                        "%s things in the evidence could not be read in full.", n_problems),
                              count);
      show (self, "warning", "dialog-warning-symbolic", text, _("_Details…"), "win.show-problems");
      return;
    }

  if (connection != NULL && drill_connection_get_read_only (connection))
    {
      show (self, "sample", "changes-prevent-symbolic",
            _("Read-only: nothing is recorded on this connection, whatever is clicked."), NULL, NULL);
      return;
    }

  gtk_label_set_label (self->text, "");
  gtk_widget_hide (GTK_WIDGET (self));
}

static void
drill_state_banner_dispose (GObject *object)
{
  DrillStateBanner *self = DRILL_STATE_BANNER (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_state_banner_parent_class)->dispose (object);
}

static void
drill_state_banner_class_init (DrillStateBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_state_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-state-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillStateBanner, content);
  gtk_widget_class_bind_template_child (widget_class, DrillStateBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, DrillStateBanner, text);
  gtk_widget_class_bind_template_child (widget_class, DrillStateBanner, button);
  gtk_widget_class_set_css_name (widget_class, "statebanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
drill_state_banner_init (DrillStateBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (self->text);
  gtk_widget_hide (GTK_WIDGET (self));
}

/**
 * drill_state_banner_set_session:
 * @self: the banner
 * @session: whose state to tell; given once
 */
void
drill_state_banner_set_session (DrillStateBanner *self,
                                DrillSession     *session)
{
  static const char *const watched[] = {
    "notify::shown", "notify::wanted-name", "notify::loading", "notify::complete", "notify::stale-since", "notify::error",
    "notify::table", "notify::actor", "notify::connection", "notify::token-state", "notify::keyring-error",
  };

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * drill_state_banner_get_text:
 * @self: the banner
 *
 * Returns: what it says, "" when it is not shown
 */
const char *
drill_state_banner_get_text (DrillStateBanner *self)
{
  return gtk_label_get_label (self->text);
}
