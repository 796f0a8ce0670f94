// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-scope-form.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "ui/audit/drill-note-card.h"
#include "ui/common/drill-cell-label.h"
#include "ui/common/drill-choice.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-label.h"

/* Typing is not to wait for a million routes; ms. */
#define PREVIEW_DELAY 120
#define LIST_WIDTH    320 /* pixels, with text of the usual size */

struct _DrillScopeForm
{
  AdwBin                parent_instance;

  AdwEntryRow          *schedule;
  GtkMenuButton        *schedule_button;
  GtkPopover           *schedule_popover;
  GtkEditable          *schedule_search;
  GtkListView          *schedule_list;
  DrillChoice          *provider;
  AdwEntryRow          *owner;
  DrillNoteCard        *ignored;
  DrillNoteCard        *preview;

  DrillSession         *session;
  GSignalGroup         *session_signals;
  GtkStringList        *schedules;
  GtkStringFilter      *filter;
  char                 *schedule_text;
  char                 *owner_text;
  DrillPackageCoverage  coverage;
  guint                 preview_id;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillScopeForm, drill_scope_form, ADW_TYPE_BIN)

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The values that delivered routes have, sorted */
static GPtrArray *
collect_values (DrillEvidence    *evidence,
                DrillRouteColumn  column,
                DrillDict         dict)
{
  const guint32 *codes = drill_evidence_get_route_column (evidence, column);
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  guint n_routes = drill_evidence_get_n_routes (evidence);
  guint n_codes = drill_evidence_get_dict_size (evidence, dict);
  g_autofree guint8 *used = g_new0 (guint8, MAX (n_codes, 1));
  GPtrArray *values = g_ptr_array_new ();

  for (guint i = 0; i < n_routes; i++)
    if (flags[i] & DRILL_ROUTE_DELIVERED)
      used[codes[i]] = TRUE;

  /* Code 0 is the empty text, which stands for all */
  for (guint code = 1; code < n_codes; code++)
    if (used[code])
      g_ptr_array_add (values, (gpointer) drill_evidence_get_text (evidence, dict, code));
  g_ptr_array_sort (values, compare_texts);
  g_ptr_array_add (values, NULL);

  return values;
}

static gboolean
is_listed (GtkStringList *list,
           GPtrArray     *values)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) != values->len - 1)
    return FALSE;

  for (guint i = 0; i + 1 < values->len; i++)
    if (!g_str_equal (gtk_string_list_get_string (list, i), g_ptr_array_index (values, i)))
      return FALSE;

  return TRUE;
}

static void
update_values (DrillScopeForm *self)
{
  DrillEvidence *evidence = drill_session_get_evidence (self->session);
  g_autoptr(GPtrArray) schedules = collect_values (evidence, DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE);
  g_autoptr(GPtrArray) providers = collect_values (evidence, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER);

  if (!is_listed (self->schedules, schedules))
    gtk_string_list_splice (self->schedules, 0, g_list_model_get_n_items (G_LIST_MODEL (self->schedules)),
                            (const char *const *) schedules->pdata);
  drill_choice_set_values (self->provider, (const char *const *) providers->pdata, NULL);
}

static void
append_line (GString    *text,
             const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

static void
append_states (GString                    *text,
               const DrillPackageCoverage *coverage)
{
  static const char *const names[] = { NULL, "outstanding", "acknowledged", "resolved", "escalated", "dismissed" };
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint state = DRILL_STATE_OUTSTANDING; state <= DRILL_STATE_DISMISSED; state++)
    {
      g_autofree char *name = drill_label_state (names[state]);
      g_autofree char *count = drill_format_count (coverage->states[state]);

      if (coverage->states[state] > 0)
        g_string_append_printf (line, "%s%s %s", line->len > 0 ? " · " : "", name, count);
    }
  if (line->len > 0)
    append_line (text, line->str);
}

/* What is loaded may not be all that the service has */
static void
append_caveats (DrillScopeForm *self,
                GString        *text)
{
  gint64 stale_since = drill_session_get_stale_since (self->session);

  if (!drill_session_get_complete (self->session))
    append_line (text, _("Not all of the evidence is loaded: the service may know of more routes."));
  if (stale_since != DRILL_TIME_UNKNOWN)
    {
      g_autofree char *time = drill_format_time_exact (stale_since);
      /* Translators: %s is a time */
      g_autofree char *line = g_strdup_printf (_("The service has not answered since %s: it may know of newer routes."), time);

      append_line (text, line);
    }
}

static char *
dup_heading (const DrillPackageCoverage *coverage)
{
  g_autofree char *routes = drill_format_count (coverage->n_routes);
  g_autofree char *schedules = drill_format_count (coverage->n_schedules);
  /* Translators: %s is a number */
  g_autofree char *n_routes = g_strdup_printf (ngettext ("%s route", "%s routes", coverage->n_routes), routes);
  g_autofree char *n_schedules = g_strdup_printf (ngettext ("%s schedule", "%s schedules", coverage->n_schedules), schedules);

  if (coverage->n_routes == 0)
    return g_strdup (_("No route that is loaded fits: the package would be empty"));

  /* Translators: “12,904 routes”, then “40 schedules” */
  return g_strdup_printf (_("%1$s in %2$s"), n_routes, n_schedules);
}

static void
update_preview (DrillScopeForm *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *heading = NULL;
  g_autofree char *cut = drill_format_count (DRILL_PACKAGE_SERVICE_CUT);
  DrillPackageScope scope;

  drill_scope_form_get_scope (self, &scope);
  drill_package_cover (drill_session_get_evidence (self->session), &scope, &self->coverage);

  heading = dup_heading (&self->coverage);
  append_states (text, &self->coverage);
  if (!self->coverage.fits)
    {
      g_autofree char *acks = drill_format_count (self->coverage.n_acks);
      g_autofree char *line = NULL;

      if (self->coverage.n_routes > DRILL_PACKAGE_SERVICE_CUT)
        /* Translators: %s is a number */
        line = g_strdup_printf (_("That is more than the %s that the service puts in one package."), cut);
      else if (self->coverage.n_plans > DRILL_PACKAGE_SERVICE_CUT)
        /* Translators: %s is a number */
        line = g_strdup_printf (_("The service reads only the newest %s plans for one package, and there are more."), cut);
      else
        /* Translators: both are numbers */
        line = g_strdup_printf (_("With %1$s acknowledgements, more than the %2$s that the service reads for one package."),
                                acks, cut);
      append_line (text, line);
    }
  append_caveats (self, text);

  drill_note_card_set (self->preview,
                       self->coverage.n_routes == 0 || !self->coverage.fits ||
                       !drill_session_get_complete (self->session) ? DRILL_TONE_WARNING : DRILL_TONE_PLAIN,
                       heading, text->str);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
preview_cb (gpointer user_data)
{
  DrillScopeForm *self = user_data;

  self->preview_id = 0;
  update_preview (self);

  return G_SOURCE_REMOVE;
}

static void
read_entry (AdwEntryRow  *row,
            char        **text)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
entry_changed_cb (DrillScopeForm *self)
{
  read_entry (self->schedule, &self->schedule_text);
  read_entry (self->owner, &self->owner_text);
  if (self->session != NULL && self->preview_id == 0)
    self->preview_id = g_timeout_add (PREVIEW_DELAY, preview_cb, self);
}

static void
changed_cb (DrillScopeForm *self)
{
  if (self->session == NULL)
    return;

  g_clear_handle_id (&self->preview_id, g_source_remove);
  update_preview (self);
}

static void
table_cb (DrillScopeForm *self)
{
  update_values (self);
  changed_cb (self);
}

/* Choosing a schedule */

static void
popover_shown_cb (DrillScopeForm *self)
{
  gtk_editable_set_text (self->schedule_search, self->schedule_text);
  gtk_editable_select_region (self->schedule_search, 0, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->schedule_search));
}

static void
search_changed_cb (DrillScopeForm *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (self->schedule_search));
}

static void
schedule_activate_cb (DrillScopeForm *self,
                      guint           position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->schedule_list));
  g_autoptr(GtkStringObject) schedule = g_list_model_get_item (model, position);

  if (schedule == NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->schedule), gtk_string_object_get_string (schedule));
  gtk_popover_popdown (self->schedule_popover);
}

static void
search_activate_cb (DrillScopeForm *self)
{
  schedule_activate_cb (self, 0);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            user_data)
{
  gtk_list_item_set_child (list_item, drill_cell_label_new (PANGO_ELLIPSIZE_MIDDLE));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            user_data)
{
  GtkStringObject *schedule = gtk_list_item_get_item (list_item);
  g_autofree char *text = drill_text_one_line (gtk_string_object_get_string (schedule));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

/* Filters that a package cannot have */

static void
append_filter (GString    *text,
               const char *name,
               const char *value)
{
  /* Translators: the name of a filter, and the values it has */
  g_autofree char *line = g_strdup_printf (_("%1$s: %2$s"), name, value);

  append_line (text, line);
}

static void
append_values (GString           *text,
               DrillFacet         facet,
               const char *const *values)
{
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *value = drill_label_value (facet, values[i]);

      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", value);
    }
  append_filter (text, drill_label_facet (facet), words->str);
}

/* Returns: the only value of a facet, which a package can have */
static const char *
take_value (const DrillRouteQuery *query,
            DrillFacet             facet,
            GString               *ignored)
{
  const char *const *values = drill_route_query_get_values (query, facet);
  guint n_values = values != NULL ? g_strv_length ((char **) values) : 0;

  if (n_values == 1 && *values[0] != '\0')
    return values[0];
  if (n_values > 0)
    append_values (ignored, facet, values);

  return NULL;
}

static const char *
take_owner (const DrillRouteQuery *query,
            GString               *ignored)
{
  const char *const *values = drill_route_query_get_values (query, DRILL_FACET_OWNER);
  const char *const *texts = drill_route_query_get_owner_texts (query);
  guint n_values = values != NULL ? g_strv_length ((char **) values) : 0;
  guint n_texts = texts != NULL ? g_strv_length ((char **) texts) : 0;

  if (n_values + n_texts == 1 && *(n_values > 0 ? values[0] : texts[0]) != '\0')
    return n_values > 0 ? values[0] : texts[0];
  if (n_values > 0)
    append_values (ignored, DRILL_FACET_OWNER, values);
  if (n_texts > 0)
    append_values (ignored, DRILL_FACET_OWNER, texts);

  return NULL;
}

static void
drill_scope_form_dispose (GObject *object)
{
  DrillScopeForm *self = DRILL_SCOPE_FORM (object);

  g_clear_handle_id (&self->preview_id, g_source_remove);
  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_scope_form_parent_class)->dispose (object);
}

static void
drill_scope_form_finalize (GObject *object)
{
  DrillScopeForm *self = DRILL_SCOPE_FORM (object);

  g_clear_object (&self->schedules);
  g_clear_object (&self->filter);
  g_free (self->schedule_text);
  g_free (self->owner_text);

  G_OBJECT_CLASS (drill_scope_form_parent_class)->finalize (object);
}

static gboolean
drill_scope_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DRILL_SCOPE_FORM (widget)->schedule));
}

static void
drill_scope_form_class_init (DrillScopeFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DRILL_TYPE_CHOICE);
  g_type_ensure (DRILL_TYPE_NOTE_CARD);

  object_class->dispose = drill_scope_form_dispose;
  object_class->finalize = drill_scope_form_finalize;
  widget_class->grab_focus = drill_scope_form_grab_focus;

  /**
   * DrillScopeForm::changed:
   *
   * The scope, or what it covers, is another one.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-scope-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, schedule);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, schedule_button);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, schedule_popover);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, schedule_search);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, schedule_list);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, provider);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, owner);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, ignored);
  gtk_widget_class_bind_template_child (widget_class, DrillScopeForm, preview);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, schedule_activate_cb);
}

static void
drill_scope_form_init (DrillScopeForm *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkNoSelection) selection = NULL;
  GtkFilterListModel *filtered;

  self->schedule_text = g_strdup ("");
  self->owner_text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  self->schedules = gtk_string_list_new (NULL);
  self->filter = gtk_string_filter_new (gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->schedules)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  selection = gtk_no_selection_new (G_LIST_MODEL (filtered));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->schedule_list),
                               drill_cell_scale_width (GTK_WIDGET (self), LIST_WIDTH), -1);
  gtk_list_view_set_factory (self->schedule_list, factory);
  gtk_list_view_set_model (self->schedule_list, GTK_SELECTION_MODEL (selection));

  self->session_signals = g_signal_group_new (DRILL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::table", G_CALLBACK (table_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::complete", G_CALLBACK (changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::stale-since", G_CALLBACK (changed_cb), self);
}

/**
 * drill_scope_form_set_session:
 * @self: a form
 * @session: whose evidence the scope is of
 */
void
drill_scope_form_set_session (DrillScopeForm *self,
                              DrillSession   *session)
{
  g_return_if_fail (DRILL_IS_SCOPE_FORM (self));
  g_return_if_fail (DRILL_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  table_cb (self);
}

/**
 * drill_scope_form_prefill:
 * @self: a form
 * @query: what the routes are filtered by
 *
 * Takes over what a package can be limited by, and says what it cannot.
 */
void
drill_scope_form_prefill (DrillScopeForm        *self,
                          const DrillRouteQuery *query)
{
  static const DrillFacet never[] = {
    DRILL_FACET_STATE, DRILL_FACET_SLO, DRILL_FACET_ACTION, DRILL_FACET_CATEGORY, DRILL_FACET_ALERT,
  };
  g_autoptr(GString) ignored = g_string_new (NULL);
  const char *schedule, *provider, *owner;
  const char *search = drill_route_query_get_search (query);

  g_return_if_fail (DRILL_IS_SCOPE_FORM (self));

  schedule = take_value (query, DRILL_FACET_SCHEDULE, ignored);
  provider = take_value (query, DRILL_FACET_PROVIDER, ignored);
  owner = take_owner (query, ignored);
  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    {
      const char *const *values = drill_route_query_get_values (query, never[i]);

      if (values != NULL && values[0] != NULL)
        append_values (ignored, never[i], values);
    }
  if (search != NULL && *search != '\0')
    {
      g_autofree char *line = drill_text_one_line (search);

      append_filter (ignored, _("Search"), line);
    }

  gtk_editable_set_text (GTK_EDITABLE (self->schedule), schedule != NULL ? schedule : "");
  gtk_editable_set_text (GTK_EDITABLE (self->owner), owner != NULL ? owner : "");
  drill_choice_set_value (self->provider, provider);
  if (ignored->len > 0)
    drill_note_card_set (self->ignored, DRILL_TONE_WARNING,
                         _("These filters are set, but a package cannot have them"), ignored->str);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->ignored), FALSE);
  changed_cb (self);
}

/**
 * drill_scope_form_get_scope:
 * @self: a form
 * @scope: (out caller-allocates): what it says; its texts belong to the form, until it changes
 */
void
drill_scope_form_get_scope (DrillScopeForm    *self,
                            DrillPackageScope *scope)
{
  const char *provider;

  g_return_if_fail (DRILL_IS_SCOPE_FORM (self));

  provider = drill_choice_get_value (self->provider);
  scope->schedule_id = self->schedule_text;
  scope->provider = provider != NULL ? provider : "";
  scope->owner = self->owner_text;
}

/**
 * drill_scope_form_get_coverage:
 * @self: a form
 *
 * Returns: (transfer none): what the scope covers in the evidence that is loaded
 */
const DrillPackageCoverage *
drill_scope_form_get_coverage (DrillScopeForm *self)
{
  g_return_val_if_fail (DRILL_IS_SCOPE_FORM (self), NULL);

  /* What was typed just now counts too */
  if (self->preview_id != 0)
    changed_cb (self);

  return &self->coverage;
}

/**
 * drill_scope_dup_text:
 * @scope: a scope
 *
 * Returns: (transfer full): the scope in words, plain text for one line
 */
char *
drill_scope_dup_text (const DrillPackageScope *scope)
{
  g_autofree char *schedule = drill_text_one_line (scope->schedule_id);
  g_autofree char *provider = drill_text_one_line (scope->provider);
  g_autofree char *owner = drill_text_one_line (scope->owner);
  g_autofree char *schedule_words = *schedule != '\0' ? g_strdup_printf (_("schedule %s"), schedule) : NULL;
  g_autofree char *provider_words = *provider != '\0' ? g_strdup_printf (_("provider %s"), provider) : NULL;
  /* Translators: a part of the list that says what a package covers */
  g_autofree char *owner_words = *owner != '\0' ? g_strdup_printf (_("owner contains “%s”"), owner) : NULL;
  const char *const words[] = { schedule_words, provider_words, owner_words };
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words[i]);

  return g_strdup (text->len > 0 ? text->str : _("everything"));
}
