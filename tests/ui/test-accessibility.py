#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the program as a screen reader does: through the accessibility tree.

usage: test-accessibility.py PROGRAM [ARGS...]

Prints TAP. Nothing is waited for by the clock: every step has a condition, and
one watchdog ends it all.
"""

import re
import signal
import subprocess
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 90  # seconds, for everything together
INTERVAL = 40  # ms between two looks at a condition

INTERACTIVE = {"push button", "toggle button", "check box", "radio button", "entry", "text", "spin button",
               "combo box", "menu button", "link", "switch"}


TABLES = (Atspi.Role.TREE_TABLE, Atspi.Role.TABLE)


class Failure(Exception):
    pass


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(root):
    """The node and all below it that can be seen; not the thousands of cells of a table, unless it is one."""
    stack = [root]
    while stack:
        node = stack.pop()
        try:
            states = node.get_state_set()
            if node.get_role() not in (Atspi.Role.APPLICATION,) and not states.contains(Atspi.StateType.VISIBLE):
                continue
            yield node
            if node is root or node.get_role() not in TABLES:
                stack.extend(reversed(list(children(node))))
        except GLib.Error:
            # Gone while we looked: the tree lives
            continue


def text_of(node):
    try:
        if "Text" in node.get_interfaces():
            return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    except GLib.Error:
        pass
    return node.get_name() or ""


def find(root, role=None, name=None):
    for node in walk(root):
        try:
            if role is not None and node.get_role_name() != role:
                continue
            if name is None or re.match(name, node.get_name() or "") or re.match(name, text_of(node)):
                return node
        except GLib.Error:
            continue
    return None


def wait(condition, what):
    """Looks at the condition, between the events, until it holds."""
    context = GLib.MainContext.default()
    waiting[0] = what
    while True:
        answer = condition()
        if answer:
            return answer
        if program.poll() is not None:
            raise Failure("the program ended while waiting for " + what)
        due = []
        GLib.timeout_add(INTERVAL, lambda: due.append(True))
        while not due:
            context.iteration(True)


def click(node):
    """As an assistive tool does, or with the mouse where GTK 4.8 offers it no action."""
    if Atspi.Action.get_n_actions(node) > 0:
        Atspi.Action.do_action(node, 0)
        return
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    window = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(program.pid)],
                            check=True, capture_output=True, text=True).stdout.split()[-1]
    subprocess.run(["xdotool", "mousemove", "--window", window, str(place.x + 12),
                    str(place.y + place.height // 2), "click", "1"], check=True)


def find_application():
    desktop = Atspi.get_desktop(0)
    for application in children(desktop):
        try:
            if application.get_process_id() == program.pid and application.get_child_count() > 0:
                return application
        except GLib.Error:
            continue
    return None


STATUS = r"([\d,]+) of ([\d,]+) routes"


def status():
    if status_line[0] is None:
        status_line[0] = find(application, role="label", name=STATUS)
    return re.match(STATUS, text_of(status_line[0])).groups() if status_line[0] is not None else None


def test_starts():
    wait(status, "the status line")
    shown, total = status()
    if shown != total or int(total) < 100:
        raise Failure(f"{shown} of {total} routes at the start")
    if find(application, name="Sample data: ") is None:
        raise Failure("nothing says that this is sample data")


def test_table():
    table = find(application, name="Routes$", role="tree table") or find(application, role="tree table")
    if table is None:
        raise Failure("there is no table")
    missing = {"State", "Schedule", "SLO", "Outstanding"}
    for node in walk(table):
        missing.discard(text_of(node))
        if not missing:
            return
    raise Failure(f"{missing} is not in the table")


def test_facet():
    before = status()
    facet = wait(lambda: find(application, role="check box", name=r"Breached, \d+ route"), "the facet")
    expected = re.match(r"Breached, (\d+)", facet.get_name()).group(1)
    click(facet)
    wait(lambda: (status() or (None,))[0] == expected, f"{expected} routes")
    if find(application, role="push button", name="Remove filter SLO: Breached") is None:
        raise Failure("there is no chip for the filter")
    click(find(application, role="push button", name="Remove filter SLO: Breached"))
    wait(lambda: status() == before, "all routes again")


def test_search():
    total = status()[1]
    click(find(application, role="push button", name="Search$"))

    def entry():
        for node in walk(application):
            if node.get_name() == "Search Routes":
                for inner in walk(node):
                    if "EditableText" in inner.get_interfaces():
                        return inner
        return None

    Atspi.EditableText.set_text_contents(wait(entry, "the search entry"), "slack")
    wait(lambda: (status() or (total,))[0] != total, "fewer routes")
    if find(application, role="push button", name="Remove filter Text: “slack”") is None:
        raise Failure("there is no chip for the search")
    click(find(application, role="push button", name="Clear All|Clear _All"))
    wait(lambda: (status() or (None,))[0] == total, "all routes again")


def test_views():
    for view, wanted in (("History", r"\d+ items"), ("Suppressions", "Healthy schedule"), ("Audit", "Audit package")):
        button = find(application, role="page tab", name=f"{view}$")
        if button is None:
            raise Failure(f"there is no switch to {view}")
        click(button)
        wait(lambda: find(application, name=wanted), f"{view} to show {wanted}")


def test_names():
    """What can be used has a name, and it is not that of its type."""
    nameless = []
    for node in walk(application):
        role = node.get_role_name()
        if role not in INTERACTIVE:
            continue
        name = node.get_name() or ""
        above = node.get_parent()
        if above is not None and above.get_role_name() == "combo box" and not re.match("Gtk", above.get_name() or "Gtk"):
            # A part of GTK's own, inside what has the name
            continue
        if not name or re.match(r"(Gtk|Adw|Drill)[A-Z]", name):
            path = []
            above = node
            while above is not None and len(path) < 6:
                path.append(f"{above.get_role_name()} “{above.get_name()}”")
                above = above.get_parent()
            nameless.append(" in ".join(path))
    if nameless:
        raise Failure("\n".join(nameless))


def give_up(signum, frame):
    print("Bail out! waited in vain for " + waiting[0], flush=True)
    program.kill()
    sys.exit(1)


waiting = ["the program"]
status_line = [None]
program = subprocess.Popen(sys.argv[1:])
signal.signal(signal.SIGALRM, give_up)
signal.alarm(PATIENCE)

failed = 0
try:
    Atspi.init()
    application = wait(find_application, "the program in the accessibility tree")
    # What was true a moment ago is not what is asked for
    application.set_cache_mask(Atspi.Cache.NONE)
    tests = [test_starts, test_table, test_facet, test_search, test_views, test_names]
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        name = "/drill/ui/accessibility/" + test.__name__.removeprefix("test_")
        try:
            test()
            print(f"ok {number} - {name}", flush=True)
        except (Failure, GLib.Error) as error:
            failed += 1
            print(f"not ok {number} - {name}", flush=True)
            for line in str(error).splitlines():
                print(f"# {line}", flush=True)
finally:
    signal.alarm(0)
    if program.poll() is None:
        program.terminate()
        program.wait()

sys.exit(1 if failed else 0)
