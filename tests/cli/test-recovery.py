#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drillctl killed or interrupted in the middle, and what comes after."""
import json
import os
import signal
import time

from drillctl_test import Server, clear_journal, home, journal, plans, run, same, start_drillctl, wait_for

N = 1000
BULK = ("bulk", "ack-outstanding", "--yes", "--actor", "ana", "--ref", "T-1")


def start(server, *arguments):
    return start_drillctl("--server", server.url, "--format", "json", *arguments)


def wait_for_write(server, n):
    """Until the service has been asked so often; a bulk that never gets there is a failure."""
    end = time.monotonic() + 60
    while len(server.writes) < n:
        assert time.monotonic() < end, "it was never sent"


def kill(server, *faults):
    """A bulk that is killed while its request hangs."""
    for fault in faults:
        server.fault(fault)
    process = start(server, *BULK)
    wait_for_write(server, int(faults[-1].split(":")[2]))
    process.send_signal(signal.SIGKILL)
    same(wait_for(process).status, -signal.SIGKILL)
    same(len(journal()), 1, "what was under way is written down")
    server.clear_faults()


def exactly_once(server, n=N):
    same((len(server.acks), set(server.acks.values()), journal()), (n, {1}, []))


def killed(step, what):
    """Killed while request number @step hangs, done or not; then finished."""
    with Server("--file", plans(N)) as server:
        kill(server, f"POST:/bulk:{step}:1:{what}")
        recorded = 100 * step if what == "do-then-hold" else 100 * (step - 1)
        same(len(server.acks), recorded)
        shown = server.drillctl("unfinished", "--actor", "ana").json
        same([(one["recorded"], one["not_sent"], one["unknown"]) for one in shown], [(recorded, N - recorded, 0)])
        same(len(server.acks), recorded, "to look sends nothing")
        if recorded == N:
            same(shown[0]["now"], "finished")
            exactly_once(server)
            return
        finished = server.drillctl("unfinished", "--finish", "--actor", "ana").json
        same([(one["recorded"], one["not_sent"], one["now"], one["external_ref"]) for one in finished],
             [(N, 0, "finished", "T-1")])
        exactly_once(server)


def killed_before():
    for step in range(1, N // 100 + 1):
        killed(step, "hold")


def killed_after():
    for step in range(1, N // 100 + 1):
        killed(step, "do-then-hold")


def started_again():
    """The same command again does the rest, and says what was cut off."""
    with Server("--file", plans(N)) as server:
        kill(server, "POST:/bulk:4:1:do-then-hold")
        answer = server.drillctl(*BULK)
        same(answer.json["requested"], N - 400)
        assert "400 recorded" in answer.err and "600 not sent" in answer.err, answer.err
        same(server.drillctl("unfinished", "--actor", "ana").json, [])
        exactly_once(server)


def killed_twice():
    """Cut off again while it was being finished."""
    with Server("--file", plans(N)) as server:
        kill(server, "POST:/bulk:3:1:do-then-hold")
        server.fault("POST:/bulk:3:1:do-then-hold")
        process = start(server, "unfinished", "--finish", "--actor", "ana")
        wait_for_write(server, 6)
        process.send_signal(signal.SIGKILL)
        wait_for(process)
        server.clear_faults()
        same(server.drillctl("unfinished", "--finish", "--actor", "ana").status, 0)
        exactly_once(server)


def killed_single():
    """One acknowledgement, a package and a delivery that were killed: found, told, and not sent again."""
    for path, arguments, kind in (("/acknowledgements", ("ack", "s00000", "slack"), "notification-ack"),
                                  ("/audit-package", ("package", "--output", os.path.join(home(), "k.json")),
                                   "acknowledgement-audit-package"),
                                  ("/audit-delivery", ("deliver", "--to", "splunk"), "release-connector-delivery")):
        with Server("--file", plans(3)) as server:
            server.fault(f"POST:{path}:1:1:do-then-hold")
            process = start(server, *arguments, "--actor", "ana")
            wait_for_write(server, 1)
            process.send_signal(signal.SIGKILL)
            wait_for(process)
            server.clear_faults()
            same(len(journal()), 1)
            shown = server.drillctl("unfinished", "--actor", "ana").json
            same([(one["recorded"], one["unknown"], one["now"]) for one in shown], [(1, 0, "finished")], kind)
            same((server.count(kind), len(server.writes), journal()), (1, 1, []))


def interrupted():
    """Ctrl+C ends it between two requests: what was on its way is waited for, and all is said."""
    for number in (signal.SIGINT, signal.SIGTERM):
        with Server("--file", plans(N)) as server:
            server.fault("POST:/bulk:4:1:do-then-hold")
            process = start(server, *BULK)
            wait_for_write(server, 4)
            process.send_signal(number)
            same(process.stderr.readline(), b"drillctl: stopping; what is on its way is waited for\n")
            server.ask("/test/release", b"")
            answer = wait_for(process)
            found = json.loads(answer.out)
            same((answer.status, found["recorded"], found["not_sent"], found["unknown"]), (5, 400, 600, 0), answer.err)
            same((len(server.acks), len(journal())), (400, 1))
            same(server.drillctl("unfinished", "--finish", "--actor", "ana").status, 0)
            exactly_once(server)


def beside_another():
    """What another one is still working on is not taken for cut off, and waited for."""
    with Server("--file", plans(N)) as server:
        server.fault("POST:/bulk:2:1:do-then-hold")
        first = start(server, *BULK)
        wait_for_write(server, 2)
        second = start(server, *BULK)
        same(second.stderr.readline(), b"drillctl: waiting for a window or another drillctl that writes to this service\n")
        server.ask("/test/release", b"")
        same((wait_for(first).json["recorded"], wait_for(second).json["requested"]), (N, 0))
        exactly_once(server)


def clean(function):
    def test():
        clear_journal()
        function()
    return test


TESTS = (killed_before, killed_after, started_again, killed_twice, killed_single, interrupted, beside_another)
run("recovery", [(function.__name__.replace("_", "-"), clean(function)) for function in TESTS])
