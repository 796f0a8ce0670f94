#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the API contract, sections 3, 4, 5, 7 and 8, a second time.

Written from the contract, slow and plain, so that the program's answers can be
compared with it on histories that nobody thought of. What the contract leaves
open is as the service does it: an alert level is the plan's, else the item's,
else "unknown"; an owner is away when "available" is anything that Python takes
for false; a route of the escalation plan is of the plan's schedule, else the
decision's, else the item's. Empty entries of acknowledgement_required_providers
are skipped, and of equal times the smaller session_id is newer: both are the
program's own choice.
Run by itself it checks that it gives the right answers for the cases beside it.
"""
import hashlib
import json
import os
import sys
from datetime import datetime, timezone

PREFIX = "go-backend-rollback-drill-"
PLAN = PREFIX + "notification-plan"
ACK = PREFIX + "notification-ack"
DELIVERY = "release-connector-delivery"
SOURCE = "go_backend_rollback_drill_"
DONE = ("acknowledged", "resolved")
ROW_FIELDS = ("route_id", "created_at", "plan_id", "schedule_id", "alert_level", "provider", "owner", "escalation_owner",
              "action", "category", "reason", "acknowledgement_minutes", "maintenance_window_id",
              "maintenance_window_reason", "owner_available", "owner_availability_reason", "next_due_at")


def text(value):
    return str(value or "")


def integer(value):
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def hashed(prefix, value):
    return prefix + hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def parse_time(value):
    try:
        time = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except (ValueError, AttributeError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=timezone.utc)


def known_items(items):
    """Each session_id once, the first one; equal times by session_id."""
    seen = {}
    result = []
    for item in items:
        key = text(item.get("session_id"))
        if key and key in seen:
            continue
        seen[key] = True
        result.append(item)
    result.sort(key=lambda i: text(i.get("session_id")))
    result.sort(key=lambda i: text(i.get("created_at")), reverse=True)
    return result


def plan_of(item):
    return item["plan"] if isinstance(item.get("plan"), dict) else item


def plan_created(item):
    return text(item.get("created_at") or plan_of(item).get("generated_at"))


def plans(items):
    result = [i for i in known_items(items) if i.get("metadata_kind") == PLAN]
    result.sort(key=lambda i: text(i.get("session_id")))
    result.sort(key=plan_created, reverse=True)
    return result


def acks(items):
    return [i for i in known_items(items) if i.get("metadata_kind") == ACK]


def decisions(item):
    found = plan_of(item).get("route_decisions")
    return [d for d in found if isinstance(d, dict)] if isinstance(found, list) else []


def category_of(decision, action):
    if action != "suppress":
        return action
    if isinstance(decision.get("maintenance_window"), dict):
        return "maintenance_window"
    availability = decision.get("owner_availability")
    if isinstance(availability, dict) and not availability.get("available", True):
        return "owner_calendar"
    if "healthy" in text(decision.get("reason")).lower():
        return "healthy_schedule"
    return text(decision.get("category")) or "other"


def schedule_of(item, decision):
    return text(plan_of(item).get("schedule_id") or decision.get("schedule_id") or item.get("schedule_id"))


def row_of(item, decision):
    plan = plan_of(item)
    owner = text(decision.get("owner")) or "release-governance"
    action = text(decision.get("action")) or "deliver"
    window = decision.get("maintenance_window") if isinstance(decision.get("maintenance_window"), dict) else {}
    availability = decision.get("owner_availability") if isinstance(decision.get("owner_availability"), dict) else {}
    row = {
        "plan_id": text(plan.get("plan_id") or item.get("plan_id")),
        "schedule_id": schedule_of(item, decision),
        "provider": text(decision.get("provider")),
        "owner": owner,
        "action": action,
        "reason": text(decision.get("reason")),
        "created_at": plan_created(item),
    }
    row["route_id"] = hashed("gordroute-", row)
    row.update({
        "alert_level": text(plan.get("alert_level") or item.get("alert_level")) or "unknown",
        "escalation_owner": text(decision.get("escalation_owner")) or owner,
        "category": category_of(decision, action),
        "acknowledgement_minutes": integer(decision.get("acknowledgement_minutes")),
        "maintenance_window_id": text(window.get("window_id")),
        "maintenance_window_reason": text(window.get("reason")),
        "owner_available": bool(availability.get("available", True)),
        "owner_availability_reason": text(availability.get("reason")),
        "next_due_at": text(plan.get("next_due_at")),
    })
    return row


def newest_plans(items):
    newest = {}
    for item in plans(items):
        schedule = text(item.get("schedule_id") or plan_of(item).get("schedule_id"))
        if schedule:
            newest.setdefault(schedule, item)
    return newest


def newest_acks(items):
    newest = {}
    for item in acks(items):
        key = text(item.get("schedule_id")), text(item.get("provider"))
        if all(key):
            newest.setdefault(key, item)
    return newest


def payload_of(ack):
    return ack["acknowledgement"] if isinstance(ack.get("acknowledgement"), dict) else ack


def rows(items):
    """All route rows, newest first (contract section 4)."""
    return [row_of(item, decision) for item in plans(items) for decision in decisions(item)]


def escalation(items, now):
    """The routes of the escalation plan, by schedule, provider and owner (contract section 5)."""
    known = newest_acks(items)
    routes = []
    for item in newest_plans(items).values():
        plan = plan_of(item)
        time = parse_time(plan_created(item))
        age = None if time is None else round((now - time).total_seconds() / 60, 2)
        todo = [(schedule_of(item, d), text(d.get("provider")), text(d.get("owner")) or "release-governance",
                 integer(d.get("acknowledgement_minutes"))) for d in decisions(item) if d.get("action") == "deliver"]
        if not todo:
            owners = plan.get("owners") if isinstance(plan.get("owners"), list) else []
            joined = ", ".join(text(o) for o in owners if o) or "release-governance"
            required = plan.get("acknowledgement_required_providers")
            todo = [(schedule_of(item, {}), text(p), joined, None) for p in required if p] if isinstance(required, list) else []
        for schedule, provider, owner, minutes in todo:
            slo = minutes if minutes is not None and minutes > 0 else 60
            ack = known.get((schedule, provider))
            state = text(ack.get("acknowledgement_state")) or "outstanding" if ack else "outstanding"
            done = state in DONE
            breached = not done and age is not None and age >= slo
            routes.append({
                "schedule_id": schedule, "plan_id": text(plan.get("plan_id") or item.get("plan_id")), "provider": provider,
                "owner": owner, "acknowledgement_state": state, "acknowledged": done, "age_minutes": age,
                "acknowledgement_minutes": slo, "breached": breached,
                "recommended_action": "escalate_missed_drill_notification" if breached else
                                      "no_action" if done else "wait_for_acknowledgement"})
    routes.sort(key=lambda r: (r["schedule_id"], r["provider"], r["owner"]))
    outstanding = sum(not r["acknowledged"] for r in routes)
    breached = sum(r["breached"] for r in routes)
    return {"alert_level": "critical" if breached else "warning" if outstanding else "healthy",
            "route_count": len(routes), "outstanding_count": outstanding, "breached_count": breached, "routes": routes}


def suppressions(items):
    """Suppressed rows of all plans by category (contract section 4)."""
    counts = {}
    for row in rows(items):
        if row["action"] == "suppress":
            counts[row["category"]] = counts.get(row["category"], 0) + 1
    return counts


def dashboard(items, now):
    """The counts above the views, over all items (contract section 3, with sections 4 and 5)."""
    everything = known_items(items)
    deliveries = [i for i in everything if i.get("metadata_kind") == DELIVERY
                  and text(i.get("connector_delivery_source")).startswith(SOURCE)]
    plan = escalation(items, now)
    return {"plan_count": len(plans(items)), "delivery_count": len(deliveries),
            "failed_delivery_count": sum(not i.get("delivery_success") for i in deliveries),
            "acknowledgement_count": len(acks(items)),
            "outstanding_route_count": plan["outstanding_count"],
            "escalation_route_count": sum(r["recommended_action"] != "no_action" for r in plan["routes"]),
            "breached_route_count": plan["breached_count"], "route_count": len(rows(items))}


def audit_id(package):
    return hashed("gordackaudit-", {"filters": package["filters"], "generated_by": package["generated_by"],
                                    "route_entries": package["routes"]})


def package(items, generated_by, schedule_id="", provider="", owner=""):
    """An audit package without the service's cut (contract section 7)."""
    in_scope = [a for a in acks(items) if schedule_id in ("", text(a.get("schedule_id")))
                and provider in ("", text(a.get("provider")))]
    known = {}
    for ack in in_scope:
        known.setdefault((text(ack.get("schedule_id")), text(ack.get("provider"))), ack)
    routes = []
    for row in rows(items):
        if row["action"] != "deliver" or schedule_id not in ("", row["schedule_id"]) or provider not in ("", row["provider"]) \
                or not any(owner.lower() in row[name].lower() for name in ("owner", "escalation_owner")):
            continue
        key = row["schedule_id"], row["provider"]
        ack = payload_of(known[key]) if all(key) and key in known else {}
        state = text(ack.get("acknowledgement_state")) or "outstanding"
        routes.append({**{name: row[name] for name in
                          ("route_id", "schedule_id", "plan_id", "provider", "owner", "escalation_owner")},
                       "route_action": row["action"], "route_created_at": row["created_at"],
                       "acknowledgement_state": state, "acknowledged": state in DONE,
                       **{name: text(ack.get(name)) for name in
                          ("acknowledged_by", "acknowledged_at", "external_ref", "notes", "acknowledgement_id")}})
    result = {"schema_version": "cavra.go-backend-pilot.rollback-drill-acknowledgement-audit-package.v1",
              "product": "CAVRA", "generated_by": generated_by,
              "filters": {"schedule_id": schedule_id, "provider": provider, "owner": owner},
              "route_count": len(routes), "acknowledgement_count": len(in_scope)}
    for state in ("acknowledged", "resolved", "escalated", "dismissed"):
        result[state + "_count"] = sum(r["acknowledgement_state"] == state for r in routes)
    result["outstanding_count"] = sum(not r["acknowledged"] for r in routes)
    result["alert_level"] = "critical" if result["outstanding_count"] else "healthy"
    result["routes"] = routes
    result["controls"] = ["public-safe-acknowledgement-audit-package", "connector-secrets-not-included",
                          "latest-route-acknowledgement-state-only"]
    result["audit_id"] = audit_id(result)
    return result


def load(path):
    with open(path, encoding="utf-8") as stream:
        return json.load(stream)


def check(directory):
    items = load(os.path.join(directory, "history.json"))["items"]
    now = parse_time(load(os.path.join(directory, "now.json")))

    def by_id(found):
        return sorted(found, key=lambda r: r["route_id"])

    right = load(os.path.join(directory, "routes.json"))
    mine = rows(items)
    assert by_id(mine) == by_id(right), "routes"
    assert [r["created_at"] for r in mine] == [r["created_at"] for r in right], "order of routes"
    assert escalation(items, now) == load(os.path.join(directory, "escalation.json")), "escalation"
    assert suppressions(items) == load(os.path.join(directory, "suppression.json")), "suppressions"
    counts = load(os.path.join(directory, "dashboard.json"))
    for name, value in dashboard(items, now).items():
        assert counts.get(name, value) == value, name
    for right in load(os.path.join(directory, "packages.json")):
        assert package(items, right["generated_by"], **right["filters"]) == right, right["filters"]


if __name__ == "__main__":
    home = os.path.dirname(os.path.abspath(__file__))
    cases = sys.argv[1:] or [os.path.join(home, case) for case in ("small", "medium", "edges")]
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        check(case)
        print(f"ok {number} /drill/conformance/reference/{os.path.basename(case)}")
