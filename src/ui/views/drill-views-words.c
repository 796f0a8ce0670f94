// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-views-words.h"

#include <glib/gi18n-lib.h>

#include "base/drill-error.h"
#include "base/drill-text.h"

/**
 * drill_views_words_dup_store_error:
 * @error: why a change of the views was not made
 *
 * Returns: (transfer full): what happened and what to do, plain text
 */
char *
drill_views_words_dup_store_error (const GError *error)
{
  g_autofree char *detail = drill_text_one_line (error->message);

  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE))
    return g_strdup (_("Not saved: there are too many views. Delete some first."));
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED))
    return g_strdup (_("Not saved: the saved views were made by a newer version of this program. The file is left as it is."));
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT))
    /* Translators: %s is a technical detail, in English */
    return g_strdup_printf (_("Not saved: the saved views cannot be read (%s). The file is left as it is; put it right or move it away."),
                            detail);

  /* Translators: %s is what the system says */
  return g_strdup_printf (_("Not saved: %s"), detail);
}

/**
 * drill_views_words_dup_import_error:
 * @file_name: the file
 * @error: why nothing of it was added
 *
 * Returns: (transfer full): what happened and what to do, plain text
 */
char *
drill_views_words_dup_import_error (const char   *file_name,
                                    const GError *error)
{
  g_autofree char *name = drill_text_one_line (file_name);
  g_autofree char *detail = drill_text_one_line (error->message);

  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE))
    /* Translators: %s is the name of a file, here and in the next */
    return g_strdup_printf (_("“%s” is too large for a file of views. Nothing was added."), name);
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED))
    return g_strdup_printf (_("“%s” was made by a newer version of this program. Nothing was added."), name);
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT))
    /* Translators: the name of a file and a technical detail, in English */
    return g_strdup_printf (_("“%s” is not a file of views (%s). Nothing was added."), name, detail);

  /* Translators: the name of a file and what the system says */
  return g_strdup_printf (_("“%s” cannot be read: %s"), name, detail);
}

/**
 * drill_views_words_dup_imported:
 * @n_added: how many views were added
 * @n_known: how many were there already
 * @n_unknown: how many of those added have something that has no effect here
 *
 * Returns: (transfer full): what was done, plain text
 */
char *
drill_views_words_dup_imported (guint n_added,
                                guint n_known,
                                guint n_unknown)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *added = g_strdup_printf (ngettext ("%u view added.", "%u views added.", n_added), n_added);
  g_auto(GStrv) sentences = NULL;

  g_strv_builder_add (builder, added);
  if (n_known > 0)
    {
      g_autofree char *known = g_strdup_printf (ngettext ("%u was there already.", "%u were there already.", n_known), n_known);

      g_strv_builder_add (builder, known);
    }
  if (n_unknown > 0)
    {
      g_autofree char *unknown =
        g_strdup_printf (ngettext ("%u has filters or columns that this version does not know; they have no effect.",
                                   "%u have filters or columns that this version does not know; they have no effect.",
                                   n_unknown), n_unknown);

      g_strv_builder_add (builder, unknown);
    }
  sentences = g_strv_builder_end (builder);

  return g_strjoinv (" ", sentences);
}

/**
 * drill_views_words_show:
 * @widget: where it happened
 * @heading: what happened, in short
 * @text: plain text
 *
 * Says what is too long for a toast, and must not be missed.
 */
void
drill_views_words_show (GtkWidget  *widget,
                        const char *heading,
                        const char *text)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading, text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
