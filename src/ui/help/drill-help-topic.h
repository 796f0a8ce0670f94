// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrillHelpKind:
 * @DRILL_HELP_END: behind the last block
 * @DRILL_HELP_TEXT: a paragraph
 * @DRILL_HELP_HEADING: the title of what follows
 * @DRILL_HELP_COMMAND: what is typed into a terminal; not translated
 */
typedef enum {
  DRILL_HELP_END,
  DRILL_HELP_TEXT,
  DRILL_HELP_HEADING,
  DRILL_HELP_COMMAND,
} DrillHelpKind;

/**
 * DrillHelpBlock:
 * @kind: what it is
 * @text: (nullable): the text, to be translated unless it is a command
 */
typedef struct {
  DrillHelpKind  kind;
  const char    *text;
} DrillHelpBlock;

/**
 * DrillHelpTopic:
 * @id: what it is called in code
 * @title: its title, to be translated
 * @who: who asks for it or what about, to be translated
 * @blocks: what it says, up to %DRILL_HELP_END
 *
 * One page of the help.
 */
typedef struct {
  const char           *id;
  const char           *title;
  const char           *who;
  const DrillHelpBlock *blocks;
} DrillHelpTopic;

/**
 * drill_help_topics_get:
 * @n_topics: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_topics): all topics, in order
 */
const DrillHelpTopic *drill_help_topics_get    (guint                *n_topics);

/**
 * drill_help_topic_find:
 * @id: a name
 *
 * Returns: (transfer none) (nullable): the topic
 */
const DrillHelpTopic *drill_help_topic_find    (const char           *id);

/**
 * drill_help_block_get_text:
 * @block: a block
 *
 * Returns: (transfer none): its text in the person's language
 */
const char           *drill_help_block_get_text (const DrillHelpBlock *block);

/**
 * drill_help_topic_matches:
 * @topic: a topic
 * @search: (nullable): what is looked for
 *
 * Returns: whether all words of @search are in it, in any case
 */
gboolean              drill_help_topic_matches (const DrillHelpTopic *topic,
                                                const char           *search);

G_END_DECLS
