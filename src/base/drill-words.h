// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/**
 * DRILL_WORDS:
 * @text: a literal
 *
 * Marks words for translation and is just them, in English: what rooms below `ui/` and `cli/` have to say that cannot be
 * told from an error code. Whoever shows them to a person translates them; programs read them as they are.
 */
#define DRILL_WORDS(text) (text)

/**
 * DrillTranslate:
 * @text: a text that is marked with DRILL_WORDS(), or any other
 *
 * Returns: the same in the language of the user; @text itself when it is not known
 */
typedef const char *(*DrillTranslate) (const char *text);
