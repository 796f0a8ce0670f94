// SPDX-License-Identifier: GPL-3.0-or-later

/* The views on disk: kept, shared, and made by somebody who means no good. */

#include <glib/gstdio.h>
#include <string.h>

#include "base/drill-error.h"
#include "ui/views/drill-saved-views.h"
#include "ui/views/drill-views-file.h"

#define N_BUILTIN 5

static char *folder;

static char *
get_path (void)
{
  return g_build_filename (folder, "views.json", NULL);
}

static DrillSavedViews *
open_views (void)
{
  g_autofree char *path = get_path ();

  return drill_saved_views_new (path);
}

static void
forget (void)
{
  g_autofree char *path = get_path ();

  g_unlink (path);
}

static char *
read_file (void)
{
  g_autofree char *path = get_path ();
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
write_file (const char *text)
{
  g_autofree char *path = get_path ();

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static DrillSavedView *
get_view (DrillSavedViews *views,
          guint            position)
{
  g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), N_BUILTIN + position);

  g_assert_nonnull (view);

  return view; /* the list holds it */
}

static guint
get_n_saved (DrillSavedViews *views)
{
  return g_list_model_get_n_items (G_LIST_MODEL (views)) - N_BUILTIN;
}

static void
save (DrillSavedViews   *views,
      const char        *name,
      const char        *owner,
      const char *const *columns)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillSavedView) view = NULL;
  g_autoptr(GError) error = NULL;

  drill_route_query_add (query, DRILL_FACET_OWNER, owner);
  drill_route_query_append_sort (query, DRILL_KEY_SLO, TRUE);
  view = drill_saved_view_new (name, query, columns);
  g_assert_true (drill_saved_views_save (views, view, &error));
  g_assert_no_error (error);
}

static void
test_builtin (void)
{
  static const char *const ids[] = {
    DRILL_VIEW_NEEDS_ACK, DRILL_VIEW_BREACHED, DRILL_VIEW_ESCALATED, DRILL_VIEW_SUPPRESSED, DRILL_VIEW_RECENT,
  };
  g_autoptr(DrillSavedViews) views = open_views ();
  const DrillRouteQuery *query;
  gboolean descending;

  g_assert_cmpuint (drill_saved_views_get_n_builtin (views), ==, N_BUILTIN);
  for (guint i = 0; i < N_BUILTIN; i++)
    {
      g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), i);

      g_assert_true (drill_saved_view_is_builtin (view));
      g_assert_true (drill_saved_views_find (views, ids[i]) == view);
      /* They cannot be deleted, only hidden */
      g_assert_true (drill_saved_views_remove (views, ids[i], NULL));
      g_assert_nonnull (drill_saved_views_find (views, ids[i]));
    }

  query = drill_saved_view_get_query (drill_saved_views_find (views, DRILL_VIEW_RECENT));
  g_assert_true (drill_route_query_contains (query, DRILL_FACET_STATE, "acknowledged"));
  g_assert_cmpint (drill_route_query_get_sort (query, 0, &descending), ==, DRILL_KEY_ACKNOWLEDGED);
  g_assert_true (descending);

  g_assert_true (drill_saved_views_set_hidden (views, DRILL_VIEW_ESCALATED, TRUE, NULL));
  g_clear_object (&views);
  views = open_views ();
  g_assert_true (drill_saved_views_is_hidden (views, DRILL_VIEW_ESCALATED));
  g_assert_false (drill_saved_views_is_hidden (views, DRILL_VIEW_BREACHED));
  g_assert_true (drill_saved_views_set_hidden (views, DRILL_VIEW_ESCALATED, FALSE, NULL));
  g_assert_false (drill_saved_views_is_hidden (views, DRILL_VIEW_ESCALATED));
  forget ();
}

/* What is saved is there again, as it was, in the order it was put in */
static void
test_round_trip (void)
{
  static const char *const columns[] = { "state", "owner", "slo", NULL };
  g_autoptr(DrillSavedViews) views = open_views ();
  g_autofree char *id = NULL;
  g_autofree char *path = get_path ();
  const DrillRouteQuery *query;
  DrillSavedView *view;
  gboolean descending;
  GStatBuf info;

  save (views, "One <b>&amp;</b> \"é\"", "o'brien \"x\"\n", columns);
  save (views, "Two", "ops", NULL);
  save (views, "Three", "ops", NULL);
  id = g_strdup (drill_saved_view_get_id (get_view (views, 0)));
  g_assert_true (drill_saved_views_move (views, id, 2, NULL));
  g_assert_true (drill_saved_views_move (views, id, 99, NULL));

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_clear_object (&views);
  views = open_views ();

  g_assert_null (drill_saved_views_get_error (views));
  g_assert_cmpuint (get_n_saved (views), ==, 3);
  g_assert_cmpstr (drill_saved_view_get_name (get_view (views, 0)), ==, "Two");
  g_assert_cmpstr (drill_saved_view_get_name (get_view (views, 1)), ==, "Three");
  view = get_view (views, 2);
  g_assert_cmpstr (drill_saved_view_get_name (view), ==, "One <b>&amp;</b> \"é\"");
  g_assert_cmpstr (drill_saved_view_get_id (view), ==, id);
  g_assert_true (g_strv_equal (drill_saved_view_get_columns (view), columns));
  query = drill_saved_view_get_query (view);
  g_assert_true (drill_route_query_contains (query, DRILL_FACET_OWNER, "o'brien \"x\"\n"));
  g_assert_cmpint (drill_route_query_get_sort (query, 0, &descending), ==, DRILL_KEY_SLO);
  g_assert_true (descending);
  g_assert_null (drill_saved_view_get_columns (get_view (views, 0)));

  /* Deleted, and brought back to its place */
  g_object_ref (view);
  g_assert_true (drill_saved_views_remove (views, id, NULL));
  g_assert_null (drill_saved_views_find (views, id));
  g_assert_true (drill_saved_views_insert (views, 1, view, NULL));
  g_assert_true (get_view (views, 1) == view);
  g_object_unref (view);
  forget ();
}

static void
test_names (void)
{
  g_autoptr(DrillSavedViews) views = open_views ();
  g_autofree char *clean = drill_saved_view_clean_name ("  a\n\tb\xe2\x80\xae  ");
  g_autofree char *empty = drill_saved_view_clean_name (" \n ");
  g_autofree char *long_text = g_strnfill (500, 'x');
  g_autofree char *cut = drill_saved_view_clean_name (long_text);
  g_autofree char *taken = drill_saved_views_dup_free_name (views, "Breached", NULL);
  g_autofree char *own = NULL;

  g_assert_cmpstr (clean, ==, "a  b");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpuint (strlen (cut), ==, DRILL_SAVED_VIEW_MAX_NAME);
  g_assert_cmpstr (taken, ==, "Breached (2)");
  save (views, "Mine", "ops", NULL);
  own = drill_saved_views_dup_free_name (views, "Mine", drill_saved_view_get_id (get_view (views, 0)));
  g_assert_cmpstr (own, ==, "Mine");
  forget ();
}

/* The at-risk window is a preference: it makes no difference to a view */
static void
test_shows (void)
{
  static const char *const columns[] = { "state", "owner", NULL };
  static const char *const others[] = { "owner", "state", NULL };
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillSavedView) view = NULL;
  g_autoptr(DrillSavedView) any = NULL;

  drill_route_query_add (query, DRILL_FACET_SLO, "due");
  view = drill_saved_view_new ("A", query, columns);
  any = drill_saved_view_new ("B", query, NULL);
  drill_route_query_set_due_minutes (query, 99);
  g_assert_true (drill_saved_view_shows (view, query, columns));
  g_assert_false (drill_saved_view_shows (view, query, others));
  g_assert_true (drill_saved_view_shows (any, query, others));
  drill_route_query_append_sort (query, DRILL_KEY_OWNER, FALSE);
  g_assert_false (drill_saved_view_shows (view, query, columns));
}

/* What a newer version wrote beside what is known stays in the file */
static void
test_unknown (void)
{
  const char *text = "{\"format\":\"drill-views\",\"version\":1,\"colour\":{\"a\":[1]},\"views\":["
                     "{\"id\":\"x\",\"name\":\"N\",\"filters\":\"{'owner': <['ops']>, 'mood': <'good'>}\","
                     "\"columns\":[\"owner\",\"mood\"],\"icon\":\"star\"}]}";
  g_autoptr(DrillSavedViews) views = NULL;
  g_autoptr(DrillSavedView) renamed = NULL;
  g_autofree char *after = NULL;

  write_file (text);
  views = open_views ();
  g_assert_cmpuint (get_n_saved (views), ==, 1);
  g_assert_true (drill_saved_view_has_unknown (get_view (views, 0)));
  g_assert_true (g_uuid_string_is_valid (drill_saved_view_get_id (get_view (views, 0))));
  renamed = drill_saved_view_with_name (get_view (views, 0), "M");
  g_assert_true (drill_saved_views_save (views, renamed, NULL));

  after = read_file ();
  g_assert_nonnull (strstr (after, "colour"));
  g_assert_nonnull (strstr (after, "star"));
  g_assert_nonnull (strstr (after, "mood"));
  g_assert_nonnull (strstr (after, "\"M\""));
  forget ();
}

/* A file that cannot be read is left alone, whatever is changed afterwards */
static void
test_unreadable (void)
{
  static const char *const texts[] = {
    "", "nonsense", "[]", "{}", "{\"format\":\"drill-views\",\"version\":2,\"views\":[]}",
    "{\"format\":\"drill-views\",\"version\":1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
      g_autoptr(DrillSavedView) view = drill_saved_view_new ("A", query, NULL);
      g_autoptr(DrillSavedViews) views = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *after = NULL;

      write_file (texts[i]);
      views = open_views ();
      g_assert_nonnull (drill_saved_views_get_error (views));
      g_assert_cmpuint (get_n_saved (views), ==, 0);
      g_assert_false (drill_saved_views_save (views, view, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (get_n_saved (views), ==, 0);
      after = read_file ();
      g_assert_cmpstr (after, ==, texts[i]);
    }
  forget ();
}

static void
test_unwritable (void)
{
  g_autoptr(DrillSavedViews) views = NULL;
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillSavedView) view = drill_saved_view_new ("A", query, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *path = g_build_filename (file, "views.json", NULL);

  g_assert_true (g_file_set_contents (file, "in the way", -1, NULL));
  views = drill_saved_views_new (path);
  g_assert_false (drill_saved_views_save (views, view, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (get_n_saved (views), ==, 0);
  g_assert_cmpint (g_unlink (file), ==, 0);
}

/* Shared: exported by one, imported by another, twice */
static void
test_share (void)
{
  static const char *const columns[] = { "state", "owner", NULL };
  g_autoptr(DrillSavedViews) views = open_views ();
  g_autoptr(GBytes) all = NULL;
  g_autoptr(GBytes) one = NULL;
  g_autoptr(GBytes) builtin = NULL;
  g_autofree char *id = NULL;
  guint n_added, n_known, n_unknown;
  g_autoptr(GError) error = NULL;

  save (views, "One", "ops", columns);
  save (views, "Two", "sre", NULL);
  id = g_strdup (drill_saved_view_get_id (get_view (views, 0)));
  all = drill_saved_views_export (views, NULL);
  one = drill_saved_views_export (views, id);
  builtin = drill_saved_views_export (views, DRILL_VIEW_BREACHED);

  /* They are there already */
  g_assert_true (drill_saved_views_import (views, all, &n_added, &n_known, &n_unknown, &error));
  g_assert_cmpuint (n_added, ==, 0);
  g_assert_cmpuint (n_known, ==, 2);

  g_object_unref (views);
  forget ();
  views = open_views ();
  g_assert_true (drill_saved_views_import (views, one, &n_added, &n_known, &n_unknown, &error));
  g_assert_cmpuint (n_added, ==, 1);
  g_assert_cmpuint (n_unknown, ==, 0);
  g_assert_true (g_strv_equal (drill_saved_view_get_columns (get_view (views, 0)), columns));
  g_assert_cmpstr (drill_saved_view_get_id (get_view (views, 0)), !=, id);
  g_assert_true (drill_saved_views_import (views, all, &n_added, &n_known, &n_unknown, &error));
  g_assert_cmpuint (n_added, ==, 1);
  g_assert_cmpuint (n_known, ==, 1);
  /* Of the same name and other content: both stay */
  g_assert_true (drill_saved_views_import (views, builtin, &n_added, &n_known, &n_unknown, &error));
  g_assert_cmpstr (drill_saved_view_get_name (get_view (views, 2)), ==, "Breached (2)");
  g_assert_false (drill_saved_view_is_builtin (get_view (views, 2)));
  forget ();
}

static void
assert_refused (DrillSavedViews *views,
                const char      *text,
                gssize           length,
                int              code)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr(GError) error = NULL;
  guint n_added, n_known, n_unknown;
  guint n_before = get_n_saved (views);

  g_assert_false (drill_saved_views_import (views, bytes, &n_added, &n_known, &n_unknown, &error));
  g_assert_error (error, DRILL_ERROR, code);
  g_assert_cmpuint (get_n_saved (views), ==, n_before);
}

#define HEAD "{\"format\":\"drill-views\",\"version\":1,\"views\":["

static void
test_hostile (void)
{
  g_autoptr(DrillSavedViews) views = open_views ();
  g_autofree char *large = g_strnfill (DRILL_VIEWS_FILE_MAX_BYTES + 1, ' ');
  g_autofree char *deep = g_strnfill (500000, '[');
  g_autofree char *wide = g_strnfill (DRILL_SAVED_VIEW_MAX_FILTERS + 1, 'x');
  g_autofree char *long_filters = g_strdup_printf (HEAD "{\"name\":\"a\",\"filters\":\"{'search': <'%s'>}\"}]}", wide);
  g_autofree char *nest = g_strnfill (30000, '(');
  g_autofree char *deep_filters = g_strdup_printf (HEAD "{\"name\":\"a\",\"filters\":\"{'search': <%s>}\"}]}", nest);
  g_autoptr(GString) many = g_string_new (HEAD);

  for (guint i = 0; i <= DRILL_VIEWS_FILE_MAX_VIEWS; i++)
    g_string_append_printf (many, "%s{\"name\":\"%u\",\"filters\":\"@a{sv} {}\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");

  assert_refused (views, large, -1, DRILL_ERROR_TOO_LARGE);
  assert_refused (views, deep, -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, long_filters, -1, DRILL_ERROR_TOO_LARGE);
  assert_refused (views, deep_filters, -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, many->str, -1, DRILL_ERROR_TOO_LARGE);
  assert_refused (views, "", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, "\xff\xfe{}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "]}\0{", sizeof (HEAD "]}\0{") - 1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, "{\"items\":[]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, "{\"format\":\"drill-views\",\"version\":\"1\",\"views\":[]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, "{\"format\":\"drill-views\",\"version\":-1,\"views\":[]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, "{\"format\":\"drill-views\",\"version\":7,\"views\":[]}", -1, DRILL_ERROR_REJECTED);
  assert_refused (views, "{\"format\":\"drill-views\",\"version\":1,\"views\":{}}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "null]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "{\"name\":3,\"filters\":\"@a{sv} {}\"}]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "{\"name\":\"\\n\",\"filters\":\"@a{sv} {}\"}]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "{\"name\":\"a\"}]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "{\"name\":\"a\",\"filters\":\"%n%s\"}]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "{\"name\":\"a\",\"filters\":\"['state']\"}]}", -1, DRILL_ERROR_BAD_INPUT);
  assert_refused (views, HEAD "{\"name\":\"a\",\"filters\":\"@a{sv} {}\",\"columns\":\"state\"}]}", -1,
                  DRILL_ERROR_BAD_INPUT);
  /* All or nothing */
  assert_refused (views, HEAD "{\"name\":\"good\",\"filters\":\"@a{sv} {}\"},{\"name\":\"bad\"}]}", -1,
                  DRILL_ERROR_BAD_INPUT);
}

/* Odd, but nothing to refuse */
static void
test_odd (void)
{
  const char *text = HEAD "{\"id\":\"builtin:breached\",\"name\":\"<b>%s</b>\",\"filters\":\"{'state': <3>, 'sort': <[('slo', true)]>}\","
                     "\"columns\":[\"owner\",\"owner\",null,{},7]},"
                     "{\"id\":\"same\",\"name\":\"A\",\"filters\":\"{'owner': <['x']>}\",\"columns\":null},"
                     "{\"id\":\"same\",\"name\":\"A\",\"filters\":\"{'owner': <['y']>}\",\"columns\":[]}]}";
  g_autoptr(DrillSavedViews) views = open_views ();
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(GError) error = NULL;
  guint n_added, n_known, n_unknown;

  g_assert_true (drill_saved_views_import (views, bytes, &n_added, &n_known, &n_unknown, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_added, ==, 3);
  g_assert_cmpuint (n_unknown, ==, 1);
  g_assert_cmpstr (drill_saved_view_get_name (get_view (views, 0)), ==, "<b>%s</b>");
  g_assert_false (drill_saved_view_is_builtin (get_view (views, 0)));
  /* A column once, and the one that is always there */
  g_assert_cmpuint (g_strv_length ((char **) drill_saved_view_get_columns (get_view (views, 0))), ==, 2);
  g_assert_null (drill_saved_view_get_columns (get_view (views, 1)));
  g_assert_null (drill_saved_view_get_columns (get_view (views, 2)));
  g_assert_cmpstr (drill_saved_view_get_name (get_view (views, 2)), ==, "A (2)");
  forget ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("drill-ui-XXXXXX", NULL);

  g_test_add_func ("/drill/ui/saved-views/builtin", test_builtin);
  g_test_add_func ("/drill/ui/saved-views/round-trip", test_round_trip);
  g_test_add_func ("/drill/ui/saved-views/names", test_names);
  g_test_add_func ("/drill/ui/saved-views/shows", test_shows);
  g_test_add_func ("/drill/ui/saved-views/unknown", test_unknown);
  g_test_add_func ("/drill/ui/saved-views/unreadable", test_unreadable);
  g_test_add_func ("/drill/ui/saved-views/unwritable", test_unwritable);
  g_test_add_func ("/drill/ui/saved-views/share", test_share);
  g_test_add_func ("/drill/ui/saved-views/hostile", test_hostile);
  g_test_add_func ("/drill/ui/saved-views/odd", test_odd);

  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);

  return status;
}
