#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a token must not be found after, and during, all that can be done with it.

usage: drill-with-keyring test-secrets.py

The window and drillctl work on a service that wants a token, with a real
keyring, everything logged, and their world, see build-aux/with-display, is
searched at each step, while an answer is held back: files, what was printed,
the command lines and environments of all processes, and what another origin
got to see. Prints TAP.
"""

import base64
import http.server
import json
import os
import re
import secrets
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "cli")]
sys.dont_write_bytecode = True

from console_at import Atspi, Console, Failure, accessibility_bus, children, find, role_of, run  # noqa: E402
from drillctl_test import Server, plans  # noqa: E402

PATIENCE = 540  # seconds, for everything together
WORLD = os.environ["TMPDIR"]
PRINTED = os.path.join(WORLD, "printed")
EXPORTS = os.path.join(WORLD, "exports")
FAILED = range(1, 6)


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def new_token(actor):
    """As an identity provider makes them; in the last part is what does not go into a URL as it is."""
    header = {"alg": "RS256", "kid": secrets.token_hex(12)}
    payload = {"jti": secrets.token_hex(12), "sub": actor, "exp": 4102444800}
    last = "+/" + base64.b64encode(secrets.token_bytes(48)).decode() + "=="
    return f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(payload).encode())}.{last}"


def needles(token):
    """All that would give the token away: itself, its parts, and both as others write them down."""
    found = set()
    for text in (token, *token.split("."), urllib.parse.quote(token, safe=""), token.replace("/", "\\/")):
        content = text.encode()
        found |= {content, content.hex().encode(), text.encode("utf-16-le")}
        for shift in range(3):
            # in the middle of something longer, but for what depends on its neighbours
            inner = base64.b64encode(bytes(shift) + content)[4:-4]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


class OtherOrigin(http.server.BaseHTTPRequestHandler):
    """Remembers all of what it is sent."""

    seen = []

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.seen.append(f"{self.requestline}\n{self.headers}".encode() + self.rfile.read(length))
        self.send_response(404)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_):
        pass


class World:
    """What is looked for, and everywhere it is looked for."""

    def __init__(self):
        self.needles = set()
        self.n_files = self.n_processes = 0

    def add(self, token):
        self.needles |= needles(token)

    def find_in(self, content, words=True):
        found = [needle for needle in self.needles if needle in content]
        if words and re.search(rb"bearer [^t]|authorization:", content, re.IGNORECASE):
            found.append(b"the header")
        return found

    def look_at_files(self):
        for folder, _, names in os.walk(WORLD):
            for path in (os.path.join(folder, name) for name in names):
                try:
                    if not os.path.isfile(path):
                        continue
                    with open(path, "rb") as stream:
                        content = stream.read()
                except FileNotFoundError:  # a temporary one, which has its name no more
                    continue
                self.n_files += 1
                # others than ours may well have the words in them
                if self.find_in(content + path.encode(), words=path.startswith((PRINTED, EXPORTS))):
                    raise Failure(f"the token is in {path}")

    def look_at_processes(self):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            for name in ("cmdline", "environ"):
                try:
                    with open(f"/proc/{pid}/{name}", "rb") as stream:
                        content = stream.read()
                except OSError:  # it has ended, or nobody may look at it
                    continue
                self.n_processes += 1
                if self.find_in(content, words=False):
                    raise Failure(f"the token is in /proc/{pid}/{name}: {content[:80]}")

    def look(self):
        self.look_at_files()
        self.look_at_processes()
        for seen in OtherOrigin.seen:
            if self.find_in(seen):
                raise Failure(f"another origin was sent the token: {seen[:80]}")


def check(holds, what):
    if not holds:
        raise Failure(what)


def no_core_files(pid):
    with open(f"/proc/{pid}/limits", encoding="ascii") as stream:
        limit = next(line for line in stream if line.startswith("Max core file size"))
    check(limit.split()[4:6] == ["0", "0"], limit)


def hold(method, path=""):
    server.clear_faults()
    server.fault(f"{method}:{path}:1:1:hold")
    return len(server.requests)


def is_held(before, method, path):
    return any(request["method"] == method and request["target"].split("?")[0].endswith(path) for request in server.requests[before:])


# drillctl

def drillctl(name, *arguments, given=None, status=0, fault=None):
    """One command, looked at while it waits for its first answer (unless it gets a `fault`); what it printed is kept."""
    before = len(server.requests)
    if fault is None:
        hold("")
    with open(os.path.join(PRINTED, f"{name}.out"), "wb") as out, open(os.path.join(PRINTED, f"{name}.err"), "wb") as err:
        process = subprocess.Popen([os.environ["DRILLCTL"], "--server", server.url, *arguments], stdin=subprocess.PIPE,
                                   stdout=out, stderr=err, env=environment)
        with process.stdin as stream:
            stream.write((given or "").encode())
        if fault is None:
            while len(server.requests) == before:
                check(process.poll() is None, f"{name} ended before it asked anything")
            no_core_files(process.pid)
            world.look()
            server.ask("/test/release", b"")
        process.wait(timeout=60)
    server.clear_faults()
    if process.returncode not in (status if isinstance(status, range) else (status,)):
        with open(os.path.join(PRINTED, f"{name}.err"), encoding="utf-8") as stream:
            raise Failure(f"{name} ended with {process.returncode}, not {status}\n" + stream.read()[-800:])
    world.look()


def package_name(name):
    return os.path.join(EXPORTS, name + ".json")


def test_drillctl():
    drillctl("logout-of-window", "logout", fault="none")
    drillctl("session-without", "routes", status=4, fault="none")
    drillctl("login", "login", given=f"Bearer {token}\n")
    drillctl("session", "session", "--format", "json")
    with open(os.path.join(PRINTED, "session.out"), encoding="utf-8") as stream:
        check(json.load(stream)["actor"]["actor"] == "alice", "the keyring has no token")
    drillctl("ack", "ack", "s00001", "slack", "--ref", "INC-2")
    drillctl("bulk", "bulk", "ack-outstanding", "--schedule", "s00002", "--schedule", "s00003", "--yes")
    drillctl("package", "package", "--output", package_name("drillctl"))
    drillctl("parts", "package", "--parts", "--output", os.path.join(EXPORTS, "parts.zip"))
    drillctl("deliver", "deliver", "--to", "all")
    drillctl("verify", "verify", package_name("drillctl"), fault="none")
    drillctl("token-file", "--token-file", "-", "routes", given=token)
    check(os.path.getsize(package_name("drillctl")) > 1000, "no package was saved")


COMMANDS = (("ack", ("ack", "s00005", "slack")), ("bulk", ("bulk", "ack-outstanding", "--yes")),
            ("package", ("package", "--output", package_name("none"))), ("deliver", ("deliver", "--to", "splunk")))


def test_drillctl_failures():
    """What goes wrong is told without what it went wrong with."""
    for what, fault in (("refused", "POST::1:0:status:401"), ("broken", "POST::1:0:status:500"), ("dropped", "POST::1:0:drop")):
        for name, arguments in COMMANDS:
            server.fault(fault)
            before = len(server.writes)
            drillctl(f"{name}-{what}", *arguments, status=4 if what == "refused" else FAILED, fault=fault)
            check(len(server.writes) > before, f"{name} was not sent")
            with open(os.path.join(PRINTED, f"{name}-{what}.err"), "rb") as stream:
                check(stream.read() != b"", "nothing was said")
    for what, fault in (("refused", "GET::1:0:status:401"), ("broken", "GET::1:0:status:500"), ("dropped", "GET::1:0:drop")):
        server.fault(fault)
        drillctl(f"login-{what}", "login", given=token, status=4 if what == "refused" else 3, fault=fault)


def redirect(method):
    server.fault({"method": method, "path": "", "first": 1, "count": 0, "do": "status", "status": 307,
                  "header": "Location", "value": other_url + "/elsewhere"})


def test_redirects():
    for method, name, arguments in (("GET", "routes", ("routes",)), ("POST", "ack", COMMANDS[0][1]),
                                    ("POST", "package", COMMANDS[2][1]), ("POST", "deliver", COMMANDS[3][1])):
        redirect(method)
        before = len(server.requests)
        drillctl(f"{name}-redirected", *arguments, status=3, fault="redirect")
        check(len(server.requests) > before, "nothing was redirected")


# The window

def test_sign_in():
    console.push("Sign In")
    dialog = console.dialog("Sign In")
    Atspi.EditableText.set_text_contents(console.entry(dialog), f"Bearer {token}\r\n")
    before = hold("GET", "/console/session")
    console.push("Sign In", dialog)
    console.wait(lambda: is_held(before, "GET", "/console/session"), "the service to be asked")
    no_core_files(console.program.pid)
    world.look()
    server.ask("/test/release", b"")
    console.wait_gone("Sign In")
    console.wait_for(None, "24 of 24 routes")
    world.look()


def select_first():
    table = console.wait(lambda: find(console.application, "tree table"), "the table")
    rows = console.wait(lambda: next((node for node in children(table) if role_of(node) == "list"), None), "the rows")
    Atspi.Selection.select_child(rows, 0)
    console.wait_for(None, r"24 of 24 routes.* 1 selected")


def test_acknowledge():
    select_first()
    console.push("Acknowledge…")
    dialog = console.dialog("Acknowledge Route")
    Atspi.EditableText.set_text_contents(console.wait_for("text", "Reference", dialog), "INC-1")
    before = hold("POST", "/acknowledgements")
    console.push("Acknowledge Route", dialog)
    console.wait(lambda: is_held(before, "POST", "/acknowledgements"), "it to be sent")
    journal = os.path.join(environment["XDG_STATE_HOME"], "drill-console", "journal")
    check(os.listdir(journal), "the journal was not searched: it is empty")
    world.look()
    server.ask("/test/release", b"")
    console.wait_gone("Acknowledge Route")
    check(sum(server.acks.values()) == 1, f"recorded: {server.acks}")
    world.look()


def test_package():
    console.focus("Drill Console")
    console.keys("ctrl+s")
    dialog = console.dialog("New Audit Package")
    before = hold("POST", "/audit-package")
    console.push("Create", dialog)
    console.wait(lambda: is_held(before, "POST", "/audit-package"), "it to be asked for")
    world.look()
    server.ask("/test/release", b"")
    console.push("Save…", dialog)
    chooser = console.dialog("Save Audit Package")
    Atspi.EditableText.set_text_contents(console.entry(chooser), package_name("window"))
    console.push("Save", chooser)
    console.wait(lambda: os.path.exists(package_name("window") + ".sha256"), "the package to be saved")
    console.push("Close", dialog)
    console.wait_gone("New Audit Package")
    world.look()


def test_deliver():
    console.click(console.wait_for("page tab", "Audit$"))
    console.push("Deliver…")
    dialog = console.dialog("Deliver")
    console.click(console.wait_for("check box", "All of them", dialog))
    console.push("Review", dialog)
    before = hold("POST", "/audit-delivery")
    console.push("Deliver$|Deliver Deliver", dialog)
    console.wait(lambda: is_held(before, "POST", "/audit-delivery"), "it to be sent")
    world.look()
    server.ask("/test/release", b"")
    console.wait_for("label", "Delivered", dialog)
    console.push("Close", dialog)
    console.wait_gone("Deliver")
    world.look()


def test_address():
    """A window that is asked for with a password in the address is not opened, and does not repeat it."""
    password = urllib.parse.quote(token, safe="")
    answer = subprocess.run([os.environ["DRILL_CONSOLE"], "--server", f"http://alice:{password}@127.0.0.1:1"], env=environment,
                            capture_output=True, check=False, timeout=60)
    check(answer.returncode == 2 and b"password" in answer.stderr, f"{answer.returncode}: {answer.stderr}")
    check(not world.find_in(answer.stdout + answer.stderr), "the password was printed")


def test_window_failures():
    """The evidence is asked for and is somewhere else, then the token is not good any more."""
    before = len(server.requests)
    redirect("GET")
    console.push("Refresh")
    console.wait(lambda: len(server.requests) > before, "it to be asked for")
    console.wait_for("push button", "Retry")
    world.look()
    server.clear_faults()
    server.fault("GET::1:0:status:401")
    console.push("Retry")
    console.wait_for("push button", "Sign In")
    server.clear_faults()
    world.look()


def test_window_quits():
    """What it wrote at the end, too: settings, and all that it had to say."""
    console.focus("Drill Console")
    console.keys("ctrl+q")
    console.wait_ended()
    check(os.path.getsize(os.path.join(PRINTED, "window.out")) > 0, "nothing was logged")
    with open(os.path.join(environment["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile"), encoding="utf-8") as stream:
        check("INC-1" in stream.read(), "the settings were not searched: they are somewhere else")
    world.look()


def test_finds():
    """The search would have found it: each form, wherever it may be."""
    path = os.path.join(environment["XDG_STATE_HOME"], "planted")

    def finds(look):
        try:
            look()
        except Failure:
            return True
        return False

    check(world.n_files > 100 and world.n_processes > 100, f"{world.n_files} files, {world.n_processes} processes")
    plain = token.encode()
    for planted in (plain, *plain.split(b"."), base64.b64encode(plain), base64.b64encode(b"alice:" + plain),
                    base64.urlsafe_b64encode(plain), urllib.parse.quote(token, safe="").encode(), plain.hex().encode()):
        with open(path, "wb") as stream:
            stream.write(b"x" + planted + b"y")
        check(finds(world.look_at_files), f"{planted[:40]} was not found")
        os.unlink(path)
    for name in (os.path.join(PRINTED, "planted"), os.path.join(EXPORTS, "planted")):
        with open(name, "w", encoding="utf-8") as stream:
            stream.write("> Authorization: Bearer xyz")
        check(finds(world.look_at_files), "the header was not found")
        os.unlink(name)
    for arguments, more in ((("cat", token), {}), (("cat",), {"TOKEN": token})):
        # It says so when it is there with its arguments, and stays until its input ends
        with subprocess.Popen(["bash", "-c", "echo; read", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              env={**environment, **more}) as process:
            process.stdout.readline()
            check(finds(world.look_at_processes), "a process was not looked at")
            process.stdin.close()
    n_seen = len(OtherOrigin.seen)
    try:
        request = urllib.request.Request(other_url, headers={"Authorization": f"Bearer {token}"})
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30)
    except urllib.error.HTTPError:
        pass
    check(finds(world.look), "what another origin was sent was not looked at")
    del OtherOrigin.seen[n_seen:]
    world.look()


TESTS = (test_sign_in, test_acknowledge, test_package, test_deliver, test_address, test_window_failures, test_window_quits,
         test_drillctl, test_drillctl_failures, test_redirects, test_finds)


# The bus with the keyring is the programs'; the other has accessibility
session_bus = f"unix:path={os.environ['XDG_RUNTIME_DIR']}/bus"
environment = {**os.environ, "AT_SPI_BUS_ADDRESS": accessibility_bus(session_bus), "GSETTINGS_BACKEND": "keyfile",
               "G_MESSAGES_DEBUG": "all"}
if "ASAN_OPTIONS" in environment:
    # libsecret 0.20 loses a little of every answer
    environment["ASAN_OPTIONS"] += ":detect_leaks=0"
os.environ["DBUS_SESSION_BUS_ADDRESS"] = session_bus
os.makedirs(PRINTED)
os.makedirs(EXPORTS)

world = World()
token = new_token("alice")
world.add(token)
other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OtherOrigin)
other_url = f"http://127.0.0.1:{other.server_address[1]}"
threading.Thread(target=other.serve_forever, daemon=True).start()

with Server("--file", plans(12, ("slack", "teams")), "--auth-required") as server:
    # Not as its argument, as that would be found
    server.ask("/test/token", f"{token}:alice".encode())
    with open(os.path.join(PRINTED, "window.out"), "wb") as window_out, open(os.path.join(PRINTED, "window.err"), "wb") as window_err:
        console = Console([os.environ["DRILL_CONSOLE"], "--server", server.url], PATIENCE, env=environment,
                          stdout=window_out, stderr=window_err)
        status = run("/drill/ui/secrets/", TESTS, console)
sys.exit(status)
