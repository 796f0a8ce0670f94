// SPDX-License-Identifier: GPL-3.0-or-later
#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "audit-fixture.h"
#include "audit/drill-package-files.h"
#include "base/drill-error.h"

#define NOW (G_GINT64_CONSTANT (1780315200) * G_TIME_SPAN_SECOND) /* 2026-06-01T12:00:00Z */

static const DrillExportInfo live = {
  .source = "https://cavra.example",
  .complete = TRUE,
  .loaded_at_us = NOW,
  .exported_at_us = NOW,
  .actor = "auditor",
  .version = "0.1.0",
};

static char *
make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("drill-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
put_file (const char *folder,
          const char *name,
          const char *data,
          gsize       length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

/* Whether `sha256sum -c` of the GNU system is content */
static gboolean
is_content (const char *folder,
            const char *sums)
{
  const char *const argv[] = { "sha256sum", "--check", "--strict", "--quiet", sums, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);

  return g_spawn_check_wait_status (status, NULL);
}

static void
test_checksum (void)
{
  static const char *const names[] = {
    "package.json", "with space .json", "*star.json", "back\\slash.json", "line\nend.json", "both\\\n.json", "ret\rurn.json",
    "caf\303\251.json", "-x.json",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folder = make_folder ();
      g_autoptr(GBytes) bytes = g_bytes_new_static ("{}\n", 3);
      g_autofree char *line = drill_package_checksum_line (bytes, names[i]);

      put_file (folder, names[i], "{}\n", 3);
      put_file (folder, "sums", line, strlen (line));
      if (!is_content (folder, "sums"))
        g_error ("sha256sum does not take %s", line);
      put_file (folder, names[i], "{}", 2);
      g_assert_false (is_content (folder, "sums"));
      remove_folder (folder);
    }
}

static GBytes *
steal (GOutputStream *stream)
{
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_csv (void)
{
  static const char package[] =
    "{\"audit_id\": \"=id\", \"routes\": [{\"route_id\": \"r\", \"schedule_id\": \"=1+1\", \"provider\": \"a,\\\"b\\\"\","
    " \"owner\": null, \"acknowledged\": true, \"notes\": \"two\\nlines\", \"external_ref\": 7, \"plan_id\": \"\\ud800\"}, 3]}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (package, sizeof package - 1);
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) written = NULL;
  gconstpointer data;
  gsize length;
  static const char right[] =
    "data_source,audit_id,route_id,schedule_id,plan_id,provider,owner,escalation_owner,route_action,route_created_at,"
    "acknowledgement_state,acknowledged,acknowledged_by,acknowledged_at,external_ref,notes,acknowledgement_id\r\n"
    "SAMPLE DATA,'=id,r,'=1+1,\357\277\275,\"a,\"\"b\"\"\",,,,,,true,,,7,\"two\nlines\",\r\n"
    "SAMPLE DATA,'=id,,,,,,,,,,,,,,,\r\n";

  g_assert_true (drill_package_write_csv (bytes, "SAMPLE DATA", stream, NULL, &error));
  g_assert_no_error (error);
  written = steal (stream);
  data = g_bytes_get_data (written, &length);
  g_assert_cmpmem (data, length, right, sizeof right - 1);
}

static void
test_csv_of_nothing (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  g_assert_false (drill_package_write_csv (bytes, "x", stream, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
}

/* Reads an archive into a folder: plain names only */
static guint
unpack (GBytes     *bytes,
        const char *folder)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  guint n = 0;

  archive_read_support_format_zip (archive);
  g_assert_cmpint (archive_read_open_memory (archive, data, length), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      const char *name = archive_entry_pathname_utf8 (entry);
      gsize size = (gsize) archive_entry_size (entry);
      g_autofree char *content = g_malloc (size + 1);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_null (strchr (name, '/'));
      g_assert_true (name[0] != '.');
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_cmpint (archive_entry_mtime (entry), ==, NOW / G_TIME_SPAN_SECOND);
      g_assert_cmpint (archive_read_data (archive, content, size), ==, (gssize) size);
      put_file (folder, name, content, size);
      n++;
    }
  archive_read_free (archive);

  return n;
}

static GBytes *
write_bundle (const DrillPackageBundlePart *parts,
              guint                         n_parts,
              const DrillExportInfo        *info)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  const DrillPackageScope scope = { NULL, NULL, "team" };
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_package_write_bundle (&scope, parts, n_parts, info, stream, NULL, &error));
  g_assert_no_error (error);

  return steal (stream);
}

static JsonNode *
read_index (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "index.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = json_from_string (text, &error);
  g_assert_no_error (error);

  return node;
}

static GBytes *
make_package (const char *schedule_id,
              guint       n_routes)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{ \"audit_id\": \"gordackaudit-1\", \"filters\": {\"schedule_id\": \"%s\", \"provider\": \"\","
                                " \"owner\": \"team\"}, \"routes\": [", schedule_id);
  for (guint i = 0; i < n_routes; i++)
    g_string_append (text, i == 0 ? "{}" : ", {}");
  g_string_append (text, "]}");

  return g_string_free_to_bytes (text);
}

/* Two that come out under one name, one that leads elsewhere, one cut, one not there, one of another scope, one too large */
static void
test_bundle (void)
{
  DrillPackagePart wanted[] = {
    { (char *) "a/b", (char *) "", (char *) "team", 2, TRUE },
    { (char *) "A b", (char *) "", (char *) "team", 1, TRUE },
    { (char *) "../../etc/passwd", (char *) "", (char *) "team", 1, TRUE },
    { (char *) "cut", (char *) "", (char *) "team", 3, TRUE },
    { (char *) "lost", (char *) "", (char *) "team", 1, TRUE },
    { (char *) "other", (char *) "", (char *) "team", 1, TRUE },
    { (char *) "large", (char *) "", (char *) "team", 1, FALSE },
  };
  static const gboolean complete[] = { TRUE, TRUE, TRUE, FALSE, FALSE, FALSE, FALSE };
  g_autoptr(GBytes) first = make_package ("a/b", 2);
  g_autoptr(GBytes) second = make_package ("A b", 1);
  g_autoptr(GBytes) third = make_package ("../../etc/passwd", 1);
  g_autoptr(GBytes) cut = make_package ("cut", 2);
  g_autoptr(GBytes) large = make_package ("large", 1);
  const DrillPackageBundlePart parts[] = {
    { &wanted[0], first, NULL },
    { &wanted[1], second, NULL },
    { &wanted[2], third, NULL },
    { &wanted[3], cut, NULL },
    { &wanted[4], NULL, "the service refused it" },
    { &wanted[5], second, NULL },
    { &wanted[6], large, NULL },
  };
  g_autoptr(GBytes) bundle = write_bundle (parts, G_N_ELEMENTS (parts), &live);
  g_autoptr(GBytes) again = write_bundle (parts, G_N_ELEMENTS (parts), &live);
  g_autofree char *folder = make_folder ();
  g_autoptr(JsonNode) node = NULL;
  JsonObject *index, *totals;
  JsonArray *listed;

  g_assert_true (g_bytes_equal (bundle, again));
  g_assert_cmpuint (unpack (bundle, folder), ==, 2 + 6);
  g_assert_true (is_content (folder, "SHA256SUMS"));

  node = read_index (folder);
  index = json_node_get_object (node);
  listed = json_object_get_array_member (index, "parts");
  totals = json_object_get_object_member (index, "totals");
  g_assert_cmpstr (json_object_get_string_member (index, "source"), ==, "https://cavra.example");
  g_assert_cmpstr (json_object_get_string_member (index, "version"), ==, "0.1.0");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (index, "scope"), "owner"), ==, "team");
  g_assert_false (json_object_has_member (index, "warning"));
  g_assert_false (json_object_get_boolean_member (index, "complete"));
  g_assert_cmpint (json_object_get_int_member (totals, "parts"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (totals, "complete_parts"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (totals, "packages"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (totals, "expected_routes"), ==, 10);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonObject *part = json_array_get_object_element (listed, i);

      g_assert_cmpint (json_object_get_boolean_member (part, "complete"), ==, complete[i]);
      g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (part, "scope"), "schedule_id"), ==,
                       wanted[i].schedule_id);
      g_assert_cmpint (json_object_get_null_member (part, "reason"), ==, complete[i]);
      if (parts[i].package != NULL)
        {
          g_autofree char *path = g_build_filename (folder, json_object_get_string_member (part, "file"), NULL);
          g_autofree char *text = NULL;
          gconstpointer data;
          gsize length, size;

          g_assert_true (g_file_get_contents (path, &text, &length, NULL));
          data = g_bytes_get_data (parts[i].package, &size);
          g_assert_cmpmem (text, length, data, size);
        }
    }
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (listed, 4), "reason"), ==,
                   "the service refused it");
  remove_folder (folder);
}

/* All there: complete, if the evidence that the parts were planned by was */
static void
test_bundle_complete (void)
{
  DrillPackagePart wanted = { (char *) "s", (char *) "", (char *) "team", 1, TRUE };
  g_autoptr(GBytes) package = make_package ("s", 1);
  const DrillPackageBundlePart part = { &wanted, package, NULL };

  for (guint partial = 0; partial < 2; partial++)
    {
      DrillExportInfo info = live;
      g_autofree char *folder = make_folder ();
      g_autoptr(GBytes) bundle = NULL;
      g_autoptr(JsonNode) node = NULL;
      JsonObject *index;

      info.complete = !partial;
      info.is_sample = TRUE;
      info.read_only = TRUE;
      bundle = write_bundle (&part, 1, &info);
      unpack (bundle, folder);
      node = read_index (folder);
      index = json_node_get_object (node);
      g_assert_cmpint (json_object_get_boolean_member (index, "complete"), ==, !partial);
      g_assert_true (json_object_get_boolean_member (index, "read_only"));
      g_assert_true (json_object_get_boolean_member (index, "sample"));
      g_assert_cmpstr (json_object_get_string_member (index, "source"), ==, "SAMPLE DATA");
      g_assert_nonnull (strstr (json_object_get_string_member (index, "warning"), "SAMPLE DATA"));
      remove_folder (folder);
    }
}

/* A full disk is reported as what it is */
static void
test_bundle_unwritable (void)
{
  static guint8 room[100];
  DrillPackagePart wanted = { (char *) "s", (char *) "", (char *) "", 1, TRUE };
  const DrillPackageBundlePart part = { &wanted, NULL, NULL };
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GOutputStream) other = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) full = NULL;
  g_autoptr(GError) cancelled = NULL;

  g_assert_false (drill_package_write_bundle (NULL, &part, 1, &live, stream, NULL, &full));
  g_assert_error (full, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

  g_cancellable_cancel (cancellable);
  g_assert_false (drill_package_write_bundle (NULL, &part, 1, &live, other, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/audit/package-files/checksum", test_checksum);
  g_test_add_func ("/drill/audit/package-files/csv", test_csv);
  g_test_add_func ("/drill/audit/package-files/csv-of-nothing", test_csv_of_nothing);
  g_test_add_func ("/drill/audit/package-files/bundle", test_bundle);
  g_test_add_func ("/drill/audit/package-files/bundle-complete", test_bundle_complete);
  g_test_add_func ("/drill/audit/package-files/bundle-unwritable", test_bundle_unwritable);

  return g_test_run ();
}
