// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrillJsonExact:
 *
 * A JSON document, or a part of one, with everything in it that a hash has to
 * see: integers of any size, `\u0000`, halves of surrogate pairs, and names that
 * are given twice (the last one counts, as in Python). json-glib loses these.
 * Parts belong to the document.
 */
typedef struct _DrillJsonExact DrillJsonExact;

/**
 * DrillJsonSpelling:
 * @DRILL_JSON_HASHED: as the service hashes it (contract section 8): what Python's `json.dumps` writes, where DEL is `\u007f`
 * @DRILL_JSON_HASHED_RAW_DEL: the same with DEL as it is, as the contract's words have it
 * @DRILL_JSON_READABLE: for json-glib: what it cannot read becomes U+FFFD, a float or null
 *
 * How a document is written.
 */
typedef enum {
  DRILL_JSON_HASHED,
  DRILL_JSON_HASHED_RAW_DEL,
  DRILL_JSON_READABLE,
} DrillJsonSpelling;

DrillJsonExact       *drill_json_exact_new         (GBytes                *bytes,
                                                    GError               **error);
void                  drill_json_exact_free        (DrillJsonExact        *self);
const DrillJsonExact *drill_json_exact_get_member  (const DrillJsonExact  *self,
                                                    const char            *name);
gboolean              drill_json_exact_is_object   (const DrillJsonExact  *self);
gboolean              drill_json_exact_has_repeated (const DrillJsonExact *self);
void                  drill_json_exact_append      (const DrillJsonExact  *self,
                                                    DrillJsonSpelling      spelling,
                                                    GString               *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillJsonExact, drill_json_exact_free)

G_END_DECLS
