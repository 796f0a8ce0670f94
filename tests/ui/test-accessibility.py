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

from console_at import Atspi, Console, Failure, check_names, children, find, role_of, run, text_of, walk  # noqa: E402

PATIENCE = 540  # seconds, for everything together
PACKAGE = os.path.join(os.environ["TMPDIR"], "package.json")

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


def check_rows(table, wanted):
    """Rows are sentences, not numbers of cells."""
    names = [row.get_name() or "" for row in walk(table) if role_of(row) == "table row"]
    # The first one has the headings
    bad = [name for name in names[1:] if "," not in name]
    if not names[1:] or bad:
        raise Failure(f"rows are called {bad or names}")
    if not any(re.match(wanted, name) for name in names):
        raise Failure(f"no row is like “{wanted}”: {names[:10]}")


def test_facet():
    """What a filter leaves, with each row read as a sentence."""
    before = status()
    facet = console.wait(lambda: find(console.application, role="check box", name=r"Breached, \d+ route"), "the facet")
    expected = re.match(r"Breached, (\d+)", facet.get_name()).group(1)
    console.click(facet)
    console.wait(lambda: (status() or (None,))[0] == expected, f"{expected} routes")
    check_rows(find(console.application, role="tree table", name="Routes$"),
               r"\w+, [\w-]+, overdue by \d+ (minute|hour|day)s?, Outstanding, \w+")
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
    console.act("app.preferences")
    console.check_dialog("Preferences")
    console.close("Preferences")
    console.act("win.connections")
    console.check_dialog("Connections")
    console.push("_?Add Connection")
    console.check_dialog("Add Connection")
    console.close("Add Connection")
    console.close("Connections")
    # All that is in these is the toolkit's own: that they open is ours
    for action, title in (("app.shortcuts", "Keyboard Shortcuts"), ("app.about", "About")):
        n_windows = len(console.windows())
        console.act(action)
        console.focus(title)
        console.keys("Escape")
        console.wait(lambda: len(console.windows()) == n_windows, f"{title} to close")


def find_all(root, role):
    return [node for node in walk(root) if role_of(node) == role]


def toggle_menu(name, expanded):
    """Pops up what the button has, or puts it away. Returns: the button"""
    buttons = console.wait(lambda: [node for node in walk(console.application) if role_of(node) in ("push button", "toggle button") and
                                    re.match(name, node.get_name() or "")], name)
    # The second is the part of the first that can be pressed; which of them tells that it was depends on the version of GTK
    console.click(buttons[1])
    console.wait(lambda: any(button.get_state_set().contains(state) for button in buttons
                             for state in (Atspi.StateType.EXPANDED, Atspi.StateType.PRESSED)) == expanded, f"the menu of {name}")
    return buttons[0]


def test_menus():
    show("Routes")
    for name, role, least in (("Data source: ", "push button", 4), ("View: ", "menu item", 2), ("Columns$", "menu item", 15),
                              ("Main Menu", "menu item", 15)):
        button = toggle_menu(name, True)
        console.wait(lambda: len(find_all(button, role)) >= least, f"{least} of {role} in the menu of {name}")
        check_names(console.application, f"the menu of {name}")
        toggle_menu(name, False)


def test_context_menu():
    """Of the row that was selected."""
    n_windows = len(console.windows())
    console.keys("shift+F10")
    console.wait_for("menu item", None)
    check_names(console.application, "the menu of a row")
    console.keys("Escape")
    console.wait(lambda: len(console.windows()) == n_windows, "the menu of the row to go")


def test_view_dialogs():
    console.focus("Drill Console")
    console.keys("control+d")
    dialog = console.check_dialog("Save as New View")
    Atspi.EditableText.set_text_contents(console.entry(dialog), "Mine")
    console.focus("Save as New View")
    console.keys("Return")
    console.wait_gone("Save as New View")
    button = toggle_menu("View: Mine", True)
    # The last one
    console.click(console.wait(lambda: find_all(button, "menu item"), "its items")[-1])
    console.check_dialog("Views")
    console.close("Views")


def test_export_dialog():
    console.focus("Drill Console")
    console.keys("control+e")
    console.check_dialog("Export")
    console.close("Export")


def test_help():
    console.act("app.help")
    dialog = console.check_dialog("Help")
    topics = [topic for topic in walk(console.wait_for("list", "Topics", dialog)) if role_of(topic) == "list item"]
    if len(topics) < 8:
        raise Failure(f"{len(topics)} topics")
    Atspi.Selection.select_child(console.wait_for("list", "Topics", dialog), len(topics) - 1)
    console.wait_for("heading", "Keyboard", dialog)
    check_names(dialog, "help")
    console.close("Help")


def test_acknowledging():
    """The form, and the toast that says what came of it."""
    console.act("win.acknowledge")
    console.check_dialog("Acknowledge Route")
    console.keys("control+Return")
    console.wait_gone("Acknowledge Route")
    console.wait(lambda: find(console.application, "alert", r".* acknowledged \(simulation\)"), "the toast, as an alert")


def test_bulk():
    """The form, and the result."""
    console.act("win.bulk-acknowledge")
    dialog = console.check_dialog(r"Acknowledge \d+ Routes")
    console.keys("control+Return")
    console.wait(lambda: find(dialog, name=r"\d+ recorded") and find(dialog, "list", "Routes"), "the result")
    check_names(dialog, "result")
    console.keys("Escape")
    console.wait_gone(r"Acknowledge \d+ Routes")


def test_package():
    """Made, saved, and verified."""
    console.act("win.new-package")
    dialog = console.check_dialog("New Audit Package")
    console.push("C_?reate", dialog)
    console.wait_for("push button", "_?Save…", dialog)
    check_names(dialog, "package")
    console.push("_?Save…", dialog)
    choose("Save", PACKAGE)
    console.wait(lambda: os.path.exists(PACKAGE) and find(dialog, name="Saved"), "the file")
    check_names(dialog, "saved package")
    console.close("New Audit Package")

    console.act("win.verify")
    dialog = console.check_dialog("Verify File")
    console.push("_?Choose File…", dialog)
    # The chooser has the name of the dialog
    chooser = console.wait(lambda: [window for window in children(console.application)
                                    if window.get_name() == "Verify File" and window.path != dialog.path], "the file chooser")[0]
    console.focus("Verify File")
    console.keys("control+l")
    choose_in(chooser, PACKAGE)
    console.wait(lambda: find(dialog, name="Whole"), "the answer")
    check_names(dialog, "verified")
    console.close("Verify File")


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
    console.act("win.deliver")
    console.check_dialog("Deliver")
    console.close("Deliver")


status_line = [None]
console = Console(sys.argv[1:], PATIENCE)
sys.exit(run("/drill/ui/accessibility/",
             [test_starts, test_selects, test_context_menu, test_table, test_facet, test_search, test_views, test_names, test_menus,
              test_view_dialogs, test_export_dialog, test_help, test_dialogs, test_acknowledging, test_package,
              test_deliver, test_bulk], console))
