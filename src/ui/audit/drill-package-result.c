// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-package-result.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/audit/drill-audit-facts.h"
#include "ui/audit/drill-audit-rows.h"
#include "ui/audit/drill-note-card.h"
#include "ui/audit/drill-package-check.h"
#include "ui/audit/drill-scope-form.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-format.h"

/* More are counted, not listed */
#define MAX_LISTED 5

struct _DrillPackageResult
{
  AdwBin           parent_instance;

  DrillNoteCard   *saved_card;
  GtkWidget       *copy_button;
  DrillNoteCard   *missing_card;
  GtkWidget       *rest_button;
  DrillNoteCard   *whole_card;
  DrillNoteCard   *complete_card;
  GtkListBox      *fact_list;
  GtkWidget       *table_button;

  DrillSession    *session;
  GSettings       *settings;
  GCancellable    *cancellable;
  GCancellable    *checking;
  DrillPackageSet *set;
  char            *audit_id; /* of the only package */
  char            *checksum_line;
  gboolean         can_save;
  gboolean         saving;
  gboolean         saved;
};

enum {
  PROP_0,
  PROP_CAN_SAVE,
  N_PROPS
};

enum {
  REST,
  AGAIN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillPackageResult, drill_package_result, ADW_TYPE_BIN)

static void
set_can_save (DrillPackageResult *self,
              gboolean            can_save)
{
  gtk_widget_set_sensitive (self->table_button, can_save);
  if (self->can_save == can_save)
    return;

  self->can_save = can_save;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SAVE]);
}

/* What came */

static void
show_missing (DrillPackageResult *self)
{
  guint n_parts = drill_package_set_get_n_parts (self->set);
  guint n_packages = drill_package_set_get_n_packages (self->set);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *heading = NULL;
  guint n_listed = 0;
  gboolean askable = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->missing_card), FALSE);
  gtk_widget_set_visible (self->rest_button, FALSE);
  if (n_packages == n_parts)
    return;

  for (guint i = 0; i < n_parts; i++)
    {
      const DrillPackagePart *part = drill_package_set_get_part (self->set, i);
      DrillPackageScope scope = { part->schedule_id, part->provider, part->owner };

      if (drill_package_set_get_package (self->set, i) != NULL)
        continue;
      askable |= drill_package_set_can_be_asked (self->set, i);
      if (n_listed++ < MAX_LISTED)
        {
          g_autofree char *what = drill_package_set_can_be_asked (self->set, i) ? drill_scope_dup_text (&scope) : g_strdup (_("no schedule"));

          g_string_append (text, text->len > 0 ? "\n" : "");
          /* Translators: the scope of a package, and why it is missing */
          g_string_append_printf (text, _("%s: %s"), what, drill_package_set_get_reason (self->set, i));
        }
    }
  if (n_listed > MAX_LISTED)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n_listed - MAX_LISTED), n_listed - MAX_LISTED);
    }

  /* Translators: both are numbers of packages */
  heading = g_strdup_printf (ngettext ("%u of %u package is missing", "%u of %u packages are missing", n_parts),
                             n_parts - n_packages, n_parts);
  drill_note_card_set (self->missing_card, DRILL_TONE_BAD, heading, text->str);
  gtk_widget_set_visible (self->rest_button, askable);
}

static char *
dup_whole_text (GPtrArray *checks)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < checks->len && i < MAX_LISTED; i++)
    {
      const DrillPackageCheck *check = g_ptr_array_index (checks, i);
      g_autofree char *findings = drill_audit_join_lines (check->findings);

      if (*findings != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", findings);
    }

  return g_strdup (text->len > 0 ? text->str
                                 : _("The audit id was computed again from the routes, the filters and the author, and all counts agree."));
}

static void
show_whole (DrillPackageResult *self,
            GPtrArray          *checks)
{
  g_autofree char *text = dup_whole_text (checks);
  guint n_altered = 0;

  for (guint i = 0; i < checks->len; i++)
    n_altered += ((DrillPackageCheck *) g_ptr_array_index (checks, i))->verdict != DRILL_VERDICT_WHOLE;

  if (n_altered > 0)
    drill_note_card_set (self->whole_card, DRILL_TONE_BAD, _("What came does not add up"), text);
  else if (checks->len > 1)
    {
      g_autofree char *heading = g_strdup_printf (ngettext ("%u package, whole", "%u packages, each whole", checks->len), checks->len);

      drill_note_card_set (self->whole_card, DRILL_TONE_GOOD, heading, text);
    }
  else
    drill_note_card_set (self->whole_card, DRILL_TONE_GOOD, _("The package is whole"), text);
}

static void
show_complete (DrillPackageResult *self,
               GPtrArray          *checks)
{
  gboolean compared = TRUE;
  guint n_routes = 0, n_missing = 0, n_unknown = 0, n_changed = 0, n_wanted = 0;
  g_autofree char *text = NULL;
  g_autofree char *have = NULL;
  g_autofree char *lack = NULL;

  for (guint i = 0; i < checks->len; i++)
    {
      const DrillPackageCheck *check = g_ptr_array_index (checks, i);

      compared = compared && check->compared;
      n_routes += check->n_routes;
      n_missing += check->difference.n_missing;
      n_unknown += check->difference.n_unknown;
      n_changed += check->difference.n_changed;
    }
  for (guint i = 0; i < drill_package_set_get_n_parts (self->set); i++)
    {
      n_wanted += drill_package_set_get_part (self->set, i)->n_routes;
      /* Parts that are not there at all lack all of theirs */
      if (drill_package_set_get_package (self->set, i) == NULL)
        n_missing += drill_package_set_get_part (self->set, i)->n_routes;
    }
  have = drill_format_count (n_routes);
  lack = drill_format_count (n_missing);

  if (!compared)
    {
      drill_note_card_set (self->complete_card, DRILL_TONE_WARNING, _("Not compared with the evidence"),
                           _("It is not known whether the scope is covered."));
    }
  else if (n_missing > 0)
    {
      g_autofree char *wanted = drill_format_count (MAX (n_wanted, n_routes + n_missing));
      g_autofree char *heading = NULL;

      /* Translators: both are numbers */
      heading = g_strdup_printf (_("Incomplete: %1$s of %2$s routes"), have, wanted);
      /* Translators: %s is a number */
      text = g_strdup_printf (ngettext ("%s route that is loaded is not in it. Whoever reads it must know.",
                                        "%s routes that are loaded are not in it. Whoever reads it must know.", n_missing), lack);
      drill_note_card_set (self->complete_card, DRILL_TONE_BAD, heading, text);
    }
  else if (n_unknown > 0 || n_changed > 0)
    {
      /* Translators: both are numbers of routes */
      text = g_strdup_printf (_("Every route that is loaded is in it. Not loaded here: %1$'u. Changed since they were loaded: %2$'u. Refresh to see them."),
                              n_unknown, n_changed);
      drill_note_card_set (self->complete_card, DRILL_TONE_WARNING, _("Complete, and newer than what is loaded"), text);
    }
  else if (!drill_session_get_complete (self->session))
    {
      drill_note_card_set (self->complete_card, DRILL_TONE_WARNING, _("Not known to be complete"),
                           _("All routes that are loaded are in it, but not all of the evidence is loaded."));
    }
  else
    {
      text = g_strdup_printf (ngettext ("The %s route of the scope is in it, in its present state.",
                                        "All %s routes of the scope are in it, in their present states.", n_routes), have);
      drill_note_card_set (self->complete_card, DRILL_TONE_GOOD, _("Complete"), text);
    }
}

static void
show_facts (DrillPackageResult *self,
            GPtrArray          *checks)
{
  drill_audit_list_clear (self->fact_list);

  if (checks->len == 1)
    {
      const DrillPackageCheck *check = g_ptr_array_index (checks, 0);

      for (guint i = 0; i < check->facts->len; i++)
        {
          const DrillAuditFact *fact = g_ptr_array_index (check->facts, i);

          drill_audit_list_add_fact (self->fact_list, fact->name, fact->value);
        }
    }
  else
    {
      g_autofree char *scope = drill_scope_dup_text (drill_package_set_get_scope (self->set));
      g_autofree char *n_packages = drill_format_count (checks->len);
      g_autofree char *n_routes = NULL;
      gint64 sum = 0;

      for (guint i = 0; i < checks->len; i++)
        sum += ((DrillPackageCheck *) g_ptr_array_index (checks, i))->n_routes;
      n_routes = drill_format_count (sum);
      drill_audit_list_add_fact (self->fact_list, _("Scope"), scope);
      drill_audit_list_add_fact (self->fact_list, _("Packages"), n_packages);
      drill_audit_list_add_fact (self->fact_list, _("Routes"), n_routes);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fact_list), gtk_list_box_get_row_at_index (self->fact_list, 0) != NULL);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DrillPackageResult) self = user_data;
  g_autoptr(GPtrArray) checks = drill_package_check_finish (result, NULL);

  /* The rest was asked for meanwhile, or the dialog is gone */
  if (checks == NULL || checks->len == 0 || self->set == NULL)
    return;

  g_free (self->audit_id);
  self->audit_id = g_strdup (((DrillPackageCheck *) g_ptr_array_index (checks, 0))->audit_id);
  show_whole (self, checks);
  show_complete (self, checks);
  show_facts (self, checks);
  set_can_save (self, TRUE);
}

/* Saving */

typedef struct {
  DrillPackageResult *dialog;
  GFile              *file;
  gboolean            table;
} Save;

static void
save_free (Save *save)
{
  g_clear_object (&save->dialog);
  g_clear_object (&save->file);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  DrillPackageResult *self = save->dialog;
  GFile *file = save->file;
  g_auto(DrillSaved) saved = { NULL, NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = drill_text_one_line (base);
  g_autofree char *text = NULL;
  g_autofree char *heading = NULL;

  self->saving = FALSE;
  if (self->set == NULL)
    return;

  set_can_save (self, TRUE);
  gtk_widget_set_visible (self->copy_button, FALSE);
  drill_note_card_bring_up (self->saved_card);

  if (!drill_package_set_save_finish (DRILL_PACKAGE_SET (object), result, &saved, &error))
    {
      g_autofree char *why = drill_file_save_dup_error_text (file, error);

      if (why == NULL)
        return;
      text = g_strdup_printf ("%s\n%s", why, _("What came is still in hand: save it again."));
      drill_note_card_set (self->saved_card, DRILL_TONE_BAD, _("Not saved"), text);
      return;
    }

  /* Translators: %s is a file name */
  heading = g_strdup_printf (_("Saved as “%s”"), name);
  if (saved.checksum_line == NULL)
    {
      drill_note_card_set (self->saved_card, DRILL_TONE_GOOD, heading, NULL);
      return;
    }

  self->saved = TRUE;
  g_free (self->checksum_line);
  self->checksum_line = g_steal_pointer (&saved.checksum_line);
  if (saved.checksum_error == NULL)
    {
      /* Translators: %s is a file name */
      text = g_strdup_printf (_("Its checksum is beside it: “sha256sum -c %s.sha256” proves it unchanged."), name);
      drill_note_card_set (self->saved_card, DRILL_TONE_GOOD, heading, text);
      return;
    }

  text = g_strdup (g_error_matches (saved.checksum_error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)
                   ? _("Only this one file may be written there, so that its checksum is not beside it. Copy the checksum line, and keep it in a file of its own.")
                   : _("Its checksum could not be written beside it; one that is there already is of another file. Copy the checksum line, and keep it in a file of its own."));
  drill_note_card_set (self->saved_card, DRILL_TONE_WARNING, heading, text);
  gtk_widget_set_visible (self->copy_button, TRUE);
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  DrillPackageResult *self = save->dialog;
  GFile *file = save->file = drill_file_dialog_save_finish (result, NULL);
  gboolean table = save->table;

  if (file == NULL || self->set == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  self->saving = TRUE;
  set_can_save (self, FALSE);
  drill_package_set_save_async (self->set, file, table, self->cancellable, saved_cb, g_steal_pointer (&save));
}

static void
choose_file (DrillPackageResult *self,
             gboolean            table)
{
  g_autofree char *name = drill_package_set_dup_file_name (self->set, self->audit_id, table);
  DrillFileType type = table ? DRILL_FILE_TYPE_CSV
                             : drill_package_set_is_bundle (self->set) ? DRILL_FILE_TYPE_ZIP : DRILL_FILE_TYPE_JSON;
  Save *save = g_new0 (Save, 1);

  save->dialog = g_object_ref (self);
  save->table = table;
  drill_file_dialog_save_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), table ? _("Save Routes") : _("Save Audit Package"), name, type,
                                self->settings, self->cancellable, file_chosen_cb, save);
}

static void
save_table_cb (DrillPackageResult *self)
{
  choose_file (self, TRUE);
}

static void
copy_cb (DrillPackageResult *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->checksum_line);
}

static void
rest_cb (DrillPackageResult *self)
{
  g_cancellable_cancel (self->checking);
  self->saved = FALSE;
  g_signal_emit (self, signals[REST], 0);
}

static void
again_cb (DrillPackageResult *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

static void
drill_package_result_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CAN_SAVE:
      g_value_set_boolean (value, DRILL_PACKAGE_RESULT (object)->can_save);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_package_result_dispose (GObject *object)
{
  DrillPackageResult *self = DRILL_PACKAGE_RESULT (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_clear_object (&self->set);

  G_OBJECT_CLASS (drill_package_result_parent_class)->dispose (object);
}

static void
drill_package_result_finalize (GObject *object)
{
  DrillPackageResult *self = DRILL_PACKAGE_RESULT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_free (self->audit_id);
  g_free (self->checksum_line);

  G_OBJECT_CLASS (drill_package_result_parent_class)->finalize (object);
}

static void
drill_package_result_class_init (DrillPackageResultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DRILL_TYPE_NOTE_CARD);

  object_class->get_property = drill_package_result_get_property;
  object_class->dispose = drill_package_result_dispose;
  object_class->finalize = drill_package_result_finalize;

  properties[PROP_CAN_SAVE] =
    g_param_spec_boolean ("can-save", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DrillPackageResult::rest:
   *
   * What is missing is to be asked for again.
   */
  signals[REST] = g_signal_new ("rest", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DrillPackageResult::again:
   *
   * Another package is to be made.
   */
  signals[AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-package-result.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, saved_card);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, copy_button);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, missing_card);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, rest_button);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, whole_card);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, complete_card);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, fact_list);
  gtk_widget_class_bind_template_child (widget_class, DrillPackageResult, table_button);
  gtk_widget_class_bind_template_callback (widget_class, save_table_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, rest_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
}

static void
drill_package_result_init (DrillPackageResult *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_package_result_set_session:
 * @self: a result
 * @session: whose evidence packages are compared with
 * @settings: (nullable): remembers the folder
 */
void
drill_package_result_set_session (DrillPackageResult *self,
                                  DrillSession       *session,
                                  GSettings          *settings)
{
  g_return_if_fail (DRILL_IS_PACKAGE_RESULT (self));

  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
}

/**
 * drill_package_result_show:
 * @self: a result
 * @set: what came, with at least one package
 *
 * Checks what came, in a worker thread, and shows what was found. It can be saved then.
 */
void
drill_package_result_show (DrillPackageResult *self,
                           DrillPackageSet    *set)
{
  g_autoptr(GPtrArray) packages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_return_if_fail (DRILL_IS_PACKAGE_RESULT (self));

  g_set_object (&self->set, set);
  self->saved = FALSE;
  for (guint i = 0; i < drill_package_set_get_n_parts (set); i++)
    if (drill_package_set_get_package (set, i) != NULL)
      g_ptr_array_add (packages, g_bytes_ref (drill_package_set_get_package (set, i)));

  show_missing (self);
  drill_note_card_set (self->whole_card, DRILL_TONE_PLAIN, _("Checking what came…"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->complete_card), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->saved_card), FALSE);
  gtk_widget_set_visible (self->copy_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->fact_list), FALSE);
  set_can_save (self, FALSE);

  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  drill_package_check_async (packages, drill_session_get_evidence (self->session), self->checking,
                             checked_cb, g_object_ref (self));
}

/**
 * drill_package_result_save:
 * @self: a result
 *
 * Asks where to save what came, and saves it there.
 */
void
drill_package_result_save (DrillPackageResult *self)
{
  g_return_if_fail (DRILL_IS_PACKAGE_RESULT (self));

  if (self->can_save)
    choose_file (self, FALSE);
}

/**
 * drill_package_result_is_saving:
 * @self: a result
 *
 * Returns: whether a file is being written
 */
gboolean
drill_package_result_is_saving (DrillPackageResult *self)
{
  return self->saving;
}

/**
 * drill_package_result_is_saved:
 * @self: a result
 *
 * Returns: whether what came was saved, other than as a table
 */
gboolean
drill_package_result_is_saved (DrillPackageResult *self)
{
  return self->saved;
}
