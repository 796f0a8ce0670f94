// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-json-pane.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "evidence/drill-json.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-toast.h"

struct _DrillJsonPane
{
  AdwBin           parent_instance;

  GtkStack        *stack;
  GtkLabel        *title_label;
  GtkLabel        *notice_label;
  GtkToggleButton *format_button;
  GtkSourceView   *view;
  GtkSourceBuffer *buffer; /* unowned: the view's */
  GtkTextTag *as_it_is;    /* unowned: the buffer's */

  GSettings       *settings;
  GCancellable    *cancellable;
  GBytes          *bytes;
  char            *file_name;
  gboolean         format_chosen; /* the toggle is as somebody wants it */
  gboolean         filling;
  gboolean         styled;        /* has its language and its colours */
};

G_DEFINE_FINAL_TYPE (DrillJsonPane, drill_json_pane, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SETTINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Direction overrides make text read as something that it is not. */
static gboolean
is_shown_escaped (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

/* As much as can be shown, whole characters: the rest need not even be read. */
static GBytes *
take_first (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length > DRILL_JSON_PANE_MAX_SHOWN)
    {
      length = DRILL_JSON_PANE_MAX_SHOWN;
      while (length > 0 && (data[length] & 0xC0) == 0x80)
        length--;
    }

  return g_bytes_new_from_bytes (bytes, 0, length);
}

/* What the view shows of the bytes: valid text, not more than it can lay out. */
static char *
make_text (GBytes   *bytes,
           gboolean *is_cut,
           gboolean *has_cut_lines)
{
  gsize length;
  const char *p = g_bytes_get_data (bytes, &length);
  const char *end = p + length;
  GString *text = g_string_sized_new (MIN (length, DRILL_JSON_PANE_MAX_SHOWN) + 64);
  guint line = 0;

  *is_cut = FALSE;
  *has_cut_lines = FALSE;

  while (p < end)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);

      if (text->len >= DRILL_JSON_PANE_MAX_SHOWN)
        {
          *is_cut = TRUE;
          break;
        }

      if (c == '\n')
        {
          line = 0;
        }
      else if (++line > DRILL_JSON_PANE_MAX_LINE)
        {
          const char *next = memchr (p, '\n', end - p);

          *has_cut_lines = TRUE;
          g_string_append (text, "…");
          p = next != NULL ? next : end;
          line = 0;
          continue;
        }

      if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0 || (c < ' ' && c != '\n' && c != '\t' && c != '\r'))
        {
          g_string_append_printf (text, "\\x%02x", (guchar) *p);
          p++;
        }
      else if (is_shown_escaped (c))
        {
          g_string_append_printf (text, "\\u%04x", c);
          p = g_utf8_next_char (p);
        }
      else
        {
          g_string_append_unichar (text, c);
          p = g_utf8_next_char (p);
        }
    }

  return g_string_free (text, FALSE);
}

static void
show_notice (DrillJsonPane *self,
             gboolean       is_cut,
             gboolean       has_cut_lines)
{
  g_autofree char *notice = NULL;

  if (is_cut)
    {
      g_autofree char *shown = g_format_size (DRILL_JSON_PANE_MAX_SHOWN);
      g_autofree char *all = g_format_size (g_bytes_get_size (self->bytes));

      /* Translators: both are sizes such as “2.1 MB” */
      notice = g_strdup_printf (_("Only the first %s of %s are shown. Save and Copy take all of it."), shown, all);
    }
  else if (has_cut_lines)
    {
      notice = g_strdup (_("Very long lines are cut here. Save and Copy take all of it."));
    }

  gtk_label_set_label (self->notice_label, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), notice != NULL);
}

static void
update_scheme (DrillJsonPane *self)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (self->buffer,
                                      gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark"
                                                                                                : "Adwaita"));
}

/* With the first text and not before: to read the languages takes longer than to
 * make the rest of a window. */
static void
ensure_language (DrillJsonPane *self)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();

  if (self->styled)
    return;

  self->styled = TRUE;
  gtk_source_buffer_set_language (self->buffer, gtk_source_language_manager_get_language (languages, "json"));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_scheme), self, G_CONNECT_SWAPPED);
  update_scheme (self);
}

static void
fill (DrillJsonPane *self)
{
  g_autoptr(GBytes) shown = NULL;
  g_autoptr(GBytes) indented = NULL;
  g_autofree char *text = NULL;
  gboolean is_cut, has_cut_lines;
  GtkTextIter start, end;

  if (self->bytes == NULL)
    {
      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }

  ensure_language (self);

  shown = take_first (self->bytes);
  if (gtk_toggle_button_get_active (self->format_button))
    indented = drill_json_indent (shown);

  text = make_text (indented != NULL ? indented : shown, &is_cut, &has_cut_lines);
  is_cut = is_cut || g_bytes_get_size (shown) < g_bytes_get_size (self->bytes);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, -1);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self->buffer), self->as_it_is, &start, &end);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &start);

  show_notice (self, is_cut, has_cut_lines);
  gtk_stack_set_visible_child_name (self->stack, "json");
}

static void
format_toggled_cb (DrillJsonPane *self)
{
  if (self->filling)
    return;

  self->format_chosen = TRUE;
  fill (self);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillJsonPane *self = DRILL_JSON_PANE (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  gsize length;
  const char *data;

  if (self->bytes == NULL)
    return;

  data = g_bytes_get_data (self->bytes, &length);
  if (g_utf8_validate_len (data, length, NULL))
    {
      g_autofree char *text = g_strndup (data, length);

      gdk_clipboard_set_text (clipboard, text);
    }
  else
    {
      GdkContentProvider *provider = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", self->bytes);

      gdk_clipboard_set_content (clipboard, provider);
      g_object_unref (provider);
    }

  drill_toast_show (widget, _("JSON copied"));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(DrillJsonPane) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (drill_file_save_finish (G_FILE (object), result, &error))
    text = g_strdup (_("JSON saved"));
  else
    text = drill_file_save_dup_error_text (G_FILE (object), error);

  if (text != NULL)
    drill_toast_show (GTK_WIDGET (self), text);
}

typedef struct {
  DrillJsonPane *pane;
  GBytes        *bytes;
} Saving;

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr(GFile) file = drill_file_dialog_save_finish (result, NULL);

  /* What was shown when Save was pressed: the pane may show another item by now. */
  if (file != NULL)
    drill_file_save_bytes_async (file, saving->bytes, saving->pane->cancellable,
                                 saved_cb, g_object_ref (saving->pane));

  g_object_unref (saving->pane);
  g_bytes_unref (saving->bytes);
  g_free (saving);
}

static void
save_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillJsonPane *self = DRILL_JSON_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  Saving *saving;

  if (self->bytes == NULL)
    return;

  saving = g_new0 (Saving, 1);
  saving->pane = g_object_ref (self);
  saving->bytes = g_bytes_ref (self->bytes);
  drill_file_dialog_save_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Save JSON"), self->file_name,
                                DRILL_FILE_TYPE_JSON, self->settings, self->cancellable, chosen_cb, saving);
}

static void
drill_json_pane_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DrillJsonPane *self = DRILL_JSON_PANE (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_json_pane_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DrillJsonPane *self = DRILL_JSON_PANE (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      drill_json_pane_set_settings (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_json_pane_dispose (GObject *object)
{
  DrillJsonPane *self = DRILL_JSON_PANE (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (drill_json_pane_parent_class)->dispose (object);
}

static void
drill_json_pane_finalize (GObject *object)
{
  DrillJsonPane *self = DRILL_JSON_PANE (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->file_name, g_free);

  G_OBJECT_CLASS (drill_json_pane_parent_class)->finalize (object);
}

static void
drill_json_pane_class_init (DrillJsonPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);

  object_class->get_property = drill_json_pane_get_property;
  object_class->set_property = drill_json_pane_set_property;
  object_class->dispose = drill_json_pane_dispose;
  object_class->finalize = drill_json_pane_finalize;

  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-json-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillJsonPane, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillJsonPane, title_label);
  gtk_widget_class_bind_template_child (widget_class, DrillJsonPane, notice_label);
  gtk_widget_class_bind_template_child (widget_class, DrillJsonPane, format_button);
  gtk_widget_class_bind_template_child (widget_class, DrillJsonPane, view);
  gtk_widget_class_bind_template_callback (widget_class, format_toggled_cb);

  gtk_widget_class_install_action (widget_class, "json.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "json.save", NULL, save_cb);
}

static void
drill_json_pane_init (DrillJsonPane *self)
{
  self->cancellable = g_cancellable_new ();
  self->file_name = g_strdup ("evidence.json");

  gtk_widget_init_template (GTK_WIDGET (self));
  self->buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)));
  /* A hyphen where a line wraps would look like one of the text's own */
  self->as_it_is = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), NULL, "insert-hyphens", FALSE, NULL);
}

/**
 * drill_json_pane_new:
 *
 * Returns: (transfer floating): a pane that shows nothing yet
 */
GtkWidget *
drill_json_pane_new (void)
{
  return g_object_new (DRILL_TYPE_JSON_PANE, NULL);
}

/**
 * drill_json_pane_set_settings:
 * @self: a pane
 * @settings: (nullable): remembers the folder of Save
 */
void
drill_json_pane_set_settings (DrillJsonPane *self,
                              GSettings     *settings)
{
  g_return_if_fail (DRILL_IS_JSON_PANE (self));

  if (g_set_object (&self->settings, settings))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTINGS]);
}

/**
 * drill_json_pane_set_bytes:
 * @self: a pane
 * @bytes: (nullable): the document as it came, or %NULL to show nothing
 * @title: (nullable): what it is, plain text for one line
 * @file_name: (nullable): the file name that Save proposes, with its suffix
 *
 * Shows a document. One that is all in one line is shown indented, until
 * somebody presses Format.
 */
void
drill_json_pane_set_bytes (DrillJsonPane *self,
                           GBytes        *bytes,
                           const char    *title,
                           const char    *file_name)
{
  g_return_if_fail (DRILL_IS_JSON_PANE (self));

  gtk_label_set_label (self->title_label, title != NULL ? title : _("JSON"));
  g_free (self->file_name);
  self->file_name = g_strdup (file_name != NULL ? file_name : "evidence.json");

  /* A refresh that brings the same item again must not move the text. */
  if (self->bytes != NULL && bytes != NULL && g_bytes_equal (self->bytes, bytes))
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (bytes != NULL)
    self->bytes = g_bytes_ref (bytes);

  if (bytes != NULL && !self->format_chosen)
    {
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      self->filling = TRUE;
      gtk_toggle_button_set_active (self->format_button, length > 1 && memchr (data, '\n', length - 1) == NULL);
      self->filling = FALSE;
    }

  fill (self);
}

/**
 * drill_json_pane_get_bytes:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): the document that is shown, as it came
 */
GBytes *
drill_json_pane_get_bytes (DrillJsonPane *self)
{
  g_return_val_if_fail (DRILL_IS_JSON_PANE (self), NULL);

  return self->bytes;
}
