// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-form.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/acks/drill-ack-drafts.h"
#include "ui/acks/drill-ack-routes.h"
#include "ui/acks/drill-ack-message.h"
#include "ui/acks/drill-ack-summary.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-format.h"

#define SAVE_DELAY 500 /* ms: not every key is worth a write */

struct _DrillAckForm
{
  AdwBin             parent_instance;

  DrillSession      *session;
  GSettings         *settings;
  DrillAckOperation *operation;
  DrillEvidence     *evidence; /* what was shown when the routes were chosen */
  char              *offered_actor;
  gboolean           verified;
  gboolean           filling;
  gboolean           busy;
  gboolean           done; /* recorded: there is no draft any more */
  guint              save_id;

  DrillAckMessage   *simulation;
  DrillAckMessage   *message;
  DrillAckMessage   *news;
  GtkGrid           *facts;
  GtkWidget         *list_frame;
  DrillAckRoutes      *list;
  GtkLabel          *remarks;
  GtkWidget         *fields;
  GtkEditable       *reference;
  GtkMenuButton     *recent;
  GtkTextView       *notes;
  GtkStack          *actors;
  GtkLabel          *verified_actor;
  GtkEditable       *actor;
  GtkSizeGroup      *names;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillAckForm, drill_ack_form, ADW_TYPE_BIN)

static char *
dup_notes (DrillAckForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Drafts */

static gboolean
save_cb (gpointer user_data)
{
  DrillAckForm *self = user_data;

  self->save_id = 0;
  drill_ack_form_save_draft (self);

  return G_SOURCE_REMOVE;
}

static void
typed_cb (DrillAckForm *self)
{
  if (self->filling || self->settings == NULL)
    return;

  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_DELAY, save_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
restore_draft (DrillAckForm *self)
{
  g_auto(DrillAckDraft) draft = { NULL };

  drill_ack_drafts_load (self->settings, drill_ack_operation_get_state (self->operation), &draft);
  self->filling = TRUE;
  gtk_editable_set_text (self->reference, draft.reference);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), draft.notes, -1);
  if (*draft.actor != '\0')
    gtk_editable_set_text (self->actor, draft.actor);
  self->filling = FALSE;
}

/* The last references */

static void
reference_chosen_cb (DrillAckForm  *self,
                     GtkListBoxRow *row)
{
  GtkWidget *label = gtk_list_box_row_get_child (row);

  gtk_editable_set_text (self->reference, gtk_label_get_label (GTK_LABEL (label)));
  gtk_menu_button_popdown (self->recent);
  gtk_widget_grab_focus (GTK_WIDGET (self->reference));
}

static void
fill_recent (DrillAckForm *self)
{
  g_auto(GStrv) references = drill_ack_drafts_get_references (self->settings);
  GtkWidget *popover, *list;

  gtk_widget_set_visible (GTK_WIDGET (self->recent), references[0] != NULL);
  if (references[0] == NULL)
    return;

  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Last References"), -1);
  for (gsize i = 0; references[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (references[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
      gtk_widget_set_margin_top (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_widget_set_margin_start (label, 6);
      gtk_widget_set_margin_end (label, 6);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }
  g_signal_connect_object (list, "row-activated", G_CALLBACK (reference_chosen_cb), self, G_CONNECT_SWAPPED);

  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_menu_button_set_popover (self->recent, popover);
}

/* Whom it is recorded as */

static void
update_actor (DrillAckForm *self)
{
  gboolean verified = FALSE;
  g_autofree char *name = drill_session_dup_actor_name (self->session, &verified);
  const char *typed = gtk_editable_get_text (self->actor);
  gboolean untouched = *typed == '\0' || g_strcmp0 (typed, self->offered_actor) == 0;

  self->verified = verified;
  g_free (self->offered_actor);
  self->offered_actor = g_strdup (name != NULL ? name : "");

  if (verified)
    {
      g_autofree char *line = drill_text_one_line (self->offered_actor);

      gtk_label_set_label (self->verified_actor, line);
    }
  else if (untouched)
    {
      self->filling = TRUE;
      gtk_editable_set_text (self->actor, self->offered_actor);
      self->filling = FALSE;
    }
  gtk_stack_set_visible_child_name (self->actors, verified ? "verified" : "typed");
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What will be recorded, on which routes */

static void
add_fact (DrillAckForm *self,
          int           line,
          const char   *name,
          const char   *text)
{
  GtkWidget *name_label = gtk_label_new (name);
  GtkWidget *text_label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_label_set_yalign (GTK_LABEL (name_label), 0);
  gtk_widget_add_css_class (name_label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text_label), 0);
  drill_fit_wrap (GTK_LABEL (text_label));
  gtk_label_set_selectable (GTK_LABEL (text_label), TRUE);
  /* Selectable, but nobody wants to go through them with Tab to get to the fields */
  gtk_widget_set_focusable (text_label, FALSE);
  gtk_widget_set_hexpand (text_label, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text_label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name_label, NULL, -1);
  gtk_size_group_add_widget (self->names, name_label);

  gtk_grid_attach (self->facts, name_label, 0, line, 1, 1);
  gtk_grid_attach (self->facts, text_label, 1, line, 1, 1);
}

static void
show_facts (DrillAckForm *self)
{
  g_autoptr(GPtrArray) facts = drill_ack_summary_get_facts (self->operation, self->evidence,
                                                            drill_clock_now (drill_session_get_clock (self->session)));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  for (guint i = 0; i + 1 < facts->len; i += 2)
    add_fact (self, (int) i / 2, g_ptr_array_index (facts, i), g_ptr_array_index (facts, i + 1));
}

/* Widget */

static void
drill_ack_form_dispose (GObject *object)
{
  DrillAckForm *self = DRILL_ACK_FORM (object);

  if (self->settings != NULL)
    drill_ack_form_save_draft (self);
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_object (&self->operation);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  g_clear_pointer (&self->evidence, drill_evidence_unref);
  g_clear_pointer (&self->offered_actor, g_free);

  G_OBJECT_CLASS (drill_ack_form_parent_class)->dispose (object);
}

static void
drill_ack_form_class_init (DrillAckFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_ack_form_dispose;

  /**
   * DrillAckForm::changed:
   *
   * Something was typed, or somebody else is recorded.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DRILL_TYPE_ACK_ROUTES);
  g_type_ensure (DRILL_TYPE_ACK_MESSAGE);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-ack-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, simulation);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, message);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, news);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, facts);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, list_frame);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, list);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, remarks);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, fields);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, reference);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, recent);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, notes);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, actors);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, verified_actor);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, actor);
  gtk_widget_class_bind_template_child (widget_class, DrillAckForm, names);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
drill_ack_form_init (DrillAckForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (gtk_text_view_get_buffer (self->notes), "changed", G_CALLBACK (typed_cb),
                           self, G_CONNECT_SWAPPED);
}

/**
 * drill_ack_form_set_up:
 * @self: a form
 * @session: who records it
 * @settings: where drafts and the last references are kept
 * @operation: what is to be recorded
 * @evidence: what was shown when its routes were chosen
 *
 * To be called once.
 */
void
drill_ack_form_set_up (DrillAckForm      *self,
                       DrillSession      *session,
                       GSettings         *settings,
                       DrillAckOperation *operation,
                       DrillEvidence     *evidence)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->operation = g_object_ref (operation);
  self->evidence = drill_evidence_ref (evidence);

  if (drill_operation_is_simulation (DRILL_OPERATION (operation)))
    drill_ack_message_say (self->simulation, "dialog-information-symbolic",
                           _("Simulation: only what is shown changes; nothing leaves this machine."), NULL, NULL);
  if (drill_ack_operation_get_n_entries (operation) > 1)
    {
      drill_ack_routes_set_operation (self->list, operation, DRILL_ACK_ROUTES_STATES);
      gtk_widget_show (self->list_frame);
    }

  fill_recent (self);
  restore_draft (self);
  update_actor (self);
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (update_actor), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::connection", G_CALLBACK (update_actor), self, G_CONNECT_SWAPPED);
  drill_ack_form_update (self);
}

/**
 * drill_ack_form_set_operation:
 * @self: a form
 * @operation: the same once more, on the same routes
 */
void
drill_ack_form_set_operation (DrillAckForm      *self,
                              DrillAckOperation *operation)
{
  g_set_object (&self->operation, operation);
  if (drill_ack_operation_get_n_entries (operation) > 1)
    drill_ack_routes_set_operation (self->list, operation, DRILL_ACK_ROUTES_STATES);
  drill_ack_form_update (self);
}

/**
 * drill_ack_form_update:
 * @self: a form
 *
 * Says again what the routes are like now.
 *
 * Returns: whether some of them changed since they were chosen
 */
gboolean
drill_ack_form_update (DrillAckForm *self)
{
  g_autofree char *news = drill_ack_summary_dup_news (self->operation, self->evidence);
  g_autofree char *remarks = drill_ack_summary_dup_remarks (self->operation);

  show_facts (self);
  drill_ack_message_say (self->news, "dialog-warning-symbolic", news, NULL, NULL);
  gtk_label_set_label (self->remarks, remarks);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), *remarks != '\0');
  if (drill_ack_operation_get_n_entries (self->operation) > 1)
    drill_ack_routes_update (self->list);

  return news != NULL;
}

/**
 * drill_ack_form_say:
 * @self: a form
 * @icon_name: (nullable): an icon
 * @text: (nullable): how it went, or %NULL for nothing to say
 * @button_label: (nullable): what can be done about it
 * @action_name: (nullable): the action that does it
 */
void
drill_ack_form_say (DrillAckForm *self,
                    const char   *icon_name,
                    const char   *text,
                    const char   *button_label,
                    const char   *action_name)
{
  drill_ack_message_say (self->message, icon_name, text, button_label, action_name);
}

/**
 * drill_ack_form_set_busy:
 * @self: a form
 * @busy: whether what was typed is under way, and must not be changed
 */
void
drill_ack_form_set_busy (DrillAckForm *self,
                         gboolean      busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->fields, !busy);
}

/**
 * drill_ack_form_is_ready:
 * @self: a form
 *
 * Returns: whether there is all that the service asks for
 */
gboolean
drill_ack_form_is_ready (DrillAckForm *self)
{
  g_autofree char *actor = g_strstrip (g_strdup (gtk_editable_get_text (self->actor)));

  return self->verified || *actor != '\0';
}

static char *
dup_actor (DrillAckForm *self)
{
  return self->verified ? NULL : g_strstrip (g_strdup (gtk_editable_get_text (self->actor)));
}

/**
 * drill_ack_form_differs:
 * @self: a form
 *
 * Returns: whether something else is typed than what the operation has
 */
gboolean
drill_ack_form_differs (DrillAckForm *self)
{
  g_autofree char *actor = dup_actor (self);
  g_autofree char *reference = g_strstrip (g_strdup (gtk_editable_get_text (self->reference)));
  g_autofree char *notes = dup_notes (self);
  const char *before[] = {
    drill_ack_operation_get_actor (self->operation),
    drill_ack_operation_get_reference (self->operation),
    drill_ack_operation_get_notes (self->operation),
  };

  return (actor != NULL && g_strcmp0 (before[0], actor) != 0) ||
         g_strcmp0 (before[1] != NULL ? before[1] : "", reference) != 0 ||
         g_strcmp0 (before[2] != NULL ? before[2] : "", notes) != 0;
}

/**
 * drill_ack_form_apply:
 * @self: a form
 *
 * Gives the operation what was typed.
 */
void
drill_ack_form_apply (DrillAckForm *self)
{
  g_autofree char *actor = dup_actor (self);
  g_autofree char *notes = dup_notes (self);

  drill_ack_form_save_draft (self);
  drill_ack_operation_set_note (self->operation, actor, gtk_editable_get_text (self->reference), notes);
}

/**
 * drill_ack_form_recorded:
 * @self: a form
 *
 * What was typed is recorded: it is no draft any more, and its reference is
 * offered the next time.
 */
void
drill_ack_form_recorded (DrillAckForm *self)
{
  self->done = TRUE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  drill_ack_drafts_forget (self->settings, drill_ack_operation_get_state (self->operation));
  drill_ack_drafts_add_reference (self->settings, drill_ack_operation_get_reference (self->operation));
}

/**
 * drill_ack_form_save_draft:
 * @self: a form
 *
 * Keeps what was typed, whatever happens.
 */
void
drill_ack_form_save_draft (DrillAckForm *self)
{
  g_auto(DrillAckDraft) draft = { NULL };
  const char *actor = gtk_editable_get_text (self->actor);

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->done)
    return;

  draft.actor = g_strdup (g_strcmp0 (actor, self->offered_actor) != 0 ? actor : "");
  draft.reference = g_strdup (gtk_editable_get_text (self->reference));
  draft.notes = dup_notes (self);
  drill_ack_drafts_store (self->settings, drill_ack_operation_get_state (self->operation), &draft);
}

/**
 * drill_ack_form_get_n_to_send:
 * @self: a form
 *
 * Returns: on how many of the chosen routes it will be recorded, without those that are so already
 */
guint
drill_ack_form_get_n_to_send (DrillAckForm *self)
{
  return drill_ack_summary_count_to_send (self->operation);
}

/**
 * drill_ack_form_get_scrolled:
 * @self: a form
 *
 * Returns: (transfer none): what scrolls in it
 */
GtkScrolledWindow *
drill_ack_form_get_scrolled (DrillAckForm *self)
{
  return GTK_SCROLLED_WINDOW (adw_bin_get_child (ADW_BIN (self)));
}

/**
 * drill_ack_form_focus:
 * @self: a form
 *
 * Puts the cursor where one begins to type, behind what is typed already.
 */
void
drill_ack_form_focus (DrillAckForm *self)
{
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->reference));
  gtk_editable_set_position (self->reference, -1);
}
