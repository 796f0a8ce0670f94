// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/drill-secrets.h"

G_BEGIN_DECLS

#define ORIGIN "https://cavra.example:8443"
#define OTHER  "https://other.example"
#define TOKEN  "eyJh.c2VjcmV0LXRva2Vu.X-9_~+/=="

#define NO_ERROR (-1)

/* Each waits for the answer, and asserts what it is: a DrillError code or NO_ERROR */
void secrets_assert_store   (DrillSecrets *secrets,
                             const char   *origin,
                             const char   *token,
                             int           code);
void secrets_assert_lookup  (DrillSecrets *secrets,
                             const char   *origin,
                             const char   *token,
                             gboolean      from_keyring,
                             int           code);
void secrets_assert_clear   (DrillSecrets *secrets,
                             const char   *origin,
                             int           code);
void secrets_assert_nowhere (const char   *folder,
                             const char   *token,
                             guint        *n_files);

G_END_DECLS
