#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only a service brings into the window, as a screen reader finds it.

usage: test-accessibility-service.py

A bulk of drillctl was killed, and the service wants a token and has evidence
that cannot be read in full: signs in, looks at the problems and at what was
interrupted, delivers, has the service go away and come back, and fails on what
has no name. Prints TAP.
"""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "cli")]
sys.dont_write_bytecode = True

from console_at import Atspi, Console, Failure, check_names, find, run  # noqa: E402
from drillctl_test import Server, plans, temporary  # noqa: E402

PATIENCE = 540  # seconds, for everything together
TOKEN = "a.b.c"


def odd_plans():
    """Six routes, and something that is no item."""
    with open(plans(3, ("slack", "teams")), encoding="utf-8") as stream:
        history = json.load(stream)
    history["items"][0]["plan"]["route_decisions"][0]["acknowledgement_minutes"] = "soon"
    return temporary(json.dumps(history))


def interrupt():
    """A bulk is killed while the service has it."""
    server.fault("POST::1:1:hold")
    with subprocess.Popen([os.environ["DRILLCTL"], "--server", server.url, "--token-file", temporary(TOKEN), "bulk", "ack-outstanding",
                           "--schedule", "s00001", "--yes"], stdin=subprocess.DEVNULL) as process:
        while not server.writes:
            if process.poll() is not None:
                raise Failure("drillctl ended before it sent anything")
        process.kill()
    server.clear_faults()
    server.ask("/test/release", b"")


def test_sign_in():
    console.push("Sign In")
    check_names(console.application, "before the sign-in")
    dialog = console.check_dialog("Sign In")
    Atspi.EditableText.set_text_contents(console.entry(dialog), TOKEN)
    console.push("Sign In", dialog)
    console.wait_gone("Sign In")
    console.wait_for(None, "6 of 6 routes")


def test_problems():
    console.wait_for(None, ".*could not be read in full")
    check_names(console.application, "the banner of the problems")
    console.push("Details…")
    dialog = console.check_dialog("Problems in the Evidence")
    if find(dialog, "list", "Problems") is None:
        raise Failure("there is no list of problems")
    console.close("Problems in the Evidence")


def test_unfinished():
    """What drillctl left behind is known, and what the history says of it."""
    console.push("Review…")
    dialog = console.check_dialog("Interrupted Operations")
    console.push("Details…", dialog)
    dialog = console.check_dialog("Acknowledge 2 Routes", "what was interrupted")
    console.wait_for(None, "2 recorded", dialog)
    console.close("Acknowledge 2 Routes")
    console.wait(lambda: find(console.application, "push button", "Review…") is None, "nothing to be left to review")
    if set(server.acks.values()) != {1}:
        raise Failure(f"recorded: {server.acks}")


def test_deliver():
    """Choosing, reviewing, and what came of it."""
    console.act("win.deliver")
    dialog = console.check_dialog("Deliver")
    console.click(console.wait_for("check box", "All of them", dialog))
    check_names(dialog, "destinations")
    console.push("Review", dialog)
    button = console.wait_for("push button", "Deliver$|Deliver Deliver", dialog)
    check_names(dialog, "review")
    console.click(button)
    console.wait_for("label", "Delivered", dialog)
    check_names(dialog, "delivered")
    console.close("Deliver")


def test_stale():
    """The service went away: the banner says so, and offers to try again."""
    server.fault("GET::1:0:status:500")
    console.push("Refresh")
    console.wait_for("push button", "Retry")
    check_names(console.application, "out of date")
    server.clear_faults()
    console.push("Retry")
    console.wait(lambda: find(console.application, "push button", "Retry") is None, "it to be fresh again")


with Server("--file", odd_plans(), "--token", f"{TOKEN}:alice", "--auth-required") as server:
    interrupt()
    console = Console([os.environ["DRILL_CONSOLE"], "--server", server.url], PATIENCE)
    status = run("/drill/ui/accessibility-service/", [test_sign_in, test_problems, test_unfinished, test_deliver, test_stale], console)
sys.exit(status)
