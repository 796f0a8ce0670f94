#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong with a request that records something: exactly once, or said so."""
import json
import os
from concurrent.futures import ThreadPoolExecutor

from drillctl_test import Server, clear_journal, home, journal, plans, run, same

# command: its request, what it asks for, what is recorded then
ACK = ("/acknowledgements", ("ack", "s00000", "slack"), "notification-ack")
BULK = ("/bulk", ("bulk", "ack-outstanding", "--yes"), "notification-ack")
PACKAGE = ("/audit-package", ("package", "--output", os.path.join(home(), "fault.json")), "acknowledgement-audit-package")
DELIVER = ("/audit-delivery", ("deliver", "--to", "splunk"), "release-connector-delivery")
SINGLES = (ACK, PACKAGE, DELIVER)

HTML = {"status": 200, "type": "text/html", "body": "<html>Sign in</html>"}
REDIRECT = {"status": 307, "header": "Location", "value": "http://127.0.0.1:9/"}
NOT_DONE = ({"do": "drop"}, {"do": "status", "status": 500}, {"do": "status", **HTML}, {"do": "status", **REDIRECT})
DONE = ({"do": "do-then-drop"}, {"do": "do-then-drop-in-body"}, {"do": "do-then-status", "status": 500},
        {"do": "do-then-status", **HTML})


def fault(path, first, what):
    return {"method": "POST", "path": path, "first": first, "count": 1, **what}


def attempt(command, what):
    path, arguments, kind = command
    with Server("--file", plans(3)) as server:
        server.fault(fault(path, 1, what))
        answer = server.drillctl(*arguments, "--actor", "ana")
        return answer, server.count(kind), len(server.writes)


def everywhere(commands, faults, check):
    """Most of the time is spent waiting for a service that may still be at work: all at once."""
    cases = [(command, what) for command in commands for what in faults]
    with ThreadPoolExecutor(len(cases)) as pool:
        for (command, what), found in zip(cases, pool.map(lambda case: attempt(*case), cases)):
            check(command, what, *found)
    same(journal(), [], "nothing is left to be found out")


def not_done():
    """No answer, and nothing of it on the service: not recorded, and said so; nothing is sent again."""
    def check(command, what, answer, recorded, sent):
        same((answer.status, recorded, sent), (3, 0, 1), f"{command} {what} {answer.err}")
        assert json.loads(answer.out)["outcome"] in ("failed", "not_sent"), answer.text
        assert json.loads(answer.out)["error"], answer.text

    everywhere(SINGLES, NOT_DONE, check)


def done():
    """No answer, but it is on the service: recorded, and nothing is sent again."""
    def check(command, what, answer, recorded, sent):
        same((answer.status, recorded, sent), (0, 1, 1), f"{command} {what} {answer.err}")
        same(answer.json["outcome"], "recorded")

    everywhere(SINGLES, DONE, check)


def refused():
    for status, expected in ((400, 1), (404, 1), (422, 1), (401, 4), (403, 4)):
        def check(command, what, answer, recorded, sent):
            same((answer.status, recorded, sent), (expected, 0, 1), f"{command} {what} {answer.err}")
            assert json.loads(answer.out)["error"], answer.text

        everywhere(SINGLES, ({"do": "status", "status": status},), check)


def busy():
    """What the service was too busy for was not done: it is sent again when it says."""
    def check(command, what, answer, recorded, sent):
        same((answer.status, recorded, sent), (0, 1, 2), f"{command} {what} {answer.err}")

    everywhere(SINGLES, ({"do": "status", "status": 429, "header": "Retry-After", "value": "0"},), check)


def attempt_bulk(what):
    with Server("--file", plans(250)) as server:
        server.fault(fault("/bulk", 2, what))
        answer = server.drillctl(*BULK[1], "--actor", "ana")
        found = json.loads(answer.out)
        right = {(route["schedule_id"], route["provider"]) for route in found["routes"] if route["outcome"] == "recorded"}
        same(set(server.acks), right, f"{what}: what it says is recorded")
        same(set(server.acks.values()), {1}, f"{what}: exactly once")
        return answer.status, found["recorded"], found["failed"], found["unknown"], found["not_sent"]


def bulk_in_the_middle():
    """The second of three requests goes wrong."""
    cases = [(what, (0, 250, 0, 0, 0)) for what in DONE]
    cases += [(what, (5, 150, 100, 0, 0)) for what in NOT_DONE]
    cases += [
        ({"do": "status", "status": 429, "header": "Retry-After", "value": "0"}, (0, 250, 0, 0, 0)),
        # recorded up to the route at which the service broke
        ({"do": "break-bulk", "n_routes": 30}, (5, 180, 70, 0, 0)),
        # one that is refused does not take the others with it: they are sent one by one
        ({"do": "break-bulk", "n_routes": 30, "status": 400}, (0, 250, 0, 0, 0)),
        ({"do": "status", "status": 400}, (0, 250, 0, 0, 0)),
    ]
    with ThreadPoolExecutor(len(cases)) as pool:
        for (what, right), found in zip(cases, pool.map(lambda case: attempt_bulk(case[0]), cases)):
            same(found, right, str(what))
    same(journal(), [])


def bulk_not_authorised():
    """A 401 or 403 in the middle: what is recorded is said, the rest can be finished later, and is then sent once."""
    for status in (401, 403):
        with Server("--file", plans(250)) as server:
            server.fault(fault("/bulk", 2, {"do": "status", "status": status}))
            answer = server.drillctl(*BULK[1], "--actor", "ana")
            found = json.loads(answer.out)
            same((answer.status, found["recorded"], found["not_sent"], len(journal())), (5, 100, 150, 1), answer.err)
            shown = server.drillctl("unfinished", "--actor", "ana").json
            same([(one["kind"], one["recorded"], one["not_sent"], one["now"]) for one in shown],
                 [("acknowledgement", 100, 150, "unfinished")])
            same(len(server.acks), 100)
            finished = server.drillctl("unfinished", "--finish", "--actor", "ana").json
            same([(one["recorded"], one["not_sent"], one["now"]) for one in finished], [(250, 0, "finished")])
            same((len(server.acks), set(server.acks.values()), journal()), (250, {1}, []))


def count_reads(server):
    """How often the history is asked for before anything is sent."""
    before = len(server.requests)
    server.drillctl(*BULK[1], "--dry-run", "--actor", "ana")
    return sum("notifications?" in request["target"] for request in server.requests[before:])


def unreadable_after(server, n_reads):
    """The history cannot be read any more once it was read before sending."""
    server.fault({"method": "GET", "path": "/rollback-drill-notifications", "first": n_reads + 1, "count": 0, "do": "status",
                  "status": 500})


def unknown():
    """Neither an answer nor a history: unknown, kept, and nothing of it is sent until the history says."""
    with Server("--file", plans(250)) as server:
        unreadable_after(server, count_reads(server))
        server.fault(fault("/bulk", 2, {"do": "do-then-drop"}))
        answer = server.drillctl(*BULK[1], "--actor", "ana")
        found = json.loads(answer.out)
        same((answer.status, found["recorded"], found["unknown"], found["not_sent"]), (3, 100, 100, 50), answer.err)
        same((len(server.acks), len(journal())), (200, 1))
        sent = len(server.writes)
        same(server.drillctl(*BULK[1], "--actor", "ana").status, 3)
        same(len(server.writes), sent, "nothing is sent while it is not known")
        server.clear_faults()
        answer = server.drillctl(*BULK[1], "--actor", "ana")
        same(answer.json["requested"], 50)
        assert "200 recorded" in answer.err and "50 not sent" in answer.err, answer.err
        same((len(server.acks), set(server.acks.values())), (250, {1}))
        same(server.drillctl("unfinished", "--actor", "ana").json, [], "nothing is left of it")
        same(journal(), [])


def unknown_target():
    """One route whose fate is unknown and cannot be found out is not sent again by another command."""
    with Server("--file", plans(3)) as server:
        n_reads = count_reads(server)
        unreadable_after(server, n_reads)
        server.fault(fault("/acknowledgements", 1, {"do": "do-then-drop"}))
        answer = server.drillctl(*ACK[1], "--actor", "ana")
        same((answer.status, json.loads(answer.out)["outcome"], len(journal())), (3, "unknown", 1), answer.err)
        server.clear_faults()
        unreadable_after(server, n_reads)
        answer = server.drillctl(*ACK[1], "--actor", "ana")
        same((answer.status, answer.out, len(server.writes)), (3, b"", 1), answer.err)
        assert "not known whether s00000 · slack was recorded" in answer.err, answer.err
        server.clear_faults()
        answer = server.drillctl("ack", "s00001", "slack", "--actor", "ana")
        same(answer.status, 0)
        assert "settled: 1 recorded" in answer.err, answer.err
        same((server.acks, journal()), ({("s00000", "slack"): 1, ("s00001", "slack"): 1}, []))


def unknown_delivery():
    """The same for what would be delivered twice."""
    with Server("--file", plans(3)) as server:
        n_reads = count_reads(server)
        unreadable_after(server, n_reads)
        server.fault(fault("/audit-delivery", 1, {"do": "do-then-drop"}))
        answer = server.drillctl(*DELIVER[1], "--actor", "ana")
        same((answer.status, json.loads(answer.out)["outcome"], len(journal())), (3, "unknown", 1), answer.err)
        server.clear_faults()
        unreadable_after(server, n_reads)
        answer = server.drillctl(*DELIVER[1], "--actor", "ana")
        same((answer.status, len(server.writes)), (3, 1), answer.err)
        server.clear_faults()
        shown = server.drillctl("unfinished", "--actor", "ana").json
        same([(one["kind"], one["recorded"], one["now"]) for one in shown], [("delivery", 1, "finished")])
        same((server.count(DELIVER[2]), journal()), (1, []))


def drop():
    """What is dropped is forgotten, and not sent."""
    with Server("--file", plans(250)) as server:
        server.fault(fault("/bulk", 2, {"do": "status", "status": 401}))
        server.drillctl(*BULK[1], "--actor", "ana")
        same([one["now"] for one in server.drillctl("unfinished", "--drop", "--actor", "ana").json], ["dropped"])
        same((len(server.acks), journal()), (100, []))


def no_journal():
    """What cannot be written down before is not sent."""
    folder = os.path.join(home("xdg_state_home"), "file")
    with open(folder, "wb"):
        pass
    with Server("--file", plans(3)) as server:
        for command in (ACK, BULK, PACKAGE, DELIVER):
            answer = server.drillctl(*command[1], "--actor", "ana", XDG_STATE_HOME=folder)
            same((answer.status, server.writes), (2, []), f"{command} {answer.err}")


def clean(function):
    def test():
        clear_journal()
        function()
    return test


TESTS = (not_done, done, refused, busy, bulk_in_the_middle, bulk_not_authorised, unknown, unknown_target, unknown_delivery, drop, no_journal)
run("faults", [(function.__name__.replace("_", "-"), clean(function)) for function in TESTS])
