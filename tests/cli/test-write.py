#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of drillctl that record something, and what they say when all goes well or is refused."""
import csv
import hashlib
import io
import json
import os
import subprocess
import zipfile

from drillctl_test import (Server, case_file, clean_environment, drillctl, home, journal, on_terminal, plans, run, same,
                           start_drillctl, temporary, wait_for)

COMMANDS = {"ack": "acknowledged", "escalate": "escalated", "resolve": "resolved", "dismiss": "dismissed"}
WRITES = (("ack", "s00000", "slack"), ("bulk", "ack-outstanding", "--yes"), ("deliver", "--to", "all"),
          ("package", "--output", "-"))
TOKEN = "header.s3cret.signature"


def usage(*arguments, says=None):
    answer = drillctl(*arguments)
    same((answer.status, answer.out, len(answer.err.splitlines())), (2, b"", 1), str(arguments) + answer.err)
    if says:
        assert says in answer.err, answer.err


def usage_errors():
    usage("ack", says="SCHEDULE")
    usage("ack", "s", says="SCHEDULE")
    usage("ack", "s", "", says="SCHEDULE")
    usage("ack", "s", "p", "q", says="SCHEDULE")
    usage("ack", "s", b"\xff", says="UTF-8")
    usage("ack", "s", "p", "--ref", b"\xff", says="UTF-8")
    usage("ack", "s", "p", "--now", "2026-01-01T00:00:00Z", says="--now")
    usage("bulk", says="ack-outstanding")
    usage("bulk", "everything", "--yes", says="ack-outstanding")
    usage("bulk", "ack-outstanding", says="--yes")
    usage("bulk", "ack-outstanding", "--yes", "--slo", "late", says="--slo")
    usage("bulk", "ack-outstanding", "--yes", "--now", "2026-01-01T00:00:00Z", says="--now")
    usage("package", says="--output")
    usage("package", "--output", "", says="--output")
    usage("package", "--output", os.path.join(home(), "no", "folder", "p.json"), says="nothing was sent")
    usage("package", "--output", home(), says="nothing was sent")
    usage("deliver", says="--to")
    usage("deliver", "--to", " ", says="--to")
    usage("unfinished", says="--server")
    usage("login", says="--server")
    usage("logout", "--sample", says="--server")
    usage("--connection", "nobody", "routes", says="nobody")
    usage("--connection", "a", "--server", "https://127.0.0.1:1", "routes", says="only one")
    usage("--actor", " ", "--sample", "ack", "a", "b", says="--actor")


def acknowledge():
    """Each command records its state once, with reference, notes, plan and actor."""
    with Server("--file", plans(4)) as server:
        for number, (command, state) in enumerate(COMMANDS.items()):
            answer = server.drillctl(command, f"s{number:05}", "slack", "--ref", f"T-{number}", "--notes", "seen", "--actor", "ana")
            found = answer.json
            same((found["outcome"], found["acknowledgement_state"], found["acknowledged_by"], found["plan_id"], found["owners"],
                  found["simulation"], found["error"]), ("recorded", state, "ana", f"plan-{number:05}", "ops", False, None))
            assert found["acknowledgement_id"].startswith("gordack-"), found
            row = server.drillctl("routes", "--schedule", f"s{number:05}").json[0]
            same((row["acknowledgement_state"], row["acknowledged_by"], row["external_ref"]), (state, "ana", f"T-{number}"))
        same(server.acks, {(f"s{number:05}", "slack"): 1 for number in range(4)})
        same(json.loads(server.writes[0]["body"]), {"provider": "slack", "acknowledged_by": "ana", "plan_id": "plan-00000",
                                                    "acknowledgement_state": "acknowledged", "external_ref": "T-0",
                                                    "notes": "seen"})
        same(journal(), [])


def acknowledge_again():
    """One route is recorded whenever somebody says so; one that is not known needs its plan."""
    with Server("--file", plans(1)) as server:
        for _ in range(2):
            same(server.drillctl("ack", "s00000", "slack", "--actor", "ana").json["outcome"], "recorded")
        same(server.acks, {("s00000", "slack"): 2})
        answer = server.drillctl("ack", "s0000", "slack", "--actor", "ana")
        same((answer.status, answer.out), (2, b""))
        assert "--plan" in answer.err, answer.err
        answer = server.drillctl("ack", "odd/../id ü?#", "slack", "--plan", "p9", "--actor", "ana")
        same((answer.json["outcome"], answer.json["plan_id"]), ("recorded", "p9"))
        assert "no current route" in answer.err, answer.err
        same(server.acks[("odd/../id ü?#", "slack")], 1)


def formats():
    with Server("--file", plans(2)) as server:
        table = drillctl("--server", server.url, "ack", "s00000", "slack", "--actor", "ana")
        assert "recorded" in table.text and "s00000" in table.text, table.text
        rows = list(csv.DictReader(io.StringIO(drillctl("--server", server.url, "--format", "csv", "bulk", "ack-outstanding",
                                                        "--yes", "--actor", "ana").text, newline="")))
        same([(row["outcome"], row["schedule_id"], row["simulation"]) for row in rows], [("recorded", "s00001", "false")])
        summary = drillctl("--server", server.url, "bulk", "ack-outstanding", "--yes", "--actor", "ana")
        assert "0 requested" in summary.text, summary.text


def needs_actor():
    """Where the service does not know who one is, it has to be said before anything is sent."""
    with Server("--file", plans(1)) as server:
        for command in WRITES:
            answer = server.drillctl(*command)
            same((answer.status, answer.out), (2, b""), command)
            assert "--actor" in answer.err, answer.err
        same(server.writes, [])


def verified_actor():
    """With a token the service knows who one is, and --actor is nothing to it."""
    with Server("--file", plans(1), "--token", f"{TOKEN}:ana") as server:
        path = temporary(TOKEN)
        answer = server.drillctl("--token-file", path, "--actor", "bob", "ack", "s00000", "slack")
        same((answer.json["acknowledged_by"], answer.json["outcome"]), ("ana", "recorded"))
        assert "acknowledged_by" not in server.writes[0]["body"], server.writes


def not_authorised():
    """No token, one that is not good, one that may not, one that has expired: nothing is sent."""
    expired = "eyJhbGciOiJub25lIn0.eyJleHAiOjE1MDAwMDAwMDB9.c2ln"
    with Server("--file", plans(1), "--token", f"{TOKEN}:ana", "--token", "weak:bob:ops:no-ack") as server:
        for command in WRITES:
            for more in ((), ("--token-file", temporary("bad")), ("--token-file", temporary("weak")),
                         ("--token-file", temporary(expired))):
                answer = server.drillctl(*more, *command)
                same((answer.status, answer.out), (4, b""), f"{command} {more} {answer.err}")
                assert "s3cret" not in answer.err and expired not in answer.err, answer.err
        same(server.writes, [])
        before = len(server.requests)
        answer = server.drillctl("--token-file", temporary(expired), "routes")
        same((answer.status, len(server.requests)), (4, before), "an expired token is not sent")
        assert "2017-07-14" in answer.err, answer.err


def save_connection(server, read_only):
    folder = os.path.join(home("xdg_config_home"), "drill-console")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "connections.ini"), "w", encoding="utf-8") as stream:
        stream.write("[Connection 0f6f1a52-2a94-4b44-a6a5-1c2f2d3e4a5b]\nName=home\n"
                     f"URL={server.url}\nActor=carla\nReadOnly={'true' if read_only else 'false'}\n")


def saved_connection():
    """The same connections as in the window: its URL and actor."""
    with Server("--file", plans(2)) as server:
        save_connection(server, False)
        answer = drillctl("--connection", "home", "--format", "json", "ack", "s00000", "slack")
        same((answer.json["acknowledged_by"], answer.json["outcome"]), ("carla", "recorded"))
        answer = drillctl("--connection", "home", "--format", "json", "--actor", "dora", "ack", "s00001", "slack")
        same(answer.json["acknowledged_by"], "dora")


def read_only():
    """Nothing leaves by a connection that is for reading, and exports say so."""
    with Server("--file", plans(1)) as server:
        save_connection(server, True)
        for command in WRITES + (("unfinished",),):
            answer = drillctl("--connection", "home", *command)
            same((answer.status, answer.out), (4, b""), command)
            assert "for reading only" in answer.err, answer.err
        same(server.requests, [])
        answer = drillctl("--connection", "home", "--format", "csv", "routes")
        same(answer.status, 0)
        assert "read-only" in answer.text, answer.text


def bulk():
    """Each schedule and provider once, in chunks; a second time there is nothing left."""
    with Server("--file", plans(150, ("slack", "teams"))) as server:
        answer = server.drillctl("bulk", "ack-outstanding", "--yes", "--ref", "T-1", "--actor", "ana")
        found = answer.json
        same({name: found[name] for name in ("requested", "recorded", "skipped", "failed", "unknown", "not_sent", "chunks")},
             {"requested": 300, "recorded": 300, "skipped": 0, "failed": 0, "unknown": 0, "not_sent": 0, "chunks": 3})
        same(len(found["routes"]), 300)
        same(sorted(found["routes"][0]), ["acknowledgement_id", "error", "outcome", "owners", "plan_id", "provider", "schedule_id"])
        same(set(server.acks.values()), {1})
        same((len(server.acks), len(server.writes)), (300, 3))
        same(server.drillctl("bulk", "ack-outstanding", "--yes", "--actor", "ana").json["requested"], 0)
        same(len(server.writes), 3)


def bulk_filters():
    with Server("--file", plans(10, ("slack", "teams"))) as server:
        found = server.drillctl("bulk", "ack-outstanding", "--yes", "--provider", "teams", "--schedule", "s00001", "--schedule",
                                "s00002", "--actor", "ana").json
        same(found["requested"], 2)
        same(server.acks, {("s00001", "teams"): 1, ("s00002", "teams"): 1})
        same(server.drillctl("bulk", "ack-outstanding", "--yes", "--owner", "nobody", "--actor", "ana").json["requested"], 0)
        same(server.drillctl("bulk", "ack-outstanding", "--yes", "--action", "suppress", "--actor", "ana").json["requested"], 0)


def escalate_breached():
    """What is escalated already is skipped."""
    with Server("--file", plans(5)) as server:
        same(server.drillctl("escalate", "s00000", "slack", "--actor", "ana").status, 0)
        same(server.drillctl("ack", "s00001", "slack", "--actor", "ana").status, 0)
        found = server.drillctl("bulk", "escalate-breached", "--yes", "--actor", "ana").json
        same((found["requested"], found["recorded"], found["skipped"], found["chunks"]), (4, 3, 1, 1))
        same(server.acks[("s00000", "slack")], 1)


def dry_run():
    """Says what it would send, and sends nothing."""
    with Server("--file", plans(120)) as server:
        same(server.drillctl("escalate", "s00000", "slack", "--actor", "ana").status, 0)
        found = server.drillctl("bulk", "escalate-breached", "--dry-run", "--actor", "ana").json
        same((found["dry_run"], found["requested"], found["skipped"], found["not_sent"], found["recorded"], found["chunks"]),
             (True, 120, 1, 119, 0, 2))
        same(sorted({route["outcome"] for route in found["routes"]}), ["not_sent", "skipped"])
        same((len(server.writes), journal()), (1, []))


def asks():
    """On a terminal it asks, with counts by owner and provider."""
    with Server("--file", plans(3, ("slack", "teams"))) as server:
        status, words = on_terminal(server, b"n\n")
        same((status, server.writes), (1, []), words)
        for expected in ("Acknowledge 6 routes as ana?", "     6  ops", "     3  slack", "     3  teams"):
            assert expected in words, words
        same(on_terminal(server, b"y\n")[0], 0)
        same(len(server.acks), 6)


def simulations():
    """The sample and a file: nothing leaves, nothing is kept, and all of them say so."""
    path = plans(3)
    with open(path, "rb") as stream:
        before = stream.read()
    for source in (("--file", path), ("--sample",)):
        for command in (("ack", "s00000", "slack", "--plan", "p"), ("bulk", "ack-outstanding", "--yes"), ("deliver", "--to", "splunk"),
                        ("package", "--output", os.path.join(home(), "simulated.json"))):
            answer = drillctl(*source, "--format", "json", *command)
            assert "simulation" in answer.err, answer.err
            assert json.loads(answer.out)["simulation"] is True, answer.text
    with open(path, "rb") as stream:
        same(stream.read() == before, True, "the file is as it was")
    same(journal(), [])
    same(drillctl("--file", path, "--format", "json", "bulk", "ack-outstanding", "--yes").json["recorded"], 3)


def package():
    """The service's bytes, a checksum beside them, and what it covers."""
    with Server("--file", plans(20, ("slack", "teams"))) as server:
        server.drillctl("ack", "s00000", "slack", "--actor", "ana")
        path = os.path.join(home(), "p.json")
        found = server.drillctl("package", "--provider", "slack", "--output", path, "--actor", "ana").json
        same((found["route_count"], found["acknowledged_count"], found["outstanding_count"], found["complete"], found["file"]),
             (20, 1, 19, True, path))
        with open(path, "rb") as stream:
            saved = stream.read()
        same(json.loads(saved)["audit_id"], found["audit_id"])
        same(hashlib.sha256(saved).hexdigest(), found["sha256"])
        with open(path + ".sha256", encoding="ascii") as stream:
            same(stream.read(), f"{found['sha256']}  p.json\n")
        same(subprocess.run(["sha256sum", "-c", "p.json.sha256"], cwd=home(), capture_output=True, check=False).returncode, 0)
        same(drillctl("--format", "json", "verify", path).json[0]["checksum"], "matches")
        item = server.drillctl("history", "--kind", "acknowledgement-audit-package")
        assert saved in item.out, "byte for byte as the service keeps it"
        same(server.drillctl("package", "--provider", "slack", "--output", "-", "--actor", "ana").out[:1], b"{")
        same(sorted(name for name in os.listdir(home()) if name.startswith(("p.json", "."))), ["p.json", "p.json.sha256"])


def package_cut():
    """The service cuts at 500 without a word; drillctl has one, and asks in parts."""
    with Server("--file", plans(300, ("slack", "teams"))) as server:
        path = os.path.join(home(), "cut.json")
        answer = server.drillctl("package", "--output", path, "--actor", "ana")
        found = json.loads(answer.out)
        same((answer.status, found["route_count"], found["missing"], found["complete"]), (5, 500, 100, False))
        assert "incomplete" in answer.err and "--parts" in answer.err, answer.err
        archive = os.path.join(home(), "parts.zip")
        answer = server.drillctl("package", "--output", archive, "--parts", "--actor", "ana")
        found = answer.json
        same((found["complete"], sum(part["route_count"] for part in found["parts"])), (True, 600))
        with zipfile.ZipFile(archive) as zipped:
            same(zipped.testzip(), None)
            same(sum(len(json.loads(zipped.read(name))["routes"]) for name in zipped.namelist() if name.startswith("package-")), 600)


def package_cannot_be_saved():
    """What was there stays whole, and one hears where the package is to be had."""
    with Server("--file", plans(2)) as server:
        with open("/dev/full", "wb") as full:
            process = subprocess.run([os.environ["DRILLCTL"], "--server", server.url, "--actor", "ana", "package", "--output", "-"],
                                     stdout=full, stderr=subprocess.PIPE, env=clean_environment(), check=False)
        words = process.stderr.decode()
        same(process.returncode, 5, words)
        assert "could not be saved" in words and "gordackaudit-" in words, words
        path = os.path.join(home(), "kept.json")
        with open(path, "w", encoding="ascii") as stream:
            stream.write("before")
        os.makedirs(path + ".sha256")
        answer = server.drillctl("package", "--output", path, "--actor", "ana")
        same(answer.status, 5, answer.err)
        with open(path, encoding="ascii") as stream:
            same(stream.read(), "before")
        same([name for name in os.listdir(home()) if name.startswith("kept.json.") and name != "kept.json.sha256"], [])


def deliver():
    """A result for each connector; 200 is not yet a delivery."""
    with Server("--file", plans(2), "--connectors", "splunk,jira", "--fail-connector", "jira:503") as server:
        def results(*to):
            answer = server.drillctl("deliver", "--to", *to, "--actor", "ana")
            found = json.loads(answer.out)
            return answer.status, found["success"], {result["provider"]: result["result"] for result in found["results"]}

        same(results("splunk", "--cadence", "weekly", "--schedule-ref", "R-1"), (0, True, {"splunk": "delivered"}))
        body = json.loads(server.writes[-1]["body"])
        same((body["delivery_provider"], body["cadence"], body["schedule_ref"], body["generated_by"]),
             ("splunk", "weekly", "R-1", "ana"))
        same(results("splunk,jira"), (5, False, {"splunk": "delivered", "jira": "failed"}))
        same(results("jira"), (1, False, {"jira": "failed"}))
        same(results("splunk,datadog"), (5, False, {"splunk": "delivered", "datadog": "not_configured"}))
        same(results("datadog"), (1, False, {"datadog": "not_configured"}))
        same(journal(), [])
    with Server("--file", plans(2), "--connectors", "") as server:
        answer = server.drillctl("deliver", "--to", "all", "--actor", "ana")
        same(answer.status, 1, answer.err)
        assert "connector config is not configured" in answer.err, answer.err
    with Server("--file", plans(501), "--connectors", "splunk") as server:
        answer = server.drillctl("deliver", "--to", "splunk", "--actor", "ana")
        same((answer.status, "incomplete" in answer.err), (5, True), answer.err)
        same(server.drillctl("deliver", "--to", "splunk", "--schedule", "s00500", "--actor", "ana").status, 0)


def verify_live():
    """What has changed since; the verdict stays the package's own."""
    with Server("--file", plans(4)) as server:
        path = os.path.join(home(), "live.json")
        server.drillctl("package", "--output", path, "--actor", "ana")
        found = server.drillctl("verify", path).json[0]
        same((found["result"], found["comparison"]["changed"], found["comparison"]["routes"]), ("whole", 0, 4))
        server.drillctl("resolve", "s00001", "slack", "--actor", "ana")
        answer = server.drillctl("verify", path)
        found = answer.json[0]
        same((found["result"], found["comparison"]["changed"], len(found["comparison"]["changes"])), ("whole", 1, 1))
        assert "s00001" in found["comparison"]["changes"][0], found


def verify_checksum():
    path = os.path.join(home(), "sum.json")
    same(drillctl("--file", case_file("small", "history.json"), "package", "--output", path).status, 0)
    same(drillctl("--format", "json", "verify", path).json[0]["result"], "whole")
    with open(path, encoding="utf-8") as stream:
        package_text = stream.read()
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(json.loads(package_text), indent=1))
    answer = drillctl("--format", "json", "verify", path)
    found = json.loads(answer.out)[0]
    same((answer.status, found["result"], found["checksum"]), (1, "altered", "differs"))
    with open(path + ".sha256", "w", encoding="ascii") as stream:
        stream.write("nothing")
    same(drillctl("verify", path).status, 1)
    os.unlink(path + ".sha256")
    same(drillctl("--format", "json", "verify", path).json[0]["checksum"], "none")


def unreachable():
    for command in WRITES:
        answer = drillctl("--server", "http://127.0.0.1:1", "--actor", "ana", *command)
        same((answer.status, answer.out), (3, b""), command)
    same(journal(), [])


def several_at_once():
    """Two that would do the same do it one after the other."""
    with Server("--file", plans(250)) as server:
        both = [start_drillctl("--server", server.url, "--format", "json", "--actor", name, "bulk", "ack-outstanding", "--yes")
                for name in ("ana", "bob")]
        found = [wait_for(process).json for process in both]
        same(sorted(one["recorded"] for one in found), [0, 250])
        same((len(server.acks), set(server.acks.values())), (250, {1}))


TESTS = (usage_errors, acknowledge, acknowledge_again, formats, needs_actor, verified_actor, not_authorised, saved_connection,
         read_only, bulk, bulk_filters, escalate_breached, dry_run, asks, simulations, package, package_cut,
         package_cannot_be_saved, deliver, verify_live, verify_checksum, unreachable, several_at_once)
run("write", [(function.__name__.replace("_", "-"), function) for function in TESTS])
