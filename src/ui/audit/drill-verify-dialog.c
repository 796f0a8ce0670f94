// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-verify-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "audit/drill-package-files.h"
#include "base/drill-text.h"
#include "ui/audit/drill-audit-facts.h"
#include "ui/audit/drill-audit-rows.h"
#include "ui/audit/drill-file-check.h"
#include "ui/audit/drill-finding-lines.h"
#include "ui/audit/drill-note-card.h"
#include "ui/common/drill-error-text.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-fit.h"
#include "ui/report/drill-report-package.h"
#include "ui/report/drill-report-print.h"
#include "ui/report/drill-report-save.h"

/* A card is for reading; a package that was made up may be wrong in thousands of places */
#define MAX_LINES 12

struct _DrillVerifyDialog
{
  AdwWindow       parent_instance;

  AdwWindowTitle *file_title;
  GtkStack       *stack;
  GtkWidget      *choose_button;
  DrillNoteCard  *verdict_card;
  DrillNoteCard  *checksum_card;
  DrillNoteCard  *evidence_card;
  DrillNoteCard  *saved_card;
  GtkListBox     *fact_list;
  GtkWidget      *table_button;
  GtkWidget      *print_button;
  GtkWidget      *open_button;
  GtkWidget      *another_button;

  DrillSession   *session;
  GSettings      *settings;
  GCancellable   *cancellable; /* of choosing and saving */
  GCancellable   *checking;
  GFile          *file;
  DrillFileCheck *check;
};

enum {
  OPEN_EVIDENCE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillVerifyDialog, drill_verify_dialog, ADW_TYPE_WINDOW)

static char *
join_lines (GPtrArray *lines)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len && i < MAX_LINES; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (lines, i));
  if (lines->len > MAX_LINES)
    {
      guint n_more = lines->len - MAX_LINES;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n_more), n_more);
    }

  return g_strdup (text->str);
}

static void
show_verdict (DrillVerifyDialog *self)
{
  const DrillPackageCheck *package = self->check->package;
  g_autofree char *findings = join_lines (package->findings);

  if (self->check->is_archive)
    drill_note_card_set (self->verdict_card, DRILL_TONE_WARNING, _("This is an archive, not a package"),
                         _("Unpack it: “sha256sum -c SHA256SUMS” proves its packages unchanged, and each of them can be verified here."));
  else if (package->verdict == DRILL_VERDICT_WHOLE)
    drill_note_card_set (self->verdict_card, DRILL_TONE_GOOD, _("Whole: the audit id fits the content"),
                         *findings != '\0' ? findings
                         : _("It was computed again from the routes, the filters and the author, and all counts agree."));
  else if (package->verdict == DRILL_VERDICT_ALTERED)
    drill_note_card_set (self->verdict_card, DRILL_TONE_BAD, _("Altered: something does not add up"), findings);
  else if (package->is_index)
    drill_note_card_set (self->verdict_card, DRILL_TONE_WARNING, _("This is the index of several packages"),
                         _("It says which package covers what: “sha256sum -c SHA256SUMS” proves the files beside it unchanged, "
                           "and each package can be verified here."));
  else if (package->unreadable)
    drill_note_card_set (self->verdict_card, DRILL_TONE_BAD, _("Unreadable: this is not JSON"), findings);
  else
    drill_note_card_set (self->verdict_card, DRILL_TONE_BAD, _("Not an audit package"),
                         _("It can be read, but it is something else."));
}

static void
show_checksum (DrillVerifyDialog *self)
{
  switch (self->check->checksum)
    {
    case DRILL_CHECKSUM_FITS:
      drill_note_card_set (self->checksum_card, DRILL_TONE_GOOD, _("The checksum fits"),
                           _("The file is, byte for byte, the one that the .sha256 file beside it was written for."));
      break;
    case DRILL_CHECKSUM_DIFFERS:
      drill_note_card_set (self->checksum_card, DRILL_TONE_BAD, _("The checksum does not fit"),
                           _("The file is not the one that the .sha256 file beside it was written for."));
      break;
    case DRILL_CHECKSUM_UNREADABLE:
      drill_note_card_set (self->checksum_card, DRILL_TONE_WARNING, _("The checksum says nothing"),
                           _("There is a .sha256 file beside it, but no checksum of this file in it."));
      break;
    case DRILL_CHECKSUM_NONE:
    default:
      gtk_widget_set_visible (GTK_WIDGET (self->checksum_card), FALSE);
      break;
    }
}

static void
show_difference (DrillVerifyDialog            *self,
                 const DrillPackageDifference *difference)
{
  g_autoptr(GPtrArray) lines = drill_finding_lines (difference->changes, NULL);
  g_autofree char *changes = join_lines (lines);
  g_autoptr(GString) heading = g_string_new (NULL);

  /* Nothing about a package that was altered is as it should be */
  if (self->check->package->verdict == DRILL_VERDICT_ALTERED &&
      difference->n_changed + difference->n_missing + difference->n_unknown + difference->n_newer == 0)
    {
      drill_note_card_set (self->evidence_card, DRILL_TONE_PLAIN, _("No acknowledgement differs from the service"),
                           _("What does not add up is something else in it."));
      return;
    }

  if (difference->n_changed + difference->n_missing + difference->n_unknown + difference->n_newer == 0)
    {
      drill_note_card_set (self->evidence_card, DRILL_TONE_GOOD, _("Nothing has changed since"),
                           _("Every route of it is still as the service has it now."));
      return;
    }

  if (difference->n_changed > 0)
    g_string_append_printf (heading, ngettext ("%'u route has changed since", "%'u routes have changed since", difference->n_changed),
                            difference->n_changed);
  if (difference->n_newer > 0)
    {
      g_string_append (heading, heading->len > 0 ? " · " : "");
      g_string_append_printf (heading, ngettext ("%'u route is newer", "%'u routes are newer", difference->n_newer),
                              difference->n_newer);
    }
  if (difference->n_missing > 0)
    {
      g_string_append (heading, heading->len > 0 ? " · " : "");
      g_string_append_printf (heading, ngettext ("%'u route is missing in it", "%'u routes are missing in it", difference->n_missing),
                              difference->n_missing);
    }
  if (difference->n_unknown > 0)
    {
      g_string_append (heading, heading->len > 0 ? " · " : "");
      g_string_append_printf (heading, ngettext ("%'u route is not known to the service", "%'u routes are not known to the service", difference->n_unknown),
                              difference->n_unknown);
    }
  drill_note_card_set (self->evidence_card,
                       difference->n_missing + difference->n_unknown > 0 ? DRILL_TONE_WARNING : DRILL_TONE_PLAIN,
                       heading->str, changes);
}

static void
show_comparison (DrillVerifyDialog *self)
{
  const DrillPackageCheck *package = self->check->package;

  if (package->verdict == DRILL_VERDICT_NOT_A_PACKAGE)
    gtk_widget_set_visible (GTK_WIDGET (self->evidence_card), FALSE);
  else if (package->compared)
    show_difference (self, &package->difference);
  else
    drill_note_card_set (self->evidence_card, DRILL_TONE_PLAIN, _("Not compared with a service"),
                         drill_session_get_shown (self->session) == DRILL_SHOWN_LIVE
                         ? _("Not all of the evidence is loaded: verify again when it is, to see what has changed since.")
                         : _("Connect to the service it came from to see what has changed since."));
}

static void
show_facts (DrillVerifyDialog *self)
{
  GPtrArray *facts = self->check->package->facts;

  drill_audit_list_clear (self->fact_list);
  for (guint i = 0; i < facts->len; i++)
    {
      const DrillAuditFact *fact = g_ptr_array_index (facts, i);

      drill_audit_list_add_fact (self->fact_list, fact->name, fact->value);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fact_list), facts->len > 0);
}

static void
show_unreadable (DrillVerifyDialog *self,
                 const GError      *error)
{
  g_autofree char *detail = drill_text_one_line (error->message);
  g_autofree char *why = drill_error_text_dup (error);
  g_autofree char *text = g_strdup_printf ("%s\n%s", why, detail);

  drill_note_card_set (self->verdict_card, DRILL_TONE_BAD, _("Unreadable"), text);
  gtk_widget_set_visible (GTK_WIDGET (self->checksum_card), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->evidence_card), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->fact_list), FALSE);
  gtk_widget_set_visible (self->table_button, FALSE);
  gtk_widget_set_visible (self->print_button, FALSE);
  gtk_widget_set_visible (self->open_button, FALSE);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DrillVerifyDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  DrillFileCheck *check = drill_file_check_finish (G_FILE (object), result, &error);

  /* Another file was chosen meanwhile, or the dialog is gone */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->checking);
  g_clear_pointer (&self->check, drill_file_check_free);
  self->check = check;
  gtk_widget_set_visible (GTK_WIDGET (self->saved_card), FALSE);

  if (check == NULL)
    {
      show_unreadable (self, error);
    }
  else
    {
      gboolean is_package = check->package->verdict != DRILL_VERDICT_NOT_A_PACKAGE;

      show_verdict (self);
      show_checksum (self);
      show_comparison (self);
      show_facts (self);
      gtk_widget_set_visible (self->table_button, is_package);
      gtk_widget_set_visible (self->print_button, is_package);
      gtk_widget_set_visible (self->open_button,
                              !check->is_archive && !check->package->unreadable && !check->package->is_index);
    }

  /* Or the stack takes it to the first text that can be selected */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, "result");
  gtk_widget_show (self->another_button);
  gtk_widget_grab_focus (self->another_button);
}

static void
cancel_cb (DrillVerifyDialog *self)
{
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_clear_pointer (&self->check, drill_file_check_free);
  gtk_widget_hide (self->another_button);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DrillVerifyDialog) self = user_data;
  g_autoptr(GFile) file = drill_file_dialog_open_finish (result, NULL);

  if (file != NULL && !g_cancellable_is_cancelled (self->cancellable))
    drill_verify_dialog_verify (self, file);
}

static void
choose_cb (DrillVerifyDialog *self)
{
  drill_file_dialog_open_async (GTK_WINDOW (self), _("Verify File"), DRILL_FILE_TYPE_JSON, self->settings,
                                self->cancellable, chosen_cb, g_object_ref (self));
}

static gboolean
drop_cb (DrillVerifyDialog *self,
         const GValue      *value)
{
  GFile *file = G_VALUE_HOLDS (value, G_TYPE_FILE) ? g_value_get_object (value) : NULL;

  if (file == NULL)
    return FALSE;

  drill_verify_dialog_verify (self, file);

  return TRUE;
}

/* Saving its routes */

static gboolean
write_table (GOutputStream  *stream,
             gpointer        user_data,
             GCancellable   *cancellable,
             GError        **error)
{
  GPtrArray *what = user_data;
  const char *source = g_ptr_array_index (what, 1);

  return drill_package_write_csv (g_ptr_array_index (what, 0), source, stream, cancellable, error);
}

static void
table_saved_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DrillVerifyDialog) self = user_data;
  GFile *file = G_FILE (object);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = drill_text_one_line (base);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  drill_note_card_bring_up (self->saved_card);
  if (drill_file_save_finish (file, result, &error))
    {
      /* Translators: %s is a file name */
      text = g_strdup_printf (_("Saved as “%s”"), name);
      drill_note_card_set (self->saved_card, DRILL_TONE_GOOD, text, NULL);
      return;
    }

  text = drill_file_save_dup_error_text (file, error);
  if (text != NULL)
    drill_note_card_set (self->saved_card, DRILL_TONE_BAD, _("Not saved"), text);
}

typedef struct {
  DrillVerifyDialog *dialog;
  GPtrArray         *what; /* the package, and where it is from */
} Table;

static void
free_what (gpointer data)
{
  GPtrArray *what = data;

  g_bytes_unref (g_ptr_array_index (what, 0));
  g_free (g_ptr_array_index (what, 1));
  g_ptr_array_unref (what);
}

static void
table_chosen_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Table *table = user_data;
  g_autoptr(GFile) file = drill_file_dialog_save_finish (result, NULL);

  if (file != NULL && !g_cancellable_is_cancelled (table->dialog->cancellable))
    drill_file_save_async (file, write_table, g_steal_pointer (&table->what), free_what, table->dialog->cancellable,
                           table_saved_cb, g_object_ref (table->dialog));

  g_clear_pointer (&table->what, free_what);
  g_object_unref (table->dialog);
  g_free (table);
}

static void
save_table_cb (DrillVerifyDialog *self)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *stem = drill_text_file_name (base);
  g_autofree char *name = NULL;
  Table *table = g_new0 (Table, 1);

  if (g_str_has_suffix (stem, ".json"))
    stem[strlen (stem) - strlen (".json")] = '\0';
  name = g_strconcat (stem, ".csv", NULL);

  table->dialog = g_object_ref (self);
  table->what = g_ptr_array_new ();
  g_ptr_array_add (table->what, g_bytes_ref (self->check->bytes));
  g_ptr_array_add (table->what, drill_text_one_line (base));
  drill_file_dialog_save_async (GTK_WINDOW (self), _("Save Routes"), name, DRILL_FILE_TYPE_CSV, self->settings,
                                self->cancellable, table_chosen_cb, table);
}

/* NULL when it is no package */
static DrillReport *
make_report (DrillVerifyDialog *self)
{
  g_autofree char *base = NULL;

  if (self->check == NULL || self->check->package->verdict == DRILL_VERDICT_NOT_A_PACKAGE)
    return NULL;

  base = g_file_get_basename (self->file);

  return drill_report_new_for_package (drill_report_origin_new (self->session), self->check->bytes,
                                       self->check->package->audit_id, base);
}

static void
print_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  DrillVerifyDialog *self = DRILL_VERIFY_DIALOG (widget);
  g_autoptr(DrillReport) report = make_report (self);

  if (report != NULL)
    drill_report_print (GTK_WIDGET (self->stack), report);
}

static void
save_pdf_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DrillVerifyDialog *self = DRILL_VERIFY_DIALOG (widget);
  g_autoptr(DrillReport) report = make_report (self);

  if (report != NULL)
    drill_report_save (GTK_WIDGET (self->stack), self->settings, report);
}

static void
open_cb (DrillVerifyDialog *self)
{
  g_autoptr(GFile) file = g_object_ref (self->file);

  g_signal_emit (self, signals[OPEN_EVIDENCE], 0, file);
  gtk_window_close (GTK_WINDOW (self));
}

static void
drill_verify_dialog_dispose (GObject *object)
{
  DrillVerifyDialog *self = DRILL_VERIFY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);

  G_OBJECT_CLASS (drill_verify_dialog_parent_class)->dispose (object);
}

static void
drill_verify_dialog_finalize (GObject *object)
{
  DrillVerifyDialog *self = DRILL_VERIFY_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_pointer (&self->check, drill_file_check_free);

  G_OBJECT_CLASS (drill_verify_dialog_parent_class)->finalize (object);
}

static void
drill_verify_dialog_class_init (DrillVerifyDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DRILL_TYPE_NOTE_CARD);

  object_class->dispose = drill_verify_dialog_dispose;
  object_class->finalize = drill_verify_dialog_finalize;

  /**
   * DrillVerifyDialog::open-evidence:
   * @file: which
   *
   * The file is to be opened as evidence.
   */
  signals[OPEN_EVIDENCE] = g_signal_new ("open-evidence", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-verify-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, file_title);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, verdict_card);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, checksum_card);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, evidence_card);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, saved_card);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, fact_list);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, table_button);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, print_button);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, DrillVerifyDialog, another_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_table_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);

  gtk_widget_class_install_action (widget_class, "verify.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "verify.save-pdf", NULL, save_pdf_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "verify.print", NULL);
}

static void
drill_verify_dialog_init (DrillVerifyDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_verify_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @session: whose evidence packages are compared with, while it is a live one and complete
 * @settings: (nullable): remembers the folder
 *
 * Returns: (transfer none): the dialog, owned by GTK as all toplevels are
 */
DrillVerifyDialog *
drill_verify_dialog_new (GtkWindow    *parent,
                         DrillSession *session,
                         GSettings    *settings)
{
  DrillVerifyDialog *self = g_object_new (DRILL_TYPE_VERIFY_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_set_object (&self->settings, settings);

  return self;
}

/**
 * drill_verify_dialog_verify:
 * @self: the dialog
 * @file: a file
 *
 * Verifies a file and shows what was found.
 */
void
drill_verify_dialog_verify (DrillVerifyDialog *self,
                            GFile             *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = drill_text_one_line (base);
  gboolean live = drill_session_get_shown (self->session) == DRILL_SHOWN_LIVE &&
                  drill_session_get_complete (self->session);

  g_return_if_fail (DRILL_IS_VERIFY_DIALOG (self));

  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  g_set_object (&self->file, file);
  adw_window_title_set_subtitle (self->file_title, name);
  gtk_widget_hide (self->another_button);
  gtk_stack_set_visible_child_name (self->stack, "checking");
  drill_file_check_async (file, live ? drill_session_get_evidence (self->session) : NULL, self->checking,
                          checked_cb, g_object_ref (self));
}
