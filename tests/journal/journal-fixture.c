// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal-fixture.h"

#include <glib/gstdio.h>

void
journal_fixture_set_up (JournalFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("drill-journal-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->directory = g_build_filename (fixture->folder, "state", "journal", NULL);
  fixture->journal = drill_journal_new (fixture->directory);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_assert_cmpint (g_remove (path), ==, 0);
}

void
journal_fixture_tear_down (JournalFixture *fixture,
                           gconstpointer   data)
{
  g_assert_finalize_object (fixture->journal);
  remove_tree (fixture->folder);
  g_free (fixture->directory);
  g_free (fixture->folder);
}

/* The names in the journal's folder */
GPtrArray *
journal_fixture_list (JournalFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = g_dir_open (fixture->directory, 0, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));

  return names;
}

/* Of the one file there is */
char *
journal_fixture_get_path (JournalFixture *fixture)
{
  g_autoptr(GPtrArray) names = journal_fixture_list (fixture);

  g_assert_cmpuint (names->len, ==, 1);

  return g_build_filename (fixture->directory, g_ptr_array_index (names, 0), NULL);
}

char *
journal_fixture_read (JournalFixture *fixture)
{
  g_autofree char *path = journal_fixture_get_path (fixture);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* Over the one file there is */
void
journal_fixture_write (JournalFixture *fixture,
                       const char     *text,
                       gssize          length)
{
  g_autofree char *path = journal_fixture_get_path (fixture);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

GPtrArray *
journal_fixture_claim (JournalFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *entries = drill_journal_claim (fixture->journal, ORIGIN, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entries);

  return entries;
}

DrillJournalEntry *
journal_fixture_claim_one (JournalFixture *fixture)
{
  g_autoptr(GPtrArray) entries = journal_fixture_claim (fixture);

  g_assert_cmpuint (entries->len, ==, 1);

  return g_object_ref (g_ptr_array_index (entries, 0));
}
