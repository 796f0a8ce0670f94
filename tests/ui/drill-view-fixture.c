// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-view-fixture.h"

#include <glib/gstdio.h>
#include <locale.h>

/* Long enough for a loaded machine; nothing ever waits for all of it. */
#define PATIENCE 120 /* seconds */

static gboolean
lose_patience_cb (gpointer data)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      g_printerr ("%s “%s” %s\n", G_OBJECT_TYPE_NAME (toplevel), gtk_window_get_title (GTK_WINDOW (toplevel)),
                  ADW_IS_MESSAGE_DIALOG (toplevel) ? adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (toplevel)) : "");
    }
  g_error ("waited in vain for %s", (const char *) data);

  return G_SOURCE_REMOVE;
}

static gboolean
has_message_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return TRUE;
    }

  return FALSE;
}

/* What the libraries have to say of themselves: a column view that grows makes its
 * new cells while it is being laid out, and its header is then a frame late, as GTK
 * 4.8 says now and then; and libadwaita 1.7 asks the heading of each message dialog
 * how high it is where it has no room, of which GTK 4.18 complains. */
static gboolean
is_of_libraries (const char *message)
{
  return (g_str_has_prefix (message, "Trying to snapshot GtkListItemWidget ") &&
          g_str_has_suffix (message, " without a current allocation")) ||
         (g_str_has_prefix (message, "Trying to measure GtkLabel ") && has_message_dialog ());
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && is_of_libraries (fields[i].value))
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, data);
}

void
drill_test_init (int    *argc,
                 char ***argv)
{
  /* Sorting, numbers and words are those of the source. */
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  adw_init ();
}

void
drill_test_wait (DrillTestCondition  condition,
                 gpointer            data,
                 const char         *what)
{
  guint id = g_timeout_add_seconds (PATIENCE, lose_patience_cb, (gpointer) what);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static gboolean
is_loaded (gpointer data)
{
  return drill_session_get_complete (data) && !drill_session_get_loading (data);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static gboolean
count_frames_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       data)
{
  int *n_frames = data;

  return --*n_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_zero (gpointer data)
{
  return *(int *) data == 0;
}

/* Until everything that is due has been laid out and drawn. */
void
drill_test_settle (void)
{
  g_autoptr(GListModel) toplevels = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);
      int n_frames = 2;

      if (!gtk_widget_get_mapped (toplevel))
        continue;
      gtk_widget_add_tick_callback (toplevel, count_frames_cb, &n_frames, NULL);
      drill_test_wait (is_zero, &n_frames, "a frame");
    }
}

void
drill_view_fixture_set_up (DrillViewFixture *fixture,
                           GtkWidget        *view)
{
  g_autoptr(DrillClock) clock = drill_clock_new_fixed (G_GINT64_CONSTANT (1780000000) * G_USEC_PER_SEC);
  GtkWidget *overlay = adw_toast_overlay_new ();

  fixture->session = drill_session_new (clock);
  fixture->folder = g_dir_make_tmp ("drill-ui-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);

  fixture->view = view;
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), view);
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  g_object_set (view, "session", fixture->session, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  drill_test_wait (is_mapped, fixture->window, "the window");
}

void
drill_view_fixture_open_path (DrillViewFixture *fixture,
                              const char       *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  drill_session_open_file (fixture->session, file);
  drill_test_wait (is_loaded, fixture->session, "the evidence");
  drill_test_settle ();
}

void
drill_view_fixture_open_text (DrillViewFixture *fixture,
                              const char       *name,
                              const char       *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  drill_view_fixture_open_path (fixture, path);
}

void
drill_view_fixture_tear_down (DrillViewFixture *fixture)
{
  g_autoptr(GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  drill_session_close (fixture->session);
  /* The view must not keep what it watched. */
  g_assert_finalize_object (fixture->session);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

GtkWidget *
drill_test_find (GtkWidget *widget,
                 GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = drill_test_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* A label that can be seen and says just that. */
GtkWidget *
drill_test_find_named (GtkWidget  *widget,
                       const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text) &&
      gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = drill_test_find_named (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

typedef struct {
  GtkWidget  *widget;
  const char *text;
} Label;

static gboolean
is_said (gpointer data)
{
  Label *label = data;

  return drill_test_find_named (label->widget, label->text) != NULL;
}

void
drill_test_wait_label (GtkWidget  *widget,
                       const char *text)
{
  Label label = { widget, text };

  drill_test_wait (is_said, &label, text);
}

/* Clicks the button of that label. */
void
drill_test_click (GtkWidget  *widget,
                  const char *text)
{
  GtkWidget *label = drill_test_find_named (widget, text);
  GtkWidget *button;

  g_assert_nonnull (label);
  button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (toplevel), type) && gtk_widget_get_mapped (toplevel))
        return toplevel;
    }

  return NULL;
}

static gboolean
is_there (gpointer data)
{
  return find_toplevel (GPOINTER_TO_SIZE (data)) != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

GtkWidget *
drill_test_wait_toplevel (GType type)
{
  drill_test_wait (is_there, GSIZE_TO_POINTER (type), g_type_name (type));

  return find_toplevel (type);
}

void
drill_test_wait_gone (GType type)
{
  drill_test_wait (is_gone, GSIZE_TO_POINTER (type), g_type_name (type));
}

typedef struct {
  char     *text;
  gboolean  done;
} Clip;

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Clip *clip = data;

  clip->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
  clip->done = TRUE;
}

static gboolean
is_read (gpointer data)
{
  return ((Clip *) data)->done;
}

char *
drill_test_read_clipboard (GtkWidget *widget)
{
  Clip clip = { NULL, FALSE };

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, read_cb, &clip);
  drill_test_wait (is_read, &clip, "the clipboard");

  return clip.text;
}

char *
drill_test_conformance_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "conformance", name, NULL);
}

typedef struct {
  GtkFileChooser *chooser;
  GFile          *file;
  int             n_frames; /* for how many it has been so */
} Choice;

/* A chooser that has just come up goes to its own folder when that is loaded,
 * whatever it was told meanwhile. */
static gboolean
is_chosen (gpointer data)
{
  Choice *choice = data;
  g_autoptr(GFile) file = gtk_file_chooser_get_file (choice->chooser);

  return file != NULL && g_file_equal (file, choice->file);
}

static gboolean
insist_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  Choice *choice = data;
  g_autoptr(GFile) folder = g_file_get_parent (choice->file);
  g_autofree char *name = g_file_get_basename (choice->file);

  if (is_chosen (choice))
    {
      choice->n_frames++;
    }
  else
    {
      choice->n_frames = 0;
      gtk_file_chooser_set_current_folder (choice->chooser, folder, NULL);
      gtk_file_chooser_set_current_name (choice->chooser, name);
    }

  return choice->n_frames < 20 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_settled (gpointer data)
{
  return ((Choice *) data)->n_frames >= 20;
}

/* Answers the file chooser that comes with a path. */
void
drill_test_choose_file (const char *path)
{
  GtkWidget *dialog = drill_test_wait_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  Choice choice = { GTK_FILE_CHOOSER (dialog), file, 0 };

  gtk_widget_add_tick_callback (dialog, insist_cb, &choice, NULL);
  drill_test_wait (is_settled, &choice, "the folder");
  gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
}
