# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of the program, used as a screen reader does: through the accessibility tree.

Nothing is waited for by the clock: every step has a condition, and one
watchdog ends it all.
"""

import re
import signal
import subprocess

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

INTERVAL = 40  # ms between two looks at a condition

TABLES = (Atspi.Role.TREE_TABLE, Atspi.Role.TABLE)


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
            if role is not None and node.get_role_name() != role:
                continue
            # GTK 4.8 leaves the underscore of a mnemonic in the name of a button
            if name is None or any(re.match(name, text) for text in (node.get_name() or "", plain_name(node), text_of(node))):
                return node
        except GLib.Error:
            continue
    return None


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
        place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        subprocess.run(["xdotool", "mousemove", "--window", self.windows()[-1], str(place.x + 12),
                        str(place.y + place.height // 2), "click", "1"], check=True)

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
