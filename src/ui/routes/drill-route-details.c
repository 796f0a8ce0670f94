// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-details.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-json-pane.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-label.h"
#include "ui/routes/drill-route-actions.h"
#include "ui/routes/drill-route-column.h"
#include "ui/routes/drill-route-timeline.h"

#define WIDTH 320 /* px */

/* A document of the route that can be read as JSON */
typedef struct {
  char    *title;
  guint32  item; /* the evidence item, or DRILL_NONE for the decision */
} Document;

struct _DrillRouteDetails
{
  GtkWidget parent_instance;

  DrillRouteList *list;
  GSettings      *settings;
  DrillEvidence  *evidence; /* of which the row is shown */
  guint32         row;      /* or DRILL_NONE */
  GArray         *documents_of_row;
  gboolean        filling;

  GtkWidget      *content;
  GtkLabel       *title;
  GtkLabel       *subtitle;
  GtkWidget      *switcher;
  GtkStack       *states;
  AdwStatusPage  *none;
  GtkStack       *pages;
  GtkBox         *notes;
  GtkGrid        *facts;
  GtkGrid        *timeline;
  GtkDropDown    *documents;
  AdwBin         *json_place; /* for a pane that is made with the first route */
  DrillRouteActions *actions;
};

G_DEFINE_FINAL_TYPE (DrillRouteDetails, drill_route_details, GTK_TYPE_WIDGET)

static void
document_clear (gpointer data)
{
  Document *document = data;

  g_free (document->title);
}

static void
empty (GtkWidget *container)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (container)) != NULL)
    {
      if (GTK_IS_GRID (container))
        gtk_grid_remove (GTK_GRID (container), child);
      else
        gtk_box_remove (GTK_BOX (container), child);
    }
}

/* Facts */

static void
add_fact (DrillRouteDetails *self,
          int               *line,
          const char        *name,
          const char        *text)
{
  GtkWidget *name_label;
  GtkWidget *text_label;

  if (text == NULL || *text == '\0' || g_str_equal (text, "–"))
    return;

  name_label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_label_set_yalign (GTK_LABEL (name_label), 0);
  gtk_label_set_wrap (GTK_LABEL (name_label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (name_label), 13);
  gtk_widget_add_css_class (name_label, "dim-label");

  text_label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (text_label), 0);
  drill_fit_wrap (GTK_LABEL (text_label));
  gtk_label_set_natural_wrap_mode (GTK_LABEL (text_label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (text_label), 24);
  gtk_label_set_selectable (GTK_LABEL (text_label), TRUE);
  gtk_widget_set_hexpand (text_label, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text_label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name_label, NULL, -1);

  gtk_grid_attach (self->facts, name_label, 0, *line, 1, 1);
  gtk_grid_attach (self->facts, text_label, 1, *line, 1, 1);
  (*line)++;
}

static void
add_column_fact (DrillRouteDetails *self,
                 int               *line,
                 const char        *name,
                 DrillRouteKey      key)
{
  g_autofree char *text = drill_route_column_dup_text (key, self->evidence, self->row,
                                                       drill_route_list_get_now (self->list));

  add_fact (self, line, name, text);
}

static void
add_text_fact (DrillRouteDetails *self,
               int               *line,
               const char        *name,
               DrillDict          dict,
               guint32            code)
{
  g_autofree char *text = drill_text_one_line (drill_evidence_get_text (self->evidence, dict, code));

  add_fact (self, line, name, text);
}

static void
add_state (DrillRouteDetails *self,
           int               *line)
{
  const char *state = drill_route_column_get_state (self->evidence, self->row);
  g_autofree char *text = drill_label_state (state);
  GtkWidget *name_label = gtk_label_new (_("State"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (drill_label_state_icon (state));
  const char *tone = drill_state_get_css_class (state);

  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_widget_add_css_class (name_label, "dim-label");
  if (tone != NULL)
    gtk_widget_add_css_class (image, tone);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), gtk_label_new (text));

  gtk_grid_attach (self->facts, name_label, 0, *line, 1, 1);
  gtk_grid_attach (self->facts, box, 1, *line, 1, 1);
  (*line)++;
}

static void
show_facts (DrillRouteDetails *self)
{
  DrillEvidence *evidence = self->evidence;
  guint32 plan_row = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[self->row];
  guint32 note_row = drill_evidence_get_route_column (evidence, DRILL_ROUTE_NOTE)[self->row];
  guint32 ack_row = drill_evidence_get_route_ack (evidence, self->row);
  const DrillPlan *plan = &drill_evidence_get_plans (evidence)[plan_row];
  g_autofree char *created = drill_format_time_long (plan->created_us);
  g_autofree char *next_due = NULL;
  g_autofree char *route_id = drill_evidence_dup_route_id (evidence, self->row);
  const char *next_due_text = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->next_due);
  int line = 0;

  empty (GTK_WIDGET (self->facts));

  add_state (self, &line);
  add_column_fact (self, &line, _("SLO"), DRILL_KEY_SLO);
  add_column_fact (self, &line, _("Recommended"), DRILL_KEY_RECOMMENDED);
  add_column_fact (self, &line, _("Schedule"), DRILL_KEY_SCHEDULE);
  add_column_fact (self, &line, _("Provider"), DRILL_KEY_PROVIDER);
  add_column_fact (self, &line, _("Owner"), DRILL_KEY_OWNER);
  add_column_fact (self, &line, _("Escalation owner"), DRILL_KEY_ESCALATION_OWNER);
  add_column_fact (self, &line, _("Action"), DRILL_KEY_ACTION);
  add_column_fact (self, &line, _("Category"), DRILL_KEY_CATEGORY);
  add_text_fact (self, &line, _("Reason"), DRILL_DICT_REASON,
                 drill_evidence_get_route_column (evidence, DRILL_ROUTE_REASON)[self->row]);
  if (note_row != DRILL_NONE)
    {
      const DrillRouteNote *note = &drill_evidence_get_route_notes (evidence)[note_row];

      add_text_fact (self, &line, _("Maintenance window"), DRILL_DICT_TEXT, note->window_id);
      add_text_fact (self, &line, _("Window reason"), DRILL_DICT_TEXT, note->window_reason);
      add_text_fact (self, &line, _("Owner availability"), DRILL_DICT_TEXT, note->availability_reason);
    }
  if (ack_row != DRILL_NONE)
    {
      const DrillAck *ack = &drill_evidence_get_acks (evidence)[ack_row];
      g_autofree char *at = drill_format_time_long (ack->created_us);

      add_text_fact (self, &line, _("By"), DRILL_DICT_ACTOR, ack->actor);
      add_fact (self, &line, _("At"), at);
      add_text_fact (self, &line, _("Reference"), DRILL_DICT_REFERENCE, ack->reference);
      add_text_fact (self, &line, _("Notes"), DRILL_DICT_TEXT, ack->notes);
    }
  add_column_fact (self, &line, _("Plan"), DRILL_KEY_PLAN);
  add_column_fact (self, &line, _("Alert level"), DRILL_KEY_ALERT);
  add_fact (self, &line, _("Created"), created);
  add_column_fact (self, &line, _("Age"), DRILL_KEY_AGE);
  if (*next_due_text != '\0')
    {
      next_due = drill_format_time_long (drill_time_parse (next_due_text, -1));
      add_fact (self, &line, _("Next drill due"), next_due);
    }
  add_fact (self, &line, _("Route ID"), route_id);
}

/* Notes: what a glance at the facts would get wrong */

static void
add_note (DrillRouteDetails *self,
          const char        *icon_name,
          const char        *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon_name);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "note");
  gtk_box_append (self->notes, box);
}

/* Another owner of the same plan whose route the same acknowledgement closes */
static char *
dup_other_owner (DrillRouteDetails *self)
{
  const guint32 *pairs = drill_evidence_get_route_column (self->evidence, DRILL_ROUTE_PAIR);
  const guint32 *owners = drill_evidence_get_route_column (self->evidence, DRILL_ROUTE_OWNER);
  const guint8 *flags = drill_evidence_get_route_flags (self->evidence);
  guint32 plan_row = drill_evidence_get_route_column (self->evidence, DRILL_ROUTE_PLAN)[self->row];
  const DrillPlan *plan = &drill_evidence_get_plans (self->evidence)[plan_row];

  if (pairs[self->row] == DRILL_NONE || !(flags[self->row] & DRILL_ROUTE_DELIVERED))
    return NULL;

  for (guint32 i = plan->first_route; i < plan->first_route + plan->n_routes; i++)
    if (i != self->row && pairs[i] == pairs[self->row] && owners[i] != owners[self->row] &&
        (flags[i] & DRILL_ROUTE_DELIVERED))
      return drill_text_one_line (drill_evidence_get_text (self->evidence, DRILL_DICT_OWNER, owners[i]));

  return NULL;
}

static void
show_notes (DrillRouteDetails *self)
{
  g_autofree char *other_owner = dup_other_owner (self);

  empty (GTK_WIDGET (self->notes));

  if (drill_evidence_route_predates (self->evidence, self->row))
    add_note (self, "dialog-warning-symbolic",
              _("The acknowledgement predates this plan: it was made before the plan existed, or for another plan. "
                "The service counts it all the same."));
  if (other_owner != NULL)
    {
      g_autofree char *text = NULL;

      /* Translators: %s is the name of an owner */
      text = g_strdup_printf (_("Shares its acknowledgement with %s: the service keeps one for each schedule and provider."),
                              other_owner);
      add_note (self, "dialog-information-symbolic", text);
    }
  if (!drill_evidence_is_current_route (self->evidence, self->row))
    add_note (self, "document-open-recent-symbolic", _("This route is of an older plan. A newer one has replaced it."));

  gtk_widget_set_visible (GTK_WIDGET (self->notes), gtk_widget_get_first_child (GTK_WIDGET (self->notes)) != NULL);
}

/* Timeline */

static void
show_timeline (DrillRouteDetails *self)
{
  g_autoptr(GArray) events = drill_route_timeline_read (self->evidence, self->row,
                                                        drill_route_list_get_now (self->list));

  empty (GTK_WIDGET (self->timeline));
  for (guint i = 0; i < events->len; i++)
    {
      const DrillRouteEvent *event = &g_array_index (events, DrillRouteEvent, i);
      g_autofree char *when = drill_format_time (event->at_us);
      GtkWidget *image = gtk_image_new_from_icon_name (event->icon_name);
      GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *title = gtk_label_new (event->title);
      GtkWidget *time = gtk_label_new (when);

      gtk_widget_set_valign (image, GTK_ALIGN_START);
      if (event->tone != NULL)
        gtk_widget_add_css_class (image, event->tone);
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_label_set_wrap (GTK_LABEL (title), TRUE);
      gtk_widget_set_hexpand (texts, TRUE);
      gtk_box_append (GTK_BOX (texts), title);
      if (event->detail != NULL && *event->detail != '\0')
        {
          GtkWidget *detail = gtk_label_new (event->detail);

          gtk_label_set_xalign (GTK_LABEL (detail), 0);
          drill_fit_wrap (GTK_LABEL (detail));
          gtk_widget_add_css_class (detail, "caption");
          gtk_widget_add_css_class (detail, "dim-label");
          gtk_box_append (GTK_BOX (texts), detail);
        }
      gtk_widget_set_valign (time, GTK_ALIGN_START);
      gtk_widget_add_css_class (time, "caption");
      gtk_widget_add_css_class (time, "dim-label");
      gtk_widget_add_css_class (time, "numeric");

      gtk_grid_attach (self->timeline, image, 0, (int) i, 1, 1);
      gtk_grid_attach (self->timeline, texts, 1, (int) i, 1, 1);
      gtk_grid_attach (self->timeline, time, 2, (int) i, 1, 1);
    }
}

/* JSON */

static DrillJsonPane *
get_json (DrillRouteDetails *self)
{
  if (adw_bin_get_child (self->json_place) == NULL)
    {
      GtkWidget *pane = drill_json_pane_new ();

      drill_json_pane_set_settings (DRILL_JSON_PANE (pane), self->settings);
      adw_bin_set_child (self->json_place, pane);
    }

  return DRILL_JSON_PANE (adw_bin_get_child (self->json_place));
}

static void
show_document (DrillRouteDetails *self)
{
  guint selected = gtk_drop_down_get_selected (self->documents);
  const Document *document;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *route_id = NULL;

  if (self->row == DRILL_NONE || selected >= self->documents_of_row->len)
    {
      if (adw_bin_get_child (self->json_place) != NULL)
        drill_json_pane_set_bytes (get_json (self), NULL, NULL, NULL);
      return;
    }

  document = &g_array_index (self->documents_of_row, Document, selected);
  route_id = drill_evidence_dup_route_id (self->evidence, self->row);
  bytes = document->item == DRILL_NONE ? drill_evidence_get_decision_bytes (self->evidence, self->row)
                                       : drill_evidence_get_item_bytes (self->evidence, document->item);
  drill_json_pane_set_bytes (get_json (self), bytes, document->title, route_id);
}

static void
document_selected_cb (DrillRouteDetails *self)
{
  if (!self->filling)
    show_document (self);
}

static void
add_document (DrillRouteDetails *self,
              GtkStringList     *titles,
              const char        *title,
              guint32            item)
{
  Document document = { g_strdup (title), item };

  gtk_string_list_append (titles, title);
  g_array_append_val (self->documents_of_row, document);
}

static void
show_documents (DrillRouteDetails *self)
{
  guint32 plan_row = drill_evidence_get_route_column (self->evidence, DRILL_ROUTE_PLAN)[self->row];
  guint32 plan_item = drill_evidence_get_plans (self->evidence)[plan_row].item;
  g_autoptr(GArray) items = drill_evidence_get_route_items (self->evidence, self->row);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  g_array_set_size (self->documents_of_row, 0);
  add_document (self, titles, _("Decision"), DRILL_NONE);
  if (plan_item != DRILL_NONE)
    add_document (self, titles, _("Plan"), plan_item);

  for (guint i = 0; i < items->len; i++)
    {
      guint32 number = g_array_index (items, guint32, i);
      const DrillItem *item = &drill_evidence_get_items (self->evidence)[number];
      g_autofree char *when = drill_format_time_exact (item->created_us);
      g_autofree char *title = NULL;

      if (number == plan_item)
        continue;
      if (item->ack != DRILL_NONE)
        /* Translators: a document, and when it was made */
        title = g_strdup_printf (_("Acknowledgement of %s"), when);
      else
        /* Translators: a document, and when it was made */
        title = g_strdup_printf (_("Delivery of %s"), when);
      add_document (self, titles, title, number);
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (self->documents, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->documents, 0);
  self->filling = FALSE;
  show_document (self);
}

/* What is shown */

static void
show_nothing (DrillRouteDetails *self,
              guint              n_selected)
{
  g_autofree char *title = NULL;

  self->row = DRILL_NONE;
  g_clear_pointer (&self->evidence, drill_evidence_unref);
  show_document (self);

  if (n_selected > 1)
    {
      title = g_strdup_printf (ngettext ("%'u Route Selected", "%'u Routes Selected", n_selected), n_selected);
      adw_status_page_set_description (self->none, _("Select a single one to see what happened to it."));
    }
  else
    {
      title = g_strdup (_("No Route Selected"));
      adw_status_page_set_description (self->none, _("Select a route to see what happened to it."));
    }
  adw_status_page_set_title (self->none, title);
  gtk_label_set_label (self->title, _("Details"));
  gtk_widget_hide (GTK_WIDGET (self->subtitle));
  gtk_widget_hide (self->switcher);
  gtk_stack_set_visible_child_name (self->states, "none");
}

static void
show_route (DrillRouteDetails *self,
            DrillEvidence     *evidence,
            guint32            row)
{
  gboolean other = self->evidence != evidence || self->row != row;
  g_autofree char *schedule = NULL;
  g_autofree char *provider = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *subtitle = NULL;
  gint64 now_us = drill_route_list_get_now (self->list);

  if (other)
    {
      g_autoptr(DrillEvidence) before = g_steal_pointer (&self->evidence);

      self->evidence = drill_evidence_ref (evidence);
      self->row = row;
    }

  schedule = drill_route_column_dup_text (DRILL_KEY_SCHEDULE, evidence, row, now_us);
  provider = drill_route_column_dup_text (DRILL_KEY_PROVIDER, evidence, row, now_us);
  owner = drill_route_column_dup_text (DRILL_KEY_OWNER, evidence, row, now_us);
  /* Translators: a provider and the owner it notifies, such as "slack to release-governance" */
  subtitle = g_strdup_printf (_("%s to %s"), provider, owner);
  gtk_label_set_label (self->title, schedule);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_show (GTK_WIDGET (self->subtitle));
  gtk_widget_show (self->switcher);

  show_notes (self);
  show_facts (self);
  show_timeline (self);
  if (other)
    show_documents (self);

  gtk_stack_set_visible_child_name (self->states, "one");
}

static void
update (DrillRouteDetails *self)
{
  DrillRouteSelection *selection = drill_route_list_get_selection (self->list);
  guint n_selected = drill_route_selection_get_n_selected (selection);
  g_autoptr(GArray) rows = NULL;

  if (n_selected != 1)
    {
      show_nothing (self, n_selected);
      return;
    }

  rows = drill_route_selection_get_rows (selection);
  show_route (self, drill_route_list_get_evidence (self->list), g_array_index (rows, guint32, 0));
}

/* Always of one width: what is selected must not make the window fold */
static void
drill_route_details_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  DrillRouteDetails *self = DRILL_ROUTE_DETAILS (widget);

  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (*minimum, WIDTH);
}

static void
drill_route_details_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  gtk_widget_size_allocate (DRILL_ROUTE_DETAILS (widget)->content, &(GtkAllocation) { 0, 0, width, height }, baseline);
}

static void
drill_route_details_dispose (GObject *object)
{
  DrillRouteDetails *self = DRILL_ROUTE_DETAILS (object);

  self->filling = TRUE;
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->evidence, drill_evidence_unref);
  g_clear_pointer (&self->documents_of_row, g_array_unref);
  g_clear_object (&self->settings);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (drill_route_details_parent_class)->dispose (object);
}

static void
drill_route_details_class_init (DrillRouteDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_route_details_dispose;
  widget_class->measure = drill_route_details_measure;
  widget_class->size_allocate = drill_route_details_size_allocate;

  g_type_ensure (DRILL_TYPE_ROUTE_ACTIONS);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-route-details.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, content);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, title);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, switcher);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, states);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, none);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, pages);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, notes);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, timeline);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, documents);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, json_place);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteDetails, actions);
  gtk_widget_class_bind_template_callback (widget_class, document_selected_cb);
  gtk_widget_class_set_css_name (widget_class, "routedetails");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
drill_route_details_init (DrillRouteDetails *self)
{
  self->row = DRILL_NONE;
  self->documents_of_row = g_array_new (FALSE, TRUE, sizeof (Document));
  g_array_set_clear_func (self->documents_of_row, document_clear);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_route_details_set_list:
 * @self: the details
 * @list: whose selection they follow; given once
 * @settings: remembers the folder that JSON is saved to
 */
void
drill_route_details_set_list (DrillRouteDetails *self,
                              DrillRouteList    *list,
                              GSettings         *settings)
{
  g_return_if_fail (self->list == NULL);

  self->list = g_object_ref (list);
  self->settings = g_object_ref (settings);
  drill_route_actions_set_list (self->actions, list);

  g_signal_connect_object (drill_route_list_get_selection (list), "selection-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "ticked", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * drill_route_details_get_row:
 * @self: the details
 *
 * Returns: the route that is shown, or %DRILL_NONE
 */
guint32
drill_route_details_get_row (DrillRouteDetails *self)
{
  return self->row;
}
