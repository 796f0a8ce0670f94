// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrillTestReply:
 * @status: HTTP status
 * @body: JSON, owned
 *
 * What is answered to a request.
 */
typedef struct {
  guint status;
  char *body;
} DrillTestReply;

char *drill_test_answer_history   (GPtrArray  *items,
                                   GHashTable *query,
                                   guint       max_limit);
char *drill_test_answer_dashboard (GPtrArray  *items);

void  drill_test_reply_refuse     (DrillTestReply *reply,
                                   guint           status,
                                   const char     *detail);
void  drill_test_reply_take       (DrillTestReply *reply,
                                   guint           status,
                                   char           *body);
void  drill_test_reply_clear      (DrillTestReply *reply);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillTestReply, drill_test_reply_clear)

G_END_DECLS
