#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of drillctl: options, filters, exit statuses, verify."""
import csv
import io
import json
import os
import pty
import subprocess
import unicodedata

from drillctl_test import case_file, drillctl, drillctl_into, load, on_case, run, same, temporary


def usage(*arguments, says=None, **more):
    answer = drillctl(*arguments, **more)
    same(answer.status, 2, str(arguments))
    same(answer.out, b"", "output")
    same(len(answer.err.splitlines()), 1, "lines on standard error")
    assert answer.err.startswith("drillctl: "), answer.err
    if says:
        assert says in answer.err, answer.err


def help_and_version():
    answer = drillctl("--help")
    same(answer.status, 0)
    for command in ("routes", "history", "dashboard", "escalation", "suppressions", "session", "ack", "escalate", "resolve",
                    "dismiss", "bulk", "package", "deliver", "verify", "unfinished", "login", "logout"):
        assert f"\n  {command} " in answer.text, answer.text
        same(drillctl(command, "--help").status, 0, command)
    for word in ("--connection", "--actor", "--token-file", "\n  5 partly"):
        assert word in answer.text, word
    answer = drillctl("--version")
    same((answer.status, answer.text.split()[0]), (0, "drillctl"))


def usage_errors():
    usage(says="command")
    usage("nonsense", says="nonsense")
    usage("--nonsense")
    usage("routes", "--nonsense")
    usage("routes", "extra", says="extra")
    usage("--format", "xml", "routes", says="--format")
    usage("--now", "yesterday", "routes", says="--now")
    usage("routes", "--slo", "late", says="--slo")
    usage("routes", "--scope", "old", says="--scope")
    usage("routes", "--sort", "colour", says="--sort")
    usage("routes", "--sort", "provider:up", says="--sort")
    usage("routes", "--limit", "many")
    usage("routes", "--limit", "-5", says="--limit")
    usage("routes", "--limit", "-1", says="--limit")
    usage("history", "--limit", "-5", says="--limit")
    usage("history", "--limit", "-1", says="--limit")
    usage("--sample", "--file", "x", "routes", says="only one")
    usage("--server", "http://127.0.0.1:1", "--sample", "routes", says="only one")
    usage("--server", "not a url", "routes")
    usage("--server", "ftp://example.org", "routes")
    usage("--file", "", "routes", says="--file")
    usage("--token-file", "x", "routes", says="--server")
    usage("--server", "https://127.0.0.1:1", "--token-file", "", "routes", says="--token-file")
    usage("routes", "--search", b"\xff", says="UTF-8")
    usage("routes", "--provider", b"sl\xc3", says="UTF-8")
    usage("history", "--search", b"\xff", says="UTF-8")
    usage("verify", says="file")
    usage("verify", "--sample", "x", says="verify")


def options_anywhere():
    before = drillctl("--sample", "--now", "2026-01-01T12:00:00Z", "--format", "json", "routes").json
    after = drillctl("routes", "--sample", "--format", "json", "--now", "2026-01-01T12:00:00Z").json
    same(before, after)


def filters():
    rows = on_case("medium", "routes", "--scope", "all").json

    def check(keep, *options):
        same(on_case("medium", "routes", "--scope", "all", *options).json, [row for row in rows if keep(row)], " ".join(options))

    check(lambda r: r["provider"] in ("slack", "teams"), "--provider", "slack", "--provider", "teams")
    check(lambda r: r["provider"] == "slack" and r["action"] == "deliver", "--provider", "slack", "--action", "deliver")
    check(lambda r: "ops" in (r["owner"] + "\n" + r["escalation_owner"]).lower(), "--owner", "OPS")
    check(lambda r: "équipe" in (r["owner"] + "\n" + r["escalation_owner"]).lower(), "--owner", "ÉQUIPE")
    check(lambda r: r["category"] in ("other", "operator_hold"), "--category", "other", "--category", "operator_hold")
    check(lambda r: r["alert_level"] == "warning", "--alert", "warning")
    check(lambda r: r["schedule_id"] == rows[0]["schedule_id"], "--schedule", rows[0]["schedule_id"])
    check(lambda r: r["acknowledgement_state"] == "escalated", "--state", "escalated")
    check(lambda r: r["acknowledgement_state"] == "no_such_state", "--state", "no_such_state")
    check(lambda r: r["breached"], "--slo", "breached")
    check(lambda r: rows[3]["route_id"] == r["route_id"], "--search", rows[3]["route_id"].upper())
    same(on_case("medium", "routes", "--scope", "all", "--limit", "7").json, rows[:7], "limit")
    same(on_case("medium", "routes", "--limit", "0").json, [], "limit 0")


def slo():
    """Breached, due within a quarter of an hour, or in time, to the minute."""
    plan = {"session_id": "p", "created_at": "2026-01-01T12:00:00Z", "schedule_id": "s", "plan_id": "p",
            "metadata_kind": "go-backend-rollback-drill-notification-plan",
            "plan": {"plan_id": "p", "schedule_id": "s", "route_decisions": [
                {"provider": "slack", "action": "deliver", "acknowledgement_minutes": 60}]}}
    path = temporary(json.dumps([plan]))
    for now, right in (("12:44", "ok"), ("12:46", "due"), ("12:59", "due"), ("13:00", "breached"), ("13:30", "breached")):
        for name in ("ok", "due", "breached"):
            found = drillctl("--file", path, "--now", f"2026-01-01T{now}:00Z", "--format", "json", "routes", "--slo", name).json
            same(len(found), 1 if name == right else 0, f"{now} {name}")
    both = drillctl("--file", path, "--now", "2026-01-01T12:50:00Z", "--format", "json", "routes", "--slo", "due",
                    "--slo", "ok").json
    same(len(both), 1, "alternatives")


def sorting():
    rows = on_case("medium", "routes", "--sort", "provider", "--sort", "owner:desc").json
    keys = [row["provider"] for row in rows]
    same(keys, sorted(keys), "provider")
    for before, after in zip(rows, rows[1:]):
        assert before["provider"] != after["provider"] or before["owner"] >= after["owner"]
    same(on_case("medium", "routes", "--sort", "created_at:desc").json, on_case("medium", "routes").json, "the default")
    oldest = on_case("medium", "routes", "--sort", "age_minutes:desc", "--limit", "1").json
    same(oldest[0]["age_minutes"], max(row["age_minutes"] or 0 for row in on_case("medium", "routes").json), "age")


def history_filters():
    items = on_case("medium", "history").json
    acks = [i for i in items if i["metadata_kind"].endswith("notification-ack")]
    same(on_case("medium", "history", "--kind", "notification-ack").json, acks, "short kind")
    same(on_case("medium", "history", "--kind", "go-backend-rollback-drill-notification-ack").json, acks, "kind")
    same(on_case("medium", "history", "--state", "resolved").json,
         [i for i in items if i.get("acknowledgement_state") == "resolved"], "state")
    same(on_case("medium", "history", "--failed").json,
         [i for i in items if i["metadata_kind"] == "release-connector-delivery" and not i["delivery_success"]], "failed")
    same(on_case("medium", "history", "--limit", "3").json, items[:3], "limit")
    found = on_case("medium", "history", "--provider", "splunk", "--kind", "notification-ack").json
    same(found, [i for i in acks if i["provider"] == "splunk"], "provider")


def csv_cells():
    """No cell runs in a spreadsheet, and each reads back as it was."""
    plan = {"session_id": "p", "created_at": "2026-01-01T12:00:00Z",
            "metadata_kind": "go-backend-rollback-drill-notification-plan",
            "plan": {"plan_id": "p", "schedule_id": "=1+1", "route_decisions": [
                {"provider": "a,\"b\"\nc", "owner": "\tx", "reason": "-2", "action": "deliver"}]}}
    answer = drillctl("--file", temporary(json.dumps({"items": [plan]})), "--format", "csv", "routes")
    row, = csv.DictReader(io.StringIO(answer.text, newline=""))
    same(row["schedule_id"], "'=1+1")
    same(row["provider"], "a,\"b\"\nc")
    same(row["owner"], "'\tx")
    same(row["reason"], "'-2")
    assert row["data_source"] and "SAMPLE" not in row["data_source"]


def table_is_safe():
    """Evidence cannot draw on the terminal or add lines."""
    plan = {"session_id": "p", "created_at": "2026-01-01T12:00:00Z",
            "metadata_kind": "go-backend-rollback-drill-notification-plan",
            "plan": {"plan_id": "p", "schedule_id": "\u001b[2J\u202eevil\nline", "route_decisions": [
                {"provider": "漢字" * 40, "owner": "x" * 300, "action": "deliver"}]}}
    answer = drillctl("--file", temporary(json.dumps([plan])), "routes")
    same((answer.status, len(answer.text.splitlines())), (0, 2))
    assert "\x1b" not in answer.text and "\u202e" not in answer.text
    assert "漢字" * 40 in answer.text and "x" * 300 in answer.text


def columns_of(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def table_is_aligned():
    """Columns line up whatever script the cells are in."""
    plans = [{"session_id": f"p{n}", "created_at": "2026-01-01T12:00:00Z",
              "metadata_kind": "go-backend-rollback-drill-notification-plan",
              "plan": {"plan_id": "p", "schedule_id": name, "route_decisions": [{"provider": "MARK", "action": "deliver"}]}}
             for n, name in enumerate(("plain", "運用チーム", "e\u0301quipe", "a rather long name of a schedule"))]
    lines = drillctl("--file", temporary(json.dumps(plans)), "routes").text.splitlines()[1:]
    same(len(lines), 4)
    same(len({columns_of(line[:line.index("MARK")]) for line in lines}), 1, "columns")


def terminal():
    """On a terminal long cells are cut."""
    plan = {"session_id": "p", "created_at": "2026-01-01T12:00:00Z",
            "metadata_kind": "go-backend-rollback-drill-notification-plan",
            "plan": {"plan_id": "p", "schedule_id": "s" * 300, "route_decisions": [{"provider": "slack", "action": "deliver"}]}}
    outer, inner = pty.openpty()
    try:
        subprocess.run([os.environ["DRILLCTL"], "--file", temporary(json.dumps([plan])), "routes"], stdin=subprocess.DEVNULL,
                       stdout=inner, stderr=subprocess.PIPE, timeout=60, check=True)
        text = os.read(outer, 65536).decode()
    finally:
        os.close(inner)
        os.close(outer)
    assert "s" * 39 + "…" in text and "s" * 40 not in text, text


def sample():
    answer = drillctl("dashboard", "--format", "json")
    same(answer.json["source"], "sample")
    assert "sample data" in answer.err
    same(drillctl("--quiet", "dashboard", "--format", "json").err, "")
    rows = list(csv.DictReader(io.StringIO(drillctl("--format", "csv", "routes").text, newline="")))
    same({row["data_source"] for row in rows}, {"SAMPLE DATA"})


def unreadable_files():
    def fails(content):
        answer = drillctl("--file", temporary(content), "routes")
        same((answer.status, answer.out, len(answer.err.splitlines())), (2, b"", 1), repr(content))

    for content in ("", "{", "[", "not json", '{"items": [', '{"items": {}}', "{}", "1", b"\xff\xfe", '{"items": [{}]} x'):
        fails(content)
    same(drillctl("--file", os.path.join(os.sep, "no", "such", "file"), "routes").status, 2)
    same(drillctl("--file", os.sep, "routes").status, 2)


def output_that_fails():
    """Nobody takes a full disk for success, nor for an altered package."""
    package = temporary(json.dumps(load("small", "packages.json")[0]))
    commands = [("--version",), ("--help",), ("routes", "--help"), ("verify", package)]
    for form in ("table", "json", "csv"):
        commands += [("--sample", "--quiet", "--format", form, name)
                     for name in ("routes", "history", "dashboard", "escalation", "suppressions", "session")]
    with open("/dev/full", "wb") as full:
        for command in commands:
            status, said = drillctl_into(full, *command)
            same(status, 5, str(command))
            assert command[0] != "--sample" or len(said.splitlines()) == 1, said


def output_that_is_closed():
    """Who closes the pipe has seen enough: no message, no signal."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        same(drillctl_into(closed, "--sample", "--quiet", "routes"), (5, ""))


def devices():
    """What has no size is read up to the limit, not up to the end of the memory."""
    answer = drillctl("verify", "/dev/zero")
    same((answer.status, "too large" in answer.text), (2, True), answer.text)
    good = json.dumps(load("small", "packages.json")[0])
    same(drillctl("verify", "/dev/stdin", given=good.encode()).status, 0)


def odd_ages():
    """A plan of the year 1 is late by more minutes than an int holds."""
    plan = {"metadata_kind": "go-backend-rollback-drill-notification-plan", "session_id": "a", "created_at": "0001-01-01T00:00:00Z",
            "schedule_id": "s", "plan": {"plan_id": "p", "route_decisions": [{"provider": "slack", "action": "deliver"}]}}
    answer = drillctl("--file", temporary(json.dumps([plan])), "--now", "9999-12-31T00:00:00Z", "routes")
    assert "5258963460 min overdue" in answer.text, answer.text


def file_documents():
    """A history, a bare array of items, a saved package: all can be opened."""
    items = load("small", "history.json")["items"]
    for document in (items, {"items": items}, {"export": {"program": "x"}, "items": items}):
        answer = drillctl("--file", temporary(json.dumps(document)), "--format", "json", "routes", "--scope", "all").json
        same(len(answer), len(load("small", "routes.json")))
    package = load("small", "packages.json")[0]
    answer = drillctl("--file", temporary(json.dumps(package)), "--format", "json", "routes", "--scope", "all").json
    same(sorted(r["route_id"] for r in answer), sorted(r["route_id"] for r in package["routes"]), "package")


def token_files():
    """A token that cannot be one ends the program before anything is sent, and is never shown."""
    server = ("--server", "https://127.0.0.1:1")
    usage(*server, "--token-file", temporary(""), "session", says="empty")
    usage(*server, "--token-file", temporary(" \n"), "session", says="empty")
    usage(*server, "--token-file", temporary("Bearer \n"), "session", says="does not hold a token")
    usage(*server, "--token-file", "-", "session", says="empty")
    usage(*server, "--token-file", os.path.join(os.sep, "no", "such", "file"), "session", says="token file")
    usage(*server, "--token-file", temporary("a" * 70000), "session", says="too large")
    usage(*server, "session", DRILL_TOKEN_FILE=temporary(""), says="empty")
    for secret in ("s3cret\x01", "s3cretü"):
        answer = drillctl(*server, "--token-file", "-", "session", given=secret.encode())
        same(answer.status, 2)
        assert "s3cret" not in answer.err, answer.err


def verify():
    whole = load("small", "packages.json")[0]
    altered = {**whole, "outstanding_count": whole["outstanding_count"] + 1}
    good, bad = temporary(json.dumps(whole)), temporary(json.dumps(altered))
    wrapped, other, broken = temporary(json.dumps({"audit_package": whole})), temporary("{}"), temporary("{")

    answer = drillctl("verify", good, wrapped)
    same((answer.status, [line.split(": ")[-1] for line in answer.text.splitlines()]), (0, ["whole", "whole"]))

    answer = drillctl("verify", good, bad)
    same(answer.status, 1)
    assert "altered" in answer.text and "outstanding_count" in answer.text, answer.text

    same(drillctl("verify", other).status, 2, "not a package")
    same(drillctl("verify", broken).status, 2, "no JSON")
    same(drillctl("verify", os.path.join(os.sep, "no", "such", "file")).status, 2, "no file")
    same(drillctl("verify", good, broken).status, 2, "one of two unreadable")
    same(drillctl("verify", broken, bad).status, 1, "altered is worse than unreadable")

    found = json.loads(drillctl("--format", "json", "verify", good, bad, other, broken).out)
    same([entry["result"] for entry in found], ["whole", "altered", "not_a_package", "unreadable"])
    same([bool(entry["findings"]) for entry in found], [False, True, True, True])
    rows = list(csv.DictReader(io.StringIO(drillctl("--format", "csv", "verify", good, bad).text, newline="")))
    same([row["result"] for row in rows], ["whole", "altered"])


def verify_text_order():
    """Spacing and the order of names are not part of a package; what it says is."""
    whole = load("medium", "packages.json")[0]
    same(drillctl("verify", temporary(json.dumps(whole, indent=4, sort_keys=True, ensure_ascii=False))).status, 0)
    text = json.dumps(whole)
    same(drillctl("verify", temporary(text.replace("slack", "slick", 1))).status, 1)


def verify_non_ascii():
    """What Python escapes and what it does not hash alike."""
    path = case_file("edges", "packages.json")
    with open(path, encoding="utf-8") as stream:
        for package in json.load(stream):
            for ascii_only in (True, False):
                same(drillctl("verify", temporary(json.dumps(package, ensure_ascii=ascii_only))).status, 0)



TESTS = (help_and_version, usage_errors, options_anywhere, filters, slo, sorting, history_filters, csv_cells,
         table_is_safe, table_is_aligned, terminal, sample, unreadable_files, output_that_fails,
         output_that_is_closed, devices, odd_ages, file_documents, token_files, verify, verify_text_order, verify_non_ascii)
run("commands", [(function.__name__.replace("_", "-"), function) for function in TESTS])
