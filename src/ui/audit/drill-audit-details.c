// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-audit-details.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/audit/drill-audit-facts.h"
#include "ui/audit/drill-audit-rows.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-json-pane.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-toast.h"

struct _DrillAuditDetails
{
  AdwBin           parent_instance;

  GtkStack        *stack;
  GtkLabel        *title_label;
  GtkLabel        *id_label;
  GtkStack        *pages;
  GtkWidget       *verdict_box;
  GtkImage        *verdict_icon;
  GtkLabel        *verdict_label;
  GtkLabel        *finding_label;
  GtkListBox      *fact_list;
  GtkWidget       *delivery_title;
  GtkListBox      *delivery_list;
  GtkListBox      *record_list;
  DrillJsonPane   *json_pane;
  GtkWidget       *export_button;

  DrillAuditEntry *entry;
  DrillAuditFacts *facts;
  gboolean         is_sample;
  GSettings       *settings;
  GCancellable    *reading; /* the facts of the entry */
  GCancellable    *cancellable;
};

enum {
  PROP_0,
  PROP_PACKAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DrillAuditDetails, drill_audit_details, ADW_TYPE_BIN)

static GQuark
item_quark (void)
{
  return g_quark_from_static_string ("drill-audit-item");
}

static void
add_delivery (DrillAuditDetails        *self,
              const DrillAuditDelivery *delivery)
{
  DrillEvidence *evidence = drill_audit_entry_get_evidence (self->entry);
  g_autofree char *time = drill_format_time_long (drill_evidence_get_items (evidence)[delivery->item].created_us);
  g_autofree char *summary = NULL;
  GtkWidget *row;
  guint n_failed = 0;

  for (guint i = 0; i < delivery->results->len; i++)
    {
      const DrillAuditResult *result = g_ptr_array_index (delivery->results, i);

      n_failed += g_str_equal (result->state, "failed");
    }

  /* Translators: how many took the package, of how many it was sent to */
  summary = g_strdup_printf (ngettext ("%u of %u destination reached", "%u of %u destinations reached",
                                       delivery->results->len),
                             delivery->results->len - n_failed, delivery->results->len);
  row = drill_audit_row_new (ADW_TYPE_EXPANDER_ROW, time, summary);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), drill_audit_state_new (delivery->state));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), n_failed > 0);

  for (guint i = 0; i < delivery->results->len; i++)
    {
      const DrillAuditResult *result = g_ptr_array_index (delivery->results, i);
      GtkWidget *child = drill_audit_row_new (ADW_TYPE_ACTION_ROW, result->provider, result->detail);

      adw_action_row_add_suffix (ADW_ACTION_ROW (child), drill_audit_state_new (result->state));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), child);
    }

  gtk_list_box_append (self->delivery_list, row);
}

static void
add_record (DrillAuditDetails *self,
            guint32            item_row)
{
  DrillEvidence *evidence = drill_audit_entry_get_evidence (self->entry);
  const DrillItem *item = &drill_evidence_get_items (evidence)[item_row];
  const char *state = item->state != DRILL_STATE_NONE
                      ? drill_evidence_get_text (evidence, DRILL_DICT_STATE, item->state)
                      : drill_result_get_state (item->result);
  const char *signer = drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, item->signer);
  g_autofree char *kind = drill_kind_dup_name (drill_evidence_get_text (evidence, DRILL_DICT_KIND, item->kind));
  g_autofree char *time = drill_format_time (item->created_us);
  g_autofree char *who = drill_text_one_line (signer);
  g_autofree char *subtitle = *who != '\0' ? g_strdup_printf ("%s · %s", time, who) : g_strdup (time);
  GtkWidget *row = drill_audit_row_new (ADW_TYPE_ACTION_ROW, kind, subtitle);

  if (state != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), drill_audit_state_new (state));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _("Show JSON"));
  g_object_set_qdata (G_OBJECT (row), item_quark (), GUINT_TO_POINTER (item_row));
  gtk_list_box_append (self->record_list, row);
}

static void
show_json (DrillAuditDetails *self,
           guint32            item_row)
{
  DrillEvidence *evidence = drill_audit_entry_get_evidence (self->entry);
  const DrillItem *item = &drill_evidence_get_items (evidence)[item_row];
  g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, item_row);
  g_autofree char *kind = drill_kind_dup_name (drill_evidence_get_text (evidence, DRILL_DICT_KIND, item->kind));
  g_autofree char *text = g_strconcat (self->is_sample ? "sample-" : "",
                                       drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->session_id), NULL);
  g_autofree char *name = drill_text_file_name (text);
  g_autofree char *file_name = g_strconcat (name, ".json", NULL);

  drill_json_pane_set_bytes (self->json_pane, bytes, kind, file_name);
}

static void
show_verdict (DrillAuditDetails *self)
{
  g_autofree char *findings = drill_audit_join_lines (self->facts->findings);
  const char *icon = "dialog-warning-symbolic";
  const char *css_class = "warning";
  const char *verdict = NULL;
  const char *detail = findings;

  gtk_widget_set_visible (self->verdict_box, drill_audit_entry_is_package (self->entry));
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "error");

  if (self->facts->package == NULL)
    {
      verdict = _("The package itself is not in the evidence");
      detail = _("Only what was done with it is. It may be in older evidence that was not loaded.");
    }
  else
    {
      switch (self->facts->verdict)
        {
        case DRILL_VERDICT_WHOLE:
          icon = "object-select-symbolic";
          css_class = "success";
          verdict = _("Whole: the audit id fits the content");
          if (*detail == '\0')
            detail = _("It was computed again from the routes, the filters and the author, and all counts agree.");
          break;
        case DRILL_VERDICT_ALTERED:
          icon = "dialog-error-symbolic";
          css_class = "error";
          verdict = _("Altered: something does not add up");
          break;
        case DRILL_VERDICT_NOT_A_PACKAGE:
        default:
          verdict = _("This cannot be read as an audit package");
          break;
        }
    }

  gtk_image_set_from_icon_name (self->verdict_icon, icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict_icon), css_class);
  gtk_label_set_label (self->verdict_label, verdict);
  gtk_label_set_label (self->finding_label, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->finding_label), *detail != '\0');
}

static void
show_facts (DrillAuditDetails *self)
{
  GPtrArray *facts = self->facts->facts;
  GPtrArray *deliveries = self->facts->deliveries;
  gboolean is_package = drill_audit_entry_is_package (self->entry);

  show_verdict (self);

  drill_audit_list_clear (self->fact_list);
  for (guint i = 0; i < facts->len; i++)
    {
      const DrillAuditFact *fact = g_ptr_array_index (facts, i);

      drill_audit_list_add_fact (self->fact_list, fact->name, fact->value);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fact_list), facts->len > 0);

  drill_audit_list_clear (self->delivery_list);
  for (guint i = 0; i < deliveries->len; i++)
    add_delivery (self, g_ptr_array_index (deliveries, i));
  if (deliveries->len == 0 && is_package)
    gtk_list_box_append (self->delivery_list,
                         drill_audit_row_new (ADW_TYPE_ACTION_ROW, _("Not delivered"),
                                  _("The evidence holds no delivery of this package.")));
  gtk_widget_set_visible (GTK_WIDGET (self->delivery_list), deliveries->len > 0 || is_package);
  gtk_widget_set_visible (self->delivery_title, deliveries->len > 0 || is_package);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "audit.export-package", self->facts->package != NULL);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(DrillAuditDetails) self = user_data;
  DrillAuditFacts *facts = drill_audit_facts_read_finish (DRILL_AUDIT_ENTRY (object), result, NULL);

  /* Another entry was selected meanwhile, or the window is gone. */
  if (facts == NULL)
    return;

  g_clear_pointer (&self->facts, drill_audit_facts_free);
  self->facts = facts;
  show_facts (self);
  gtk_stack_set_visible_child_name (self->stack, "entry");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PACKAGE]);
}

static void
record_activated_cb (DrillAuditDetails *self,
                     GtkListBoxRow     *row)
{
  show_json (self, GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (row), item_quark ())));
  gtk_stack_set_visible_child_name (self->pages, "json");
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(DrillAuditDetails) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (drill_file_save_finish (G_FILE (object), result, &error))
    text = g_strdup (_("Package exported"));
  else
    text = drill_file_save_dup_error_text (G_FILE (object), error);

  if (text != NULL)
    drill_toast_show (GTK_WIDGET (self), text);
}

typedef struct {
  DrillAuditDetails *details;
  GBytes            *package;
} Export;

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Export *export = user_data;
  g_autoptr(GFile) file = drill_file_dialog_save_finish (result, NULL);

  if (file != NULL)
    drill_file_save_bytes_async (file, export->package, export->details->cancellable,
                                 saved_cb, g_object_ref (export->details));

  g_object_unref (export->details);
  g_bytes_unref (export->package);
  g_free (export);
}

static void
export_package_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  DrillAuditDetails *self = DRILL_AUDIT_DETAILS (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *file_name = NULL;
  Export *export;

  if (self->facts == NULL || self->facts->package == NULL)
    return;

  text = g_strconcat (self->is_sample ? "sample-" : "", drill_audit_entry_get_id (self->entry), NULL);
  name = drill_text_file_name (text);
  file_name = g_strconcat (name, ".json", NULL);

  export = g_new0 (Export, 1);
  export->details = g_object_ref (self);
  export->package = g_bytes_ref (self->facts->package);
  drill_file_dialog_save_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Export Audit Package"), file_name,
                                DRILL_FILE_TYPE_JSON, self->settings, self->cancellable, chosen_cb, export);
}

static void
drill_audit_details_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PACKAGE:
      g_value_set_boxed (value, drill_audit_details_get_package (DRILL_AUDIT_DETAILS (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_audit_details_dispose (GObject *object)
{
  DrillAuditDetails *self = DRILL_AUDIT_DETAILS (object);

  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (drill_audit_details_parent_class)->dispose (object);
}

static void
drill_audit_details_finalize (GObject *object)
{
  DrillAuditDetails *self = DRILL_AUDIT_DETAILS (object);

  g_clear_object (&self->reading);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->entry);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->facts, drill_audit_facts_free);

  G_OBJECT_CLASS (drill_audit_details_parent_class)->finalize (object);
}

static void
drill_audit_details_class_init (DrillAuditDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DRILL_TYPE_JSON_PANE);

  object_class->get_property = drill_audit_details_get_property;
  object_class->dispose = drill_audit_details_dispose;
  object_class->finalize = drill_audit_details_finalize;

  properties[PROP_PACKAGE] =
    g_param_spec_boxed ("package", NULL, NULL, G_TYPE_BYTES,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-audit-details.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, title_label);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, id_label);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, pages);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, finding_label);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, fact_list);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, delivery_title);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, delivery_list);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, record_list);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, json_pane);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditDetails, export_button);
  gtk_widget_class_bind_template_callback (widget_class, record_activated_cb);

  gtk_widget_class_install_action (widget_class, "audit.export-package", NULL, export_package_cb);
}

static void
drill_audit_details_init (DrillAuditDetails *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_audit_details_new:
 *
 * Returns: (transfer floating): details of nothing yet
 */
GtkWidget *
drill_audit_details_new (void)
{
  return g_object_new (DRILL_TYPE_AUDIT_DETAILS, NULL);
}

/**
 * drill_audit_details_set_settings:
 * @self: details
 * @settings: (nullable): remembers the folder of exports
 */
void
drill_audit_details_set_settings (DrillAuditDetails *self,
                                  GSettings         *settings)
{
  g_return_if_fail (DRILL_IS_AUDIT_DETAILS (self));

  g_set_object (&self->settings, settings);
  drill_json_pane_set_settings (self->json_pane, settings);
}

/**
 * drill_audit_details_set_entry:
 * @self: details
 * @entry: (nullable): what to show
 * @is_sample: whether it is sample data, which file names then say
 *
 * Shows an entry. Its JSON is read in a worker thread; until then the entry
 * before it stays in sight.
 */
void
drill_audit_details_set_entry (DrillAuditDetails *self,
                               DrillAuditEntry   *entry,
                               gboolean           is_sample)
{
  g_autofree char *title = NULL;
  g_autofree char *id = NULL;
  GArray *items;

  g_return_if_fail (DRILL_IS_AUDIT_DETAILS (self));

  self->is_sample = is_sample;
  if (!g_set_object (&self->entry, entry))
    return;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  /* Until those of the entry are read, there is nothing to export or print */
  if (self->facts != NULL && self->facts->package != NULL)
    {
      g_clear_pointer (&self->facts->package, g_bytes_unref);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PACKAGE]);
    }
  if (entry == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }

  title = drill_audit_entry_dup_title (entry);
  id = drill_text_one_line (drill_audit_entry_get_id (entry));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->id_label, id);
  gtk_widget_set_visible (self->export_button, drill_audit_entry_is_package (entry));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "audit.export-package", FALSE);

  drill_audit_list_clear (self->record_list);
  items = drill_audit_entry_get_items (entry);
  for (guint i = 0; i < items->len; i++)
    add_record (self, g_array_index (items, guint32, i));
  show_json (self, drill_audit_entry_get_package (entry) != DRILL_NONE ? drill_audit_entry_get_package (entry)
                                                                       : g_array_index (items, guint32, 0));

  self->reading = g_cancellable_new ();
  drill_audit_facts_read_async (entry, self->reading, read_cb, g_object_ref (self));
}

/**
 * drill_audit_details_get_package:
 * @self: details
 *
 * Returns: (transfer none) (nullable): the audit package that is shown, byte for byte
 */
GBytes *
drill_audit_details_get_package (DrillAuditDetails *self)
{
  g_return_val_if_fail (DRILL_IS_AUDIT_DETAILS (self), NULL);

  return self->facts != NULL ? self->facts->package : NULL;
}
