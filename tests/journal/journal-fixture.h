// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal/drill-journal.h"

G_BEGIN_DECLS

#define ORIGIN "https://cavra.example"

/* A folder of its own, and a journal below it that does not exist yet */
typedef struct {
  char         *folder;
  char         *directory;
  DrillJournal *journal;
} JournalFixture;

void               journal_fixture_set_up      (JournalFixture    *fixture,
                                                gconstpointer      data);
void               journal_fixture_tear_down   (JournalFixture    *fixture,
                                                gconstpointer      data);
GPtrArray         *journal_fixture_list        (JournalFixture    *fixture);
char              *journal_fixture_get_path    (JournalFixture    *fixture);
char              *journal_fixture_read        (JournalFixture    *fixture);
void               journal_fixture_write       (JournalFixture    *fixture,
                                                const char        *text,
                                                gssize             length);
GPtrArray         *journal_fixture_claim       (JournalFixture    *fixture);
DrillJournalEntry *journal_fixture_claim_one   (JournalFixture    *fixture);

G_END_DECLS
