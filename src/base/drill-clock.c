// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-clock.h"

#include "base/drill-time.h"

struct _DrillClock
{
  GObject parent_instance;

  gint64 fixed_us;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillClock, drill_clock, G_TYPE_OBJECT)

static void
drill_clock_class_init (DrillClockClass *klass)
{
  /**
   * DrillClock::changed:
   *
   * A fixed clock was set to another time. A system clock never says so:
   * who shows its time has a timer.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
drill_clock_init (DrillClock *self)
{
  self->fixed_us = DRILL_TIME_UNKNOWN;
}

/**
 * drill_clock_new_system:
 *
 * Returns: (transfer full): a clock that shows the time of day
 */
DrillClock *
drill_clock_new_system (void)
{
  return g_object_new (DRILL_TYPE_CLOCK, NULL);
}

/**
 * drill_clock_new_fixed:
 * @now_us: the time it shows, µs UTC
 *
 * Returns: (transfer full): a clock that stands still, for `--now` and for tests
 */
DrillClock *
drill_clock_new_fixed (gint64 now_us)
{
  DrillClock *self = g_object_new (DRILL_TYPE_CLOCK, NULL);

  self->fixed_us = now_us;

  return self;
}

/**
 * drill_clock_now:
 * @self: a clock
 *
 * Returns: the time, µs UTC
 */
gint64
drill_clock_now (DrillClock *self)
{
  g_return_val_if_fail (DRILL_IS_CLOCK (self), DRILL_TIME_UNKNOWN);

  return drill_clock_is_fixed (self) ? self->fixed_us : g_get_real_time ();
}

/**
 * drill_clock_is_fixed:
 * @self: a clock
 *
 * Returns: %TRUE when its time only changes by drill_clock_set()
 */
gboolean
drill_clock_is_fixed (DrillClock *self)
{
  g_return_val_if_fail (DRILL_IS_CLOCK (self), FALSE);

  return self->fixed_us != DRILL_TIME_UNKNOWN;
}

/**
 * drill_clock_set:
 * @self: a fixed clock
 * @now_us: the new time, µs UTC
 *
 * Sets a fixed clock and emits #DrillClock::changed.
 */
void
drill_clock_set (DrillClock *self,
                 gint64      now_us)
{
  g_return_if_fail (DRILL_IS_CLOCK (self));
  g_return_if_fail (drill_clock_is_fixed (self));

  self->fixed_us = now_us;
  g_signal_emit (self, signals[CHANGED], 0);
}
