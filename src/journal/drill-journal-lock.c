// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/drill-journal-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"
#include "journal/drill-journal-private.h"

/* How often to look, ms: an operation of others takes seconds. A thread that
 * waits within the system could not be told to give up. */
#define LOOK_MS 100

#define MAX_HOLDER 64

struct _DrillJournalLock {
  GObject  parent_instance;

  int      fd;
  gboolean is_new; /* nobody has ever held it */
};

G_DEFINE_FINAL_TYPE (DrillJournalLock, drill_journal_lock, G_TYPE_OBJECT)

typedef struct {
  char *origin;
} Wait;

static void
wait_free (Wait *wait)
{
  g_free (wait->origin);
  g_free (wait);
}

static gboolean
fail (GError     **error,
      int          code,
      const char  *what)
{
  g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "lock: %s: %s", what, g_strerror (code));

  return FALSE;
}

static void
drill_journal_lock_finalize (GObject *object)
{
  DrillJournalLock *self = DRILL_JOURNAL_LOCK (object);

  /* The file stays: who waits for it has it open */
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (drill_journal_lock_parent_class)->finalize (object);
}

static void
drill_journal_lock_class_init (DrillJournalLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_journal_lock_finalize;
}

static void
drill_journal_lock_init (DrillJournalLock *self)
{
  self->fd = -1;
}

static void
open_file (DrillJournalLock *self,
           const char       *path)
{
  const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

  self->fd = g_open (path, flags, 0);
  if (self->fd >= 0 || errno != ENOENT)
    return;

  self->fd = g_open (path, flags | O_CREAT | O_EXCL, 0600);
  self->is_new = self->fd >= 0;
  if (self->fd < 0 && errno == EEXIST)
    self->fd = g_open (path, flags, 0);
}

static char *
dup_name (const char *origin)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, origin, -1);

  return g_strdup_printf ("%.16s" DRILL_JOURNAL_LOCK_SUFFIX, digest);
}

DrillJournalLock *
drill_journal_lock_try (DrillJournal  *journal,
                        const char    *origin,
                        GError       **error)
{
  g_autoptr(DrillJournalLock) self = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  const char *directory;
  struct stat held, named;

  g_return_val_if_fail (DRILL_IS_JOURNAL (journal), NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  directory = drill_journal_make_directory (journal, error);
  if (directory == NULL)
    return NULL;

  self = g_object_new (DRILL_TYPE_JOURNAL_LOCK, NULL);
  name = dup_name (origin);
  path = g_build_filename (directory, name, NULL);
  open_file (self, path);
  if (self->fd < 0 || fstat (self->fd, &held) != 0)
    {
      fail (error, errno, path);
      return NULL;
    }
  if (!S_ISREG (held.st_mode) || held.st_uid != geteuid ())
    {
      fail (error, EPERM, path);
      return NULL;
    }

  while (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EINTR)
        continue;
      if (errno != EWOULDBLOCK)
        fail (error, errno, path);
      return NULL;
    }

  /* Somebody emptied the folder meanwhile: others would lock another file of that name. The next try finds it. */
  if (lstat (path, &named) != 0 || named.st_dev != held.st_dev || named.st_ino != held.st_ino)
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
look_cb (gpointer data)
{
  GTask *task = data;
  DrillJournal *journal = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  DrillJournalLock *lock;
  GError *error = NULL;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return G_SOURCE_REMOVE;
    }

  lock = drill_journal_lock_try (journal, wait->origin, &error);
  if (lock == NULL && error == NULL)
    return G_SOURCE_CONTINUE;

  if (lock != NULL)
    g_task_return_pointer (task, lock, g_object_unref);
  else
    g_task_return_error (task, error);

  return G_SOURCE_REMOVE;
}

static gboolean
wake_cb (GCancellable *cancellable,
         gpointer      data)
{
  return G_SOURCE_REMOVE;
}

void
drill_journal_lock_wait_async (DrillJournal        *journal,
                               const char          *origin,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GSource) look = NULL;
  Wait *wait;

  g_return_if_fail (DRILL_IS_JOURNAL (journal));
  g_return_if_fail (origin != NULL);

  task = g_task_new (journal, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_journal_lock_wait_async);
  /* look_cb() words it as one of our errors */
  g_task_set_check_cancellable (task, FALSE);
  wait = g_new0 (Wait, 1);
  wait->origin = g_strdup (origin);
  g_task_set_task_data (task, wait, (GDestroyNotify) wait_free);

  look = g_timeout_source_new (LOOK_MS);
  if (cancellable != NULL)
    {
      g_autoptr(GSource) wake = g_cancellable_source_new (cancellable);

      g_source_set_callback (wake, G_SOURCE_FUNC (wake_cb), NULL, NULL);
      g_source_add_child_source (look, wake);
    }
  g_source_set_static_name (look, "drill-journal lock");
  g_source_set_callback (look, look_cb, g_object_ref (task), g_object_unref);
  g_source_attach (look, g_task_get_context (task));
}

DrillJournalLock *
drill_journal_lock_wait_finish (DrillJournal  *journal,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, journal), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
drill_journal_lock_is_signed (DrillJournalLock *self,
                              const char       *holder)
{
  char last[MAX_HOLDER + 1];
  gssize n;

  g_return_val_if_fail (DRILL_IS_JOURNAL_LOCK (self), FALSE);
  g_return_val_if_fail (holder != NULL && *holder != '\0' && strlen (holder) <= MAX_HOLDER, FALSE);

  if (self->is_new)
    return TRUE;

  n = pread (self->fd, last, sizeof last, 0);

  return n == (gssize) strlen (holder) && memcmp (last, holder, (gsize) n) == 0;
}

gboolean
drill_journal_lock_sign (DrillJournalLock  *self,
                         const char        *holder,
                         GError           **error)
{
  gssize n;

  g_return_val_if_fail (DRILL_IS_JOURNAL_LOCK (self), FALSE);
  g_return_val_if_fail (holder != NULL && *holder != '\0' && strlen (holder) <= MAX_HOLDER, FALSE);

  self->is_new = FALSE;
  /* On a full disk it is nobody's, rather than that of who held it before */
  if (ftruncate (self->fd, 0) != 0)
    return fail (error, errno, "cannot write");

  do
    n = pwrite (self->fd, holder, strlen (holder), 0);
  while (n < 0 && errno == EINTR);
  if (n != (gssize) strlen (holder))
    g_debug ("the lock of a service cannot be signed; who holds it next reads everything again");

  return TRUE;
}
