// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"
#include "journal-fixture.h"
#include "journal/drill-journal-lock.h"

static DrillJournalLock *
take (JournalFixture *fixture,
      const char     *origin)
{
  g_autoptr(GError) error = NULL;
  DrillJournalLock *lock = drill_journal_lock_try (fixture->journal, origin, &error);

  g_assert_no_error (error);

  return lock;
}

static gboolean
sign (DrillJournalLock *lock,
      const char       *holder)
{
  g_autoptr(GError) error = NULL;
  gboolean was_holder = drill_journal_lock_is_signed (lock, holder);

  g_assert_true (drill_journal_lock_sign (lock, holder, &error));
  g_assert_no_error (error);

  return was_holder;
}

static void
test_one_holder (JournalFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr(DrillJournalLock) lock = take (fixture, ORIGIN);
  g_autoptr(DrillJournalLock) other = take (fixture, "https://elsewhere.example");
  g_autoptr(DrillJournal) same = drill_journal_new (fixture->directory);
  g_autoptr(DrillJournalLock) again = NULL;

  g_assert_nonnull (lock);
  g_assert_nonnull (other);
  g_assert_null (take (fixture, ORIGIN));
  g_assert_null (drill_journal_lock_try (same, ORIGIN, NULL));

  g_clear_object (&lock);
  again = drill_journal_lock_try (same, ORIGIN, NULL);
  g_assert_nonnull (again);
}

/* Nobody else reads it, and its name does not tell the service; it is no operation */
static void
test_file (JournalFixture *fixture,
           gconstpointer   data)
{
  g_autoptr(DrillJournalLock) lock = take (fixture, ORIGIN);
  g_autofree char *path = journal_fixture_get_path (fixture);
  g_autoptr(GPtrArray) entries = journal_fixture_claim (fixture);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  g_assert_null (strstr (path, "example"));
  g_assert_cmpuint (entries->len, ==, 0);

  /* Let go of, it stays: who waits has it open */
  g_clear_object (&lock);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* Whoever holds it next knows whether others did meanwhile */
static void
test_signed (JournalFixture *fixture,
             gconstpointer   data)
{
  g_autoptr(DrillJournalLock) lock = take (fixture, ORIGIN);

  /* Nobody ever has; who has held it and not signed has not written, and is not for sure alone */
  g_assert_true (drill_journal_lock_is_signed (lock, "a-window"));
  g_clear_object (&lock);
  lock = take (fixture, ORIGIN);
  g_assert_false (sign (lock, "a-window"));
  g_assert_true (sign (lock, "a-window"));
  g_clear_object (&lock);
  lock = take (fixture, ORIGIN);
  g_assert_true (sign (lock, "a-window"));
  g_clear_object (&lock);
  lock = take (fixture, ORIGIN);
  g_assert_false (sign (lock, "drillctl"));
  g_clear_object (&lock);
  lock = take (fixture, ORIGIN);
  g_assert_false (sign (lock, "a-window"));
  /* No more of the longer one is left */
  g_assert_false (sign (lock, "a"));
  g_assert_true (sign (lock, "a"));
}

/* The system lets go of it when the process dies */
static void
test_killed (JournalFixture *fixture,
             gconstpointer   data)
{
  int ready[2];
  char byte;
  pid_t child;
  g_autoptr(DrillJournalLock) lock = NULL;

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      DrillJournalLock *held = drill_journal_lock_try (fixture->journal, ORIGIN, NULL);

      if (held == NULL || write (ready[1], "x", 1) != 1)
        _exit (1);
      pause ();
      _exit (1);
    }

  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_null (take (fixture, ORIGIN));
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  lock = take (fixture, ORIGIN);
  g_assert_nonnull (lock);
  close (ready[0]);
  close (ready[1]);
}

/* Somebody emptied the folder: two that hold files of the same name would not exclude each other for long */
static void
test_removed (JournalFixture *fixture,
              gconstpointer   data)
{
  g_autoptr(DrillJournalLock) lock = take (fixture, ORIGIN);
  g_autofree char *path = journal_fixture_get_path (fixture);
  g_autoptr(DrillJournalLock) next = NULL;

  g_clear_object (&lock);
  g_assert_cmpint (g_unlink (path), ==, 0);
  next = take (fixture, ORIGIN);
  g_assert_nonnull (next);
  g_assert_null (take (fixture, ORIGIN));
}

/* What is no lock is not written to */
static void
test_no_file (JournalFixture *fixture,
              gconstpointer   data)
{
  g_autoptr(DrillJournalLock) lock = take (fixture, ORIGIN);
  g_autofree char *path = journal_fixture_get_path (fixture);
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autoptr(GError) link_error = NULL;
  g_autoptr(GError) folder_error = NULL;

  g_clear_object (&lock);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink (target, path), ==, 0);
  g_assert_null (drill_journal_lock_try (fixture->journal, ORIGIN, &link_error));
  g_assert_error (link_error, DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (drill_journal_lock_try (fixture->journal, ORIGIN, &folder_error));
  g_assert_error (folder_error, DRILL_ERROR, DRILL_ERROR_IO);
}

static void
result_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static DrillJournalLock *
wait_for (JournalFixture  *fixture,
          GAsyncResult   **result,
          GError         **error)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return drill_journal_lock_wait_finish (fixture->journal, *result, error);
}

static gboolean
let_go_cb (gpointer data)
{
  g_clear_object ((DrillJournalLock **) data);

  return G_SOURCE_REMOVE;
}

static void
test_wait (JournalFixture *fixture,
           gconstpointer   data)
{
  DrillJournalLock *held = take (fixture, ORIGIN);
  g_autoptr(DrillJournalLock) lock = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  drill_journal_lock_wait_async (fixture->journal, ORIGIN, NULL, result_cb, &result);
  g_idle_add (let_go_cb, &held);
  lock = wait_for (fixture, &result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lock);
  g_assert_null (held);
  g_assert_null (take (fixture, ORIGIN));
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (JournalFixture *fixture,
             gconstpointer   data)
{
  g_autoptr(DrillJournalLock) held = take (fixture, ORIGIN);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) at_once = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) same_error = NULL;

  drill_journal_lock_wait_async (fixture->journal, ORIGIN, cancellable, result_cb, &result);
  g_idle_add (cancel_cb, cancellable);
  g_assert_null (wait_for (fixture, &result, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);

  /* Also when it is free */
  g_clear_object (&held);
  drill_journal_lock_wait_async (fixture->journal, ORIGIN, cancellable, result_cb, &at_once);
  g_assert_null (wait_for (fixture, &at_once, &same_error));
  g_assert_error (same_error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
}

/* An answer that nobody fetches does not keep it */
static void
test_not_fetched (JournalFixture *fixture,
                  gconstpointer   data)
{
  GAsyncResult *result = NULL;
  g_autoptr(DrillJournalLock) lock = NULL;

  drill_journal_lock_wait_async (fixture->journal, ORIGIN, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (take (fixture, ORIGIN));
  g_object_unref (result);
  /* The task itself goes when its callback has returned */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  lock = take (fixture, ORIGIN);
  g_assert_nonnull (lock);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/drill/journal/journal-lock/" name, JournalFixture, NULL, journal_fixture_set_up, function, journal_fixture_tear_down)
  ADD ("one-holder", test_one_holder);
  ADD ("file", test_file);
  ADD ("signed", test_signed);
  ADD ("killed", test_killed);
  ADD ("removed", test_removed);
  ADD ("no-file", test_no_file);
  ADD ("wait", test_wait);
  ADD ("cancel", test_cancel);
  ADD ("not-fetched", test_not_fetched);
#undef ADD

  return g_test_run ();
}
