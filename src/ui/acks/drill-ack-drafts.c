// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-drafts.h"

#include <string.h>

#define DRAFTS     "ack-drafts"
#define REFERENCES "recent-references"

#define MOST_REFERENCES 8
#define LONGEST_KEPT    (64 * 1024) /* bytes: settings are no place for a book */

void
drill_ack_draft_clear (DrillAckDraft *draft)
{
  g_clear_pointer (&draft->actor, g_free);
  g_clear_pointer (&draft->reference, g_free);
  g_clear_pointer (&draft->notes, g_free);
}

/**
 * drill_ack_drafts_load:
 * @settings: where they are kept
 * @state: which of them
 * @draft: (out caller-allocates): what was typed, empty texts if nothing was
 */
void
drill_ack_drafts_load (GSettings     *settings,
                       const char    *state,
                       DrillAckDraft *draft)
{
  g_autoptr(GVariant) drafts = g_settings_get_value (settings, DRAFTS);
  const char *actor = "";
  const char *reference = "";
  const char *notes = "";

  g_variant_lookup (drafts, state, "(&s&s&s)", &actor, &reference, &notes);
  draft->actor = g_strdup (actor);
  draft->reference = g_strdup (reference);
  draft->notes = g_strdup (notes);
}

static gboolean
is_empty (const DrillAckDraft *draft)
{
  return draft == NULL || (*draft->actor == '\0' && *draft->reference == '\0' && *draft->notes == '\0');
}

/**
 * drill_ack_drafts_store:
 * @settings: where they are kept
 * @state: which of them
 * @draft: (nullable): what was typed; nothing is kept of an empty one
 */
void
drill_ack_drafts_store (GSettings           *settings,
                        const char          *state,
                        const DrillAckDraft *draft)
{
  g_autoptr(GVariant) drafts = g_settings_get_value (settings, DRAFTS);
  g_autoptr(GVariant) changed = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (draft != NULL &&
      strlen (draft->actor) + strlen (draft->reference) + strlen (draft->notes) > LONGEST_KEPT)
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(sss)}"));
  g_variant_iter_init (&iter, drafts);
  while (g_variant_iter_next (&iter, "{&s@(sss)}", &key, &value))
    {
      if (!g_str_equal (key, state))
        g_variant_builder_add (&builder, "{s@(sss)}", key, value);
      g_variant_unref (value);
    }
  if (!is_empty (draft))
    g_variant_builder_add (&builder, "{s(sss)}", state, draft->actor, draft->reference, draft->notes);

  changed = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (!g_variant_equal (drafts, changed))
    g_settings_set_value (settings, DRAFTS, changed);
}

/**
 * drill_ack_drafts_forget:
 * @settings: where they are kept
 * @state: which of them has been recorded
 */
void
drill_ack_drafts_forget (GSettings  *settings,
                         const char *state)
{
  drill_ack_drafts_store (settings, state, NULL);
}

/**
 * drill_ack_drafts_get_references:
 * @settings: where they are kept
 *
 * Returns: (transfer full): the last references, the newest first
 */
char **
drill_ack_drafts_get_references (GSettings *settings)
{
  return g_settings_get_strv (settings, REFERENCES);
}

/**
 * drill_ack_drafts_add_reference:
 * @settings: where they are kept
 * @reference: one that was recorded
 */
void
drill_ack_drafts_add_reference (GSettings  *settings,
                                const char *reference)
{
  g_auto(GStrv) before = drill_ack_drafts_get_references (settings);
  g_autoptr(GStrvBuilder) builder = NULL;
  g_auto(GStrv) after = NULL;
  guint n = 1;

  if (reference == NULL || *reference == '\0' || strlen (reference) > LONGEST_KEPT)
    return;

  builder = g_strv_builder_new ();
  g_strv_builder_add (builder, reference);
  for (gsize i = 0; before[i] != NULL && n < MOST_REFERENCES; i++)
    if (!g_str_equal (before[i], reference))
      {
        g_strv_builder_add (builder, before[i]);
        n++;
      }

  after = g_strv_builder_end (builder);
  g_settings_set_strv (settings, REFERENCES, (const char *const *) after);
}
