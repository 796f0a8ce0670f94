// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/drill-journal-private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"

/* After this a file that was not finished will not be, s */
#define LEFTOVER_AGE 3600

struct _DrillJournal {
  GObject  parent_instance;

  char    *directory;
};

G_DEFINE_FINAL_TYPE (DrillJournal, drill_journal, G_TYPE_OBJECT)

/* As g_mkdir_with_parents(), and on the disk: an entry is of no use in a
 * folder that is not there after a power cut */
static gboolean
make_directory (const char  *directory,
                GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (directory);

  if (g_file_test (directory, G_FILE_TEST_IS_DIR))
    return TRUE;

  if (!g_str_equal (parent, directory) && !make_directory (parent, error))
    return FALSE;

  if (g_mkdir (directory, 0700) == 0)
    return drill_journal_sync_directory (parent, error);
  if (errno == EEXIST && g_file_test (directory, G_FILE_TEST_IS_DIR))
    return TRUE;

  g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "journal: %s: %s", directory, g_strerror (errno));

  return FALSE;
}

/* What a process left that died before its operation had begun: nothing was
 * sent yet. One that is new may be about to be locked by who makes it. */
static void
sweep (const char *directory,
       const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  struct stat info;
  int fd;

  if (lstat (path, &info) != 0 || g_get_real_time () / G_USEC_PER_SEC - info.st_mtime < LEFTOVER_AGE)
    return;

  fd = drill_journal_claim_file (path);
  if (fd < 0)
    return;

  g_unlink (path);
  close (fd);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
drill_journal_finalize (GObject *object)
{
  DrillJournal *self = DRILL_JOURNAL (object);

  g_free (self->directory);

  G_OBJECT_CLASS (drill_journal_parent_class)->finalize (object);
}

static void
drill_journal_class_init (DrillJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_journal_finalize;
}

static void
drill_journal_init (DrillJournal *self)
{
}

DrillJournal *
drill_journal_new (const char *directory)
{
  DrillJournal *self = g_object_new (DRILL_TYPE_JOURNAL, NULL);

  g_return_val_if_fail (directory != NULL, NULL);

  self->directory = g_canonicalize_filename (directory, NULL);

  return self;
}

DrillJournal *
drill_journal_new_default (void)
{
  g_autofree char *directory = g_build_filename (g_get_user_state_dir (), "drill-console", "journal", NULL);

  return drill_journal_new (directory);
}

const char *
drill_journal_make_directory (DrillJournal  *self,
                              GError       **error)
{
  return make_directory (self->directory, error) ? self->directory : NULL;
}

DrillJournalEntry *
drill_journal_begin (DrillJournal  *self,
                     const char    *origin,
                     GVariant      *operation,
                     GError       **error)
{
  g_autoptr(GVariant) kept = NULL;

  g_return_val_if_fail (DRILL_IS_JOURNAL (self), NULL);
  g_return_val_if_fail (origin != NULL, NULL);
  g_return_val_if_fail (operation != NULL, NULL);

  kept = g_variant_ref_sink (operation);
  if (drill_journal_make_directory (self, error) == NULL)
    return NULL;

  return drill_journal_entry_create (self->directory, origin, kept, error);
}

GPtrArray *
drill_journal_claim (DrillJournal  *self,
                     const char    *origin,
                     GError       **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GDir) folder = NULL;
  g_autoptr(GError) problem = NULL;
  const char *found;

  g_return_val_if_fail (DRILL_IS_JOURNAL (self), NULL);

  entries = g_ptr_array_new_with_free_func (g_object_unref);
  folder = g_dir_open (self->directory, 0, &problem);
  if (folder == NULL)
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&entries);

      g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "journal: %s", problem->message);
      return NULL;
    }

  names = g_ptr_array_new_with_free_func (g_free);
  while ((found = g_dir_read_name (folder)) != NULL)
    {
      if (g_str_has_suffix (found, DRILL_JOURNAL_SUFFIX))
        g_ptr_array_add (names, g_strdup (found));
      else if (g_str_has_suffix (found, DRILL_JOURNAL_SUFFIX DRILL_JOURNAL_NEW_SUFFIX))
        sweep (self->directory, found);
    }
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      DrillJournalEntry *entry = drill_journal_entry_claim (self->directory, g_ptr_array_index (names, i), origin);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }

  return g_steal_pointer (&entries);
}
