// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-view-fixture.h"

#include <gtksourceview/gtksource.h>
#include <string.h>

#include "ui/common/drill-json-pane.h"

/* A pane in a real window. */
typedef struct {
  GtkWidget     *window;
  DrillJsonPane *pane;
} Fixture;

static void
set_up (Fixture *fixture)
{
  fixture->window = adw_window_new ();
  fixture->pane = DRILL_JSON_PANE (drill_json_pane_new ());
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 400);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->pane));
  gtk_window_present (GTK_WINDOW (fixture->window));
  drill_test_settle ();
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
show (Fixture    *fixture,
      const void *data,
      gsize       length)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, length);

  drill_json_pane_set_bytes (fixture->pane, bytes, "title", "name.json");
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  GtkWidget *view = drill_test_find (GTK_WIDGET (fixture->pane), GTK_SOURCE_TYPE_VIEW);

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static char *
dup_text (Fixture *fixture)
{
  char *text = NULL;

  g_object_get (get_buffer (fixture), "text", &text, NULL);

  return text;
}

static void
set_format (Fixture  *fixture,
            gboolean  active)
{
  GtkWidget *button = drill_test_find (GTK_WIDGET (fixture->pane), GTK_TYPE_TOGGLE_BUTTON);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), active);
}

/* Numbers and escapes as they came, whether indented or not. */
static void
test_format (void)
{
  static const char json[] = "{\"a\":1.50,\"b\":\"\\u00e9 {x, y}\",\"c\":[1e2,[]]}";
  Fixture fixture;
  g_autofree char *indented = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *copied = NULL;

  set_up (&fixture);
  show (&fixture, json, strlen (json));

  indented = dup_text (&fixture);
  g_assert_cmpstr (indented, ==,
                   "{\n  \"a\": 1.50,\n  \"b\": \"\\u00e9 {x, y}\",\n  \"c\": [\n    1e2,\n    []\n  ]\n}");

  gtk_widget_activate_action (GTK_WIDGET (fixture.pane), "json.copy", NULL);
  copied = drill_test_read_clipboard (fixture.window);
  g_assert_cmpstr (copied, ==, json);

  set_format (&fixture, FALSE);
  plain = dup_text (&fixture);
  g_assert_cmpstr (plain, ==, json);

  tear_down (&fixture);
}

/* A document of several lines is laid out already. */
static void
test_keeps_lines (void)
{
  static const char json[] = "{\n \"a\": 1\n}\n";
  Fixture fixture;
  g_autofree char *text = NULL;

  set_up (&fixture);
  show (&fixture, json, strlen (json));
  text = dup_text (&fixture);
  g_assert_cmpstr (text, ==, json);
  tear_down (&fixture);
}

static void
test_no_markup (void)
{
  static const char json[] = "\"<span foreground='red'>&amp;</span>\"";
  Fixture fixture;
  g_autofree char *text = NULL;

  set_up (&fixture);
  show (&fixture, json, strlen (json));
  text = dup_text (&fixture);
  g_assert_cmpstr (text, ==, json);
  tear_down (&fixture);
}

static void
test_odd_bytes (void)
{
  static const char json[] = "\"a\xff\0b\xe2\x80\xae" "c\xc3\"";
  Fixture fixture;
  g_autofree char *text = NULL;
  gsize length;
  const char *kept;

  set_up (&fixture);
  show (&fixture, json, sizeof json - 1);
  text = dup_text (&fixture);
  g_assert_cmpstr (text, ==, "\"a\\xff\\x00b\\u202ec\\xc3\"");

  kept = g_bytes_get_data (drill_json_pane_get_bytes (fixture.pane), &length);
  g_assert_cmpmem (kept, length, json, sizeof json - 1);
  tear_down (&fixture);
}

/* 10 MB, as one string and as many: some of it is shown, and it says so. */
static void
test_large (void)
{
  const gsize size = 10 * 1000 * 1000;
  g_autofree char *json = g_malloc (size);
  g_autofree char *shown = g_format_size (DRILL_JSON_PANE_MAX_SHOWN);
  g_autofree char *all = g_format_size (size);
  g_autofree char *notice = g_strdup_printf ("Only the first %s of %s are shown. Save and Copy take all of it.",
                                             shown, all);
  Fixture fixture;

  set_up (&fixture);

  for (int spaced = 0; spaced < 2; spaced++)
    {
      g_autofree char *text = NULL;
      gsize length;

      memset (json, 'x', size);
      json[0] = '[';
      for (gsize i = 1; i + 1 < size; i += spaced ? 100 : size - 3)
        json[i] = json[i + 1] = '"';
      json[size - 1] = ']';

      show (&fixture, json, size);
      drill_test_settle ();
      text = dup_text (&fixture);
      length = strlen (text);
      g_assert_cmpuint (length, >, 1000);
      g_assert_cmpuint (length, <=, DRILL_JSON_PANE_MAX_SHOWN + 16);
      g_assert_nonnull (drill_test_find_named (fixture.window, notice));
      g_assert_cmpuint (g_bytes_get_size (drill_json_pane_get_bytes (fixture.pane)), ==, size);
    }

  tear_down (&fixture);
}

static void
test_follows_dark (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  Fixture fixture;
  GtkSourceStyleScheme *scheme;

  set_up (&fixture);
  show (&fixture, "{}", 2);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  scheme = gtk_source_buffer_get_style_scheme (GTK_SOURCE_BUFFER (get_buffer (&fixture)));
  g_assert_cmpstr (gtk_source_style_scheme_get_id (scheme), ==, "Adwaita-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  scheme = gtk_source_buffer_get_style_scheme (GTK_SOURCE_BUFFER (get_buffer (&fixture)));
  g_assert_cmpstr (gtk_source_style_scheme_get_id (scheme), ==, "Adwaita");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/json-pane/format", test_format);
  g_test_add_func ("/drill/ui/json-pane/keeps-lines", test_keeps_lines);
  g_test_add_func ("/drill/ui/json-pane/no-markup", test_no_markup);
  g_test_add_func ("/drill/ui/json-pane/odd-bytes", test_odd_bytes);
  g_test_add_func ("/drill/ui/json-pane/large", test_large);
  g_test_add_func ("/drill/ui/json-pane/follows-dark", test_follows_dark);

  return g_test_run ();
}
