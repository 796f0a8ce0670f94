// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-view-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "ui/common/drill-file-save.h"

typedef struct {
  char     *folder;
  char     *path;
  GFile    *file;
  GError   *error;
  gboolean  done;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("drill-save-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "out.json", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_remove (fixture->path);
  g_assert_no_errno (g_rmdir (fixture->folder));
  g_clear_error (&fixture->error);
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Fixture *fixture = data;

  drill_file_save_finish (G_FILE (object), result, &fixture->error);
  fixture->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->done;
}

static void
save (Fixture         *fixture,
      DrillFileWriter  writer,
      gpointer         user_data,
      GCancellable    *cancellable)
{
  fixture->done = FALSE;
  drill_file_save_async (fixture->file, writer, user_data, NULL, cancellable, saved_cb, fixture);
  drill_test_wait (is_done, fixture, "saving");
}

static void
assert_content (Fixture    *fixture,
                const char *content)
{
  g_autoptr(GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  g_autofree char *text = NULL;
  guint n_files = 0;

  /* Nothing is ever left beside it. */
  while (g_dir_read_name (folder) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, content != NULL ? 1 : 0);

  if (content != NULL)
    {
      g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, content);
    }
}

static gboolean
write_text (GOutputStream  *stream,
            gpointer        user_data,
            GCancellable   *cancellable,
            GError        **error)
{
  return g_output_stream_printf (stream, NULL, cancellable, error, "%s", (const char *) user_data);
}

static gboolean
write_half (GOutputStream  *stream,
            gpointer        user_data,
            GCancellable   *cancellable,
            GError        **error)
{
  if (g_output_stream_write_all (stream, "half", 4, NULL, cancellable, error) &&
      g_output_stream_flush (stream, cancellable, error))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");

  return FALSE;
}

/* Somebody presses Cancel while it is written; the writer does not notice. */
static gboolean
write_cancelled (GOutputStream  *stream,
                 gpointer        user_data,
                 GCancellable   *cancellable,
                 GError        **error)
{
  if (!g_output_stream_write_all (stream, "half", 4, NULL, cancellable, error))
    return FALSE;
  g_cancellable_cancel (cancellable);

  return TRUE;
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  save (fixture, write_text, (gpointer) "one", NULL);
  g_assert_no_error (fixture->error);
  assert_content (fixture, "one");

  save (fixture, write_text, (gpointer) "two", NULL);
  g_assert_no_error (fixture->error);
  assert_content (fixture, "two");
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *words = NULL;

  save (fixture, write_half, NULL, NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_content (fixture, NULL);
  words = drill_file_save_dup_error_text (fixture->file, fixture->error);
  g_assert_cmpstr (words, ==, "“out.json” was not saved: the disk is full. Make room or choose another folder.");
  g_clear_error (&fixture->error);

  save (fixture, write_text, (gpointer) "former", NULL);
  save (fixture, write_half, NULL, NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_content (fixture, "former");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  save (fixture, write_text, (gpointer) "former", NULL);
  save (fixture, write_cancelled, NULL, cancellable);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (drill_file_save_dup_error_text (fixture->file, fixture->error));
  assert_content (fixture, "former");
}

static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (link);

  save (fixture, write_text, (gpointer) "former", NULL);
  g_assert_no_errno (g_chmod (fixture->path, 0600));
  g_assert_no_errno (symlink (fixture->path, link));

  g_set_object (&fixture->file, file);
  save (fixture, write_text, (gpointer) "new", NULL);
  g_assert_no_error (fixture->error);

  /* The link is still one, and what it points to kept its mode. */
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_no_errno (g_unlink (link));
  assert_content (fixture, "new");
  {
    GStatBuf info;

    g_assert_no_errno (g_stat (fixture->path, &info));
    g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  }
}

static void
test_not_a_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr(GFile) none = g_file_new_build_filename (fixture->folder, "none", "out.json", NULL);

  g_set_object (&fixture->file, folder);
  save (fixture, write_text, (gpointer) "x", NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&fixture->error);

  g_set_object (&fixture->file, none);
  save (fixture, write_text, (gpointer) "x", NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/drill/ui/file-save/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/drill/ui/file-save/failed", Fixture, NULL, set_up, test_failed, tear_down);
  g_test_add ("/drill/ui/file-save/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/drill/ui/file-save/link", Fixture, NULL, set_up, test_link, tear_down);
  g_test_add ("/drill/ui/file-save/not-a-file", Fixture, NULL, set_up, test_not_a_file, tear_down);

  return g_test_run ();
}
