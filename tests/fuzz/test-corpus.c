// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib.h>
#include <stdint.h>

/* Without clang the seeds, and what fuzzing has found, are a regression test.
 * Files given as arguments are tried instead of them. */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);

  LLVMFuzzerTestOneInput ((const uint8_t *) text, length);
}

static void
add_file (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *test = g_strconcat ("/drill/fuzz/corpus/", name, NULL);

  g_test_add_data_func_full (test, g_strdup (path), test_file, g_free);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *corpus = NULL;
  g_autoptr(GDir) folder = NULL;
  g_autoptr(GError) error = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);

  for (int i = 1; i < argc; i++)
    add_file (argv[i]);

  corpus = g_test_build_filename (G_TEST_DIST, "corpus", NULL);
  folder = argc > 1 ? NULL : g_dir_open (corpus, 0, &error);
  g_assert_no_error (error);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (corpus, name, NULL);

      add_file (path);
    }

  return g_test_run ();
}
