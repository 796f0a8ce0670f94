// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/suppressions/drill-suppression-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-format.h"
#include "ui/common/drill-label.h"

/* More names than these are a number: the routes have them all. */
#define MAX_NAMES 8

struct _DrillSuppressionRow
{
  GtkListBoxRow  parent_instance;

  GtkImage      *icon;
  GtkLabel      *name_label;
  GtkLabel      *count_label;
  GtkLevelBar   *share_bar;
  GtkLabel      *share_label;
  GtkLabel      *members_labels[2];
  GtkLabel      *latest_label;

  char          *value;
};

G_DEFINE_FINAL_TYPE (DrillSuppressionRow, drill_suppression_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_names (DrillEvidence *evidence,
           DrillFacet     facet,
           GArray        *codes)
{
  DrillDict dict = drill_suppressions_get_dict (facet);
  g_autoptr(GString) names = g_string_new (NULL);
  guint n_codes = codes->len;

  for (guint i = 0; i < n_codes && i < MAX_NAMES; i++)
    {
      const char *text = drill_evidence_get_text (evidence, dict, g_array_index (codes, guint32, i));
      g_autofree char *name = drill_label_value (facet, text);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }

  if (n_codes > MAX_NAMES)
    /* Translators: a list of names, then how many more there are */
    return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_codes - MAX_NAMES),
                            names->str, n_codes - MAX_NAMES);

  return g_strdup (names->str);
}

static char *
dup_members (DrillEvidence *evidence,
             DrillFacet     facet,
             GArray        *codes)
{
  g_autofree char *names = dup_names (evidence, facet, codes);

  if (facet == DRILL_FACET_OWNER)
    /* Translators: %s is a list of names, here and in the next two */
    return g_strdup_printf (_("Owners: %s"), names);
  if (facet == DRILL_FACET_PROVIDER)
    return g_strdup_printf (_("Providers: %s"), names);

  return g_strdup_printf (_("Categories: %s"), names);
}

static const char *
get_icon_name (DrillFacet  by,
               const char *value)
{
  if (by == DRILL_FACET_OWNER)
    return "avatar-default-symbolic";
  if (by == DRILL_FACET_PROVIDER)
    return "mail-send-symbolic";
  if (by == DRILL_FACET_SCHEDULE)
    return "x-office-calendar-symbolic";

  return drill_label_category_icon (value);
}

static void
drill_suppression_row_finalize (GObject *object)
{
  g_free (DRILL_SUPPRESSION_ROW (object)->value);

  G_OBJECT_CLASS (drill_suppression_row_parent_class)->finalize (object);
}

static void
drill_suppression_row_class_init (DrillSuppressionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = drill_suppression_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-suppression-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionRow, share_bar);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionRow, share_label);
  gtk_widget_class_bind_template_child_full (widget_class, "owners_label", FALSE,
                                             G_STRUCT_OFFSET (DrillSuppressionRow, members_labels[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "providers_label", FALSE,
                                             G_STRUCT_OFFSET (DrillSuppressionRow, members_labels[1]));
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionRow, latest_label);
}

static void
drill_suppression_row_init (DrillSuppressionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* A share is neither good nor bad, whatever its size. */
  gtk_level_bar_remove_offset_value (self->share_bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->share_bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->share_bar, GTK_LEVEL_BAR_OFFSET_FULL);
}

/**
 * drill_suppression_row_new:
 *
 * Returns: (transfer floating): a row of nothing yet
 */
GtkWidget *
drill_suppression_row_new (void)
{
  return g_object_new (DRILL_TYPE_SUPPRESSION_ROW, NULL);
}

/**
 * drill_suppression_row_set_group:
 * @self: a row
 * @evidence: the snapshot that was counted
 * @by: what it was counted by
 * @group: the routes of one value of it
 * @n_suppressed: all suppressed routes
 */
void
drill_suppression_row_set_group (DrillSuppressionRow         *self,
                                 DrillEvidence               *evidence,
                                 DrillFacet                   by,
                                 const DrillSuppressionGroup *group,
                                 guint                        n_suppressed)
{
  double share = n_suppressed > 0 ? (double) group->n_routes / n_suppressed : 0.0;
  const char *value = drill_evidence_get_text (evidence, drill_suppressions_get_dict (by), group->code);
  g_autofree char *name = drill_label_value (by, value);
  g_autofree char *number = drill_format_count (group->n_routes);
  g_autofree char *routes = g_strdup_printf (ngettext ("%s route", "%s routes", group->n_routes), number);
  /* Translators: a share in per cent */
  g_autofree char *per_cent = g_strdup_printf (_("%.0f %%"), share * 100.0);
  g_autofree char *time = drill_format_time (group->latest_us);
  /* Translators: when the newest one was planned */
  g_autofree char *latest = g_strdup_printf (_("Latest: %s"), time);
  /* Translators: a category, owner, provider or schedule, a number of routes, a share in per cent */
  g_autofree char *all = g_strdup_printf (_("%s: %s, %s"), name, routes, per_cent);

  g_return_if_fail (DRILL_IS_SUPPRESSION_ROW (self));

  g_free (self->value);
  self->value = g_strdup (value);

  gtk_image_set_from_icon_name (self->icon, get_icon_name (by, value));
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->count_label, routes);
  gtk_level_bar_set_value (self->share_bar, share);
  gtk_label_set_label (self->share_label, per_cent);
  for (guint i = 0; i < G_N_ELEMENTS (self->members_labels); i++)
    {
      DrillFacet facet = drill_suppressions_get_member_facet (by, i);
      g_autofree char *members = dup_members (evidence, facet, group->members[i]);

      gtk_label_set_label (self->members_labels[i], members);
    }
  gtk_label_set_label (self->latest_label, latest);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Show These Routes"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

/**
 * drill_suppression_row_get_value:
 * @self: a row
 *
 * Returns: (nullable): the category, owner, provider or schedule, as the service has it
 */
const char *
drill_suppression_row_get_value (DrillSuppressionRow *self)
{
  g_return_val_if_fail (DRILL_IS_SUPPRESSION_ROW (self), NULL);

  return self->value;
}
