// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-error.h"

static void
test_from_gio (void)
{
  const struct
  {
    GQuark     domain;
    int        code;
    DrillError right;
  } errors[] = {
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, DRILL_ERROR_CANCELLED },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, DRILL_ERROR_TIMED_OUT },
    { G_IO_ERROR, G_IO_ERROR_NOT_FOUND, DRILL_ERROR_NOT_FOUND },
    { G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, DRILL_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, DRILL_ERROR_IO },
    { G_IO_ERROR, G_IO_ERROR_NO_SPACE, DRILL_ERROR_IO },
    { G_IO_ERROR, G_IO_ERROR_FAILED, DRILL_ERROR_IO },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, DRILL_ERROR_TLS },
    { G_TLS_ERROR, G_TLS_ERROR_MISC, DRILL_ERROR_TLS },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, DRILL_ERROR_OFFLINE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, DRILL_ERROR_OFFLINE },
    { G_FILE_ERROR, G_FILE_ERROR_NOENT, DRILL_ERROR_NOT_FOUND },
    { G_FILE_ERROR, G_FILE_ERROR_ACCES, DRILL_ERROR_IO },
    { G_CONVERT_ERROR, G_CONVERT_ERROR_FAILED, DRILL_ERROR_IO },
    { DRILL_ERROR, DRILL_ERROR_CONFLICT, DRILL_ERROR_CONFLICT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr(GError) error = g_error_new_literal (errors[i].domain, errors[i].code, "what happened: 100 %s");
      g_autoptr(GError) translated = drill_error_from_gio (error);

      g_assert_error (translated, DRILL_ERROR, (int) errors[i].right);
      g_assert_cmpstr (translated->message, ==, "what happened: 100 %s");
      g_assert_true (translated != error);
    }
}

/* Only reads that may succeed a little later are worth repeating */
static void
test_transient (void)
{
  for (DrillError code = DRILL_ERROR_OFFLINE; code <= DRILL_ERROR_IO; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (DRILL_ERROR, (int) code, "x");

      g_assert_cmpint (drill_error_is_transient (error), ==,
                       code == DRILL_ERROR_OFFLINE || code == DRILL_ERROR_TIMED_OUT ||
                       code == DRILL_ERROR_BUSY || code == DRILL_ERROR_SERVICE);
    }

  {
    g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "not of this domain");

    g_assert_false (drill_error_is_transient (error));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/base/error/from-gio", test_from_gio);
  g_test_add_func ("/drill/base/error/transient", test_transient);

  return g_test_run ();
}
