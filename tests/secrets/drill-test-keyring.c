// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-test-keyring.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include <glib/gstdio.h>

#include "drill-test-loop.h"

#define SECRETS_NAME "org.freedesktop.secrets"

struct _DrillTestKeyring {
  char            *home;
  GSubprocess     *dbus;
  GSubprocess     *daemon;
  GDBusConnection *bus;
  guint            watch;
  gboolean         owned;
};

static const char bus_config[] =
  "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
  " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
  "<busconfig>\n"
  "  <type>session</type>\n"
  "  <listen>%s</listen>\n"
  "  <auth>EXTERNAL</auth>\n"
  "  <policy context=\"default\">\n"
  "    <allow send_destination=\"*\" eavesdrop=\"true\"/>\n"
  "    <allow eavesdrop=\"true\"/>\n"
  "    <allow own=\"*\"/>\n"
  "  </policy>\n"
  "</busconfig>\n";

/* Asked by the leak sanitizer, when there is one: libsecret 0.20 loses a little
 * of each item that it removes, in places that cannot be told from ours. That
 * we lose nothing is seen by what must be gone at the end of each test. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

/* A test that is killed takes them along */
static void
child_setup (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn (DrillTestKeyring   *self,
       const char *const  *argv,
       GSubprocessFlags    flags)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr(GError) error = NULL;
  GSubprocess *process;
  const char *const folders[] = {
    "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_subprocess_launcher_setenv (launcher, folders[i], self->home, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_set_child_setup (launcher, child_setup, NULL, NULL);

  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);

  return process;
}

static void
kill_process (GSubprocess **process)
{
  g_autoptr(GSubprocess) old = g_steal_pointer (process);

  if (old == NULL)
    return;

  g_subprocess_force_exit (old);
  g_assert_true (g_subprocess_wait (old, NULL, NULL));
}

static void
appeared_cb (GDBusConnection *bus,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  ((DrillTestKeyring *) user_data)->owned = TRUE;
}

static void
vanished_cb (GDBusConnection *bus,
             const char      *name,
             gpointer         user_data)
{
  ((DrillTestKeyring *) user_data)->owned = FALSE;
}

static gboolean
is_owned (gpointer data)
{
  return ((DrillTestKeyring *) data)->owned;
}

static gboolean
is_not_owned (gpointer data)
{
  return !((DrillTestKeyring *) data)->owned;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_remove (path);
}

/**
 * drill_test_keyring_new:
 *
 * Starts the bus, without a keyring, and makes it the session bus of this
 * process. To be called before anything asks for a session bus.
 */
DrillTestKeyring *
drill_test_keyring_new (void)
{
  DrillTestKeyring *self = g_new0 (DrillTestKeyring, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDataInputStream) output = NULL;
  g_autofree char *config = NULL, *config_file = NULL, *config_option = NULL, *address = NULL, *line = NULL;

  self->home = g_dir_make_tmp ("drill-keyring-XXXXXX", &error);
  g_assert_no_error (error);
  address = g_strdup_printf ("unix:path=%s/bus", self->home);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);

  config = g_strdup_printf (bus_config, address);
  config_file = g_build_filename (self->home, "bus.conf", NULL);
  g_file_set_contents (config_file, config, -1, &error);
  g_assert_no_error (error);

  config_option = g_strconcat ("--config-file=", config_file, NULL);
  self->dbus = spawn (self,
                      (const char *[]) { "dbus-daemon", "--nofork", "--nopidfile", "--print-address", config_option, NULL },
                      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->dbus));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);

  self->bus = g_dbus_connection_new_for_address_sync (address,
                                                      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                        G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                      NULL, NULL, &error);
  g_assert_no_error (error);
  self->watch = g_bus_watch_name_on_connection (self->bus, SECRETS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                appeared_cb, vanished_cb, self, NULL);

  return self;
}

/**
 * drill_test_keyring_get_home:
 *
 * Returns: the folder that has everything the keyring keeps
 */
const char *
drill_test_keyring_get_home (DrillTestKeyring *self)
{
  return self->home;
}

/**
 * drill_test_keyring_get_bus:
 *
 * Returns: (transfer none): a connection besides the one that the tested code has
 */
GDBusConnection *
drill_test_keyring_get_bus (DrillTestKeyring *self)
{
  return self->bus;
}

/**
 * drill_test_keyring_start:
 * @unlocked: as after a login with the password; otherwise what is there stays locked,
 *   and there must have been a start with %TRUE before
 *
 * Starts the keyring and waits until it is there.
 */
void
drill_test_keyring_start (DrillTestKeyring *self,
                          gboolean          unlocked)
{
  g_autofree char *control = g_strconcat ("--control-directory=", self->home, "/keyring", NULL);
  g_autoptr(GError) error = NULL;
  const char *argv[] = {
    "gnome-keyring-daemon", "--foreground", "--components=secrets", control, unlocked ? "--unlock" : NULL, NULL,
  };

  g_assert_null (self->daemon);
  self->daemon = spawn (self, argv,
                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                          (unlocked ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE));
  if (unlocked)
    {
      GOutputStream *input = g_subprocess_get_stdin_pipe (self->daemon);

      g_output_stream_write_all (input, "password", strlen ("password"), NULL, NULL, &error);
      g_assert_no_error (error);
      g_output_stream_close (input, NULL, &error);
      g_assert_no_error (error);
    }

  drill_test_loop_until (is_owned, self);
}

/**
 * drill_test_keyring_lock:
 *
 * Locks it, as somebody who leaves the desk does.
 */
void
drill_test_keyring_lock (DrillTestKeyring *self)
{
  const char *const collections[] = { "/org/freedesktop/secrets/aliases/default", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;

  reply = g_dbus_connection_call_sync (self->bus, SECRETS_NAME, "/org/freedesktop/secrets",
                                       "org.freedesktop.Secret.Service", "Lock",
                                       g_variant_new ("(^ao)", collections), G_VARIANT_TYPE ("(aoo)"),
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/**
 * drill_test_keyring_kill:
 *
 * Kills the keyring, and waits until the bus knows.
 */
void
drill_test_keyring_kill (DrillTestKeyring *self)
{
  kill_process (&self->daemon);
  drill_test_loop_until (is_not_owned, self);
}

void
drill_test_keyring_free (DrillTestKeyring *self)
{
  g_bus_unwatch_name (self->watch);
  kill_process (&self->daemon);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  kill_process (&self->dbus);
  remove_tree (self->home);
  g_free (self->home);
  g_free (self);
}
