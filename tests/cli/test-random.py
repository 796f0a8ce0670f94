#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drillctl and the plain second reading of the contract agree on odd histories.

Each history comes from its seed, so a failure can be had again: pass the seeds
to try as arguments.
"""
import json
import random
import sys

from drillctl_test import build_package, drillctl, run, same, temporary

import reference  # beside the conformance cases

NOW = "2026-06-01T12:00:00+00:00"
SEEDS = [int(seed) for seed in sys.argv[1:]] or range(1, 41)
MISSING = object()

SCHEDULES = ["s1", "s2", "go/ü %20", "s-ß", "\u202eodd\n", "total", "😀"]
PROVIDERS = ["slack", "teams", "webhook", "jira", "=cmd", "e\u0301mail"]
OWNERS = ["ops", "OPS-night", "release-governance", "Équipe", "運用", "a, b", "\"q\"\\", "\x7f/\u2028"]
STATES = ["acknowledged", "resolved", "escalated", "dismissed", "parked", "ACKNOWLEDGED", ""]
REASONS = ["stale", "is Healthy again", "UNHEALTHY", "", "tab\tquote\" back\\slash \b\f\r\n \x01 \x1f é 😀 /", "lone ' quote"]
TIMES = ["2026-05-30T10:00:00+00:00", "2026-06-01T11:00:00Z", "2026-06-01T11:30:00.123456+00:00", "2026-05-31T23:59:59",
         "2026-06-01T10:59:59.7+02:00", "2026-06-01T11:00:00.000001Z", "2026-06-01T11:00:00+00:00", "never", "2026-13-01T00:00:00Z",
         "2026-06-01T12:30:00+00:00", "2025-01-01T00:00:00-05:30", "2026-06-01", ""]
MINUTES = [1, 15, 30, 45, 60, 61, 240, 0, -5, 10**6]
FALSY = [None, "", 0, False, [], {}, MISSING]
ODD_TEXT = [5, -7, True, 10**30, 1.5, 1e16, 1e-7, 0.1]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.n = 0

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def pick(self, values):
        return self.random.choice(values)

    def put(self, into, name, values, odd=8):
        """Mostly one of the values; now and then nothing, or something that stands for nothing, or no text."""
        value = self.pick(values)
        if self.chance(odd):
            value = self.pick(FALSY)
        elif self.chance(odd / 4):
            value = self.pick(ODD_TEXT)
        if value is not MISSING:
            into[name] = value

    def put_whole(self, into, name, values):
        self.put(into, name, values, odd=0)

    def time(self):
        if self.chance(60):
            day, second = self.random.randrange(1, 29), self.random.randrange(86400)
            zone = self.pick(["+00:00", "Z", "+00:00", ""])
            return f"2026-05-{day:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{zone}"
        return self.pick(TIMES)

    def new_id(self):
        self.n += 1
        return f"id-{self.n}"

    def decision(self):
        entry = {}
        self.put(entry, "provider", PROVIDERS)
        if self.chance(20):
            self.put(entry, "schedule_id", SCHEDULES)
        self.put(entry, "owner", OWNERS, odd=20)
        self.put(entry, "escalation_owner", OWNERS, odd=50)
        self.put(entry, "action", ["deliver"] * 5 + ["suppress"] * 4 + ["hold", "DELIVER", " deliver"], odd=12)
        self.put(entry, "reason", REASONS)
        self.put(entry, "category", ["operator_hold", "other", "deliver", "total"], odd=60)
        if self.chance(80):
            entry["acknowledgement_minutes"] = self.pick(MINUTES + [None, "30", True, False, 45.0, 1.5, [], {}])
        if self.chance(35):
            window = {}
            self.put(window, "window_id", ["mw-1", "mw-ü"])
            self.put(window, "reason", ["freeze", "line\nbreak"])
            entry["maintenance_window"] = self.pick([window, window, {}, None, [], "x", 1])
        if self.chance(35):
            availability = {}
            if self.chance(80):
                availability["available"] = self.pick([True, False, False, None, 0, 0.0, -0.0, 1, "", "no", [], [0], {}, {"a": 1}])
            self.put(availability, "reason", ["holiday", "night"])
            entry["owner_availability"] = self.pick([availability, availability, {}, None, "x", False, [1]])
        if self.chance(15):
            entry["unknown"] = self.pick([{"action": "suppress"}, [1, {"provider": "x"}], "x", 1e300, 10**40])
        return entry

    def plan(self):
        schedule = self.pick(SCHEDULES)
        plan = {"plan_id": f"plan-{self.n}"}
        item = {"metadata_kind": reference.PLAN, "session_id": self.new_id()}
        where = self.random.randrange(4)
        if where != 0:
            item["schedule_id"] = schedule
        if where != 1:
            plan["schedule_id"] = self.pick(SCHEDULES) if self.chance(10) else schedule
        self.put(plan, "alert_level", ["critical", "warning", "healthy"], odd=30)
        if self.chance(60):
            self.put(item, "alert_level", ["critical", "warning", "healthy"])
        self.put(plan, "next_due_at", TIMES)
        if self.chance(70):
            plan["owners"] = self.pick([["p", "q"], ["p", "", None, "r"], [], None, "x", {}])
        if self.chance(80):
            plan["acknowledgement_required_providers"] = self.pick([PROVIDERS[:2], ["slack"], [], None, "slack", PROVIDERS,
                                                                            ["", "slack", None, 0, False, [], "teams"]])
        if self.chance(85):
            decisions = [self.decision() for _ in range(self.random.randrange(7))]
            for junk in ("junk", None, 7, [], [{"provider": "x"}]):
                if self.chance(4):
                    decisions.insert(self.random.randrange(len(decisions) + 1), junk)
            plan["route_decisions"] = decisions
        elif self.chance(50):
            plan["route_decisions"] = self.pick([None, {}, "x", 3])
        if self.chance(90):
            item["created_at"] = self.time()
        if self.chance(50) or "created_at" not in item:
            plan["generated_at"] = self.time()
        if self.chance(15):  # an old item that is itself the plan
            item.update(plan)
            if self.chance(30):
                item["plan"] = self.pick([None, "x", [], 1])
        else:
            item["plan"] = plan
            if self.chance(50):
                item["plan_id"] = plan["plan_id"]
        return item

    def ack(self):
        item = {"metadata_kind": reference.ACK, "session_id": self.new_id(), "created_at": self.time()}
        self.put(item, "schedule_id", SCHEDULES)
        self.put(item, "provider", PROVIDERS)
        self.put(item, "acknowledgement_state", STATES)
        payload = {}
        if self.chance(85):
            payload["acknowledgement_state"] = item.get("acknowledgement_state", "acknowledged")
        for name in ("acknowledged_by", "acknowledged_at", "external_ref", "notes", "acknowledgement_id", "plan_id"):
            self.put(payload, name, OWNERS + TIMES)
        if self.chance(85):
            item["acknowledgement"] = payload
        elif self.chance(50):
            item["acknowledgement"] = self.pick([None, "x", [], 1])
        return item

    def other(self):
        item = {"session_id": self.new_id(), "created_at": self.time()}
        item["metadata_kind"] = self.pick([reference.DELIVERY, reference.DELIVERY, reference.PREFIX + "new-thing",
                                           reference.PREFIX + "notification-escalation-plan", "inventory"])
        if item["metadata_kind"] == reference.DELIVERY:
            self.put(item, "connector_delivery_source", ["go_backend_rollback_drill_notification", "go_backend_rollback_drill_",
                                                         "release_governance", "Go_backend_rollback_drill_x"])
            if self.chance(80):
                item["delivery_success"] = self.pick([True, False, None])
            item["providers"] = self.pick([["slack"], [], None, "x", [1, None]])
        self.put(item, "payload", [{"k": [1, 2.5, None]}, [[[]]], "x" * 3000])
        self.put(item, "plan", [{"route_decisions": [{"provider": "no"}]}])
        return item

    def history(self):
        makers = [self.plan] * 4 + [self.ack] * 5 + [self.other] * 2
        items = [self.pick(makers)() for _ in range(self.random.randrange(1, 90))]
        for item in list(items):
            if self.chance(3):  # two pages that overlap
                items.insert(self.random.randrange(len(items) + 1), item)
        return items


def document(maker, items):
    text = json.dumps(items if maker.chance(30) else {"items": items}, ensure_ascii=maker.chance(50),
                      indent=maker.pick([None, None, 1]))
    return temporary(text)


def ask(path, *arguments):
    return drillctl("--file", path, "--now", NOW, "--format", "json", *arguments).json


def ordered(rows):
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def try_seed(seed):
    maker = Maker(seed)
    items = maker.history()
    path = document(maker, items)
    now = reference.parse_time(NOW)
    right = reference.rows(items)
    mine = ask(path, "routes", "--scope", "all")

    same([row["created_at"] for row in mine], [row["created_at"] for row in right], "order")
    for a, b in zip(ordered([{name: row[name] for name in reference.ROW_FIELDS} for row in mine]),
                    ordered([{name: row[name] for name in reference.ROW_FIELDS} for row in right])):
        same(a, b, "row")
    same(len(mine), len(right), "rows")

    plan = ask(path, "escalation")
    right = reference.escalation(items, now)
    for a, b in zip(ordered(plan["routes"]), ordered(right["routes"])):
        same(a, b, "escalation route")
    same({name: plan[name] for name in right if name != "routes"},
         {name: value for name, value in right.items() if name != "routes"}, "escalation")

    counts = ask(path, "suppressions")
    right = reference.suppressions(items)
    if "total" not in right:
        right["total"] = sum(right.values())
    same(counts, right, "suppressions")

    answer = ask(path, "dashboard")
    right = reference.dashboard(items, now)
    same({name: answer[name] for name in right}, right, "dashboard")

    for scope in ({}, {"schedule_id": maker.pick(SCHEDULES)}, {"provider": maker.pick(PROVIDERS)},
                  {"owner": maker.pick(["OP", "é", "R", "運用"]), "provider": "slack"}):
        mine = build_package(path, "añ \"x\"", **scope)
        right = reference.package(items, "añ \"x\"", **scope)
        for a, b in zip(mine["routes"], right["routes"]):
            same(a, b, "package route")
        same({**mine, "generated_at": None}, {**right, "generated_at": None}, "package")
    # One of them as the service would write it; a program that verifies must hash what Python hashes.
    whole = {**right, "generated_at": NOW}
    same(drillctl("verify", temporary(json.dumps(whole, ensure_ascii=maker.chance(50)))).status, 0, "verify")

    # The answers do not depend on the order of the items in the file.
    shuffled = list({item["session_id"]: item for item in items}.values())
    maker.random.shuffle(shuffled)
    again = document(maker, shuffled)
    same(ask(again, "routes"), ask(path, "routes"), "routes of the shuffled items")
    same({**ask(again, "escalation")}, plan, "escalation of the shuffled items")


run("random", [(f"seed-{seed}", lambda seed=seed: try_seed(seed)) for seed in SEEDS])
