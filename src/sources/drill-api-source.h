// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/drill-source.h"

G_BEGIN_DECLS

/**
 * DrillApiSource:
 *
 * The CAVRA service over HTTP (contract sections 1 to 3, 6 and 7). Keeps
 * connections alive, accepts gzip, honours connect and read time-outs, and
 * retries reads that failed in passing with growing pauses and Retry-After;
 * writes are sent once. The token is sent to the origin of the base URL only,
 * and over plain HTTP only to loopback.
 */
#define DRILL_TYPE_API_SOURCE (drill_api_source_get_type ())

G_DECLARE_FINAL_TYPE (DrillApiSource, drill_api_source, DRILL, API_SOURCE, GObject)

DrillApiSource *drill_api_source_new           (const char      *base_url,
                                                const char      *ca_file,
                                                const char      *token,
                                                GError         **error);
void            drill_api_source_set_token     (DrillApiSource  *self,
                                                const char      *token);
void            drill_api_source_set_time_outs (DrillApiSource  *self,
                                                guint            connect_seconds,
                                                guint            read_seconds);
void            drill_api_source_set_retries   (DrillApiSource  *self,
                                                guint            n_retries,
                                                guint            first_pause_ms);
void            drill_api_source_set_max_page  (DrillApiSource  *self,
                                                gsize            max_bytes);

G_END_DECLS
