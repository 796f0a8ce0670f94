// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drill-test-server.h"
#include "session/drill-ack-operation.h"
#include "sources/drill-api-source.h"

#define DRILL_WRITE_NOW G_GINT64_CONSTANT (1780000000000000)
#define DRILL_WRITE_PROVIDERS 10

/* A service whose schedules have one plan each, with ten routes that are
 * delivered and outstanding; and what writes to it. */
typedef struct {
  DrillTestServer *server;
  guint n_routes;
  DrillApiSource *source;
  DrillLoader *loader;
  DrillJournal *journal;
  DrillClock *clock;
  DrillWriter *writer;
  char *directory; /* of the journal */
} DrillWriteFixture;

char              *drill_write_fixture_make_plan   (guint                  schedule,
                                                    const char            *plan_id,
                                                    const char            *created_at,
                                                    const char            *owner);
char              *drill_write_fixture_make_ack    (const char            *id,
                                                    guint                  route,
                                                    const char            *state,
                                                    const char            *actor,
                                                    const char            *reference,
                                                    const char            *created_at);
void               drill_write_fixture_set_up      (DrillWriteFixture     *self,
                                                    guint                  n_routes);
void               drill_write_fixture_tear_down   (DrillWriteFixture     *self);
/* As another process would: nothing is known of what was before */
void               drill_write_fixture_start       (DrillWriteFixture     *self,
                                                    const char            *url,
                                                    const char            *token);
void               drill_write_fixture_end         (DrillWriteFixture     *self);
/* It was the last to write: what it loads from now on is all there is */
void               drill_write_fixture_sign        (DrillWriteFixture     *self);
void               drill_write_fixture_load        (DrillWriteFixture     *self);

/* The schedule and provider of a route, by number */
char              *drill_write_fixture_schedule    (guint                  route);
char              *drill_write_fixture_provider    (guint                  route);

/* On the first routes, by number */
DrillAckOperation *drill_write_fixture_choose      (DrillWriteFixture     *self,
                                                    guint                  n_routes,
                                                    const char            *state);
/* The rows of a schedule and provider that are in the evidence */
GArray            *drill_write_fixture_find_rows   (DrillWriteFixture     *self,
                                                    guint                  route);
DrillAckOperation *drill_write_fixture_recover     (DrillWriteFixture     *self);
void               drill_write_fixture_no_pauses   (DrillAckOperation     *operation);
void               drill_write_fixture_run         (DrillAckOperation     *operation);
void               drill_write_fixture_check       (DrillAckOperation     *operation);
guint              drill_write_fixture_count_files (DrillWriteFixture     *self);
guint              drill_write_fixture_count_posts (DrillWriteFixture     *self);

/* Each of the first routes is on the service exactly once, and nothing else */
void               drill_write_fixture_assert_once (DrillWriteFixture     *self,
                                                    guint                  n_routes);
/* What the operation says is what the service has: what is recorded once, all else not at all */
void               drill_write_fixture_assert_told (DrillWriteFixture     *self,
                                                    DrillAckOperation     *operation);
