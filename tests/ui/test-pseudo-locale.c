// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-program-fixture.h"

#include <json-glib/json-glib.h>
#include <libintl.h>
#include <string.h>

#include "evidence/drill-evidence-builder.h"
#include "ui/audit/drill-verify-dialog.h"
#include "ui/charts/drill-chart.h"
#include "ui/dialogs/drill-problems-dialog.h"

/* The program in languages that nobody speaks, of build-aux/pseudo-locale: whatever a
 * person can read is [ßŕåçķéŧéđ], or it was never marked for translation. What is too
 * large for a small screen or has no room is found on the way, with text of double size too.
 *
 * DRILL_PSEUDO_LOCALE is the folder of the languages. With DRILL_SHOTS, a folder,
 * pictures of every place are left there; LANGUAGE and DRILL_SHOTS together show them
 * in any language that is in the folder. */

#define NARROW 800 /* pixels, width of the smallest window that is used in earnest */
#define LOW    600
#define WIDE   1280
#define TALL   800

typedef DrillProgram Program;

typedef struct {
  const char *name;
  const char *action;
  const char *parameter;
} Place;

static const Place places[] = {
  { "routes", "win.show-view", "'routes'" },
  { "history", "win.show-view", "'history'" },
  { "suppressions", "win.show-view", "'suppressions'" },
  { "audit", "win.show-view", "'audit'" },
  { "overview", "win.show-view", "'overview'" },
};

static const Place dialogs[] = {
  { "preferences", "app.preferences" },
  { "connections", "win.connections" },
  { "help", "app.help" },
  { "shortcuts", "app.shortcuts" },
  { "verify", "win.verify" },
  { "new-package", "win.new-package" },
  { "deliver", "win.deliver" },
  { "export", "win.export" },
  { "bulk-acknowledge", "win.bulk-acknowledge" },
  { "bulk-escalate", "win.bulk-escalate" },
  { "save-view", "views.save-as" },
  { "acknowledge", "win.acknowledge" },
};

/* What GTK and libadwaita put there themselves is in their own catalogues: in the
 * buttons of a window, in an entry, and in windows that are theirs. */
static const char *const foreign_types[] = {
  "GtkWindowControls", "GtkShortcutLabel", "GtkSourceView", "GtkEmojiChooser", NULL,
};
static const char *const foreign_windows[] = { "AdwPreferencesWindow", "GtkShortcutsWindow", NULL };
static const char *const foreign_words[] = {
  "Preferences", "Shortcuts", "Search", "Search Shortcuts", "Search Results", "No Results Found",
  "Try a different search", "Try a different search.", NULL,
};

static GHashTable *data_texts;     /* every text that is in the evidence */
static GHashTable *complaints;     /* each once, in whatever number of places */
static const char *place_visited;
static gboolean    is_large;       /* the text; it is English then, and only its size is judged */

static void
collect_texts (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        collect_texts (member);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_texts (json_array_get_element (array, i));
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_hash_table_add (data_texts, g_strdup (json_node_get_string (node)));
    }
}

static void
collect_evidence (const char *path)
{
  g_autoptr(JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  data_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  collect_texts (json_parser_get_root (parser));
  g_hash_table_add (data_texts, g_path_get_basename (path));
}

static gboolean
has_letters (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

/* What is left when all that is in brackets is taken out, a line end in place of each */
static char *
dup_unbracketed (const char *text)
{
  GString *rest = g_string_new (NULL);
  int depth = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '[')
        depth++;
      else if (*p == ']' && depth > 0)
        {
          if (--depth == 0)
            g_string_append_c (rest, '\n');
        }
      else if (depth == 0)
        g_string_append_c (rest, *p);
    }

  return g_string_free (rest, FALSE);
}

/* A time is not of a language, neither is an identifier, nor what the evidence says,
 * alone or with a number behind it. */
static gboolean
is_data (const char *piece)
{
  g_auto(GStrv) counted = NULL;

  if (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d)?( ?Z| UTC)?$", piece, 0, 0) ||
      g_regex_match_simple ("^gord[a-z]+-[0-9a-f]+$", piece, 0, 0))
    return TRUE;

  counted = g_regex_split_simple (" \\d+$", piece, 0, 0);

  return counted[0] != NULL && g_hash_table_contains (data_texts, counted[0]);
}

static gboolean
is_in_foreign_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  for (guint i = 0; root != NULL && foreign_windows[i] != NULL; i++)
    {
      GType type = g_type_from_name (foreign_windows[i]);

      if (type != 0 && g_type_is_a (G_OBJECT_TYPE (root), type))
        return TRUE;
    }

  return FALSE;
}

static void
judge (GtkWidget  *widget,
       const char *what,
       const char *text)
{
  g_autofree char *rest = text != NULL ? dup_unbracketed (text) : g_strdup ("");
  g_auto(GStrv) pieces = NULL;

  if (is_data (text != NULL ? text : "") ||
      (text != NULL && g_strv_contains (foreign_words, text) && is_in_foreign_window (widget)))
    return;

  pieces = g_regex_split_simple ("\\n| · |; | – |, |: | \\(|\\)", rest, 0, 0);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_strstrip (pieces[i]);
      if (has_letters (pieces[i]) && !is_data (pieces[i]))
        {
          g_hash_table_add (complaints, g_strdup_printf ("%s: %s of a %s is not translated: “%s”", place_visited, what,
                                                         G_OBJECT_TYPE_NAME (widget), text));
          return;
        }
    }
}

static void
judge_accessible (GtkWidget             *widget,
                  const char            *what,
                  GtkAccessibleProperty  property)
{
  /* There is no other way to ask for one */
  g_autofree char *text = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, "\001");

  if (text != NULL && !g_str_equal (text, "undefined"))
    judge (widget, what, text);
}

static gboolean
is_foreign (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  /* A key beside an item of a menu, what clears an entry, what an empty list would say */
  if (g_str_equal (gtk_widget_get_css_name (widget), "accelerator") ||
      (GTK_IS_IMAGE (widget) && GTK_IS_SEARCH_ENTRY (parent)) ||
      (GTK_IS_LABEL (widget) && GTK_IS_STACK (parent) && gtk_widget_get_ancestor (parent, GTK_TYPE_DROP_DOWN) != NULL))
    return TRUE;
  /* A menu of GTK's own, for cutting and pasting */
  if (GTK_IS_POPOVER (widget) && (GTK_IS_TEXT (parent) || GTK_IS_LABEL (parent) || GTK_IS_TEXT_VIEW (parent)))
    return TRUE;

  return g_strv_contains (foreign_types, G_OBJECT_TYPE_NAME (widget));
}

/* Times whose format is no format in that language are written in full */
static void
judge_axis (DrillChart *chart)
{
  DrillChartData *data = drill_chart_get_data (chart);

  for (guint i = 0; data != NULL && i < drill_chart_data_get_n_points (data); i++)
    {
      const char *mark = drill_chart_data_get_mark (data, i);

      if (*mark == '\0' || g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d ", mark, 0, 0))
        g_hash_table_add (complaints, g_strdup_printf ("%s: a chart has “%s” on its axis", place_visited, mark));
    }
}

static void
judge_widget (GtkWidget *widget)
{
  if (is_large)
    return;

  judge (widget, "the tooltip", gtk_widget_get_tooltip_text (widget));
  judge_accessible (widget, "the accessible label", GTK_ACCESSIBLE_PROPERTY_LABEL);
  judge_accessible (widget, "the accessible description", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);

  if (GTK_IS_LABEL (widget))
    judge (widget, "the text", gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_INSCRIPTION (widget))
    judge (widget, "the text", gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  else if (GTK_IS_TEXT (widget))
    judge (widget, "the placeholder", gtk_text_get_placeholder_text (GTK_TEXT (widget)));
  else if (DRILL_IS_CHART (widget))
    judge_axis (DRILL_CHART (widget));
  else if (GTK_IS_WINDOW (widget))
    judge (widget, "the title", gtk_window_get_title (GTK_WINDOW (widget)));
}

static void
visit (GtkWidget *widget,
       void     (*look) (GtkWidget *widget))
{
  /* What pops up is not there before, but its words are */
  if ((!gtk_widget_get_visible (widget) && !GTK_IS_POPOVER (widget)) || is_foreign (widget))
    return;

  look (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    visit (child, look);
}

static void
take_picture (GtkWidget  *window,
              const char *size)
{
  const char *folder = g_getenv ("DRILL_SHOTS");
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GdkPaintable) paintable = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GskRenderNode) node = NULL;
  GtkSnapshot *snapshot;

  if (folder == NULL)
    return;

  name = g_strdup_printf ("%s%s-%s-%s.png", g_getenv ("LANGUAGE"), is_large ? "-large" : "", place_visited, size);
  path = g_build_filename (folder, name, NULL);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
resize (GtkWidget *window,
        int        width,
        int        height)
{
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  drill_test_settle ();
}

static void
check_fits (GtkWidget *window)
{
  int width, height;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, MAX (width, NARROW), &height, NULL, NULL, NULL);
  if (width > NARROW || height > LOW)
    g_hash_table_add (complaints, g_strdup_printf ("%s: needs %d × %d pixels", place_visited, width, height));
}

/* A word on a button or a heading is there to be read to its end; in tables it may be cut. */
static void
check_cut (GtkWidget *widget)
{
  if (!GTK_IS_LABEL (widget) || !gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget) ||
      gtk_widget_get_ancestor (widget, GTK_TYPE_COLUMN_VIEW) != NULL || gtk_widget_get_tooltip_text (widget) != NULL)
    return;

  if (gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL &&
      pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    g_hash_table_add (complaints, g_strdup_printf ("%s: “%s” is cut", place_visited, gtk_label_get_text (GTK_LABEL (widget))));
}

/* Only tables are wider than their place. Where it is low too, the metrics are. */
static void
check_sideways (GtkWidget *widget)
{
  GtkAdjustment *adjustment;

  if (is_large || !GTK_IS_SCROLLED_WINDOW (widget) || !gtk_widget_get_mapped (widget) ||
      GTK_IS_COLUMN_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (widget))))
    return;

  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));
  if (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment))
    g_hash_table_add (complaints, g_strdup_printf ("%s: something in a %s is to the side", place_visited,
                                                   G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget))));
}

static void
look_at (GtkWidget *window)
{
  visit (window, judge_widget);
  check_fits (window);
  take_picture (window, "as-it-is");
}

static GVariant *
parse (const char *text)
{
  return text != NULL ? g_variant_ref_sink (g_variant_parse (NULL, text, NULL, NULL, NULL)) : NULL;
}

static GtkWidget *
find_other_toplevel (GtkWidget *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (toplevel != window && gtk_widget_get_visible (toplevel))
        return toplevel;
    }

  return NULL;
}

static gboolean
has_dialog (gpointer window)
{
  return find_other_toplevel (window) != NULL;
}

static gboolean
has_no_dialog (gpointer window)
{
  return find_other_toplevel (window) == NULL;
}

static void
activate (Program     *program,
          const Place *place)
{
  g_autoptr(GVariant) parameter = parse (place->parameter);

  if (g_str_has_prefix (place->action, "app."))
    g_action_group_activate_action (G_ACTION_GROUP (program->application), place->action + strlen ("app."), parameter);
  else if (g_str_has_prefix (place->action, "views."))
    g_assert_true (gtk_widget_activate_action_variant (drill_test_find (GTK_WIDGET (program->window),
                                                                        g_type_from_name ("DrillViewsButton")),
                                                       place->action, parameter));
  else
    drill_program_activate (program, place->action, parameter);
}

static void
select_first (Program *program)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list)), 0, TRUE);
}

static void
visit_dialog (Program   *program,
              GtkWidget *dialog)
{
  drill_test_settle ();
  look_at (dialog);
  visit (dialog, check_cut);
  gtk_window_destroy (GTK_WINDOW (dialog));
  drill_test_wait (has_no_dialog, program->window, "the dialog to go");
}

static void
visit_everything (Program *program)
{
  GtkWidget *window = GTK_WIDGET (program->window);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      place_visited = places[i].name;
      activate (program, &places[i]);
      if (i == 0)
        select_first (program);
      resize (window, WIDE, TALL);
      visit (window, judge_widget);
      visit (window, check_cut);
      take_picture (window, "wide");
      resize (window, NARROW, LOW);
      visit (window, check_cut);
      visit (window, check_sideways);
      check_fits (window);
      take_picture (window, "narrow");
    }

  resize (window, WIDE, TALL);
  /* One that can be acknowledged */
  drill_program_activate (program, "win.show-metric", g_variant_new_string ("outstanding"));
  drill_test_settle ();
  select_first (program);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      place_visited = dialogs[i].name;
      activate (program, &dialogs[i]);
      drill_test_wait (has_dialog, window, dialogs[i].name);
      visit_dialog (program, find_other_toplevel (window));
    }
}

static gboolean
shows (GtkWidget  *widget,
       const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, words))
      return TRUE;

  return FALSE;
}

static gboolean
has_finding (gpointer dialog)
{
  return shows (dialog, "route_count");
}

static gboolean
has_problem (gpointer dialog)
{
  return shows (dialog, "14"); /* the byte where it is */
}

/* What is worded far below: what is wrong with a package, and with the evidence */
static void
visit_findings (Program *program)
{
  static const char package[] =
    "{\"schema_version\": \"x\", \"audit_id\": \"gordackaudit-0\", \"filters\": {\"owner\": 1}, \"routes\": [1, {}],"
    " \"route_count\": 7}";
  static const char history[] =
    "{\"items\": [7, {\"metadata_kind\": \"x\"}, {\"session_id\": 7}]}";
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "odd.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(DrillPage) page = drill_page_new (history, strlen (history));
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  GtkWindow *window = GTK_WINDOW (program->window);
  DrillPageReport report;
  GtkWidget *dialog;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, package, -1, NULL));
  g_hash_table_add (data_texts, g_strdup ("odd.json"));
  place_visited = "findings";
  dialog = GTK_WIDGET (drill_verify_dialog_new (window, program->session, NULL));
  gtk_window_present (GTK_WINDOW (dialog));
  drill_verify_dialog_verify (DRILL_VERIFY_DIALOG (dialog), file);
  drill_test_wait (has_finding, dialog, "what is wrong with the package");
  visit_dialog (program, dialog);

  place_visited = "problems";
  g_assert_true (drill_evidence_builder_add (builder, page, &report, NULL));
  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 3);
  dialog = GTK_WIDGET (drill_problems_dialog_new (window, evidence));
  gtk_window_present (GTK_WINDOW (dialog));
  drill_test_wait (has_problem, dialog, "what is wrong with the evidence");
  /* In the brackets of a sentence about it */
  g_assert_true (is_large == shows (dialog, "an item without session_id"));
  visit_dialog (program, dialog);
}

static void
report_complaints (void)
{
  GHashTableIter iter;
  gpointer complaint;

  g_hash_table_iter_init (&iter, complaints);
  while (g_hash_table_iter_next (&iter, &complaint, NULL))
    g_test_message ("%s", (const char *) complaint);
  g_assert_cmpuint (g_hash_table_size (complaints), ==, 0);
}

static void
check_words (gpointer data)
{
  visit_everything (data);
  visit_findings (data);
}

static void
run_in (const char       *language,
        GtkTextDirection  direction)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  const char *const arguments[] = { "--file", path, NULL };

  if (g_getenv ("DRILL_SHOTS") == NULL || g_getenv ("LANGUAGE") == NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  /* gettext looks at the language again only when a catalogue is bound */
  g_assert_nonnull (bindtextdomain (GETTEXT_PACKAGE, g_getenv ("DRILL_PSEUDO_LOCALE")));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gtk_widget_set_default_direction (direction);

  collect_evidence (path);
  complaints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  drill_program_forget ();
  drill_program_run (arguments, check_words);
  report_complaints ();
  g_clear_pointer (&complaints, g_hash_table_unref);
  g_clear_pointer (&data_texts, g_hash_table_unref);
}

static void
test_left_to_right (void)
{
  run_in ("xa", GTK_TEXT_DIR_LTR);
}

static void
test_right_to_left (void)
{
  run_in ("xb", GTK_TEXT_DIR_RTL);
}

/* As on a desktop with its largest text, which is twice as large */
static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  is_large = TRUE;
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  run_in ("en", GTK_TEXT_DIR_LTR);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  is_large = FALSE;
}

int
main (int    argc,
      char **argv)
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/pseudo-locale/left-to-right", test_left_to_right);
  g_test_add_func ("/drill/ui/pseudo-locale/right-to-left", test_right_to_left);

  g_test_add_func ("/drill/ui/pseudo-locale/large-text", test_large_text);

  return g_test_run ();
}
