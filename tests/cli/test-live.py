#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drillctl against a service: the exit statuses, the token, loads that stay partial."""
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from drillctl_test import drillctl, load, run, same, temporary

ITEMS = sorted(load("medium", "history.json")["items"], key=lambda item: item["created_at"], reverse=True)
HISTORY = "/runtime/go-pilot/rollback-drill-notifications"
TOKEN = "header.s3cret.signature"


class Service:
    """Answers like the service, or in the one way that a test wants."""

    def __init__(self, answer=None, dashboard=True, total=None):
        self.answer = answer
        self.dashboard = dashboard
        self.total = total
        self.tokens = set()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                service.tokens.add(self.headers.get("Authorization"))
                status, kind, body = service.reply(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def reply(self, target):
        url = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if self.answer:
            return self.answer
        if url.path == "/console/session":
            document = {"schema_version": "x", "product": "CAVRA", "mode": "authenticated", "authenticated": True,
                        "actor": {"actor": "ana", "groups": ["ops"]}, "permissions": {"read_activity": True}}
        elif url.path == HISTORY:
            offset, limit = int(query.get("offset", 0)), int(query.get("limit", 50))
            document = {"items": ITEMS[offset:offset + limit], "total": self.total or len(ITEMS), "limit": limit, "offset": offset}
        elif url.path.endswith("/dashboard") and self.dashboard:
            document = {"plan_count": 54, "outstanding_acknowledgement_count": 132}
        else:
            return 404, "application/json", b'{"detail": "Not Found"}'
        return 200, "application/json", json.dumps(document).encode()

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def ask(service, *arguments, **more):
    return drillctl("--server", service.url, "--now", load("medium", "now.json"), "--format", "json", *arguments, **more)


def fails(status, answer):
    with Service(answer) as service:
        for command in ("routes", "dashboard", "session"):
            found = ask(service, command)
            same((found.status, found.out, len(found.err.splitlines())), (status, b"", 1), f"{command} on {answer[0]}")


def same_answers():
    """A service's answers are those of a file with the same items."""
    with Service() as service:
        rows = ask(service, "routes", "--scope", "all").json
        plan = ask(service, "escalation").json
        counts = ask(service, "dashboard").json
    same(sorted(row["route_id"] for row in rows), sorted(row["route_id"] for row in load("medium", "routes.json")))
    same(plan["routes"], load("medium", "escalation.json")["routes"])
    same(counts["server"], {"plan_count": 54, "outstanding_acknowledgement_count": 132}, "server")
    same((counts["source"], counts["complete"]), (service.url, True))


def session():
    with Service() as service:
        answer = ask(service, "session")
        same(answer.json["actor"]["actor"], "ana")
        table = drillctl("--server", service.url, "session")
        assert "authenticated" in table.text


def token():
    """Sent without what people save around it, and never printed."""
    for content in (TOKEN, TOKEN + "\n", f"  Bearer {TOKEN}\r\n", f"bearer   {TOKEN}\n\n"):
        with Service() as service:
            same(ask(service, "--token-file", temporary(content), "session").status, 0)
            same(ask(service, "--token-file", "-", "session", given=content.encode()).status, 0)
            same(ask(service, "session", DRILL_TOKEN_FILE=temporary(content)).status, 0)
            same(service.tokens, {f"Bearer {TOKEN}"}, repr(content))


def token_is_not_shown():
    for status in (400, 401, 403, 500):
        with Service((status, "application/json", json.dumps({"detail": f"bad Bearer {TOKEN}"}).encode())) as service:
            answer = ask(service, "--token-file", temporary(TOKEN), "session")
            assert answer.status != 0 and "s3cret" not in answer.err + answer.text, answer.err


def nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    answer = drillctl("--server", f"http://127.0.0.1:{port}", "session")
    same((answer.status, answer.out, len(answer.err.splitlines())), (3, b"", 1))


def broken_replies():
    fails(3, (200, "text/html", b"<html><body>Sign in</body></html>"))
    fails(3, (200, "application/json", b'{"items": ['))
    fails(3, (200, "application/json", b"[]x"))
    fails(3, (404, "application/json", b'{"detail": "Not Found"}'))


def not_authorised():
    fails(4, (401, "application/json", b'{"detail": "console action requires verified actor context"}'))
    fails(4, (403, "application/json", b'{"detail": "no"}'))


def partial():
    """A service whose total never adds up: what there is is printed, and the status says that it is not all."""
    with Service(total=len(ITEMS) + 5) as service:
        answer = ask(service, "routes", "--scope", "all")
        same(answer.status, 5)
        same(len(json.loads(answer.out)), len(load("medium", "routes.json")))
        assert "partial" in answer.err, answer.err
        counts = ask(service, "dashboard")
        same((counts.status, json.loads(counts.out)["complete"]), (5, False))


def dashboard_missing():
    with Service(dashboard=False) as service:
        answer = ask(service, "dashboard")
        same(answer.status, 5)
        same(json.loads(answer.out)["server"], None)


TESTS = (same_answers, session, token, token_is_not_shown, nobody_there, broken_replies, not_authorised, partial,
         dashboard_missing)
run("live", [(function.__name__.replace("_", "-"), function) for function in TESTS])
