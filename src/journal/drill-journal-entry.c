// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/drill-journal-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"

/*
 * A file is lines of text, each ended by \n: the version; id, time and origin
 * (a GVariant "(sxs)"); the operation; and a line for each step (both "v").
 * GVariant text has line breaks escaped, so that a value is always one line.
 */
#define VERSION_WORD "drill-journal "
#define VERSION_LINE VERSION_WORD "1\n"
#define HEAD_TYPE    "(sxs)"

/* The version and the head are within this, and so is known whose a file is before it is locked */
#define MAX_HEAD (64 * 1024)
#define MAX_FILE (256 * 1024 * 1024)

struct _DrillJournalEntry {
  GObject    parent_instance;

  char      *directory;
  char      *path;
  char      *id;
  char      *origin;
  gint64     begun_at;
  GVariant  *operation;
  GPtrArray *steps;

  int        fd;
  gint64     size;  /* bytes that hold; what is behind them was cut off while it was written */
  gboolean   torn;  /* there is something behind them */
};

G_DEFINE_FINAL_TYPE (DrillJournalEntry, drill_journal_entry, G_TYPE_OBJECT)

static gboolean
fail (GError     **error,
      int          code,
      const char  *what)
{
  g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "journal: %s: %s", what, g_strerror (code));

  return FALSE;
}

static gboolean
write_all (int          fd,
           const char  *data,
           gsize        length,
           gint64       offset,
           GError     **error)
{
  while (length > 0)
    {
      gssize n = pwrite (fd, data, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail (error, n < 0 ? errno : ENOSPC, "cannot write");

      data += n;
      offset += n;
      length -= (gsize) n;
    }

  return fsync (fd) == 0 || fail (error, errno, "cannot write to the disk");
}

/* At most @max bytes from the start; NULL when there are more or they cannot be read */
static char *
read_start (int       fd,
            gsize     max,
            gboolean  whole,
            gsize    *length)
{
  struct stat info;
  g_autofree char *data = NULL;
  gsize size, done = 0;

  if (fstat (fd, &info) != 0 || info.st_size < 0 || (whole && (guint64) info.st_size > max))
    return NULL;

  size = MIN ((gsize) info.st_size, max);
  data = g_try_malloc (size + 1);
  if (data == NULL)
    return NULL;

  while (done < size)
    {
      gssize n = pread (fd, data + done, size - done, (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      done += (gsize) n;
    }

  data[done] = '\0';
  *length = done;

  return g_steal_pointer (&data);
}

/* The next line that is ended, without its end, or NULL */
static const char *
next_line (const char **position,
           const char  *end,
           gsize       *length)
{
  const char *line = *position;
  const char *stop = memchr (line, '\n', (gsize) (end - line));

  if (stop == NULL)
    return NULL;

  *position = stop + 1;
  *length = (gsize) (stop - line);

  return line;
}

static GVariant *
parse_line (const GVariantType *type,
            const char         *line,
            gsize               length)
{
  GVariant *value;

  if (line == NULL || memchr (line, '\0', length) != NULL || !g_utf8_validate (line, (gssize) length, NULL))
    return NULL;

  value = g_variant_parse (type, line, line + length, NULL, NULL);

  return value != NULL ? g_variant_take_ref (value) : NULL;
}

static GVariant *
parse_boxed (const char *line,
             gsize       length)
{
  g_autoptr(GVariant) box = parse_line (G_VARIANT_TYPE_VARIANT, line, length);

  return box != NULL ? g_variant_get_variant (box) : NULL;
}

static GVariant *
parse_head (const char **position,
            const char  *end)
{
  gsize length = 0;
  const char *line = next_line (position, end, &length);

  if (line == NULL || length + 1 != strlen (VERSION_LINE) || memcmp (line, VERSION_LINE, length) != 0)
    return NULL;

  line = next_line (position, end, &length);

  return parse_line (G_VARIANT_TYPE (HEAD_TYPE), line, length);
}

/* Of a later program, which knows better what to do with it */
static gboolean
is_of_other_version (const char *data,
                     gsize       length)
{
  gsize word = strlen (VERSION_WORD);

  return length > word + 1 && memcmp (data, VERSION_WORD, word) == 0 &&
         g_ascii_isdigit (data[word]) &&
         strncmp (data, VERSION_LINE, strlen (VERSION_LINE)) != 0;
}

static void
append_boxed (GString  *text,
              GVariant *value)
{
  g_autoptr(GVariant) box = g_variant_ref_sink (g_variant_new_variant (value));

  g_variant_print_string (box, text, TRUE);
  g_string_append_c (text, '\n');
}

static void
take_head (DrillJournalEntry *self,
           GVariant          *head)
{
  g_variant_get (head, HEAD_TYPE, &self->id, &self->begun_at, &self->origin);
}

/* Whether all of it was understood, but for an end that was being written when the process died */
static gboolean
parse_file (DrillJournalEntry *self,
            const char        *data,
            gsize              length)
{
  const char *position = data, *end = data + length, *line;
  g_autoptr(GVariant) head = parse_head (&position, end);
  gsize n = 0;

  if (head == NULL)
    return FALSE;
  take_head (self, head);

  line = next_line (&position, end, &n);
  self->operation = parse_boxed (line, n);
  if (self->operation == NULL)
    return FALSE;
  self->size = position - data;

  while ((line = next_line (&position, end, &n)) != NULL)
    {
      GVariant *step = parse_boxed (line, n);

      if (step == NULL)
        {
          /* A disk that lost its power may have kept the length of the last
           * line and not its bytes. Text never has zeros in it. */
          if (position == end && memchr (line, '\0', n) != NULL)
            break;
          return FALSE;
        }

      g_ptr_array_add (self->steps, step);
      self->size = position - data;
    }

  self->torn = self->size < (gint64) length;

  return TRUE;
}

static void
set_aside (const char *directory,
           const char *path)
{
  g_autofree char *broken = g_strconcat (path, DRILL_JOURNAL_BROKEN_SUFFIX, NULL);

  if (g_rename (path, broken) != 0)
    {
      g_message ("journal: cannot set aside %s: %s", path, g_strerror (errno));
      return;
    }

  drill_journal_sync_directory (directory, NULL);
  g_message ("journal: %s cannot be read and was set aside", path);
}

/* Whether to go on with this file, seen before it is locked: to hold a lock, be it for a moment,
 * would hide the file from whoever looks for it at the same time */
static gboolean
is_for (const char *path,
        const char *origin)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  g_autofree char *data = NULL;
  g_autoptr(GVariant) head = NULL;
  const char *position, *found = NULL;
  gsize length = 0;

  if (fd < 0)
    return FALSE;
  data = read_start (fd, MAX_HEAD, FALSE, &length);
  close (fd);
  if (data == NULL || is_of_other_version (data, length))
    return FALSE;

  position = data;
  head = parse_head (&position, data + length);
  if (head == NULL || origin == NULL)
    return TRUE;

  g_variant_get (head, "(sx&s)", NULL, NULL, &found);

  return g_str_equal (found, origin);
}

static void
drill_journal_entry_finalize (GObject *object)
{
  DrillJournalEntry *self = DRILL_JOURNAL_ENTRY (object);

  /* The lock goes with it */
  if (self->fd >= 0)
    close (self->fd);

  g_free (self->directory);
  g_free (self->path);
  g_free (self->id);
  g_free (self->origin);
  g_clear_pointer (&self->operation, g_variant_unref);
  g_ptr_array_unref (self->steps);

  G_OBJECT_CLASS (drill_journal_entry_parent_class)->finalize (object);
}

static void
drill_journal_entry_class_init (DrillJournalEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_journal_entry_finalize;
}

static void
drill_journal_entry_init (DrillJournalEntry *self)
{
  self->fd = -1;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
}

int
drill_journal_claim_file (const char *path)
{
  struct stat held, named;
  int fd = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);

  if (fd < 0)
    return -1;

  /* Between opening and locking, whoever held it may have closed it, or
   * renamed it: then it is no longer what was found under that name. */
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 &&
      fstat (fd, &held) == 0 && S_ISREG (held.st_mode) && held.st_uid == geteuid () && held.st_nlink > 0 &&
      lstat (path, &named) == 0 && named.st_dev == held.st_dev && named.st_ino == held.st_ino)
    return fd;

  close (fd);

  return -1;
}

gboolean
drill_journal_sync_directory (const char  *directory,
                              GError     **error)
{
  int fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code;

  if (fd < 0)
    return fail (error, errno, directory);

  code = fsync (fd) == 0 ? 0 : errno;
  close (fd);

  /* Some file systems have nothing to do here */
  return code == 0 || code == EINVAL || fail (error, code, directory);
}

DrillJournalEntry *
drill_journal_entry_create (const char  *directory,
                            const char  *origin,
                            GVariant    *operation,
                            GError     **error)
{
  g_autoptr(DrillJournalEntry) self = g_object_new (DRILL_TYPE_JOURNAL_ENTRY, NULL);
  g_autoptr(GVariant) head = NULL;
  g_autoptr(GString) text = g_string_new (VERSION_LINE);
  g_autofree char *name = NULL;
  g_autofree char *new_path = NULL;

  self->directory = g_strdup (directory);
  self->id = g_uuid_string_random ();
  self->origin = g_strdup (origin);
  self->begun_at = g_get_real_time ();
  self->operation = g_variant_ref (operation);

  head = g_variant_ref_sink (g_variant_new (HEAD_TYPE, self->id, self->begun_at, origin));
  g_variant_print_string (head, text, TRUE);
  g_string_append_c (text, '\n');
  if (text->len > MAX_HEAD)
    {
      fail (error, ENAMETOOLONG, "the name of the service");
      return NULL;
    }
  append_boxed (text, operation);
  if (text->len > MAX_FILE)
    {
      fail (error, EFBIG, "cannot write");
      return NULL;
    }

  /* The time first, so that a folder lists them in order */
  name = g_strdup_printf ("%020" G_GINT64_FORMAT "-%s" DRILL_JOURNAL_SUFFIX, self->begun_at, self->id);
  self->path = g_build_filename (directory, name, NULL);
  new_path = g_strconcat (self->path, DRILL_JOURNAL_NEW_SUFFIX, NULL);

  self->fd = g_open (new_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0)
    {
      fail (error, errno, directory);
      return NULL;
    }
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      fail (error, errno, "cannot lock");
      g_unlink (new_path);
      return NULL;
    }
  if (!write_all (self->fd, text->str, text->len, 0, error))
    {
      g_unlink (new_path);
      return NULL;
    }
  if (g_rename (new_path, self->path) != 0)
    {
      fail (error, errno, directory);
      g_unlink (new_path);
      return NULL;
    }
  if (!drill_journal_sync_directory (directory, error))
    {
      g_unlink (self->path);
      return NULL;
    }
  self->size = (gint64) text->len;

  return g_steal_pointer (&self);
}

DrillJournalEntry *
drill_journal_entry_claim (const char *directory,
                           const char *name,
                           const char *origin)
{
  g_autoptr(DrillJournalEntry) self = NULL;
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *data = NULL;
  gsize length = 0;

  if (!is_for (path, origin))
    return NULL;

  self = g_object_new (DRILL_TYPE_JOURNAL_ENTRY, NULL);
  self->fd = drill_journal_claim_file (path);
  if (self->fd < 0)
    return NULL;
  self->directory = g_strdup (directory);
  self->path = g_steal_pointer (&path);

  data = read_start (self->fd, MAX_FILE, TRUE, &length);
  if (data == NULL || !parse_file (self, data, length))
    {
      set_aside (directory, self->path);
      return NULL;
    }

  /* A head that could not be read a moment ago, and can now, is not for sure ours */
  if (origin != NULL && !g_str_equal (self->origin, origin))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
drill_journal_entry_get_id (DrillJournalEntry *self)
{
  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (self), NULL);

  return self->id;
}

const char *
drill_journal_entry_get_origin (DrillJournalEntry *self)
{
  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (self), NULL);

  return self->origin;
}

gint64
drill_journal_entry_get_begun_at (DrillJournalEntry *self)
{
  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (self), 0);

  return self->begun_at;
}

GVariant *
drill_journal_entry_get_operation (DrillJournalEntry *self)
{
  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (self), NULL);

  return self->operation;
}

GPtrArray *
drill_journal_entry_get_steps (DrillJournalEntry *self)
{
  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (self), NULL);

  return self->steps;
}

gboolean
drill_journal_entry_append (DrillJournalEntry  *self,
                            GVariant           *step,
                            GError            **error)
{
  g_autoptr(GVariant) kept = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  struct stat info;

  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (self), FALSE);
  g_return_val_if_fail (step != NULL, FALSE);

  kept = g_variant_ref_sink (step);
  if (self->fd < 0)
    return fail (error, EBADF, "the operation has ended");

  /* Somebody emptied the folder: what is written now nobody would find */
  if (fstat (self->fd, &info) != 0 || info.st_nlink == 0)
    return fail (error, ENOENT, "the entry is gone");

  append_boxed (text, kept);
  if (self->size + (gint64) text->len > MAX_FILE)
    return fail (error, EFBIG, "cannot write");

  /* Half a line from before must not end up inside this one */
  if (self->torn && ftruncate (self->fd, self->size) != 0)
    return fail (error, errno, "cannot write");
  self->torn = TRUE;
  if (!write_all (self->fd, text->str, text->len, self->size, error))
    return FALSE;

  self->torn = FALSE;
  self->size += (gint64) text->len;
  g_ptr_array_add (self->steps, g_steal_pointer (&kept));

  return TRUE;
}

gboolean
drill_journal_entry_close (DrillJournalEntry  *self,
                           GError            **error)
{
  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (self), FALSE);

  if (self->fd < 0)
    return TRUE;

  /* While it is locked, so that nobody takes over what has ended */
  if (g_unlink (self->path) != 0 && errno != ENOENT)
    return fail (error, errno, "cannot remove an entry");

  close (self->fd);
  self->fd = -1;

  return drill_journal_sync_directory (self->directory, error);
}
