// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"
#include "journal-fixture.h"

static DrillJournalEntry *
begin (JournalFixture *fixture,
       const char     *origin,
       GVariant       *operation)
{
  g_autoptr(GError) error = NULL;
  DrillJournalEntry *entry = drill_journal_begin (fixture->journal, origin, operation, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);

  return entry;
}

static void
append (DrillJournalEntry *entry,
        GVariant          *step)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_journal_entry_append (entry, step, &error));
  g_assert_no_error (error);
}

static void
assert_same (GVariant *a,
             GVariant *b)
{
  g_assert_cmpstr (g_variant_get_type_string (a), ==, g_variant_get_type_string (b));
  g_assert_true (g_variant_equal (a, b));
}

/* All that a form may hold comes back as it was */
static void
test_round_trip (JournalFixture *fixture,
                 gconstpointer   data)
{
  const char *notes = "two\nlines\r\n\t\"quoted\" 'single' \\back\\n <b>%s</b> \x01\x7f\u2028\u2029 "
                      "\u00e4\u05d0\u202e\U0001f512\U000e0041\ufeff end";
  g_autoptr(GVariant) operation = NULL, step = NULL, other = NULL, empty = NULL;
  g_autoptr(DrillJournalEntry) entry = NULL, claimed = NULL;
  g_autofree char *id = NULL;
  gint64 before = g_get_real_time (), begun_at;
  GPtrArray *steps;

  operation = g_variant_ref_sink (g_variant_new ("(sxa(ss)a{sv}d^ay)", notes, G_MININT64, NULL, NULL, 0.1, "bytes\n\xff'"));
  step = g_variant_ref_sink (g_variant_new ("(us@as)", G_MAXUINT, notes, g_variant_new_strv (&notes, 1)));
  other = g_variant_ref_sink (g_variant_new_parsed ("{'a': <@mas nothing>, '\\n': <[<1>, <'x'>]>}"));
  empty = g_variant_ref_sink (g_variant_new_string (""));

  entry = begin (fixture, ORIGIN, operation);
  append (entry, step);
  append (entry, other);
  append (entry, empty);
  id = g_strdup (drill_journal_entry_get_id (entry));
  begun_at = drill_journal_entry_get_begun_at (entry);
  g_assert_cmpint (begun_at, >=, before);
  g_assert_cmpint (begun_at, <=, g_get_real_time ());
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_finalize_object (g_steal_pointer (&entry));

  claimed = journal_fixture_claim_one (fixture);
  g_assert_cmpstr (drill_journal_entry_get_id (claimed), ==, id);
  g_assert_cmpint (drill_journal_entry_get_begun_at (claimed), ==, begun_at);
  g_assert_cmpstr (drill_journal_entry_get_origin (claimed), ==, ORIGIN);
  assert_same (drill_journal_entry_get_operation (claimed), operation);
  steps = drill_journal_entry_get_steps (claimed);
  g_assert_cmpuint (steps->len, ==, 3);
  assert_same (g_ptr_array_index (steps, 0), step);
  assert_same (g_ptr_array_index (steps, 1), other);
  assert_same (g_ptr_array_index (steps, 2), empty);
}

/* What somebody typed for an auditor is nobody else's to read, whatever the umask */
static void
test_permissions (JournalFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr(DrillJournalEntry) entry = NULL;
  g_autofree char *path = NULL, *name = NULL;
  struct stat info;
  mode_t mask = umask (0);

  entry = begin (fixture, ORIGIN, g_variant_new_string ("x"));
  umask (mask);

  path = journal_fixture_get_path (fixture);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->directory, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0700);

  name = g_path_get_basename (path);
  g_assert_true (g_str_has_suffix (name, ".journal"));
  g_assert_nonnull (strstr (name, drill_journal_entry_get_id (entry)));
}

static void
test_close_removes (JournalFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(DrillJournalEntry) entry = begin (fixture, ORIGIN, g_variant_new_string ("x"));
  g_autoptr(GPtrArray) names = NULL, entries = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_journal_entry_close (entry, &error));
  g_assert_no_error (error);
  names = journal_fixture_list (fixture);
  g_assert_cmpuint (names->len, ==, 0);
  entries = journal_fixture_claim (fixture);
  g_assert_cmpuint (entries->len, ==, 0);

  g_assert_true (drill_journal_entry_close (entry, &error));
  g_assert_false (drill_journal_entry_append (entry, g_variant_new_string ("late"), &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
}

/* Another window has it */
static void
test_held_in_process (JournalFixture *fixture,
                      gconstpointer   data)
{
  DrillJournalEntry *entry = begin (fixture, ORIGIN, g_variant_new_string ("x"));
  g_autoptr(DrillJournal) other = drill_journal_new (fixture->directory);
  g_autoptr(GPtrArray) none = drill_journal_claim (other, NULL, NULL);
  g_autoptr(GPtrArray) one = NULL, again = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_finalize_object (entry);

  one = drill_journal_claim (other, NULL, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  again = journal_fixture_claim (fixture);
  g_assert_cmpuint (again->len, ==, 0);
}

static void
test_origin_and_order (JournalFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(GPtrArray) ours = NULL, all = NULL;
  const char *origins[] = { ORIGIN, "https://other.example", ORIGIN, ORIGIN };

  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    g_object_unref (begin (fixture, origins[i], g_variant_new_uint32 (i)));

  ours = journal_fixture_claim (fixture);
  g_assert_cmpuint (ours->len, ==, 3);
  for (guint i = 1; i < ours->len; i++)
    g_assert_cmpint (drill_journal_entry_get_begun_at (g_ptr_array_index (ours, i - 1)), <=,
                     drill_journal_entry_get_begun_at (g_ptr_array_index (ours, i)));
  for (guint i = 0; i < ours->len; i++)
    g_assert_cmpstr (drill_journal_entry_get_origin (g_ptr_array_index (ours, i)), ==, ORIGIN);

  all = drill_journal_claim (fixture->journal, NULL, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (drill_journal_entry_get_origin (g_ptr_array_index (all, 0)), ==, "https://other.example");
}

static void
test_empty (JournalFixture *fixture,
            gconstpointer   data)
{
  g_autoptr(GPtrArray) entries = journal_fixture_claim (fixture);

  g_assert_cmpuint (entries->len, ==, 0);
  g_assert_false (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
}

/* A folder that cannot be: nothing may be sent then, and nothing is claimed to be empty */
static void
test_no_folder (JournalFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "journal", NULL);
  g_autoptr(DrillJournal) journal = drill_journal_new (below);
  g_autoptr(DrillJournal) no_folder = drill_journal_new (file);
  g_autoptr(DrillJournalEntry) entry = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;

  g_file_set_contents (file, "", 0, &error);
  g_assert_no_error (error);

  entry = drill_journal_begin (journal, ORIGIN, g_variant_new_string ("x"), &error);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_null (entry);
  g_clear_error (&error);

  entries = drill_journal_claim (no_folder, ORIGIN, &error);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_null (entries);
}

/* Somebody emptied the folder: what is appended then would be lost, and must not be thought kept */
static void
test_file_gone (JournalFixture *fixture,
                gconstpointer   data)
{
  g_autoptr(DrillJournalEntry) entry = begin (fixture, ORIGIN, g_variant_new_string ("x"));
  g_autofree char *path = journal_fixture_get_path (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (drill_journal_entry_append (entry, g_variant_new_string ("y"), &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (drill_journal_entry_close (entry, &error));
  g_assert_no_error (error);
}

/* Set aside, and not lost; what is beside it is claimed */
static void
test_broken (JournalFixture *fixture,
             gconstpointer   data)
{
  const char *const broken[] = {
    "",
    "something else\n",
    "drill-journal 1\n",
    "drill-journal 1\n('id', int64 1, '" ORIGIN "')\n",
    "drill-journal 1\n('id', int64 1, '" ORIGIN "')\n<'cut o",
    "drill-journal 1\n('id', int64 1, '" ORIGIN "')\nnonsense\n",
    "drill-journal 1\n('id', 'no time', '" ORIGIN "')\n<'x'>\n",
    "drill-journal 1\n('id', int64 1, '" ORIGIN "')\n<'x'>\n<nonsense>\n<'a step behind'>\n",
    "drill-journal 1\n('id', int64 1, '" ORIGIN "')\n<'x'>\n<'the last'> and more\n",
    "drill-journal 1\n('id', int64 1, '" ORIGIN "')\n<'\xff'>\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GPtrArray) entries = NULL, names = NULL;
      g_autofree char *path = NULL, *aside = NULL, *kept = NULL;
      g_autoptr(GError) error = NULL;

      g_object_unref (begin (fixture, ORIGIN, g_variant_new_string ("x")));
      path = journal_fixture_get_path (fixture);
      aside = g_strconcat (path, ".broken", NULL);
      journal_fixture_write (fixture, broken[i], -1);
      g_object_unref (begin (fixture, ORIGIN, g_variant_new_string ("whole")));

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "*set aside*");
      entries = journal_fixture_claim (fixture);
      g_test_assert_expected_messages ();
      g_assert_cmpuint (entries->len, ==, 1);
      g_assert_cmpstr (g_variant_get_string (drill_journal_entry_get_operation (g_ptr_array_index (entries, 0)), NULL),
                       ==, "whole");
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      g_file_get_contents (aside, &kept, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (kept, ==, broken[i]);

      g_assert_true (drill_journal_entry_close (g_ptr_array_index (entries, 0), &error));
      g_assert_cmpint (g_unlink (aside), ==, 0);
    }
}

/* What is not ours to understand stays where it is */
static void
test_not_ours (JournalFixture *fixture,
               gconstpointer   data)
{
  const char *later = "drill-journal 27\n[a form of tomorrow]\n";
  g_autoptr(GPtrArray) entries = NULL;
  g_autofree char *path = NULL, *link = NULL, *pipe = NULL, *folder = NULL, *moved = NULL, *text = NULL;

  g_object_unref (begin (fixture, ORIGIN, g_variant_new_string ("x")));
  path = journal_fixture_get_path (fixture);
  link = g_build_filename (fixture->directory, "link.journal", NULL);
  pipe = g_build_filename (fixture->directory, "pipe.journal", NULL);
  folder = g_build_filename (fixture->directory, "folder.journal", NULL);
  moved = g_build_filename (fixture->folder, "elsewhere", NULL);

  /* A link may lead anywhere, and a pipe would make us wait for ever */
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  g_assert_cmpint (symlink (moved, link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  entries = journal_fixture_claim (fixture);
  g_assert_cmpuint (entries->len, ==, 0);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (pipe, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_unlink (link) + g_unlink (pipe) + g_rmdir (folder), ==, 0);
  g_clear_pointer (&entries, g_ptr_array_unref);

  g_assert_cmpint (g_rename (moved, path), ==, 0);
  journal_fixture_write (fixture, later, -1);
  entries = journal_fixture_claim (fixture);
  g_assert_cmpuint (entries->len, ==, 0);
  text = journal_fixture_read (fixture);
  g_assert_cmpstr (text, ==, later);
}

/* Old ones that were never finished go away, one that is being made stays */
static void
test_leftovers (JournalFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *old = g_build_filename (fixture->directory, "1-old.journal.new", NULL);
  g_autofree char *fresh = g_build_filename (fixture->directory, "1-fresh.journal.new", NULL);
  struct utimbuf long_ago = { 1000000000, 1000000000 };
  g_autoptr(GPtrArray) entries = NULL;

  g_object_unref (begin (fixture, ORIGIN, g_variant_new_string ("x")));
  g_assert_true (g_file_set_contents (old, "drill-jour", -1, NULL));
  g_assert_true (g_file_set_contents (fresh, "drill-jour", -1, NULL));
  g_assert_cmpint (g_utime (old, &long_ago), ==, 0);

  entries = journal_fixture_claim (fixture);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

/* A filter may have any number of routes in it */
static void
test_large (JournalFixture *fixture,
            gconstpointer   data)
{
  const guint n = 100000;
  g_autoptr(GVariant) operation = NULL;
  g_autoptr(DrillJournalEntry) entry = NULL, claimed = NULL;
  g_autoptr(GTimer) timer = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(sa(sss))"));
  g_variant_builder_add (&builder, "s", "acknowledge");
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *schedule = g_strdup_printf ("schedule-%u", i);

      g_variant_builder_add (&builder, "(sss)", schedule, "pagerduty", "owner");
    }
  g_variant_builder_close (&builder);
  operation = g_variant_ref_sink (g_variant_builder_end (&builder));

  timer = g_timer_new ();
  entry = begin (fixture, ORIGIN, operation);
  g_test_message ("written in %.3f s", g_timer_elapsed (timer, NULL));
  g_timer_start (timer);
  for (guint i = 0; i < 100; i++)
    append (entry, g_variant_new ("(us)", i, "sent"));
  g_test_message ("100 steps in %.3f s", g_timer_elapsed (timer, NULL));
  g_assert_finalize_object (g_steal_pointer (&entry));

  g_timer_start (timer);
  claimed = journal_fixture_claim_one (fixture);
  g_test_message ("read in %.3f s", g_timer_elapsed (timer, NULL));
  assert_same (drill_journal_entry_get_operation (claimed), operation);
  g_assert_cmpuint (drill_journal_entry_get_steps (claimed)->len, ==, 100);
}

static void
add (const char *name,
     void      (*test) (JournalFixture *fixture,
                        gconstpointer   data))
{
  g_autofree char *path = g_strconcat ("/drill/journal/journal/", name, NULL);

  g_test_add (path, JournalFixture, NULL, journal_fixture_set_up, test, journal_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("round-trip", test_round_trip);
  add ("permissions", test_permissions);
  add ("close-removes", test_close_removes);
  add ("held-in-process", test_held_in_process);
  add ("origin-and-order", test_origin_and_order);
  add ("empty", test_empty);
  add ("no-folder", test_no_folder);
  add ("file-gone", test_file_gone);
  add ("broken", test_broken);
  add ("not-ours", test_not_ours);
  add ("leftovers", test_leftovers);
  add ("large", test_large);

  return g_test_run ();
}
