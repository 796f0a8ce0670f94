#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the program as a screen reader does: through the accessibility tree.

usage: test-accessibility.py PROGRAM [ARGS...]

Opens every view and every dialog that can be had without a service and fails on
what has no name. Prints TAP.
"""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from console_at import Atspi, Console, Failure, Gio, GLib, Vain, children, find, text_of, walk  # noqa: E402

PATIENCE = 540  # seconds, for everything together
PACKAGE = os.path.join(os.environ["TMPDIR"], "package.json")

INTERACTIVE = {"push button", "toggle button", "check box", "radio button", "entry", "text", "password text", "spin button",
               "combo box", "menu button", "link", "switch", "tree table", "table", "slider"}

# What libadwaita puts into a window of its kind, and gives no name
LIBRARY = {("Preferences", "GtkSearchEntry")}


STATUS = r"([\d,]+) of ([\d,]+) routes"


def status():
    if status_line[0] is None:
        status_line[0] = find(console.application, role="status bar", name=STATUS)
    return re.match(STATUS, text_of(status_line[0])).groups() if status_line[0] is not None else None


def test_starts():
    console.wait(status, "the status line")
    shown, total = status()
    if shown != total or int(total) < 100:
        raise Failure(f"{shown} of {total} routes at the start")
    if find(console.application, name="Sample data: ") is None:
        raise Failure("nothing says that this is sample data")


def test_selects():
    """The table has the focus at the start; what is selected has details, and can be acknowledged."""
    console.focus("Drill Console")
    console.keys("Down", "Home")
    console.wait(lambda: re.search("1 selected", text_of(status_line[0])), "a row to be selected")


def test_table():
    table = find(console.application, name="Routes$", role="tree table") or find(console.application, role="tree table")
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
    facet = console.wait(lambda: find(console.application, role="check box", name=r"Breached, \d+ route"), "the facet")
    expected = re.match(r"Breached, (\d+)", facet.get_name()).group(1)
    console.click(facet)
    console.wait(lambda: (status() or (None,))[0] == expected, f"{expected} routes")
    if find(console.application, role="push button", name="Remove filter SLO: Breached") is None:
        raise Failure("there is no chip for the filter")
    console.click(find(console.application, role="push button", name="Remove filter SLO: Breached"))
    console.wait(lambda: status() == before, "all routes again")


def test_search():
    total = status()[1]
    console.click(find(console.application, role="push button", name="Search$"))

    def entry():
        for node in walk(console.application):
            if node.get_name() == "Search Routes":
                for inner in walk(node):
                    if "EditableText" in inner.get_interfaces():
                        return inner
        return None

    Atspi.EditableText.set_text_contents(console.wait(entry, "the search entry"), "slack")
    console.wait(lambda: (status() or (total,))[0] != total, "fewer routes")
    if find(console.application, role="push button", name="Remove filter Text: “slack”") is None:
        raise Failure("there is no chip for the search")
    console.click(find(console.application, role="push button", name="Clear All|Clear _All"))
    console.wait(lambda: (status() or (None,))[0] == total, "all routes again")


def test_views():
    for view, wanted in (("History", r"\d+ items"), ("Suppressions", "Healthy schedule"), ("Audit", "Audit package")):
        button = find(console.application, role="page tab", name=f"{view}$")
        if button is None:
            raise Failure(f"there is no switch to {view}")
        console.click(button)
        console.wait(lambda: find(console.application, name=wanted), f"{view} to show {wanted}")


def path_of(node):
    path = []
    while node is not None and len(path) < 7:
        path.append(f"{node.get_role_name()} “{node.get_name()}”")
        node = node.get_parent()
    return " in ".join(path)


def is_part(node):
    """Of something of GTK's own that has the name, and tells what is chosen."""
    above = node.get_parent()
    for _ in range(6):
        if above is None:
            return False
        if above.get_role_name() in ("combo box", "spin button", "push button", "toggle button", "entry", "check box", "info bar",
                                     "page tab") and above.get_name() and not re.match(r"(Gtk|Adw)[A-Z]", above.get_name()):
            return True
        above = above.get_parent()
    return False


def check_names(root, where):
    """What can be used has a name, and it is not that of its type."""
    nameless = []
    for node in walk(root):
        try:
            role, name = node.get_role_name(), node.get_name() or ""
            if role in INTERACTIVE and (not name or re.match(r"(Gtk|Adw|Drill)[A-Z]", name)) and not is_part(node) \
                    and (where, name) not in LIBRARY:
                nameless.append(f"{where}: {path_of(node)}")
        except GLib.Error:
            # Gone while we looked: the tree lives
            continue
    if nameless:
        raise Failure("\n".join(nameless))


def check_rows(table, wanted):
    """Rows are sentences, not numbers of cells."""
    names = [row.get_name() or "" for row in walk(table) if row.get_role_name() == "table row"]
    # The first one has the headings
    bad = [name for name in names[1:] if "," not in name]
    if not names[1:] or bad:
        raise Failure(f"rows are called {bad or names}")
    if not any(re.match(wanted, name) for name in names):
        raise Failure(f"no row is like “{wanted}”: {names[:10]}")


def act(name, parameter=None):
    """As the menu does."""
    group = windows if name.startswith("win.") else program
    console.wait(lambda: group.has_action(name[4:]) and group.get_action_enabled(name[4:]), f"the action {name}")
    group.activate_action(name[4:], parameter)


def check_dialog(title):
    dialog = console.dialog(title)
    # All of it is there once it is on the screen
    console.focus(title)
    check_names(dialog, title)
    return dialog


def close(title):
    console.focus(title)
    console.keys("Escape")
    console.wait_gone(title)


def test_rows():
    """A row of the table is read as a sentence."""
    show("Routes")
    check_rows(find(console.application, role="tree table", name="Routes$"),
               r"\w+, [\w-]+, overdue by \d+ (minute|hour|day)s?, Outstanding, \w+")


def show(view):
    console.click(console.wait(lambda: find(console.application, role="page tab", name=f"{view}$"), f"the switch to {view}"))


def test_names():
    """In every view, with something selected that has details."""
    for tab in [tab.get_name() for tab in children(find(console.application, role="page tab list"))]:
        show(re.escape(tab))
        check_names(console.application, tab)
    show("History")
    check_rows(console.wait(lambda: find(console.application, role="tree table", name="Evidence Items"), "the table"),
               r"Acknowledgement, ")
    show("Routes")


def test_dialogs():
    """Those that need nothing."""
    act("app.preferences")
    check_dialog("Preferences")
    close("Preferences")
    act("win.connections")
    check_dialog("Connections")
    console.push("_?Add Connection")
    check_dialog("Add Connection")
    close("Add Connection")
    close("Connections")
    # All that is in these is the toolkit's own: that they open is ours
    for action, title in (("app.shortcuts", "Keyboard Shortcuts"), ("app.about", "About")):
        act(action)
        console.dialog(title)
        close(title)


def test_acknowledging():
    """The form, and the toast that says what came of it."""
    act("win.acknowledge")
    check_dialog("Acknowledge Route")
    console.keys("control+Return")
    console.wait_gone("Acknowledge Route")
    console.wait(lambda: find(console.application, "alert", r".* acknowledged \(simulation\)"), "the toast, as an alert")


def test_bulk():
    """The form, and the result."""
    act("win.bulk-acknowledge")
    dialog = check_dialog(r"Acknowledge \d+ Routes")
    console.keys("control+Return")
    console.wait(lambda: find(dialog, name=r"\d+ recorded") and find(dialog, "list", "Routes"), "the result")
    check_names(dialog, "result")
    console.keys("Escape")
    console.wait_gone(r"Acknowledge \d+ Routes")


def test_package():
    """Made, saved, and verified."""
    act("win.new-package")
    dialog = check_dialog("New Audit Package")
    console.push("C_?reate", dialog)
    console.wait_for("push button", "_?Save…", dialog)
    check_names(dialog, "package")
    console.push("_?Save…", dialog)
    choose("Save", PACKAGE)
    console.wait(lambda: os.path.exists(PACKAGE) and find(dialog, name="Saved"), "the file")
    check_names(dialog, "saved package")
    close("New Audit Package")

    act("win.verify")
    dialog = check_dialog("Verify File")
    console.push("_?Choose File…", dialog)
    # The chooser has the name of the dialog
    chooser = console.wait(lambda: [window for window in children(console.application)
                                    if window.get_name() == "Verify File" and window.path != dialog.path], "the file chooser")[0]
    console.focus("Verify File")
    console.keys("control+l")
    choose_in(chooser, PACKAGE)
    console.wait(lambda: find(dialog, name="Whole"), "the answer")
    check_names(dialog, "verified")
    close("Verify File")


def choose(title, path):
    console.focus(title)
    choose_in(console.dialog(title), path)


def choose_in(chooser, path):
    """As one types a path there."""
    entry = console.entry(chooser)
    # What the chooser proposes or completes may come in between
    console.wait(lambda: text_of(entry) == path or (Atspi.EditableText.set_text_contents(entry, path) and False), "the path")
    console.keys("Return")


def test_deliver():
    act("win.deliver")
    check_dialog("Deliver")
    close("Deliver")


program_id = re.compile(r"org\.cavra\.DrillConsole(\.Devel)?$")
status_line = [None]
failed = 0
console = Console(sys.argv[1:], PATIENCE)
try:
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    def bus_name():
        names = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames", None, None,
                              Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
        return next((name for name in names if program_id.match(name)), None)

    owner = console.wait(bus_name, "the program on the bus")
    place = "/" + owner.replace(".", "/")
    program = Gio.DBusActionGroup.get(bus, owner, place)
    windows = Gio.DBusActionGroup.get(bus, owner, place + "/window/1")
    for group in (program, windows):
        group.list_actions()
    tests = [test_starts, test_selects, test_table, test_facet, test_search, test_views, test_rows, test_names, test_dialogs, test_acknowledging,
             test_package, test_deliver, test_bulk]
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        path = "/drill/ui/accessibility/" + test.__name__.removeprefix("test_")
        try:
            test()
            print(f"ok {number} - {path}", flush=True)
        except (Failure, GLib.Error) as error:
            failed += 1
            print(f"not ok {number} - {path}", flush=True)
            for line in str(error).splitlines():
                print(f"# {line}", flush=True)
except Vain as error:
    print(f"Bail out! {error}", flush=True)
    failed += 1
finally:
    console.end()

sys.exit(1 if failed else 0)
