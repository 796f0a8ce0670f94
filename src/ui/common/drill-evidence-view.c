// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-evidence-view.h"

typedef struct {
  DrillSession *session;
  GSignalGroup *session_signals;
  GSettings    *settings;
  gboolean      outdated; /* a snapshot came while nobody looked */
} DrillEvidenceViewPrivate;

enum {
  PROP_0,
  PROP_SESSION,
  PROP_SETTINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DrillEvidenceView, drill_evidence_view, ADW_TYPE_BIN)

static void
table_cb (DrillEvidenceView *self)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);

  priv->outdated = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    drill_evidence_view_catch_up (self);
}

static void
loading_cb (DrillEvidenceView *self)
{
  DrillEvidenceViewClass *klass = DRILL_EVIDENCE_VIEW_GET_CLASS (self);

  if (klass->loading_changed != NULL)
    klass->loading_changed (self);
}

static void
set_session (DrillEvidenceView *self,
             DrillSession      *session)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);

  if (!g_set_object (&priv->session, session))
    return;

  g_signal_group_set_target (priv->session_signals, session);
  table_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
set_settings (DrillEvidenceView *self,
              GSettings         *settings)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);
  DrillEvidenceViewClass *klass = DRILL_EVIDENCE_VIEW_GET_CLASS (self);

  if (!g_set_object (&priv->settings, settings))
    return;

  if (klass->settings_changed != NULL)
    klass->settings_changed (self, settings);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

static void
drill_evidence_view_map (GtkWidget *widget)
{
  drill_evidence_view_catch_up (DRILL_EVIDENCE_VIEW (widget));

  GTK_WIDGET_CLASS (drill_evidence_view_parent_class)->map (widget);
}

static void
drill_evidence_view_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  DrillEvidenceView *self = DRILL_EVIDENCE_VIEW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, drill_evidence_view_get_session (self));
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, drill_evidence_view_get_settings (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_evidence_view_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  DrillEvidenceView *self = DRILL_EVIDENCE_VIEW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_SETTINGS:
      set_settings (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_evidence_view_dispose (GObject *object)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (DRILL_EVIDENCE_VIEW (object));

  if (priv->session_signals != NULL)
    g_signal_group_set_target (priv->session_signals, NULL);
  g_clear_object (&priv->session_signals);
  g_clear_object (&priv->session);
  g_clear_object (&priv->settings);

  G_OBJECT_CLASS (drill_evidence_view_parent_class)->dispose (object);
}

static void
drill_evidence_view_class_init (DrillEvidenceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = drill_evidence_view_get_property;
  object_class->set_property = drill_evidence_view_set_property;
  object_class->dispose = drill_evidence_view_dispose;
  GTK_WIDGET_CLASS (klass)->map = drill_evidence_view_map;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, DRILL_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
drill_evidence_view_init (DrillEvidenceView *self)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);

  priv->session_signals = g_signal_group_new (DRILL_TYPE_SESSION);
  g_signal_group_connect_swapped (priv->session_signals, "notify::table", G_CALLBACK (table_cb), self);
  g_signal_group_connect_swapped (priv->session_signals, "notify::loading", G_CALLBACK (loading_cb), self);
}

/**
 * drill_evidence_view_get_session:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): whose evidence it shows
 */
DrillSession *
drill_evidence_view_get_session (DrillEvidenceView *self)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);

  g_return_val_if_fail (DRILL_IS_EVIDENCE_VIEW (self), NULL);

  return priv->session;
}

/**
 * drill_evidence_view_is_loading:
 * @self: a view
 *
 * Returns: whether evidence is still to come, so that what is not shown may yet be there
 */
gboolean
drill_evidence_view_is_loading (DrillEvidenceView *self)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);

  g_return_val_if_fail (DRILL_IS_EVIDENCE_VIEW (self), FALSE);

  return priv->session != NULL && drill_session_get_loading (priv->session) && !drill_session_get_complete (priv->session);
}

/**
 * drill_evidence_view_get_settings:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what remembers the folder of exports
 */
GSettings *
drill_evidence_view_get_settings (DrillEvidenceView *self)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);

  g_return_val_if_fail (DRILL_IS_EVIDENCE_VIEW (self), NULL);

  return priv->settings;
}

/**
 * drill_evidence_view_catch_up:
 * @self: a view
 *
 * Shows the current snapshot now, if it does not yet.
 */
void
drill_evidence_view_catch_up (DrillEvidenceView *self)
{
  DrillEvidenceViewPrivate *priv = drill_evidence_view_get_instance_private (self);

  g_return_if_fail (DRILL_IS_EVIDENCE_VIEW (self));

  if (!priv->outdated || priv->session == NULL)
    return;

  priv->outdated = FALSE;
  DRILL_EVIDENCE_VIEW_GET_CLASS (self)->update (self, drill_session_get_evidence (priv->session));
}

/**
 * drill_evidence_view_tell_again:
 * @self: a view
 *
 * Shows the same snapshot again, because times are told otherwise now; at once
 * if anybody can see it.
 */
void
drill_evidence_view_tell_again (DrillEvidenceView *self)
{
  g_return_if_fail (DRILL_IS_EVIDENCE_VIEW (self));

  table_cb (self);
}
