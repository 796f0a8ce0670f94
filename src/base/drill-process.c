// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/**
 * drill_process_forbid_core_dumps:
 *
 * A process that holds a token leaves none in a core file: neither it nor what
 * it starts writes any from now on.
 */
void
drill_process_forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
}

/**
 * drill_process_forbid_tracing:
 *
 * Other processes of the same user can no longer read its memory or its
 * environment (`/proc`), nor trace it. Not for programs with windows: portals
 * look there to tell who asks.
 */
void
drill_process_forbid_tracing (void)
{
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}
