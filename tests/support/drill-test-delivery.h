// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *drill_test_delivery_fail (GBytes     *answer,
                                  GHashTable *failing);

G_END_DECLS
