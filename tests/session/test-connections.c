// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-connections.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("drill-connections-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "connections.ini", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
write_text (Fixture    *fixture,
            const char *text)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_text (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (fixture->path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static DrillConnection *
make (const char *name,
      const char *url)
{
  g_autoptr(GError) error = NULL;
  DrillConnection *connection = drill_connection_new (NULL, name, url, NULL, NULL, FALSE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (connection);

  return connection;
}

static void
save (DrillConnections *connections,
      DrillConnection  *connection)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_connections_save (connections, connection, &error));
  g_assert_no_error (error);
}

static guint
count (DrillConnections *connections)
{
  return g_list_model_get_n_items (G_LIST_MODEL (connections));
}

static const char *
get_name (DrillConnections *connections,
          guint             i)
{
  g_autoptr(DrillConnection) connection = g_list_model_get_item (G_LIST_MODEL (connections), i);

  return connection != NULL ? drill_connection_get_name (connection) : NULL;
}

static void
test_connection (void)
{
  g_autoptr(DrillConnection) full = NULL, bare = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *here = g_canonicalize_filename ("ca.pem", NULL);

  full = drill_connection_new ("an-id", "  Prod\n\u202eEU ", " HTTPS://Cavra.Example:443/api/ ", "ca.pem", " mira ", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (drill_connection_get_id (full), ==, "an-id");
  g_assert_cmpstr (drill_connection_get_name (full), ==, "Prod  EU");
  g_assert_cmpstr (drill_connection_get_url (full), ==, "https://Cavra.Example/api");
  g_assert_cmpstr (drill_connection_get_origin (full), ==, "https://cavra.example");
  g_assert_cmpstr (drill_connection_get_ca_file (full), ==, here);
  g_assert_cmpstr (drill_connection_get_actor (full), ==, "mira");
  g_assert_true (drill_connection_get_read_only (full));

  bare = drill_connection_new (NULL, " ", "http://localhost:8080", "", "", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (g_uuid_string_is_valid (drill_connection_get_id (bare)));
  g_assert_cmpstr (drill_connection_get_name (bare), ==, "localhost");
  g_assert_cmpstr (drill_connection_get_origin (bare), ==, "http://localhost:8080");
  g_assert_null (drill_connection_get_ca_file (bare));
  g_assert_null (drill_connection_get_actor (bare));
}

/* A password in an address would end up in a file; nor is it quoted back */
static void
test_connection_refused (void)
{
  const char *const urls[] = {
    NULL, "", "cavra", "ftp://cavra.example", "https://", "https://user:s3cret@cavra.example", "https://s3cret@cavra.example",
    "https://cavra.example/?token=s3cret", "https://cavra.example/#s3cret",
  };
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_assert_null (drill_connection_new (NULL, "name", urls[i], NULL, NULL, FALSE, &error));
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
      g_assert_null (strstr (error->message, "s3cret"));
      g_clear_error (&error);
    }

  g_assert_null (drill_connection_new ("an]\nid", "name", "https://cavra.example", NULL, NULL, FALSE, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DrillConnections) connections = drill_connections_new (fixture->path);
  g_autoptr(DrillConnections) again = NULL;
  g_autoptr(DrillConnection) odd = NULL, last = make ("z", "https://z.example");
  g_autoptr(GError) error = NULL;
  DrillConnection *read;
  struct stat info;

  g_assert_no_error (drill_connections_get_error (connections));
  g_assert_cmpuint (count (connections), ==, 0);

  odd = drill_connection_new (NULL, "[a]=#; \u00e4\U0001f512\\n\\s", "https://b\u00fccher.example:1/\u00e4%20",
                              "/tmp/\xff;ca=.pem", "m\u00e5rten; # = []", TRUE, &error);
  g_assert_no_error (error);
  save (connections, odd);
  save (connections, last);

  again = drill_connections_new (fixture->path);
  g_assert_no_error (drill_connections_get_error (again));
  g_assert_cmpuint (count (again), ==, 2);
  read = drill_connections_find (again, drill_connection_get_id (odd));
  g_assert_nonnull (read);
  g_assert_cmpstr (drill_connection_get_name (read), ==, drill_connection_get_name (odd));
  g_assert_cmpstr (drill_connection_get_url (read), ==, drill_connection_get_url (odd));
  g_assert_cmpstr (drill_connection_get_ca_file (read), ==, "/tmp/\xff;ca=.pem");
  g_assert_cmpstr (drill_connection_get_actor (read), ==, "m\u00e5rten; # = []");
  g_assert_true (drill_connection_get_read_only (read));
  g_assert_true (drill_connections_find_name (again, "z") == drill_connections_find (again, drill_connection_get_id (last)));
  g_assert_null (drill_connections_find (again, "nobody"));
  g_assert_null (drill_connections_find_name (again, NULL));

  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0600);
}

typedef struct {
  guint n, position, removed, added;
} Changes;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Changes    *changes)
{
  changes->n++;
  changes->position = position;
  changes->removed = removed;
  changes->added = added;
}

static void
assert_changed (Changes *changes,
                guint    position,
                guint    removed,
                guint    added)
{
  g_assert_cmpuint (changes->n, ==, 1);
  g_assert_cmpuint (changes->position, ==, position);
  g_assert_cmpuint (changes->removed, ==, removed);
  g_assert_cmpuint (changes->added, ==, added);
  changes->n = 0;
}

/* The order stays, and a view is told no more than what changed */
static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(DrillConnections) connections = drill_connections_new (fixture->path);
  g_autoptr(DrillConnection) a = make ("a", "https://a.example"), b = make ("b", "https://b.example");
  g_autoptr(DrillConnection) c = make ("c", "https://c.example"), renamed = NULL, kept = NULL, before = NULL;
  g_autoptr(GError) error = NULL;
  Changes changes = { 0 };

  g_signal_connect (connections, "items-changed", G_CALLBACK (changed_cb), &changes);
  save (connections, c);
  assert_changed (&changes, 0, 0, 1);
  save (connections, a);
  assert_changed (&changes, 1, 0, 1);
  save (connections, b);
  assert_changed (&changes, 2, 0, 1);
  save (connections, b);
  g_assert_cmpuint (changes.n, ==, 0);

  before = g_list_model_get_item (G_LIST_MODEL (connections), 2);
  renamed = drill_connection_new (drill_connection_get_id (a), "a\u2032", "https://a.example", NULL, NULL, TRUE, NULL);
  save (connections, renamed);
  assert_changed (&changes, 1, 1, 1);
  g_assert_cmpstr (get_name (connections, 0), ==, "c");
  g_assert_cmpstr (get_name (connections, 1), ==, "a\u2032");
  g_assert_cmpstr (get_name (connections, 2), ==, "b");
  kept = g_list_model_get_item (G_LIST_MODEL (connections), 2);
  g_assert_true (kept == before);

  g_assert_true (drill_connections_remove (connections, drill_connection_get_id (c), &error));
  g_assert_no_error (error);
  assert_changed (&changes, 0, 1, 0);
  g_assert_true (drill_connections_remove (connections, drill_connection_get_id (c), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (changes.n, ==, 0);
  g_assert_cmpuint (count (connections), ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (connections), 2));
}

/* Forgetting one must not take the other's token */
static void
test_shares_origin (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DrillConnections) connections = drill_connections_new (fixture->path);
  g_autoptr(DrillConnection) a = make ("a", "https://cavra.example/one"), b = make ("b", "https://CAVRA.example:443/two");
  g_autoptr(DrillConnection) c = make ("c", "https://cavra.example:8443/one"), d = make ("d", "http://cavra.example/one");

  save (connections, a);
  save (connections, c);
  save (connections, d);
  g_assert_false (drill_connections_shares_origin (connections, a));
  g_assert_true (drill_connections_shares_origin (connections, b));
  save (connections, b);
  g_assert_true (drill_connections_shares_origin (connections, a));
  g_assert_false (drill_connections_shares_origin (connections, c));
}

static const char by_hand[] =
  "# by hand\n"
  "[Connection one]\n"
  "Name=One\n"
  "URL=https://one.example\n"
  "# tomorrow's\n"
  "Colour=blue\n"
  "\n"
  "[Window]\n"
  "Width=3\n"
  "\n"
  "[Connection bad]\n"
  "Name=Bad\n"
  "URL=https://user:password@bad.example\n"
  "\n"
  "[Connection two]\n"
  "URL=https://two.example\n"
  "ReadOnly=yes, please\n";

/* What is not ours, or of a later version, or cannot be used, survives what is changed here */
static void
test_by_hand (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(DrillConnections) connections = NULL;
  g_autoptr(DrillConnection) one = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  write_text (fixture, by_hand);
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "*Connection bad*left out*");
  connections = drill_connections_new (fixture->path);
  g_test_assert_expected_messages ();
  g_assert_no_error (drill_connections_get_error (connections));
  g_assert_cmpuint (count (connections), ==, 2);
  g_assert_cmpstr (get_name (connections, 0), ==, "One");
  g_assert_cmpstr (get_name (connections, 1), ==, "two.example");
  /* In doubt, nothing is written */
  g_assert_true (drill_connection_get_read_only (drill_connections_find (connections, "two")));
  g_assert_false (drill_connection_get_read_only (drill_connections_find (connections, "one")));

  one = drill_connection_new ("one", "Eins", "https://one.example", NULL, "mira", FALSE, NULL);
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "*Connection bad*left out*");
  save (connections, one);
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "*Connection bad*left out*");
  g_assert_true (drill_connections_remove (connections, "two", &error));
  g_test_assert_expected_messages ();

  text = read_text (fixture);
  g_assert_nonnull (strstr (text, "# by hand\n"));
  g_assert_nonnull (strstr (text, "# tomorrow's\nColour=blue\n"));
  g_assert_nonnull (strstr (text, "[Window]\nWidth=3\n"));
  g_assert_nonnull (strstr (text, "[Connection bad]\nName=Bad\n"));
  g_assert_nonnull (strstr (text, "Name=Eins\n"));
  g_assert_null (strstr (text, "[Connection two]"));
}

/* A file that is not understood is not written over */
static void
test_broken (Fixture       *fixture,
             gconstpointer  data)
{
  const char *broken = "[Connection one]\nURL=https://one.example\n<<<<<<< mine\n";
  g_autoptr(DrillConnection) new_one = make ("new", "https://new.example");
  g_autoptr(DrillConnections) connections = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  write_text (fixture, broken);
  connections = drill_connections_new (fixture->path);
  g_assert_error (drill_connections_get_error (connections), DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
  g_assert_cmpuint (count (connections), ==, 0);

  g_assert_false (drill_connections_save (connections, new_one, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (drill_connections_remove (connections, "one", &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_cmpuint (count (connections), ==, 0);
  text = read_text (fixture);
  g_assert_cmpstr (text, ==, broken);

  /* Once it is mended, it works again */
  write_text (fixture, "[Connection one]\nURL=https://one.example\n");
  save (connections, new_one);
  g_assert_no_error (drill_connections_get_error (connections));
  g_assert_cmpuint (count (connections), ==, 2);
}

static void
test_other_process (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(DrillConnections) here = drill_connections_new (fixture->path);
  g_autoptr(DrillConnections) there = drill_connections_new (fixture->path);
  g_autoptr(DrillConnection) a = make ("a", "https://a.example"), b = make ("b", "https://b.example");

  save (here, a);
  save (there, b);
  g_assert_cmpuint (count (there), ==, 2);
  g_assert_cmpuint (count (here), ==, 1);
  g_assert_true (drill_connections_remove (here, drill_connection_get_id (a), NULL));
  g_assert_cmpuint (count (here), ==, 1);
  g_assert_cmpstr (get_name (here, 0), ==, "b");
}

/* The list is as before, and so is the disk */
static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *below = g_build_filename (fixture->path, "connections.ini", NULL);
  g_autoptr(DrillConnections) connections = NULL;
  g_autoptr(DrillConnection) a = make ("a", "https://a.example");
  g_autoptr(GError) error = NULL;

  write_text (fixture, "a file, not a folder");
  connections = drill_connections_new (below);
  g_assert_false (drill_connections_save (connections, a, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_cmpuint (count (connections), ==, 0);
}

/* Settings that are kept elsewhere, and linked to */
static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "elsewhere.ini", NULL);
  g_autoptr(DrillConnections) connections = NULL, elsewhere = NULL;
  g_autoptr(DrillConnection) a = make ("a", "https://a.example");

  g_assert_true (g_file_set_contents (target, "", 0, NULL));
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  connections = drill_connections_new (fixture->path);
  save (connections, a);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  elsewhere = drill_connections_new (target);
  g_assert_cmpuint (count (elsewhere), ==, 1);
}

static void
test_new_folder (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "new", NULL);
  g_autofree char *path = g_build_filename (folder, "connections.ini", NULL);
  g_autoptr(DrillConnections) connections = drill_connections_new (path);
  g_autoptr(DrillConnection) a = make ("a", "https://a.example");
  struct stat info;

  g_assert_no_error (drill_connections_get_error (connections));
  save (connections, a);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0700);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
add (const char *name,
     void      (*test) (Fixture       *fixture,
                        gconstpointer  data))
{
  g_autofree char *path = g_strconcat ("/drill/session/connections/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/session/connections/connection", test_connection);
  g_test_add_func ("/drill/session/connections/connection-refused", test_connection_refused);
  add ("round-trip", test_round_trip);
  add ("list", test_list);
  add ("shares-origin", test_shares_origin);
  add ("by-hand", test_by_hand);
  add ("broken", test_broken);
  add ("other-process", test_other_process);
  add ("unwritable", test_unwritable);
  add ("link", test_link);
  add ("new-folder", test_new_folder);

  return g_test_run ();
}
