#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundled sample: made by its script, safe to publish, and with something of everything."""
import json
import os
import re
import subprocess
import sys

from drillctl_test import DIRECTORY, ROOT, drillctl, run, same, temporary

import reference

SAMPLE = os.path.join(os.path.dirname(ROOT), "sample-data")
MINE = "go_backend_python_fallback_monthly"

with open(os.path.join(SAMPLE, "history.json"), encoding="utf-8") as stream:
    TEXT = stream.read()
DOCUMENT = json.loads(TEXT)
ITEMS = DOCUMENT["items"]
NOW = DOCUMENT["sample_now"]


def ask(*arguments):
    return drillctl("--file", os.path.join(SAMPLE, "history.json"), "--now", NOW, "--format", "json", *arguments).json


def generated():
    """The committed file is what the committed script writes, whatever the locale."""
    path = os.path.join(DIRECTORY.name, "history.json")
    subprocess.run([sys.executable, os.path.join(SAMPLE, "generate.py"), path], check=True,
                   env={**os.environ, "LC_ALL": "C", "PYTHONHASHSEED": "1"})
    with open(path, encoding="utf-8") as stream:
        assert stream.read() == TEXT, "run sample-data/generate.py sample-data/history.json"


def sizes():
    schedules = {i["schedule_id"] for i in ITEMS if "schedule_id" in i}
    assert 24 <= len(schedules) <= 60, len(schedules)
    assert 400 <= len(reference.rows(ITEMS)) <= 700
    assert len(TEXT.encode()) < 1_000_000
    times = [i["created_at"] for i in ITEMS]
    same(times, sorted(times, reverse=True), "newest first")
    assert max(times) <= NOW
    same(len({i["session_id"] for i in ITEMS}), len(ITEMS), "ids")


def public_safe():
    """No host, address, mail or secret; the one URL is of a domain that is reserved for examples."""
    same(set(re.findall(r"https?://[^\s\"\\/)]+", TEXT)), {"https://example.org"}, "URLs")
    for pattern in (r"[\w.]+@[\w.]+", r"\b\d{1,3}(\.\d{1,3}){3}\b", r"(?i)bearer|password|api.?key|BEGIN [A-Z]+ KEY", r"eyJ[\w-]{8}"):
        same(re.findall(pattern, TEXT), [], pattern)


def every_state():
    rows = ask("routes")
    same({row["acknowledgement_state"] for row in rows} - {""},
         {"outstanding", "acknowledged", "resolved", "escalated", "dismissed"}, "states")
    same({row["category"] for row in rows},
         {"deliver", "maintenance_window", "owner_calendar", "healthy_schedule", "operator_hold", "other"}, "categories")
    same({row["alert_level"] for row in rows}, {"critical", "warning", "healthy"}, "alert levels")
    for slo in ("breached", "due", "ok"):
        assert ask("routes", "--slo", slo), slo
    assert any(row["predates_plan"] for row in rows)
    assert any(row["external_ref"].startswith("https://example.org/") for row in rows)
    pairs = {}
    for row in rows:
        if row["action"] == "deliver":
            pairs.setdefault((row["schedule_id"], row["provider"]), set()).add(row["owner"])
    assert any(len(owners) > 1 for owners in pairs.values()), "two owners on one provider"


def every_count():
    counts = ask("dashboard")
    for name, value in counts.items():
        if name.endswith("_count"):
            assert value > 0, name


def every_kind():
    kinds = {i["metadata_kind"].removeprefix(reference.PREFIX) for i in ITEMS}
    delivery = "acknowledgement-audit-delivery-"
    for kind in ("notification-plan", "notification-ack", "notification-escalation-plan", "acknowledgement-audit-package",
                 delivery + "plan", delivery + "retry-plan", delivery + "retry-ack",
                 delivery + "retry-execution-approval-plan", delivery + "retry-execution-approval-decision",
                 delivery + "retry-execution-record", delivery + "connector-recovery-playbook",
                 delivery + "connector-recovery-closure", delivery + "worker-run", delivery + "worker-health-alert-plan",
                 "release-connector-delivery"):
        assert kind in kinds, kind


def featured_schedule():
    rows = {row["provider"]: row for row in ask("routes", "--schedule", MINE)}
    same(set(rows), {"slack", "teams", "webhook"})
    slack, teams, webhook = rows["slack"], rows["teams"], rows["webhook"]
    same((slack["owner"], slack["acknowledgement_minutes"], slack["acknowledgement_state"], slack["acknowledged_by"],
          slack["external_ref"]), ("release-governance", 45, "acknowledged", "release-manager", "CHG-123"))
    same((teams["owner"], teams["acknowledgement_minutes"], teams["acknowledgement_state"], teams["breached"],
          teams["age_minutes"]), ("platform-operations", 60, "outstanding", True, 70.0))
    same((webhook["action"], webhook["category"]), ("suppress", "maintenance_window"))
    newest = next(i for i in ITEMS if i["metadata_kind"] == reference.DELIVERY and i["event_id"] == MINE)
    same((newest["connector_delivery_source"], newest["delivery_success"], newest["failed_providers"]),
         ("go_backend_rollback_drill_notification", False, ["teams"]), "delivery")


def packages_are_whole():
    """The packages in it verify, are what the rules make of the evidence before them, and are what was delivered."""
    packages = [i for i in ITEMS if i["metadata_kind"] == reference.PREFIX + "acknowledgement-audit-package"]
    assert len(packages) >= 3
    for item in packages:
        package = item["acknowledgement_audit_package"]
        same(drillctl("verify", temporary(json.dumps(package))).status, 0, item["session_id"])
        before = [i for i in ITEMS if i["created_at"] < item["created_at"]]
        same(package, {**reference.package(before, package["generated_by"], **package["filters"]),
                       "generated_at": item["created_at"]}, item["session_id"])
    known = {i["audit_id"] for i in packages}
    for item in ITEMS:
        if "audit_id" in item:
            assert item["audit_id"] in known, item["session_id"]


def always_fresh():
    """As the program shows it, the sample looks the same on any day."""
    shown = [[{name: row[name] for name in ("schedule_id", "provider", "owner", "acknowledgement_state", "breached")}
              for row in drillctl("--quiet", "--now", now, "--format", "json", "routes").json]
             for now in (NOW, "2031-07-01T03:04:05Z")]
    same(shown[1], shown[0])


TESTS = (generated, sizes, public_safe, every_state, every_count, every_kind, featured_schedule, packages_are_whole, always_fresh)
run("sample", [(function.__name__.replace("_", "-"), function) for function in TESTS])
