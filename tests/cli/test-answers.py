#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drillctl gives the right answers for the conformance cases."""
import csv
import hashlib
import io
import json

from drillctl_test import CASES, case_file, load, on_case, run, same

EXTRA = ["current", "acknowledgement_state", "acknowledged", "acknowledged_by", "acknowledged_at", "external_ref",
         "predates_plan", "age_minutes", "breached", "recommended_action"]


def by_id(rows):
    return sorted(rows, key=lambda row: (row["route_id"], json.dumps(row, sort_keys=True)))


def routes(case):
    right = load(case, "routes.json")
    answer = on_case(case, "routes", "--scope", "all").json
    same([row["created_at"] for row in answer], [row["created_at"] for row in right], "order")
    for row in answer:
        same(list(row)[-len(EXTRA):], EXTRA, "fields")
    same(by_id([{name: row[name] for name in right[0]} for row in answer]), by_id(right), "rows")


def ties(case):
    rows = on_case(case, "routes", "--scope", "all").json
    for before, after in zip(rows, rows[1:]):
        if before["created_at"] == after["created_at"]:
            keys = [(row["schedule_id"], row["provider"], row["owner"]) for row in (before, after)]
            assert keys[0] <= keys[1], keys


def judged(case):
    """The rows of the current plans say what the escalation plan says, all others nothing."""
    plan = {(r["schedule_id"], r["plan_id"], r["provider"], r["owner"]): r for r in load(case, "escalation.json")["routes"]}
    rows = on_case(case, "routes", "--scope", "all").json
    seen = 0
    for row in rows:
        key = row["schedule_id"], row["plan_id"], row["provider"], row["owner"]
        if row["recommended_action"] is None:
            same((row["age_minutes"], row["breached"]), (None, None), "not judged")
            assert not row["current"] or row["action"] != "deliver" or key not in plan
        else:
            seen += 1
            for name in ("acknowledgement_state", "acknowledged", "age_minutes", "breached", "recommended_action"):
                same(row[name], plan[key][name], name)
        if row["action"] == "suppress":
            same(row["acknowledgement_state"], "", "state of a suppressed row")
    assert seen > 0
    same([r for r in rows if r["current"]], on_case(case, "routes").json, "current")


def escalation(case):
    answer = on_case(case, "escalation").json
    right = load(case, "escalation.json")
    same({name: answer[name] for name in right}, right, "plan")
    same([list(route) for route in answer["routes"]], [list(route) for route in right["routes"]], "order of fields")
    same(answer["generated_at"], load(case, "now.json"), "generated_at")
    same(answer["plan_id"], on_case(case, "escalation").json["plan_id"], "plan_id")


def escalation_id(case):
    answer = on_case(case, "escalation").json
    text = json.dumps({name: answer[name] for name in ("generated_by", "alert_level", "routes", "acknowledgement_minutes")},
                      sort_keys=True)
    same(answer["plan_id"], "gordesc-" + hashlib.sha256(text.encode()).hexdigest()[:16], "plan_id")


def dashboard(case):
    answer = on_case(case, "dashboard").json
    right = load(case, "dashboard.json")
    plan = load(case, "escalation.json")
    same(list(answer), ["plan_count", "delivery_count", "failed_delivery_count", "acknowledgement_count",
                        "outstanding_route_count", "escalation_route_count", "breached_route_count", "item_count",
                        "route_count", "complete", "source", "server"], "fields")
    for name in ("plan_count", "delivery_count", "failed_delivery_count", "acknowledgement_count"):
        same(answer[name], right[name], name)
    same(answer["outstanding_route_count"], plan["outstanding_count"], "outstanding")
    same(answer["breached_route_count"], plan["breached_count"], "breached")
    same(answer["escalation_route_count"], sum(r["recommended_action"] != "no_action" for r in plan["routes"]), "escalation")
    same(answer["item_count"], len(load(case, "history.json")["items"]), "items")
    same(answer["route_count"], len(load(case, "routes.json")), "routes")
    same((answer["complete"], answer["source"], answer["server"]), (True, "history.json", None), "source")


def suppressions(case):
    right = load(case, "suppression.json")
    same(on_case(case, "suppressions").json, {**right, "total": sum(right.values())}, "counts")


def spans(text, begin):
    """The texts of the items of an array, as they are written."""
    decoder = json.JSONDecoder()
    found = []
    position = text.index("[", begin) + 1
    while True:
        while text[position] in " \n,":
            position += 1
        if text[position] == "]":
            return found
        _, end = decoder.raw_decode(text, position)
        found.append(text[position:end])
        position = end


def history(case):
    """The items newest first, each byte as it is in the file."""
    answer = on_case(case, "history")
    times = [item["created_at"] for item in answer.json]
    same(times, sorted(times, reverse=True), "order")
    with open(case_file(case, "history.json"), encoding="utf-8") as stream:
        document = stream.read()
    same(sorted(spans(answer.text, 0)), sorted(spans(document, document.index('"items"'))), "items")


def formats(case):
    """Every command has every format; CSV has as many rows as JSON."""
    for command, rows in (("routes", None), ("history", None), ("escalation", "routes")):
        count = on_case(case, command).json
        count = len(count[rows] if rows else count)
        table = on_case(case, command, form="table")
        same((table.status, len(table.text.splitlines())), (0, count + 1), command + " table")
        answer = on_case(case, command, form="csv")
        parsed = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        same((answer.status, len(parsed)), (0, count), command + " CSV")
        assert answer.text.count("\r\n") >= count + 1
    for command in ("dashboard", "suppressions", "session"):
        for form in ("table", "csv", "json"):
            answer = on_case(case, command, form=form)
            same(answer.status, 0, command)
            assert answer.out


TESTS = (routes, ties, judged, escalation, escalation_id, dashboard, suppressions, history, formats)
run("answers", [(f"{function.__name__.replace('_', '-')}/{case}", lambda function=function, case=case: function(case))
                for case in CASES for function in TESTS])
