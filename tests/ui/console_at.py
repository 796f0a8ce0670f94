# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of the program, used as a screen reader does: through the accessibility tree.

Nothing is waited for by the clock: every step has a condition, and one
watchdog ends it all.
"""

import re
import signal
import subprocess
import traceback

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

INTERVAL = 40  # ms between two looks at a condition

TABLES = (Atspi.Role.TREE_TABLE, Atspi.Role.TABLE)

INTERACTIVE = {"push button", "toggle button", "check box", "radio button", "entry", "text", "password text", "spin button",
               "combo box", "menu button", "link", "switch", "tree table", "table", "slider"}

MENU_ITEMS = {"menu item", "check menu item", "radio menu item"}

# What libadwaita puts into a window of its kind, and gives no name
LIBRARY = {("Preferences", "GtkSearchEntry")}

PROGRAM_ID = re.compile(r"org\.cavra\.DrillConsole(\.Devel)?$")


class Failure(Exception):
    pass


class Vain(BaseException):
    """What was waited for did not come; nothing that follows would."""


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def text_of(node):
    try:
        if "Text" in node.get_interfaces():
            return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    except GLib.Error:
        pass
    return node.get_name() or ""


def role_of(node):
    """The name of its role, as AT-SPI had it at first: newer ones say "button"."""
    name = node.get_role_name()
    return "push button" if name == "button" else name


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def walk(root):
    """The node and all below it that can be seen; not the thousands of cells of a table, unless it is one."""
    stack = [root]
    while stack:
        node = stack.pop()
        try:
            states = node.get_state_set()
            if node.get_role() != Atspi.Role.APPLICATION and not states.contains(Atspi.StateType.VISIBLE):
                continue
            yield node
            if node is root or node.get_role() not in TABLES:
                stack.extend(reversed(list(children(node))))
        except GLib.Error:
            # Gone while we looked: the tree lives
            continue


def plain_name(node):
    return (node.get_name() or "").replace("_", "")


def find(root, role=None, name=None):
    for node in walk(root):
        try:
            if role is not None and role_of(node) != role:
                continue
            # GTK 4.8 leaves the underscore of a mnemonic in the name of a button
            if name is None or any(re.match(name, text) for text in (node.get_name() or "", plain_name(node), text_of(node))):
                return node
        except GLib.Error:
            continue
    return None


def path_of(node):
    path = []
    while node is not None and len(path) < 7:
        path.append(f"{role_of(node)} “{node.get_name()}”")
        node = node.get_parent()
    return " in ".join(path)


def is_part(node):
    """Of something of GTK's own that has the name, and tells what is chosen."""
    above = node.get_parent()
    for _ in range(6):
        if above is None:
            return False
        if role_of(above) in ("combo box", "spin button", "push button", "toggle button", "entry", "check box", "info bar",
                                     "page tab") and above.get_name() and not re.match(r"(Gtk|Adw)[A-Z]", above.get_name()):
            return True
        above = above.get_parent()
    return False


def is_labelled(node):
    """GTK 4.18 tells of a menu item only which label it has, and leaves that one without a name."""
    return role_of(node) in MENU_ITEMS and any(relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
                                               for relation in node.get_relation_set())


def check_names(root, where):
    """What can be used has a name, and it is not that of its type."""
    nameless = []
    for node in walk(root):
        try:
            role, name = role_of(node), node.get_name() or ""
            if role in INTERACTIVE | MENU_ITEMS and (not name or re.match(r"(Gtk|Adw|Drill)[A-Z]", name)) and not is_part(node) \
                    and not is_labelled(node) and (where, name) not in LIBRARY:
                nameless.append(f"{where}: {path_of(node)}")
        except GLib.Error:
            # Gone while we looked: the tree lives
            continue
    if nameless:
        raise Failure("\n".join(nameless))


def accessibility_bus(session_bus):
    """The address of the accessibility bus, which a program on another session bus would not find."""
    bus = Gio.DBusConnection.new_for_address_sync(
        session_bus, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
    answer = bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                           Gio.DBusCallFlags.NONE, -1, None)
    bus.close_sync(None)
    return answer.unpack()[0]


class Console:
    """The running program. `patience`: seconds, for everything together."""

    def __init__(self, arguments, patience, **more):
        self.waiting = "the program"
        self.groups = None
        self.program = subprocess.Popen(arguments, **more)
        signal.signal(signal.SIGALRM, self.give_up)
        signal.alarm(patience)
        Atspi.init()
        self.application = self.wait(self.find_application, "the program in the accessibility tree")
        # What was true a moment ago is not what is asked for
        self.application.set_cache_mask(Atspi.Cache.NONE)

    def give_up(self, *_):
        raise Vain("waited in vain for " + self.waiting)

    def find_application(self):
        for application in children(Atspi.get_desktop(0)):
            try:
                if application.get_process_id() == self.program.pid and application.get_child_count() > 0:
                    return application
            except GLib.Error:
                continue
        return None

    def wait(self, condition, what):
        """Looks at the condition, between the events, until it holds."""
        context = GLib.MainContext.default()
        self.waiting = what
        while True:
            answer = condition()
            if answer:
                return answer
            if self.program.poll() is not None:
                raise Failure("the program ended while waiting for " + what)
            due = []
            GLib.timeout_add(INTERVAL, lambda: due.append(True))
            while not due:
                context.iteration(True)

    def wait_for(self, role, name, root=None):
        """Something that can be seen and used."""
        def condition():
            node = find(root or self.application, role, name)
            return node if node is not None and is_sensitive(node) else None

        return self.wait(condition, f"{role} “{name}”")

    def dialog(self, title):
        """The toplevel with that title."""
        def condition():
            for window in children(self.application):
                if re.match(title, window.get_name() or ""):
                    return window
            return None

        return self.wait(condition, f"the dialog “{title}”")

    def entry(self, root):
        """The first thing there to type in."""
        return self.wait(lambda: next((node for node in walk(root) if "EditableText" in node.get_interfaces()), None), "an entry")

    def wait_gone(self, title):
        self.wait(lambda: not any(re.match(title, window.get_name() or "") for window in children(self.application)),
                  f"the dialog “{title}” to close")

    def windows(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.program.pid)],
                               check=False, capture_output=True, text=True).stdout.split()
        return found

    def click(self, node):
        """As an assistive tool does, or with the mouse where GTK 4.8 offers it no action."""
        if Atspi.Action.get_n_actions(node) > 0:
            Atspi.Action.do_action(node, 0)
            return
        window = node
        while role_of(window.get_parent()) != "application":
            window = window.get_parent()
        # Newer ones of GTK count from within the frame
        frame = Atspi.Component.get_extents(window, Atspi.CoordType.WINDOW)
        place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        subprocess.run(["xdotool", "mousemove", "--window", self.windows()[-1], str(place.x - frame.x + 12),
                        str(place.y - frame.y + place.height // 2), "click", "1"], check=True)

    def push(self, name, root=None):
        self.click(self.wait_for("push button", name, root))

    def focus(self, title):
        """The keyboard goes to the X window with that title, once it is there."""
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.program.pid), "--name", title]

        def condition():
            found = subprocess.run(search, check=False, capture_output=True, text=True).stdout.split()
            return found[-1] if found else None

        window = self.wait(condition, f"the window “{title}”")
        subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
        return window

    def close(self, title):
        self.focus(title)
        self.keys("Escape")
        self.wait_gone(title)

    def check_dialog(self, title, where=None):
        """The dialog of that title, all of which is named."""
        dialog = self.dialog(title)
        # All of it is there once it is on the screen
        self.focus(title)
        check_names(dialog, where or title)
        return dialog

    def find_groups(self):
        """The actions of the program and of its window, as the desktop sees them."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        names = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames", None, None,
                              Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
        name = next((name for name in names if PROGRAM_ID.match(name)), None)
        if name is None:
            return None
        place = "/" + name.replace(".", "/")
        groups = {"app": Gio.DBusActionGroup.get(bus, name, place), "win": Gio.DBusActionGroup.get(bus, name, place + "/window/1")}
        for group in groups.values():
            group.list_actions()
        return groups

    def act(self, name):
        """As the menu does."""
        if self.groups is None:
            self.groups = self.wait(self.find_groups, "the program on the bus")
        group, action = self.groups[name.split(".")[0]], name.split(".")[1]
        self.wait(lambda: group.has_action(action) and group.get_action_enabled(action), f"the action {name}")
        group.activate_action(action, None)

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def wait_ended(self):
        """The program ended by itself, and well."""
        self.waiting = "the program to end"
        status = self.program.wait()
        if status != 0:
            raise Failure(f"the program ended with {status}")

    def end(self):
        signal.alarm(0)
        if self.program.poll() is None:
            self.program.terminate()
        return self.program.wait()


def run(path, tests, console):
    """Runs the tests in TAP, and ends the program. Returns: the status to exit with"""
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    try:
        for number, test in enumerate(tests, 1):
            name = path + test.__name__.removeprefix("test_").replace("_", "-")
            try:
                test()
                print(f"ok {number} - {name}", flush=True)
            except Exception as error:  # whatever it is, the other tests still run
                failed += 1
                print(f"not ok {number} - {name}", flush=True)
                for line in (str(error) if isinstance(error, Failure) else traceback.format_exc()).splitlines():
                    print(f"# {line}", flush=True)
    except Vain as vain:
        print(f"Bail out! {name} {vain}", flush=True)
        failed += 1
    finally:
        console.end()
    return 1 if failed else 0
