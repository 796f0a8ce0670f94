// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"
#include "journal-fixture.h"

/* A process with an operation under way, that tells what it has done, and is killed */
typedef struct {
  pid_t pid;
  int   progress;  /* a byte for each step that is on the disk */
} Worker;

static Worker
start_worker (JournalFixture *fixture)
{
  Worker worker;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  worker.pid = fork ();
  g_assert_cmpint (worker.pid, >=, 0);
  if (worker.pid == 0)
    {
      DrillJournalEntry *entry;

      /* Should the test fail, and end, so does this */
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      close (ends[0]);
      entry = drill_journal_begin (fixture->journal, ORIGIN, g_variant_new_string ("work"), NULL);

      for (guint i = 0; entry != NULL; i++)
        if (!drill_journal_entry_append (entry, g_variant_new_uint32 (i), NULL) || write (ends[1], "x", 1) != 1)
          break;
      _exit (1);
    }

  close (ends[1]);
  worker.progress = ends[0];

  return worker;
}

static guint
wait_for_steps (Worker *worker,
                guint   n)
{
  char byte;

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (read (worker->progress, &byte, 1), ==, 1);

  return n;
}

/* Returns how many more steps it was told of */
static guint
kill_worker (Worker *worker)
{
  guint n = 0;
  char byte;
  int status;

  g_assert_cmpint (kill (worker->pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (worker->pid, &status, 0), ==, worker->pid);
  g_assert_true (WIFSIGNALED (status));
  while (read (worker->progress, &byte, 1) == 1)
    n++;
  close (worker->progress);

  return n;
}

/* Of two processes, the one that lives keeps what it works on; of the one that was killed, every
 * step that it was told is on the disk is there */
static void
test_killed (JournalFixture *fixture,
             gconstpointer   data)
{
  Worker worker = start_worker (fixture);
  guint n_told = wait_for_steps (&worker, 3);
  g_autoptr(GPtrArray) none = journal_fixture_claim (fixture);
  g_autoptr(DrillJournalEntry) entry = NULL;
  GPtrArray *steps;

  g_assert_cmpuint (none->len, ==, 0);
  n_told += kill_worker (&worker);

  entry = journal_fixture_claim_one (fixture);
  g_assert_cmpstr (g_variant_get_string (drill_journal_entry_get_operation (entry), NULL), ==, "work");
  steps = drill_journal_entry_get_steps (entry);
  g_assert_cmpuint (steps->len, >=, n_told);
  for (guint i = 0; i < steps->len; i++)
    g_assert_cmpuint (g_variant_get_uint32 (g_ptr_array_index (steps, i)), ==, i);
}

/* Many look for what was cut off, and one of them gets it */
static void
test_claimed_once (JournalFixture *fixture,
                   gconstpointer   data)
{
  enum { N_CLAIMERS = 8 };
  pid_t claimers[N_CLAIMERS];
  int start[2], done[2];
  guint n_claimed = 0;

  g_object_unref (drill_journal_begin (fixture->journal, ORIGIN, g_variant_new_string ("x"), NULL));
  g_assert_cmpint (pipe (start), ==, 0);
  g_assert_cmpint (pipe (done), ==, 0);

  for (guint i = 0; i < N_CLAIMERS; i++)
    {
      claimers[i] = fork ();
      g_assert_cmpint (claimers[i], >=, 0);
      if (claimers[i] == 0)
        {
          GPtrArray *entries;
          char byte;

          /* Should the test fail, and end, so do these */
          prctl (PR_SET_PDEATHSIG, SIGKILL);
          close (start[1]);
          close (done[0]);
          /* Both reads end when the parent closes its side */
          if (read (start[0], &byte, 1) != 0)
            _exit (1);
          entries = drill_journal_claim (fixture->journal, ORIGIN, NULL);
          byte = (char) (entries != NULL ? '0' + (int) entries->len : 'e');
          if (write (done[1], &byte, 1) != 1)
            _exit (1);
          pause ();
          _exit (0);
        }
    }
  close (start[0]);
  close (start[1]);
  close (done[1]);

  for (guint i = 0; i < N_CLAIMERS; i++)
    {
      char byte = 0;

      g_assert_cmpint (read (done[0], &byte, 1), ==, 1);
      g_assert_true (byte == '0' || byte == '1');
      n_claimed += byte == '1';
    }
  for (guint i = 0; i < N_CLAIMERS; i++)
    {
      g_assert_cmpint (kill (claimers[i], SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (claimers[i], NULL, 0), ==, claimers[i]);
    }
  close (done[0]);

  g_assert_cmpuint (n_claimed, ==, 1);
}

/* A program that is started meanwhile must not inherit the lock */
static void
test_not_inherited (JournalFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(DrillJournalEntry) entry = drill_journal_begin (fixture->journal, ORIGIN, g_variant_new_string ("x"), NULL);
  g_autoptr(DrillJournalEntry) claimed = NULL;
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) cat = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                   G_SUBPROCESS_FLAGS_INHERIT_FDS, &error, "cat", NULL);

  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&entry));
  claimed = journal_fixture_claim_one (fixture);
  g_assert_true (g_subprocess_communicate (cat, nothing, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* Cut anywhere in the last line, and everything before it holds; what comes next is appended behind that */
static void
test_torn (JournalFixture *fixture,
           gconstpointer   data)
{
  g_autoptr(DrillJournalEntry) entry = drill_journal_begin (fixture->journal, ORIGIN, g_variant_new_string ("x"), NULL);
  g_autofree char *whole = NULL;
  const char *second;

  g_assert_true (drill_journal_entry_append (entry, g_variant_new_string ("first"), NULL));
  g_assert_true (drill_journal_entry_append (entry, g_variant_new_string ("second \u00e4"), NULL));
  g_clear_object (&entry);
  whole = journal_fixture_read (fixture);
  second = strstr (whole, "<'second");
  g_assert_nonnull (second);

  for (gsize length = (gsize) (second - whole) + 1; length < strlen (whole); length++)
    {
      g_autoptr(DrillJournalEntry) claimed = NULL, again = NULL;
      g_autofree char *healed = NULL;
      GPtrArray *steps;

      journal_fixture_write (fixture, whole, (gssize) length);
      claimed = journal_fixture_claim_one (fixture);
      steps = drill_journal_entry_get_steps (claimed);
      g_assert_cmpuint (steps->len, ==, 1);
      g_assert_cmpstr (g_variant_get_string (g_ptr_array_index (steps, 0), NULL), ==, "first");

      g_assert_true (drill_journal_entry_append (claimed, g_variant_new_string ("third"), NULL));
      g_clear_object (&claimed);
      again = journal_fixture_claim_one (fixture);
      steps = drill_journal_entry_get_steps (again);
      g_assert_cmpuint (steps->len, ==, 2);
      g_assert_cmpstr (g_variant_get_string (g_ptr_array_index (steps, 1), NULL), ==, "third");
    }
}

/* After a power cut the length may be there, and the bytes not */
static void
test_zeros (JournalFixture *fixture,
            gconstpointer   data)
{
  g_autoptr(DrillJournalEntry) entry = drill_journal_begin (fixture->journal, ORIGIN, g_variant_new_string ("x"), NULL);
  const char *const ends[] = { "....", "....\n", "<'secon....\n" };
  g_autofree char *whole = NULL;

  g_assert_true (drill_journal_entry_append (entry, g_variant_new_string ("first"), NULL));
  g_clear_object (&entry);
  whole = journal_fixture_read (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr(GString) text = g_string_new (whole);
      g_autoptr(DrillJournalEntry) claimed = NULL;

      g_string_append (text, ends[i]);
      for (gsize j = strlen (whole); j < text->len; j++)
        if (text->str[j] == '.')
          text->str[j] = '\0';
      journal_fixture_write (fixture, text->str, (gssize) text->len);

      claimed = journal_fixture_claim_one (fixture);
      g_assert_cmpuint (drill_journal_entry_get_steps (claimed)->len, ==, 1);
    }
}

/* A full disk: what did not fit is refused, what was there holds, and when there is room it goes on */
static void
test_full_disk (JournalFixture *fixture,
                gconstpointer   data)
{
  g_autoptr(DrillJournalEntry) entry = drill_journal_begin (fixture->journal, ORIGIN, g_variant_new_string ("x"), NULL);
  g_autoptr(DrillJournalEntry) refused = NULL, claimed = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_autofree char *text = NULL, *blanks = g_strnfill (1000, ' ');
  struct rlimit room, little;
  GPtrArray *steps;

  g_assert_true (drill_journal_entry_append (entry, g_variant_new_string ("first"), &error));
  text = journal_fixture_read (fixture);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &room), ==, 0);
  little = room;
  little.rlim_cur = strlen (text) + 10;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  g_assert_false (drill_journal_entry_append (entry, g_variant_new_string ("does not fit"), &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_clear_error (&error);
  refused = drill_journal_begin (fixture->journal, ORIGIN, g_variant_new_string (blanks), &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_null (refused);
  g_clear_error (&error);

  /* Nothing half done is left */
  names = journal_fixture_list (fixture);
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpuint (drill_journal_entry_get_steps (entry)->len, ==, 1);

  g_assert_true (drill_journal_entry_append (entry, g_variant_new_string ("second"), &error));
  g_assert_no_error (error);
  g_clear_object (&entry);
  claimed = journal_fixture_claim_one (fixture);
  steps = drill_journal_entry_get_steps (claimed);
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_cmpstr (g_variant_get_string (g_ptr_array_index (steps, 0), NULL), ==, "first");
  g_assert_cmpstr (g_variant_get_string (g_ptr_array_index (steps, 1), NULL), ==, "second");
}

static void
add (const char *name,
     void      (*test) (JournalFixture *fixture,
                        gconstpointer   data))
{
  g_autofree char *path = g_strconcat ("/drill/journal/crash/", name, NULL);

  g_test_add (path, JournalFixture, NULL, journal_fixture_set_up, test, journal_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("killed", test_killed);
  add ("claimed-once", test_claimed_once);
  add ("not-inherited", test_not_inherited);
  add ("torn", test_torn);
  add ("zeros", test_zeros);
  add ("full-disk", test_full_disk);

  return g_test_run ();
}
