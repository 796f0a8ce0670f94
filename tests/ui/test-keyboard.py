#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job without a mouse: filter, acknowledge, save the audit package.

usage: test-keyboard.py PROGRAM [ARGS...]

What is done is done with keys, as they come from a keyboard; what is seen is
seen through the accessibility tree. Prints TAP.
"""

import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from console_at import Atspi, Console, Failure, GLib, children, find, role_of, run, text_of  # noqa: E402

PATIENCE = 540  # seconds, for everything together
STATUS = r"([\d,]+) of ([\d,]+) routes"
MOST_TABS = 80  # there are fewer places than that between any two
PACKAGE = os.path.join(os.environ["TMPDIR"], "package.json")
REFERENCE = "INC-4711"


def type_text(text):
    subprocess.run(["xdotool", "type", "--clearmodifiers", "--", text], check=True)


def status():
    label = find(console.application, "status bar", STATUS)
    return re.match(STATUS, text_of(label)).groups() if label is not None else None


def window():
    for node in children(console.application):
        if "Drill Console" in (node.get_name() or ""):
            return node
    return None


def has(node, state):
    return node.get_state_set().contains(state)


def focus_cb(event):
    if event.detail1:
        focus[0] = event.source


def focused():
    """What has the focus, as the program told last."""
    try:
        return focus[0] if focus[0] is not None and role_of(focus[0]) else None
    except GLib.Error:
        return None


def what(node):
    """Role, name and path: rows may have the same name."""
    try:
        return (role_of(node), node.get_name() or "", node.path) if node is not None else ("", "", "")
    except GLib.Error:
        return ("", "", "")


def walk_focus(key, role, name):
    """Presses a key until the focus is there."""
    passed = []
    for _ in range(MOST_TABS):
        before = what(focused())
        passed.append(before)
        if before[0] == role and re.match(name, before[1]):
            return
        console.keys(key)
        console.wait(lambda: what(focused()) not in (before, ("", "", "")), f"the focus to leave {before}")
    raise Failure(f"{key} does not come to {role} {name}: {passed}")


def moves_on():
    """The focus is in the table: the row after the selected one gets it."""
    focus[0] = None
    console.keys("Down")
    row = console.wait(lambda: focused() if what(focused())[0] == "table row" else None, "Down to move in the table")
    console.wait(lambda: has(row, Atspi.StateType.SELECTED), "that row to be selected")
    if row.get_name() in acknowledged:
        raise Failure(f"“{row.get_name()}” is still there")


def test_types_ahead():
    """Letters typed into the table search; Enter goes to what was found."""
    total = console.wait(status, "the status line")[1]
    console.focus("Drill Console")
    type_text("teams")
    console.wait(lambda: status()[0] != total, "fewer routes")
    console.keys("Return")
    row = console.wait(lambda: focused() if what(focused())[0] == "table row" else None, "a row")
    if not row.get_name().startswith("teams, "):
        raise Failure(f"the row is “{row.get_name()}”")


def test_moves():
    """j and k are Down and Up, and the row that has the focus is the one that is selected."""
    names = []
    for key in ("j", "k", "Down", "Up"):
        before = what(focused())
        console.keys(key)
        row = console.wait(lambda: focused() if what(focused()) != before else None, f"{key} to move")
        console.wait(lambda: has(row, Atspi.StateType.SELECTED), "the row to be selected")
        names.append(row.get_name())
    if names[0] != names[2] or names[1] != names[3] or names[0] == names[1]:
        raise Failure(f"j, k, Down, Up went to {names}")


def test_escapes():
    """Escape closes the search, and the focus is not lost with it."""
    total = status()[1]
    console.keys("slash")
    console.wait(lambda: what(focused())[1] == "Search Routes", "the focus in the search")
    console.keys("Escape")
    console.wait(lambda: status()[0] == total, "all routes")
    console.wait(lambda: what(focused())[0] == "table row", "the focus in the table again")


def test_filters():
    """A facet, reached and ticked with keys."""
    walk_focus("shift+Tab", "check box", r"Outstanding, \d")
    expected = re.search(r"\d+", what(focused())[1]).group(0)
    console.keys("space")
    console.wait(lambda: status()[0] == expected, f"{expected} routes")
    walk_focus("Tab", "table row", "")


def test_acknowledges():
    """A row that the filter then hides: the next one has the focus."""
    before = status()[0]
    console.keys("Home")
    row = console.wait(lambda: focused() if has(focused(), Atspi.StateType.SELECTED) else None, "a selected row")
    name = row.get_name()
    if "Outstanding" not in name:
        raise Failure(f"the row is “{name}”")
    acknowledged.append(name)
    console.keys("control+shift+a")
    console.dialog("Acknowledge Route")
    console.focus("Acknowledge Route")
    dialog = console.dialog("Acknowledge Route")
    # It is in the reference that the dialog begins
    type_text(REFERENCE)
    console.wait(lambda: find(dialog, "text", REFERENCE), "what was typed")
    console.keys("control+Return")
    console.wait(lambda: find(console.application, "alert", r".* acknowledged \(simulation\)"), "the toast")
    console.wait_gone("Acknowledge Route")
    console.wait(lambda: status()[0] == str(int(before) - 1), "one route less")
    console.focus("Drill Console")
    # The next row took its place, and arrows go on from there
    console.wait(lambda: find(console.application, "status bar", r".* 1 selected"), "a row to be selected")
    moves_on()


def types_path(entry):
    """Anew, if the chooser proposed or completed something in between: it is slow to find its folder."""
    if text_of(entry) == PACKAGE:
        return True
    console.keys("control+a")
    type_text(PACKAGE)
    return False


def test_saves():
    """The audit package, through the file chooser."""
    console.keys("control+s")
    console.dialog("New Audit Package")
    console.focus("New Audit Package")
    dialog = console.dialog("New Audit Package")
    # It begins in the first field, from which Return creates; the result with Save
    console.wait_for("push button", "C_?reate", dialog)
    console.keys("Return")
    console.wait(lambda: re.match("_?Save", what(focused())[1]), "the focus on Save")
    console.keys("Return")
    console.focus("Save")
    entry = console.entry(console.dialog("Save"))
    console.wait(lambda: types_path(entry), "the path")
    console.keys("Return")
    console.wait(lambda: os.path.exists(PACKAGE), "the file")
    console.wait(lambda: find(dialog, None, "Saved"), "it to be saved")
    console.focus("New Audit Package")
    console.keys("Escape")
    console.wait_gone("New Audit Package")
    console.focus("Drill Console")
    moves_on()

    with open(PACKAGE, encoding="utf-8") as file:
        package = json.load(file)
    provider, schedule = acknowledged[0].split(", ")[0], acknowledged[0].split(", ")[-1]
    states = {(route["provider"], route["schedule_id"], route["acknowledgement_state"])
              for route in package["routes"] if route["external_ref"] == REFERENCE}
    if (provider, schedule, "acknowledged") not in states:
        raise Failure(f"{provider} of {schedule} is not acknowledged in the package: {states}")


acknowledged = []
focus = [None]
console = Console(sys.argv[1:], PATIENCE)
console.wait(window, "the window")
listener = Atspi.EventListener.new(focus_cb)
listener.register("object:state-changed:focused")
sys.exit(run("/drill/ui/keyboard/", [test_types_ahead, test_moves, test_escapes, test_filters, test_acknowledges, test_saves], console))
