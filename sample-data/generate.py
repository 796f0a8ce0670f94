#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the sample evidence that Drill Console shows without a service.

    ./generate.py > history.json

Everything here is made up: no hosts, no secrets, no customers. There is no
randomness either, so that the same script always writes the same file. Times
are relative to SAMPLE_NOW; the program moves them to the present.
"""
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone

SAMPLE_NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=timezone.utc)
PREFIX = "go-backend-rollback-drill-"
SCHEMA = "cavra.go-backend-pilot.rollback-drill-"
PRODUCT = "CAVRA"
DAY = 24 * 60

STALE = "rollback drill is stale or due soon"
HEALTHY = "rollback drill schedule is healthy; notification suppressed"

# The schedules whose current plan is written out by hand. A decision is
# (provider, owner, escalation owner, SLO minutes, what, acknowledgement):
# what is deliver, window, calendar, healthy, hold or other; the acknowledgement
# is None or (state, minutes after the plan, actor, reference, notes).
FEATURED = [
    # schedule, alert level, age of the current plan in minutes, earlier plans, days between, failed providers
    ("go_backend_python_fallback_monthly", "critical", 70, 5, 30, ["teams"], [
        ("slack", "release-governance", "incident-command", 45, "deliver",
         ("acknowledged", 12, "release-manager", "CHG-123", "Fallback rehearsed, rollback window confirmed.")),
        ("teams", "platform-operations", "incident-command", 60, "deliver", None),
        ("webhook", "platform-operations", "platform-operations", 60, "window", None),
    ]),
    ("go_backend_policy_engine_weekly", "critical", 52, 6, 7, [], [
        ("slack", "release-governance", "incident-command", 60, "deliver", None),
        ("pagerduty", "sre-oncall", "incident-command", 60, "deliver",
         ("escalated", 20, "sre-oncall", "INC-4711", "No answer from the drill owner; paging the next level.")),
        ("jira", "release-governance", "release-governance", 240, "deliver", None),
        ("email", "service-owners", "release-governance", 480, "calendar", None),
    ]),
    ("go_backend_evidence_store_monthly", "warning", 180, 4, 30, [], [
        ("slack", "data-platform", "platform-operations", 120, "deliver",
         ("resolved", 95, "platform-owner", "https://example.org/changes/2041", "Drill repeated on the Go backend: Prüfung grün ✅")),
        ("servicenow", "data-platform", "platform-operations", 240, "deliver", None),
        ("splunk", "security-response", "security-response", 240, "deliver",
         ("acknowledged", 30, "audit-bot", "", "")),
        ("datadog", "platform-operations", "platform-operations", 60, "healthy", None),
        ("webhook", "platform-operations", "platform-operations", 60, "window", None),
    ]),
    ("go_backend_approval_queue_weekly", "warning", 35, 5, 7, ["jira"], [
        # Two owners on one provider share one acknowledgement.
        ("slack", "release-governance", "incident-command", 45, "deliver", None),
        ("slack", "sre-oncall", "incident-command", 30, "deliver", None),
        ("jira", "release-governance", "release-governance", 240, "deliver", None),
        ("teams", "équipe-déploiement", "platform-operations", 60, "calendar", None),
    ]),
    ("go_backend_connector_relay_weekly", "critical", 410, 4, 7, ["webhook", "teams"], [
        ("webhook", "platform-operations", "incident-command", 60, "deliver", None),
        ("teams", "platform-operations", "incident-command", 60, "deliver",
         ("dismissed", 44, "platform-owner", "CHG-377", "<b>Duplicate</b> of the relay drill & closed there")),
        ("sentinel", "security-response", "security-response", 480, "deliver",
         ("acknowledged", 60, "audit-bot", "INC-4702", "Sentinel ← relay: 運用チームが確認しました")),
        ("email", "service-owners", "release-governance", 480, "other", None),
    ]),
    # Its acknowledgement is older than its current plan: see PREDATING.
    ("go_backend_runtime_guard_monthly", "critical", 95, 4, 30, [], [
        ("slack", "sre-oncall", "incident-command", 45, "deliver", None),
        ("pagerduty", "sre-oncall", "incident-command", 30, "deliver", None),
        ("webhook", "platform-operations", "platform-operations", 60, "hold", None),
    ]),
    ("go_backend_session_broker_weekly", "healthy", 1500, 3, 7, [], [
        ("slack", "release-governance", "release-governance", 60, "healthy", None),
        ("teams", "platform-operations", "platform-operations", 60, "healthy", None),
        ("email", "service-owners", "service-owners", 480, "healthy", None),
    ]),
    ("go_backend_audit_export_quarterly", "warning", 8, 1, 90, [], [
        ("servicenow", "release-governance", "incident-command", 240, "deliver", None),
        ("splunk", "security-response", "security-response", 20, "deliver", None),
        ("slack", "release-governance", "incident-command", 45, "deliver",
         ("acknowledged", 3, "release-manager", "CHG-1188", "=HYPERLINK(\"https://example.org\") is text, not a formula")),
        ("datadog", "data-platform", "data-platform", 60, "hold", None),
    ]),
]

# The rest follows a pattern: component, cadence, alert level, age in minutes.
ORDINARY = [
    ("inventory_sync", "weekly", "warning", 26), ("inventory_sync", "monthly", "healthy", 4400),
    ("activity_feed", "weekly", "critical", 130), ("activity_feed", "monthly", "healthy", 2900),
    ("report_renderer", "monthly", "warning", 50), ("rate_limiter", "weekly", "critical", 47),
    ("rate_limiter", "monthly", "warning", 700), ("webhook_dispatch", "weekly", "critical", 58),
    ("webhook_dispatch", "monthly", "healthy", 5200), ("token_verifier", "weekly", "warning", 340),
    ("token_verifier", "monthly", "critical", 15), ("schedule_planner", "weekly", "healthy", 3100),
    ("notification_router", "weekly", "critical", 235), ("notification_router", "monthly", "warning", 20),
    ("config_loader", "monthly", "healthy", 6000), ("metrics_rollup", "weekly", "warning", 110),
    ("metrics_rollup", "monthly", "warning", 1320), ("archive_writer", "monthly", "critical", 80),
    ("archive_writer", "quarterly", "healthy", 9000), ("search_index", "weekly", "warning", 5),
    ("search_index", "monthly", "warning", 460), ("schema_migrator", "monthly", "critical", 33),
    ("schema_migrator", "quarterly", "warning", 2600), ("session_broker", "monthly", "warning", 155),
    ("policy_engine", "monthly", "healthy", 7300), ("approval_queue", "monthly", "critical", 65),
    ("evidence_store", "weekly", "warning", 41), ("connector_relay", "monthly", "warning", 890),
]
CADENCE_DAYS = {"weekly": 7, "monthly": 30, "quarterly": 90}
EARLIER_PLANS = {"weekly": 2, "monthly": 2, "quarterly": 1}
PROVIDERS = ["slack", "teams", "webhook", "jira", "servicenow", "splunk", "pagerduty", "email", "sentinel", "datadog"]
OWNERS = ["release-governance", "platform-operations", "sre-oncall", "security-response", "data-platform",
          "service-owners", "équipe-déploiement"]
ESCALATION_OWNERS = ["incident-command", "release-governance", "platform-operations"]
ACTORS = ["release-manager", "incident-commander", "platform-owner", "audit-bot"]
MINUTES = [45, 60, 30, 120, 240]
NOTES = ["", "Drill run, fallback answered in time.", "", "Siehe Übergabe – alles grün", "See <runbook section=\"4\">, then close.",
         "", "Owner reached by phone.\nDrill moved to the next window.", "確認済み", "Fallback slower than last time; watching."]
SUPPRESSED = ["window", "calendar", "healthy", "hold", "other"]


def pick(*seed):
    """A number that looks arbitrary and is always the same for the same seed."""
    return int(hashlib.sha256("/".join(str(part) for part in seed).encode()).hexdigest()[:8], 16)


def digest(prefix, *seed):
    return prefix + hashlib.sha256("/".join(str(part) for part in seed).encode()).hexdigest()[:16]


def at(minutes_ago, seconds=0):
    return SAMPLE_NOW - timedelta(minutes=minutes_ago) + timedelta(seconds=seconds)


def text(time):
    return time.isoformat()


def item(session_id, time, signer, kind, fields, decisions=0, blocked=0):
    head = {"session_id": session_id, "created_at": text(time), "signer": signer, "decision_count": decisions,
            "blocked_count": blocked, "approval_required_count": 0, "metadata_kind": kind}
    head.update(fields)
    return head


def decision(schedule, time, spec):
    provider, owner, escalation_owner, minutes, what, _ = spec
    entry = {"route_key": f"{schedule}:{provider}:{owner}", "schedule_id": schedule, "provider": provider, "owner": owner,
             "escalation_owner": escalation_owner, "acknowledgement_minutes": minutes, "maintenance_window": None,
             "owner_availability": {"available": True, "reason": ""},
             "action": "deliver" if what == "deliver" else "suppress", "reason": STALE}
    if what == "window":
        entry["maintenance_window"] = {
            "window_id": "mw-" + digest("", "window", schedule, text(time))[:6],
            "start_at": text(time - timedelta(hours=2)), "end_at": text(time + timedelta(hours=6)),
            "reason": "Go backend promotion freeze"}
        entry["reason"] = "matching maintenance window is active"
    elif what == "calendar":
        entry["owner_availability"] = {"available": False, "reason": "outside the owner's on-call hours",
                                       "start_at": text(time - timedelta(hours=1)), "end_at": text(time + timedelta(hours=9))}
        entry["reason"] = "route owner is unavailable"
    elif what == "healthy":
        entry["reason"] = HEALTHY
    elif what == "hold":
        entry["reason"] = "operator holds notifications on this route"
        entry["category"] = "operator_hold"
    elif what == "other":
        entry["reason"] = "duplicate of another route"
    return entry


def unique(values):
    return list(dict.fromkeys(values))


def plan_item(schedule, alert, time, days, specs):
    plan_id = digest("gordn-", schedule, text(time))
    delivered = unique(s[0] for s in specs if s[4] == "deliver")
    suppressed = [s for s in specs if s[4] != "deliver"]
    counts = {"deliverable_route_count": len(specs) - len(suppressed), "suppressed_route_count": len(suppressed),
              "maintenance_suppressed_count": sum(s[4] == "window" for s in specs),
              "calendar_suppressed_count": sum(s[4] == "calendar" for s in specs)}
    plan = {"schema_version": SCHEMA + "notification-plan.v1", "product": PRODUCT, "plan_id": plan_id,
            "schedule_id": schedule, "generated_at": text(time), "generated_by": "release-governance",
            "status": "healthy" if alert == "healthy" else "needs_attention", "alert_level": alert,
            "eligible_providers": unique(s[0] for s in specs), "selected_providers": delivered,
            "acknowledgement_required_providers": delivered, "suppressed_providers": unique(s[0] for s in suppressed),
            "owners": unique(s[1] for s in specs),
            "owner_routes": [{"provider": s[0], "owner": s[1]} for s in specs],
            "route_decisions": [decision(schedule, time, s) for s in specs], **counts,
            "next_due_at": text(time + timedelta(days=days)),
            "reason": HEALTHY if alert == "healthy" else STALE,
            "controls": ["public-safe-notification-plan", "connector-secrets-not-included"]}
    fields = {"plan_id": plan_id, "schedule_id": schedule, "alert_level": alert, "selected_providers": delivered,
              "acknowledgement_required_providers": delivered, **counts, "plan": plan}
    return item(plan_id, time, "release-governance", PREFIX + "notification-plan", fields,
                decisions=len(specs), blocked=len(suppressed))


def delivery_item(source, event_type, event_id, time, providers, failed):
    deliveries = [{"provider": p, "success": p not in failed, "attempt_count": 3 if p in failed else 1,
                   "status_code": 503 if p in failed else 200} for p in providers]
    fields = {"connector_delivery_source": source, "event_id": event_id, "event_type": event_type,
              "delivery_success": not failed, "providers": providers, "failed_providers": failed,
              "attempt_count": sum(d["attempt_count"] for d in deliveries), "max_attempt_count": 3,
              "status_codes": [d["status_code"] for d in deliveries],
              "delivery": {"event_type": event_type, "event_id": event_id, "generated_at": text(time),
                           "success": not failed, "deliveries": deliveries}}
    return item(digest("rcd-", source, event_id, text(time)), time, source, "release-connector-delivery", fields,
                decisions=len(providers), blocked=len(failed))


def ack_item(plan, provider, time, ack):
    state, _, actor, reference, notes = ack
    schedule = plan["schedule_id"]
    ack_id = digest("gordack-", schedule, provider, text(time))
    payload = {"schema_version": SCHEMA + "notification-ack.v1", "product": PRODUCT, "acknowledgement_id": ack_id,
               "schedule_id": schedule, "plan_id": plan["plan_id"], "provider": provider, "acknowledged_by": actor,
               "acknowledgement_state": state, "acknowledged_at": text(time), "external_ref": reference, "notes": notes}
    return item(ack_id, time, actor, PREFIX + "notification-ack",
                {"acknowledgement_id": ack_id, "schedule_id": schedule, "plan_id": plan["plan_id"], "provider": provider,
                 "acknowledgement_state": state, "acknowledgement": payload}, decisions=1)


def earlier_specs(schedule, n, specs):
    """The same routes in an earlier plan: delivered mostly, and then acknowledged or resolved.

    By the service's rule an acknowledgement of an earlier plan also closes the current one. So a route that is to be
    outstanding today was never acknowledged before, but for those in predating().
    """
    result = []
    for provider, owner, escalation_owner, minutes, what, today in specs:
        seed = pick(schedule, provider, owner, n)
        outstanding = what == "deliver" and today is None
        if what != "healthy" or seed % 3:
            what = "deliver" if seed % 7 else SUPPRESSED[seed // 7 % len(SUPPRESSED)]
        ack = None
        if what == "deliver" and not outstanding and seed % 11 < 8:
            ack = (["acknowledged", "resolved", "acknowledged", "dismissed", "escalated"][seed // 11 % 5], 5 + seed % 90,
                   ACTORS[seed // 13 % len(ACTORS)], f"CHG-{seed % 900 + 100}" if seed % 3 else "", NOTES[seed % len(NOTES)])
        result.append((provider, owner, escalation_owner, minutes, what, ack))
    return result


def ordinary_specs(schedule, alert):
    seed = pick(schedule)
    specs = []
    for n in range(3 + seed % 4):
        mine = pick(schedule, n)
        what = "healthy" if alert == "healthy" else "deliver"
        if alert != "healthy" and n > 1 and mine % 3 == 0:
            what = SUPPRESSED[mine // 3 % len(SUPPRESSED)]
        ack = None
        if what == "deliver" and mine % 5 < 2:
            ack = (["acknowledged", "resolved", "escalated", "dismissed"][mine // 5 % 4], 2 + mine % 3,
                   ACTORS[mine // 7 % len(ACTORS)], f"INC-{mine % 900 + 4000}" if mine % 2 else "", NOTES[mine % len(NOTES)])
        specs.append((PROVIDERS[(seed + n * 3) % len(PROVIDERS)], OWNERS[mine // 3 % len(OWNERS)],
                      ESCALATION_OWNERS[mine // 11 % len(ESCALATION_OWNERS)], MINUTES[mine // 17 % len(MINUTES)], what, ack))
    return specs


def schedule_items(schedule, alert, age, earlier, days, failed, specs):
    plans = [(0, age, specs, failed)]
    for n in range(1, earlier + 1):
        old = earlier_specs(schedule, n, specs)
        lost = [s[0] for s in old if s[4] == "deliver" and pick(schedule, s[0], n, "lost") % 9 == 0]
        plans.append((n, age + n * days * DAY + pick(schedule, n) % 600, old, unique(lost)))

    for n, minutes, rows, lost in plans:
        time = at(minutes, pick(schedule, n, "second") % 50 if n else 0)
        plan = plan_item(schedule, alert if n == 0 else ["critical", "warning", "healthy"][pick(schedule, n, "a") % 3],
                         time, days, rows)
        yield plan
        providers = plan["selected_providers"]
        if providers:
            yield delivery_item("go_backend_rollback_drill_notification", "cavra.go_backend.rollback_drill_notification",
                                schedule, time + timedelta(minutes=1), providers, [p for p in providers if p in lost])
        for spec in rows:
            if spec[5] is not None:
                yield ack_item(plan, spec[0], time + timedelta(minutes=spec[5][1], microseconds=pick(schedule, spec[0], n) % 10**6),
                               spec[5])


def predating(items):
    """Acknowledgements of the last plan but one, which by the service's rule also count for the current one."""
    plans = [i for i in items if i["metadata_kind"] == PREFIX + "notification-plan"
             and i["schedule_id"] == "go_backend_runtime_guard_monthly"]
    plans.sort(key=lambda i: i["created_at"], reverse=True)
    yield ack_item(plans[1], "slack", at(95 + 60), ("acknowledged", 0, "incident-commander", "INC-4650",
                                                    "Acknowledged late, an hour before the next plan was made."))
    yield ack_item(plans[1], "pagerduty", at(95 + 55), ("escalated", 0, "incident-commander", "INC-4650", ""))


def newest_plans(items):
    newest = {}
    for entry in items:
        if entry["metadata_kind"] == PREFIX + "notification-plan":
            known = newest.get(entry["schedule_id"])
            if known is None or entry["created_at"] > known["created_at"]:
                newest[entry["schedule_id"]] = entry
    return [newest[schedule] for schedule in sorted(newest)]


def newest_acks(items):
    newest = {}
    for entry in sorted(items, key=lambda i: i["created_at"]):
        if entry["metadata_kind"] == PREFIX + "notification-ack":
            newest[entry["schedule_id"], entry["provider"]] = entry["acknowledgement"]
    return newest


def escalation_item(items, time):
    """A snapshot of what the escalation plan was at that time."""
    seen = [i for i in items if i["created_at"] < text(time)]
    acks = newest_acks(seen)
    routes = []
    for entry in newest_plans(seen):
        age = round((time - datetime.fromisoformat(entry["created_at"])).total_seconds() / 60, 2)
        for row in entry["plan"]["route_decisions"]:
            if row["action"] != "deliver":
                continue
            state = acks.get((entry["schedule_id"], row["provider"]), {}).get("acknowledgement_state", "outstanding")
            done = state in ("acknowledged", "resolved")
            late = not done and age >= row["acknowledgement_minutes"]
            routes.append({"schedule_id": entry["schedule_id"], "plan_id": entry["plan_id"], "provider": row["provider"],
                           "owner": row["owner"], "acknowledgement_state": state, "acknowledged": done,
                           "age_minutes": age, "acknowledgement_minutes": row["acknowledgement_minutes"], "breached": late,
                           "recommended_action": "escalate_missed_drill_notification" if late else
                           "no_action" if done else "wait_for_acknowledgement"})
    outstanding = sum(not r["acknowledged"] for r in routes)
    breached = sum(r["breached"] for r in routes)
    alert = "critical" if breached else "warning" if outstanding else "healthy"
    plan_id = digest("gordesc-", text(time))
    return item(plan_id, time, "incident-commander", PREFIX + "notification-escalation-plan",
                {"plan_id": plan_id, "alert_level": alert,
                 "escalation_plan": {"plan_id": plan_id, "generated_at": text(time), "generated_by": "incident-commander",
                                     "alert_level": alert, "acknowledgement_minutes": 60, "route_count": len(routes),
                                     "outstanding_count": outstanding, "breached_count": breached, "routes": routes}},
                decisions=len(routes), blocked=breached)


def hashed_id(prefix, value):
    return prefix + hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def package_item(items, time, generated_by, **scope):
    filters = {"schedule_id": "", "provider": "", "owner": "", **scope}
    acks = {}
    n_acks = 0
    for entry in sorted(items, key=lambda i: i["created_at"]):
        if entry["metadata_kind"] == PREFIX + "notification-ack" and entry["created_at"] < text(time) \
                and filters["schedule_id"] in ("", entry["schedule_id"]) and filters["provider"] in ("", entry["provider"]):
            n_acks += 1
            acks[entry["schedule_id"], entry["provider"]] = entry["acknowledgement"]
    routes = []
    for entry in sorted(items, key=lambda i: i["created_at"], reverse=True):
        if entry["metadata_kind"] != PREFIX + "notification-plan" or entry["created_at"] >= text(time):
            continue
        for row in entry["plan"]["route_decisions"]:
            owners = (row["owner"] + "\n" + row["escalation_owner"]).lower()
            if row["action"] != "deliver" or filters["schedule_id"] not in ("", entry["schedule_id"]) \
                    or filters["provider"] not in ("", row["provider"]) or filters["owner"].lower() not in owners:
                continue
            ack = acks.get((entry["schedule_id"], row["provider"]), {})
            state = ack.get("acknowledgement_state", "outstanding")
            identity = {"plan_id": entry["plan_id"], "schedule_id": entry["schedule_id"], "provider": row["provider"],
                        "owner": row["owner"], "action": "deliver", "reason": row["reason"], "created_at": entry["created_at"]}
            routes.append({"route_id": hashed_id("gordroute-", identity), "schedule_id": entry["schedule_id"],
                           "plan_id": entry["plan_id"], "provider": row["provider"], "owner": row["owner"],
                           "escalation_owner": row["escalation_owner"], "route_action": "deliver",
                           "route_created_at": entry["created_at"], "acknowledgement_state": state,
                           "acknowledged": state in ("acknowledged", "resolved"),
                           **{key: ack.get(key, "") for key in
                              ("acknowledged_by", "acknowledged_at", "external_ref", "notes", "acknowledgement_id")}})
    count = {s: sum(r["acknowledgement_state"] == s for r in routes)
             for s in ("acknowledged", "resolved", "escalated", "dismissed")}
    outstanding = sum(not r["acknowledged"] for r in routes)
    alert = "critical" if outstanding else "healthy"
    audit_id = hashed_id("gordackaudit-", {"filters": filters, "generated_by": generated_by, "route_entries": routes})
    package = {"schema_version": SCHEMA + "acknowledgement-audit-package.v1", "product": PRODUCT, "audit_id": audit_id,
               "generated_at": text(time), "generated_by": generated_by, "filters": filters, "route_count": len(routes),
               "acknowledgement_count": n_acks, "acknowledged_count": count["acknowledged"],
               "resolved_count": count["resolved"], "escalated_count": count["escalated"],
               "dismissed_count": count["dismissed"], "outstanding_count": outstanding, "alert_level": alert,
               "routes": routes,
               "controls": ["public-safe-acknowledgement-audit-package", "connector-secrets-not-included",
                            "latest-route-acknowledgement-state-only"]}
    return item(audit_id, time, generated_by, PREFIX + "acknowledgement-audit-package",
                {"audit_id": audit_id, "alert_level": alert, "route_count": len(routes), "acknowledgement_count": n_acks,
                 "outstanding_count": outstanding, "acknowledgement_audit_package": package},
                decisions=len(routes), blocked=outstanding)


def short(*seed):
    return digest("", *seed)


def audit_items(items):
    """Audit packages, their delivery, and what becomes of the delivery that fails."""
    kind = PREFIX + "acknowledgement-audit-delivery-"
    packages = [
        package_item(items, at(30 * DAY), "auditor", provider="teams"),
        package_item(items, at(8 * DAY), "auditor", owner="security"),
        package_item(items, at(50), "release-manager", schedule_id="go_backend_python_fallback_monthly"),
    ]
    yield from packages

    delivery_ids = []
    for n, (package, providers, failed, minutes, cadence) in enumerate([
            (packages[0], ["splunk", "servicenow"], [], 30 * DAY - 2, "monthly"),
            (packages[1], ["sentinel", "jira"], ["jira"], 8 * DAY - 2, "weekly"),
            (packages[2], ["splunk"], [], 48, "on_demand")]):
        delivery_id = digest("gordackdel-", package["audit_id"], n)
        delivery_ids.append(delivery_id)
        body = {"schema_version": SCHEMA + "acknowledgement-audit-delivery-plan.v1", "product": PRODUCT,
                "delivery_id": delivery_id, "audit_id": package["audit_id"], "generated_at": text(at(minutes)),
                "generated_by": package["signer"], "cadence": cadence, "schedule_ref": f"audit-{cadence}",
                "next_delivery_at": "" if cadence == "on_demand" else text(at(minutes - CADENCE_DAYS[cadence] * DAY)),
                "selected_providers": providers, "destination_count": len(providers),
                "route_count": package["route_count"], "outstanding_count": package["outstanding_count"],
                "controls": ["public-safe-audit-delivery", "route-notes-not-sent"]}
        yield item(delivery_id, at(minutes), package["signer"], kind + "plan",
                   {"delivery_id": delivery_id, "audit_id": package["audit_id"], "cadence": cadence,
                    "selected_providers": providers, "destination_count": len(providers),
                    "route_count": package["route_count"], "outstanding_count": package["outstanding_count"],
                    "acknowledgement_audit_delivery_plan": body}, decisions=len(providers))
        sent = delivery_item("go_backend_rollback_drill_acknowledgement_audit",
                             "cavra.go_backend.rollback_drill_acknowledgement_audit", package["audit_id"],
                             at(minutes - 1), providers, failed)
        sent.update({"audit_id": package["audit_id"], "delivery_id": delivery_id, "cadence": cadence})
        yield sent

    audit_id, delivery_id = packages[1]["audit_id"], delivery_ids[1]
    start = 8 * DAY - 30
    retry_plan_id = digest("gordackretry-", delivery_id)
    approval_plan_id = digest("gordackapproval-", retry_plan_id)
    decision_id = digest("gordackdecision-", approval_plan_id)
    run_id = digest("gordackrun-", retry_plan_id)
    execution_id = digest("gordackexec-", run_id)
    playbook_id = digest("gordackplaybook-", execution_id)
    subject = {"delivery_id": delivery_id, "audit_id": audit_id, "provider": "jira"}

    retry = {"retry_plan_id": retry_plan_id, "generated_at": text(at(start)), "generated_by": "platform-owner",
             "decision_count": 1, "retryable_count": 1, "waiting_count": 0, "suppressed_count": 0,
             "retry_decisions": [{**subject, "action": "retry", "reason": "delivery failed and the retry delay has passed",
                                  "retry_count": 0, "max_retry_attempts": 3, "retry_delay_minutes": 15,
                                  "next_retry_at": text(at(start)), "failed_status_codes": [503]}]}
    yield item(retry_plan_id, at(start), "platform-owner", kind + "retry-plan",
               {"retry_plan_id": retry_plan_id, "retryable_count": 1, "waiting_count": 0, "suppressed_count": 0,
                "acknowledgement_audit_delivery_retry_plan": retry}, decisions=1)

    ack_id = digest("gordackretryack-", retry_plan_id)
    ack = {"acknowledgement_id": ack_id, "retry_plan_id": retry_plan_id, **subject, "acknowledged_by": "platform-owner",
           "acknowledgement_state": "accepted", "acknowledged_at": text(at(start - 5)), "external_ref": "CHG-2207",
           "notes": "Retry accepted: the connector answers again."}
    yield item(ack_id, at(start - 5), "platform-owner", kind + "retry-ack",
               {"acknowledgement_id": ack_id, "retry_plan_id": retry_plan_id, **subject,
                "acknowledgement_state": "accepted", "acknowledgement": ack}, decisions=1)

    approval = {"approval_plan_id": approval_plan_id, "generated_at": text(at(start - 10)), "generated_by": "platform-owner",
                "approval_required_count": 1, "approved_count": 0, "waiting_count": 0,
                "approval_decisions": [{"retry_plan_id": retry_plan_id, **subject, "action": "request_approval",
                                        "reason": "retry is accepted and awaits approval", "approval_required": True}]}
    yield item(approval_plan_id, at(start - 10), "platform-owner", kind + "retry-execution-approval-plan",
               {"approval_plan_id": approval_plan_id, "approved_count": 0, "waiting_count": 0,
                "retry_execution_approval_plan": approval}, decisions=1)

    approved = {"decision_id": decision_id, "approval_plan_id": approval_plan_id, "retry_plan_id": retry_plan_id, **subject,
                "decided_by": "release-manager", "decided_at": text(at(start - 14)), "approval_state": "approved",
                "external_ref": "CHG-2207", "notes": ""}
    yield item(decision_id, at(start - 14), "release-manager", kind + "retry-execution-approval-decision",
               {"decision_id": decision_id, "approval_plan_id": approval_plan_id, "retry_plan_id": retry_plan_id, **subject,
                "approval_state": "approved", "retry_execution_approval_decision": approved}, decisions=1)

    run = {"run_id": run_id, "dry_run": False, "generated_at": text(at(start - 20)), "generated_by": "delivery-worker",
           "summary": {"retryable_count": 1, "selected_retry_count": 1, "delivered_count": 1},
           "selected_retries": [subject], "follow_up_actions": []}
    yield item(run_id, at(start - 20), "delivery-worker", kind + "worker-run",
               {"run_id": run_id, "dry_run": False, "retryable_count": 1, "selected_retry_count": 1,
                "acknowledgement_audit_delivery_worker_run": run}, decisions=1)
    dry_id = digest("gordackrun-", retry_plan_id, "dry")
    yield item(dry_id, at(start - 2), "delivery-worker", kind + "worker-run",
               {"run_id": dry_id, "dry_run": True, "retryable_count": 1, "selected_retry_count": 0,
                "acknowledgement_audit_delivery_worker_run": {**run, "run_id": dry_id, "dry_run": True,
                                                              "generated_at": text(at(start - 2)),
                                                              "summary": {"retryable_count": 1, "selected_retry_count": 0},
                                                              "selected_retries": []}}, decisions=1)

    record = {"execution_id": execution_id, "execution_status": "delivered", "executed_at": text(at(start - 21)),
              "executed_by": "delivery-worker", "run_id": run_id, "retry_plan_id": retry_plan_id,
              "approval_decision_id": decision_id, "approval_plan_id": approval_plan_id, **subject, "skipped": False,
              "delivery_success": True, "public_evidence_refs": [run_id, decision_id],
              "controls": ["public-safe-execution-record", "connector-secrets-not-included"]}
    record["execution_hash"] = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
    yield item(execution_id, at(start - 21), "delivery-worker", kind + "retry-execution-record",
               {"execution_id": execution_id, "execution_hash": record["execution_hash"], "execution_status": "delivered",
                "run_id": run_id, "retry_plan_id": retry_plan_id, "approval_decision_id": decision_id, **subject,
                "delivery_success": True, "retry_execution_record": record}, decisions=1)

    playbook = {"playbook_id": playbook_id, "generated_at": text(at(start - 60)), "generated_by": "incident-commander",
                "provider_count": 1, "failure_count": 2,
                "provider_playbooks": [{"provider": "jira", "category": "itsm", "failure_count": 2,
                                        "latest_failure_at": text(at(8 * DAY - 3)), "status_codes": [503],
                                        "recovery_steps": ["Check the connector's status page.",
                                                           "Send a test event with a public-safe payload.",
                                                           "Record the outcome as a closure."]}]}
    yield item(playbook_id, at(start - 60), "incident-commander", kind + "connector-recovery-playbook",
               {"playbook_id": playbook_id, "provider_count": 1, "failure_count": 2,
                "connector_recovery_playbook": playbook}, decisions=1)

    closure = {"closure_id": digest("gordackclosure-", playbook_id), "playbook_id": playbook_id, "provider": "jira",
               "closed_by": "platform-owner", "closed_at": text(at(start - 200)), "closure_state": "mitigated",
               "external_ref": "INC-4688", "notes": "Connector answers again; cause under review.",
               "verification_refs": [execution_id]}
    closure["closure_hash"] = hashlib.sha256(json.dumps(closure, sort_keys=True).encode()).hexdigest()
    yield item(closure["closure_id"], at(start - 200), "platform-owner", kind + "connector-recovery-closure",
               {"closure_id": closure["closure_id"], "closure_hash": closure["closure_hash"], "playbook_id": playbook_id,
                "provider": "jira", "closure_state": "mitigated", "connector_recovery_closure": closure}, decisions=1)

    # Kinds that a later service may add: shown with their JSON, whatever they are.
    yield item(digest("gordackhealth-", run_id), at(3 * DAY), "delivery-worker", kind + "worker-health-alert-plan",
               {"alert_level": "warning", "worker_health_alert_plan": {
                   "missed_run_count": 1, "last_run_id": run_id, "recommended_action": "review_worker_schedule"}})
    yield item(digest("gordackexecutive-", run_id), at(2 * DAY), "auditor", kind + "executive-recovery-report",
               {"alert_level": "healthy", "executive_recovery_report": {
                   "period_days": 30, "recovered_count": 1, "recovery_rate": 1.0, "summary": "Alle Zustellungen nachgeholt."}})
    yield item(digest("gordtrend-", run_id), at(5 * DAY), "platform-owner", PREFIX + "suppression-trend",
               {"trend_id": digest("gordtrend-", run_id), "suppression_trend": {
                   "suppression_event_count": 3, "category_counts": {"maintenance_window": 2, "owner_calendar": 1}}})


def generate():
    items = []
    for row in FEATURED:
        items += schedule_items(*row)
    for component, cadence, alert, age in ORDINARY:
        schedule = f"go_backend_{component}_{cadence}"
        specs = ordinary_specs(schedule, alert)
        failed = [specs[0][0]] if alert == "critical" and pick(schedule, "failed") % 2 else []
        items += schedule_items(schedule, alert, age, EARLIER_PLANS[cadence], CADENCE_DAYS[cadence], failed, specs)
    items += predating(items)
    items += [escalation_item(items, at(minutes)) for minutes in (14 * DAY, 2 * DAY, 40)]
    items += audit_items(items)
    items.sort(key=lambda i: i["session_id"])
    items.sort(key=lambda i: i["created_at"], reverse=True)
    return items


def main():
    out = open(sys.argv[1], "w", encoding="utf-8") if len(sys.argv) > 1 else sys.stdout
    rows = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in generate())
    out.write(f'{{"sample_now": "{text(SAMPLE_NOW)}", "items": [\n{rows}\n]}}\n')


if __name__ == "__main__":
    main()
