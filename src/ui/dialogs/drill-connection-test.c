// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/drill-connection-test.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-announce.h"
#include "ui/common/drill-error-text.h"
#include "ui/common/drill-facts-grid.h"

struct _DrillConnectionTest
{
  GtkWidget     parent_instance;

  GCancellable *cancellable;

  GtkWidget    *box;
  GtkWidget    *spinner;
  GtkLabel     *message;
  GtkWidget    *facts;
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillConnectionTest, drill_connection_test, GTK_TYPE_WIDGET)

static void
say (DrillConnectionTest *self,
     const char          *text,
     const char          *tone)
{
  static const char *const tones[] = { "error", "success" };

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    if (g_strcmp0 (tones[i], tone) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self->message), tones[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), tones[i]);
  gtk_label_set_label (self->message, text);
  gtk_widget_show (GTK_WIDGET (self));
}

static char *
dup_error_text (const GError *error)
{
  /* The service's own words may be in it */
  g_autofree char *detail = drill_text_one_line (error->message);

  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED))
    /* Translators: %s is a technical detail, in English */
    return g_strdup_printf (_("The token is not valid, or not valid any more (%s). Sign in with a new one."),
                            detail);
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED))
    /* Translators: %s is a technical detail, in English */
    return g_strdup_printf (_("The service does not take this token (%s). A service without sign-in needs none."),
                            detail);
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT))
    return g_strdup (_("The address, the CA file or the token is not as it should be."));
  /* A test is not tried again by itself */
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_OFFLINE) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_TIMED_OUT) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BUSY))
    return g_strdup_printf (C_("error", "%s %s"), drill_error_text_what (error), _("Check the network, then try again."));

  return drill_error_text_dup (error);
}

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DrillConnectionTest) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillActor) actor = drill_session_test_finish (DRILL_SESSION (object), result, &error);

  /* Given up, or another one runs already */
  if (self->cancellable == NULL || g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_hide (self->spinner);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message), error != NULL ? error->message : NULL);
  if (actor == NULL)
    {
      g_autofree char *text = dup_error_text (error);

      say (self, text, "error");
      g_signal_emit (self, signals[DONE], 0);
      return;
    }

  say (self, _("The service answers."), "success");
  drill_facts_grid_add_actor (DRILL_FACTS_GRID (self->facts), actor);
  gtk_widget_show (self->facts);
  g_signal_emit (self, signals[DONE], 0);
}

static void
drill_connection_test_dispose (GObject *object)
{
  DrillConnectionTest *self = DRILL_CONNECTION_TEST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (drill_connection_test_parent_class)->dispose (object);
}

static void
drill_connection_test_class_init (DrillConnectionTestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = drill_connection_test_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
drill_connection_test_init (DrillConnectionTest *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->spinner = gtk_spinner_new ();
  self->message = GTK_LABEL (g_object_new (GTK_TYPE_LABEL,
                                           "wrap", TRUE,
                                           "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                           "xalign", 0.0,
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                           NULL));
  drill_announce_follow (self->message);
  self->facts = drill_facts_grid_new ();

  gtk_box_append (GTK_BOX (line), self->spinner);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), self->facts);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_hide (GTK_WIDGET (self));
}

/**
 * drill_connection_test_new:
 *
 * Returns: (transfer floating): one that shows nothing yet
 */
GtkWidget *
drill_connection_test_new (void)
{
  return g_object_new (DRILL_TYPE_CONNECTION_TEST, NULL);
}

/**
 * drill_connection_test_run:
 * @self: the test
 * @session: who tries it
 * @connection: what to try
 * @token: (nullable): a token as it was pasted; %NULL or "" for the one that is kept
 */
void
drill_connection_test_run (DrillConnectionTest *self,
                           DrillSession        *session,
                           DrillConnection     *connection,
                           const char          *token)
{
  drill_connection_test_clear (self);

  self->cancellable = g_cancellable_new ();
  gtk_widget_show (self->spinner);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  say (self, _("Asking the service…"), NULL);
  drill_session_test_async (session, connection, token, self->cancellable, tested_cb, g_object_ref (self));
}

/**
 * drill_connection_test_clear:
 * @self: the test
 *
 * Gives up what is under way, and takes back what was shown.
 */
void
drill_connection_test_clear (DrillConnectionTest *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_hide (self->spinner);
  drill_facts_grid_clear (DRILL_FACTS_GRID (self->facts));
  gtk_widget_hide (self->facts);
  gtk_label_set_label (self->message, "");
  gtk_widget_hide (GTK_WIDGET (self));
}
