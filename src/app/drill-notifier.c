// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drill-notifier.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "app/drill-watch.h"
#include "base/drill-text.h"
#include "base/drill-time.h"
#include "ui/common/drill-format.h"
#include "ui/preferences/drill-notifications.h"

#define SHORTEST_PAUSE (30 * G_TIME_SPAN_SECOND) /* between two looks at the same table */

struct _DrillNotifier
{
  GObject parent_instance;

  GApplication *application; /* unowned: it owns this */
  DrillSession *session;
  GSettings    *settings;

  char         *name;   /* of the service that @before is of */
  DrillSight   *before; /* nullable: what is no news any more */
  GArray       *breached; /* identities of what was told */
  GArray       *due;
  gboolean      told; /* there may be a notification */
  GCancellable *cancellable; /* of the comparison that is running */
  guint         idle_id;
  guint         timer_id;
};

G_DEFINE_FINAL_TYPE (DrillNotifier, drill_notifier, G_TYPE_OBJECT)

static void queue_look (DrillNotifier *self);

static gint64
get_due_us (DrillNotifier *self)
{
  return g_settings_get_uint (self->settings, "at-risk-minutes") * DRILL_TIME_MINUTE;
}

static gboolean
has_window (DrillNotifier *self)
{
  return gtk_application_get_windows (GTK_APPLICATION (self->application)) != NULL;
}

/* Words */

/* Some desktops take the text of a notification for markup and others do not:
 * a name has nothing in it that would make a difference */
static char *
dup_name (DrillEvidence    *evidence,
          guint32           row,
          DrillRouteColumn  column,
          DrillDict         dict)
{
  g_autofree char *line = drill_text_one_line (drill_evidence_get_text (evidence, dict,
                                                                        drill_evidence_get_route_column (evidence, column)[row]));
  GString *name = g_string_new (line);

  g_string_replace (name, "<", "‹", 0);
  g_string_replace (name, ">", "›", 0);
  g_string_replace (name, "&", "＆", 0);

  return g_string_free (name, FALSE);
}

static char *
describe (const DrillSight *sight,
          guint32           row)
{
  DrillEvidence *evidence = drill_route_table_get_evidence (sight->table);
  g_autofree char *schedule = dup_name (evidence, row, DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE);
  g_autofree char *provider = dup_name (evidence, row, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER);
  g_autofree char *owner = dup_name (evidence, row, DRILL_ROUTE_OWNER, DRILL_DICT_OWNER);
  g_autofree char *slo = drill_format_slo (drill_evidence_get_route_deadlines (evidence)[row], sight->now_us);

  /* Translators: a route in a notification: schedule, provider, owner, and "5 min overdue" or "5 min left" */
  return g_strdup_printf (_("%s, %s, %s: %s"), schedule, provider, owner, slo);
}

static void
send (DrillNotifier    *self,
      const DrillSight *sight,
      const DrillNews  *news)
{
  static const char *const breached_only[] = { "breached", NULL };
  static const char *const due_only[] = { "due", NULL };
  static const char *const both[] = { "breached", "due", NULL };
  const char *const *values = news->n_breached == 0 ? due_only : news->n_due == 0 ? breached_only : both;
  guint32 worst = news->n_breached > 0 ? news->worst_breached : news->worst_due;
  g_autoptr(GNotification) notification = NULL;
  g_autoptr(GVariant) target = g_variant_ref_sink (g_variant_new_strv (values, -1));
  g_autofree char *title = NULL;
  g_autofree char *route = describe (sight, worst);
  g_autofree char *body = NULL;

  if (news->n_breached > 0)
    title = g_strdup_printf (ngettext ("%'u route breached its SLO", "%'u routes breached their SLO", news->n_breached),
                             news->n_breached);
  else
    title = g_strdup_printf (ngettext ("%'u route is about to breach its SLO", "%'u routes are about to breach their SLO",
                                       news->n_due), news->n_due);

  if (news->n_breached > 0 && news->n_due > 0)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%'u more is about to.", "%'u more are about to.", news->n_due),
                                               news->n_due);

      body = g_strconcat (route, "\n", more, NULL);
    }
  else
    {
      body = g_steal_pointer (&route);
    }

  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, news->n_breached > 0 ? G_NOTIFICATION_PRIORITY_HIGH
                                                                  : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target_value (notification, "app.show-slo", target);
  g_notification_add_button_with_target_value (notification, _("Show"), "app.show-slo", target);
  g_application_send_notification (self->application, DRILL_NOTIFICATION_ID, notification);
  self->told = TRUE;
}

/* Looking */

static void
drop_told (DrillNotifier *self)
{
  g_array_set_size (self->breached, 0);
  g_array_set_size (self->due, 0);
}

static void
start_over (DrillNotifier *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_pointer (&self->before, drill_sight_free);
  g_clear_pointer (&self->name, g_free);
  drill_notifier_withdraw (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  DrillNotifier *self = user_data;

  self->timer_id = 0;
  queue_look (self);

  return G_SOURCE_REMOVE;
}

/* One look at a time: a deadline that comes sooner waits and is told with others */
static void
schedule (DrillNotifier *self)
{
  gint64 next_us = drill_watch_get_next (self->before);
  gint64 pause_us;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (next_us == G_MAXINT64 || drill_clock_is_fixed (drill_session_get_clock (self->session)))
    return;

  /* Not all at once: the clock of the wall may be set, or the computer sleep meanwhile */
  pause_us = CLAMP (next_us - self->before->now_us, 0, SHORTEST_PAUSE);
  if (self->told)
    pause_us = SHORTEST_PAUSE;

  self->timer_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, (guint) (pause_us / G_TIME_SPAN_MILLISECOND) + 1,
                                       timer_cb, self, NULL);
  g_source_set_name_by_id (self->timer_id, "[drill] notifications");
}

typedef struct {
  DrillSight *before;
  DrillSight *after;
  GArray     *breached;
  GArray     *due;
} Comparison;

static void
comparison_free (Comparison *comparison)
{
  drill_sight_free (comparison->before);
  drill_sight_free (comparison->after);
  g_array_unref (comparison->breached);
  g_array_unref (comparison->due);
  g_free (comparison);
}

static void
compare (Comparison *comparison,
         DrillNews **news)
{
  drill_watch_retain (comparison->after, comparison->breached, comparison->due);
  *news = drill_watch_compare (comparison->before, comparison->after);
}

static void
append_all (GArray *array,
            GArray *other)
{
  if (other->len > 0)
    g_array_append_vals (array, other->data, other->len);
}

/* Tells what is wanted of the news, and goes on from there */
static void
finish_look (DrillNotifier *self,
             Comparison    *comparison,
             DrillNews     *news)
{
  DrillNotify wanted = drill_notifications_wanted (self->settings, self->session);
  gboolean told = self->told;

  g_clear_pointer (&self->before, drill_sight_free);
  self->before = g_steal_pointer (&comparison->after);

  /* What was told meanwhile to have been seen stays forgotten */
  if (told)
    {
      drop_told (self);
      append_all (self->breached, comparison->breached);
      append_all (self->due, comparison->due);
    }

  if (!(wanted & DRILL_NOTIFY_BREACHED))
    news->n_breached = 0;
  if (!(wanted & DRILL_NOTIFY_DUE))
    news->n_due = 0;
  if (news->n_breached > 0)
    append_all (self->breached, news->breached);
  if (news->n_due > 0)
    append_all (self->due, news->due);

  if (news->n_breached > 0 || news->n_due > 0)
    send (self, self->before, news);
  else if (told && (self->breached->len + self->due->len == 0 || wanted == DRILL_NOTIFY_NOTHING))
    drill_notifier_withdraw (self);

  schedule (self);
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  DrillNews *news;

  compare (task_data, &news);
  g_task_return_pointer (task, news, (GDestroyNotify) drill_news_free);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DrillNotifier *self = DRILL_NOTIFIER (source);
  g_autoptr(DrillNews) news = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: it is of another service, or of none that anybody looks at */
  if (news == NULL)
    return;

  g_clear_object (&self->cancellable);
  finish_look (self, g_task_get_task_data (G_TASK (result)), news);
  /* What came meanwhile */
  queue_look (self);
}

static void
begin_look (DrillNotifier *self,
            DrillSight    *after)
{
  Comparison *comparison = g_new0 (Comparison, 1);
  gboolean same = after->table == self->before->table;

  comparison->before = drill_sight_new (self->before->table, self->before->now_us, self->before->due_us);
  comparison->after = after;
  comparison->breached = g_array_copy (self->breached);
  comparison->due = g_array_copy (self->due);

  if (same)
    {
      DrillNews *news = drill_watch_compare (comparison->before, comparison->after);

      /* Of the same table nothing can have been resolved */
      finish_look (self, comparison, news);
      drill_news_free (news);
      comparison_free (comparison);
    }
  else
    {
      g_autoptr(GTask) task = NULL;

      self->cancellable = g_cancellable_new ();
      task = g_task_new (self, self->cancellable, compared_cb, NULL);
      g_task_set_source_tag (task, begin_look);
      g_task_set_task_data (task, comparison, (GDestroyNotify) comparison_free);
      g_task_run_in_thread (task, compare_thread);
    }
}

static void
look (DrillNotifier *self)
{
  DrillRouteTable *table = drill_session_get_table (self->session);
  const char *name = drill_session_get_name (self->session);
  gint64 now_us = drill_clock_now (drill_session_get_clock (self->session));
  gint64 due_us = get_due_us (self);

  if (drill_session_get_shown (self->session) != DRILL_SHOWN_LIVE || !has_window (self) ||
      (self->name != NULL && g_strcmp0 (self->name, name) != 0))
    {
      if (self->name != NULL)
        start_over (self);
      if (drill_session_get_shown (self->session) != DRILL_SHOWN_LIVE || !has_window (self))
        return;
    }

  /* While it is not known what the service says, there is nothing to tell: it is told when it is */
  if (!drill_session_get_complete (self->session) ||
      drill_session_get_stale_since (self->session) != DRILL_TIME_UNKNOWN || self->cancellable != NULL)
    return;

  if (self->before == NULL)
    {
      self->name = g_strdup (name);
      self->before = drill_sight_new (table, now_us, due_us);
      schedule (self);
      return;
    }

  if (self->before->table == table && self->before->now_us == now_us && self->before->due_us == due_us)
    return;

  begin_look (self, drill_sight_new (table, now_us, due_us));
}

static gboolean
idle_cb (gpointer user_data)
{
  DrillNotifier *self = user_data;

  self->idle_id = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* Later, when all that changes together has */
static void
queue_look (DrillNotifier *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, idle_cb, self, NULL);
}

static void
settings_changed_cb (DrillNotifier *self)
{
  if (drill_notifications_wanted (self->settings, self->session) == DRILL_NOTIFY_NOTHING)
    drill_notifier_withdraw (self);
}

static void
drill_notifier_dispose (GObject *object)
{
  DrillNotifier *self = DRILL_NOTIFIER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->timer_id, g_source_remove);

  G_OBJECT_CLASS (drill_notifier_parent_class)->dispose (object);
}

static void
drill_notifier_finalize (GObject *object)
{
  DrillNotifier *self = DRILL_NOTIFIER (object);

  g_clear_pointer (&self->before, drill_sight_free);
  g_free (self->name);
  g_array_unref (self->breached);
  g_array_unref (self->due);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_notifier_parent_class)->finalize (object);
}

static void
drill_notifier_class_init (DrillNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = drill_notifier_dispose;
  object_class->finalize = drill_notifier_finalize;
}

static void
drill_notifier_init (DrillNotifier *self)
{
  self->breached = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->due = g_array_new (FALSE, FALSE, sizeof (guint64));
}

/**
 * drill_notifier_new:
 * @application: the program, which has the action `app.show-slo`; not kept alive
 * @session: whose routes to watch
 * @settings: what says what to tell
 *
 * Returns: (transfer full): the notifier
 */
DrillNotifier *
drill_notifier_new (GApplication *application,
                    DrillSession *session,
                    GSettings    *settings)
{
  static const char *const changes[] = {
    "notify::table", "notify::complete", "notify::shown", "notify::name", "notify::stale-since",
  };
  static const char *const keys[] = {
    "changed::notify-breached", "changed::notify-due", "changed::muted-connections",
  };
  DrillNotifier *self = g_object_new (DRILL_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (session, changes[i], G_CALLBACK (queue_look), self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_signal_connect_object (settings, keys[i], G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::at-risk-minutes", G_CALLBACK (queue_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drill_session_get_clock (session), "changed", G_CALLBACK (queue_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (queue_look), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * drill_notifier_withdraw:
 * @self: a notifier
 *
 * Takes the notification back, if there is one: somebody has seen it, or it is not to be.
 */
void
drill_notifier_withdraw (DrillNotifier *self)
{
  if (!self->told)
    return;

  self->told = FALSE;
  drop_told (self);
  g_application_withdraw_notification (self->application, DRILL_NOTIFICATION_ID);
}

/**
 * drill_notifier_stop:
 * @self: a notifier
 *
 * Takes the notification back and tells nothing any more, for the end of the program.
 */
void
drill_notifier_stop (DrillNotifier *self)
{
  start_over (self);
  g_object_run_dispose (G_OBJECT (self));
}
