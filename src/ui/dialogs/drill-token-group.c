// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/drill-token-group.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-announce.h"
#include "ui/common/drill-error-text.h"

enum {
  KEEP_IN_KEYRING,
  KEEP_FOR_SESSION
};

struct _DrillTokenGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget          *token;
  AdwComboRow        *keep;
  GtkLabel           *message;
};

enum {
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillTokenGroup, drill_token_group, ADW_TYPE_PREFERENCES_GROUP)

static void
changed_cb (DrillTokenGroup *self)
{
  drill_token_group_set_error (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (DrillTokenGroup *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
drill_token_group_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DRILL_TOKEN_GROUP (widget)->token);
}

static void
drill_token_group_class_init (DrillTokenGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = drill_token_group_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-token-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillTokenGroup, token);
  gtk_widget_class_bind_template_child (widget_class, DrillTokenGroup, keep);
  gtk_widget_class_bind_template_child (widget_class, DrillTokenGroup, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
drill_token_group_init (DrillTokenGroup *self)
{
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (self->message);

  /* No password row: that one has a button which shows what was typed */
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->token));
  if (GTK_IS_TEXT (text))
    {
      g_autoptr(GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

      gtk_text_set_visibility (GTK_TEXT (text), FALSE);
      gtk_text_set_buffer (GTK_TEXT (text), buffer);
    }
}

/**
 * drill_token_group_get_token:
 *
 * Returns: what was typed or pasted, as it is
 */
const char *
drill_token_group_get_token (DrillTokenGroup *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->token));
}

/**
 * drill_token_group_get_keep:
 *
 * Returns: whether it goes to the keyring
 */
gboolean
drill_token_group_get_keep (DrillTokenGroup *self)
{
  return adw_combo_row_get_selected (self->keep) == KEEP_IN_KEYRING;
}

void
drill_token_group_set_keep (DrillTokenGroup *self,
                            gboolean         keep)
{
  adw_combo_row_set_selected (self->keep, keep ? KEEP_IN_KEYRING : KEEP_FOR_SESSION);
}

/**
 * drill_token_group_set_takes:
 * @self: the group
 * @takes: whether a token may travel to the service at all
 */
void
drill_token_group_set_takes (DrillTokenGroup *self,
                             gboolean         takes)
{
  gtk_widget_set_sensitive (self->token, takes);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep), takes);
}

/**
 * drill_token_group_set_hint:
 * @self: the group
 * @hint: (nullable): what there is to know before a token is typed
 */
void
drill_token_group_set_hint (DrillTokenGroup *self,
                            const char      *hint)
{
  g_autofree char *markup = hint != NULL ? g_markup_escape_text (hint, -1) : NULL;

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), markup);
}

/**
 * drill_token_group_set_error:
 * @self: the group
 * @error: (nullable): why one is not signed in; what was typed stays
 */
void
drill_token_group_set_error (DrillTokenGroup *self,
                             const GError    *error)
{
  g_autofree char *text = error != NULL ? drill_token_error_text_dup (error) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message), error != NULL ? error->message : NULL);
  if (error != NULL)
    gtk_widget_add_css_class (self->token, "error");
  else
    gtk_widget_remove_css_class (self->token, "error");
}

/**
 * drill_token_error_text_dup:
 * @error: of drill_session_sign_in_finish()
 *
 * Returns: (transfer full): what is wrong with the token and what to do
 */
char *
drill_token_error_text_dup (const GError *error)
{
  /* The service's own words may be in it */
  g_autofree char *detail = drill_text_one_line (error->message);

  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT))
    return g_strdup (_("This is no token. Copy the whole of it, and nothing else, and paste it here."));
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED))
    /* Translators: %s is a technical detail, in English */
    return g_strdup_printf (_("The token is not valid, or not valid any more (%s). Get a new one and paste it here."),
                            detail);
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED))
    /* Translators: %s is a technical detail, in English */
    return g_strdup_printf (_("The service does not take this token (%s). A service without sign-in needs none."),
                            detail);
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING_LOCKED))
    /* Translators: %s says what is wrong with the keyring */
    return g_strdup_printf (_("Signed in for this session only, as the token could not be kept. %s"),
                            drill_error_text_what (error));

  return drill_error_text_dup (error);
}
