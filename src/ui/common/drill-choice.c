// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-choice.h"

#include "base/drill-text.h"

/* From here on the list has a search field of its own. */
#define MANY_VALUES 12

struct _DrillChoice
{
  AdwBin           parent_instance;

  GtkDropDown     *drop_down;
  char            *title;
  char            *all_label;
  char           **values;
  char            *value;
  DrillChoiceName  name;
  gboolean         filling;
};

G_DEFINE_FINAL_TYPE (DrillChoice, drill_choice, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_ALL_LABEL,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
dup_value_name (DrillChoice *self,
                const char  *value)
{
  return self->name != NULL ? self->name (value) : drill_text_one_line (value);
}

static void
fill (DrillChoice *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  guint n_values = g_strv_length (self->values);

  gtk_string_list_append (names, self->all_label != NULL ? self->all_label : "");
  for (guint i = 0; i < n_values; i++)
    {
      gtk_string_list_take (names, dup_value_name (self, self->values[i]));
      if (g_strcmp0 (self->values[i], self->value) == 0)
        selected = i + 1;
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_enable_search (self->drop_down, n_values >= MANY_VALUES);
  gtk_drop_down_set_selected (self->drop_down, selected);
  self->filling = FALSE;
}

static gboolean
is_among (const char *const *values,
          const char        *value)
{
  return value == NULL || g_strv_contains (values, value);
}

static void
selected_cb (DrillChoice *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);
  const char *value = NULL;

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (selected > 0 && selected <= g_strv_length (self->values))
    value = self->values[selected - 1];
  if (g_strcmp0 (value, self->value) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drill_choice_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DrillChoice *self = DRILL_CHOICE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ALL_LABEL:
      g_value_set_string (value, self->all_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_choice_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DrillChoice *self = DRILL_CHOICE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), self->title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, self->title != NULL ? self->title : "", -1);
      break;
    case PROP_ALL_LABEL:
      g_free (self->all_label);
      self->all_label = g_value_dup_string (value);
      fill (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_choice_finalize (GObject *object)
{
  DrillChoice *self = DRILL_CHOICE (object);

  g_free (self->title);
  g_free (self->all_label);
  g_free (self->value);
  g_strfreev (self->values);

  G_OBJECT_CLASS (drill_choice_parent_class)->finalize (object);
}

static void
drill_choice_class_init (DrillChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = drill_choice_get_property;
  object_class->set_property = drill_choice_set_property;
  object_class->finalize = drill_choice_finalize;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALL_LABEL] =
    g_param_spec_string ("all-label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DrillChoice::changed:
   *
   * Another value was chosen.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
drill_choice_init (DrillChoice *self)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->values = g_new0 (char *, 1);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, expression));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

/**
 * drill_choice_set_values:
 * @self: a choice
 * @values: (array zero-terminated=1): the values there are
 * @name: (nullable): what they are called; the values themselves when %NULL
 *
 * Offers these values. The value that is chosen stays so, and stays in the
 * list when it is not among them any more.
 */
void
drill_choice_set_values (DrillChoice       *self,
                         const char *const *values,
                         DrillChoiceName    name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) wanted = NULL;

  g_return_if_fail (DRILL_IS_CHOICE (self));
  g_return_if_fail (values != NULL);

  for (guint i = 0; values[i] != NULL; i++)
    g_strv_builder_add (builder, values[i]);
  if (!is_among (values, self->value))
    g_strv_builder_add (builder, self->value);
  wanted = g_strv_builder_end (builder);

  /* Another list closes the popover that somebody may be reading. */
  if (self->name == name && g_strv_equal ((const char *const *) wanted, (const char *const *) self->values))
    return;

  self->name = name;
  g_strfreev (self->values);
  self->values = g_steal_pointer (&wanted);
  fill (self);
}

/**
 * drill_choice_get_value:
 * @self: a choice
 *
 * Returns: (nullable): the value that is chosen, or %NULL for all
 */
const char *
drill_choice_get_value (DrillChoice *self)
{
  g_return_val_if_fail (DRILL_IS_CHOICE (self), NULL);

  return self->value;
}

/**
 * drill_choice_set_value:
 * @self: a choice
 * @value: (nullable): a value, or %NULL for all
 *
 * Chooses a value, as somebody would.
 */
void
drill_choice_set_value (DrillChoice *self,
                        const char  *value)
{
  g_return_if_fail (DRILL_IS_CHOICE (self));

  if (g_strcmp0 (value, self->value) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  if (!is_among ((const char *const *) self->values, value))
    {
      guint n_values = g_strv_length (self->values);

      self->values = g_renew (char *, self->values, n_values + 2);
      self->values[n_values] = g_strdup (value);
      self->values[n_values + 1] = NULL;
    }

  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * drill_choice_dup_name:
 * @self: a choice
 *
 * Returns: (transfer full) (nullable): what the value that is chosen is called, or %NULL for all
 */
char *
drill_choice_dup_name (DrillChoice *self)
{
  g_return_val_if_fail (DRILL_IS_CHOICE (self), NULL);

  return self->value != NULL ? dup_value_name (self, self->value) : NULL;
}
