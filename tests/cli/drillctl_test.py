# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of drillctl share: running it, saying how it went in TAP."""
import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import traceback
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONFORMANCE = os.path.join(ROOT, "conformance")
CASES = ("small", "medium", "edges")
sys.path.insert(0, CONFORMANCE)
sys.dont_write_bytecode = True


class Answer:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout
        self.err = process.stderr.decode("utf-8")

    @property
    def text(self):
        return self.out.decode("utf-8")

    @property
    def json(self):
        assert self.status == 0, f"status {self.status}: {self.err}"
        return json.loads(self.out)


FOLDERS = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


def clean_environment():
    """The C locale, as scripts and CI have it; nobody's own home, keyring and journal."""
    clean = {name: value for name, value in os.environ.items()
             if name not in ("DRILL_TOKEN_FILE", "LANG", "LANGUAGE", "DBUS_SESSION_BUS_ADDRESS", "SECRET_BACKEND")
             and not name.startswith("LC_") and not name.lower().endswith("_proxy")}
    return {**clean, "LC_ALL": "C", **{folder: home(folder.lower()) for folder in FOLDERS}}


def home(name=""):
    path = os.path.join(DIRECTORY.name, "home", name)
    os.makedirs(path, mode=0o700, exist_ok=True)
    return path


def start_drillctl(*arguments, **environment):
    """One that goes on while the test does something else."""
    return subprocess.Popen([os.environ["DRILLCTL"], *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env={**clean_environment(), **environment})


def wait_for(process):
    """The Answer of one that was started."""
    process.stdout, out = None, process.stdout
    process.stderr, err = None, process.stderr
    with out, err:
        answer = (out.read(), err.read())
    process.wait(timeout=120)
    process.stdout, process.stderr = answer
    return Answer(process)


class Server:
    """The service double, as a program of its own: see drill-test-server --help."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.process = subprocess.Popen([os.environ["DRILL_TEST_SERVER"], *self.options], stdout=subprocess.PIPE,
                                        env=clean_environment())
        self.url = self.process.stdout.readline().decode().strip()
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        self.process.wait(timeout=30)

    def ask(self, path, body=None):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(urllib.request.Request(self.url + path, data=body, method="GET" if body is None else "POST"),
                         timeout=30) as reply:
            return reply.read()

    def fault(self, fault):
        self.ask("/test/fault", (fault if isinstance(fault, str) else json.dumps(fault)).encode())

    def clear_faults(self):
        self.ask("/test/clear-faults", b"")

    @property
    def acks(self):
        """How often each schedule and provider was acknowledged by requests."""
        return {tuple(name.split("\t")): n for name, n in json.loads(self.ask("/test/acks")).items()}

    @property
    def requests(self):
        return json.loads(self.ask("/test/requests"))

    @property
    def writes(self):
        return [request for request in self.requests if request["method"] == "POST"]

    def count(self, kind):
        return json.loads(self.ask(f"/test/items?kind={kind}"))["count"]

    def drillctl(self, *arguments, **more):
        return drillctl("--server", self.url, "--format", "json", *arguments, **more)


def journal():
    """The operations that have begun and not ended."""
    folder = os.path.join(home("xdg_state_home"), "drill-console", "journal")
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return sorted(name for name in names if not name.endswith(".lock"))


def clear_journal():
    for name in journal():
        os.unlink(os.path.join(home("xdg_state_home"), "drill-console", "journal", name))


def plans(n_schedules, providers=("slack",), owner="ops"):
    """A history with a current plan for each schedule, breached by now, and a route for each provider."""
    items = []
    for number in range(n_schedules):
        plan_id = f"plan-{number:05}"
        decisions = [{"route_key": f"{plan_id}:{provider}", "provider": provider, "owner": owner, "action": "deliver",
                      "acknowledgement_minutes": 30, "reason": "stale"} for provider in providers]
        items.append({"session_id": f"session-{number:05}", "created_at": f"2026-01-01T00:00:00.{number:06}+00:00",
                      "signer": "drills", "metadata_kind": "go-backend-rollback-drill-notification-plan",
                      "plan_id": plan_id, "schedule_id": f"s{number:05}", "alert_level": "critical",
                      "plan": {"plan_id": plan_id, "schedule_id": f"s{number:05}", "alert_level": "critical",
                               "route_decisions": decisions}})
    return temporary(json.dumps({"items": items}))


def drillctl(*arguments, given=b"", **environment):
    return Answer(subprocess.run([os.environ["DRILLCTL"], *arguments], input=given, capture_output=True, timeout=120,
                                 env={**clean_environment(), **environment}, check=False))


def drillctl_into(output, *arguments):
    """Its status and what it says on standard error when standard output goes somewhere else."""
    process = subprocess.run([os.environ["DRILLCTL"], *arguments], stdout=output, stderr=subprocess.PIPE, timeout=120,
                             env=clean_environment(), check=False)
    return process.returncode, process.stderr.decode("utf-8")


def on_terminal(server, answer, **environment):
    """Status and words of a bulk acknowledgement that asks first, and gets that answer."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen([os.environ["DRILLCTL"], "--server", server.url, "--actor", "ana", "bulk", "ack-outstanding"],
                               stdin=terminal, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env={**clean_environment(), **environment})
    os.close(terminal)
    os.write(controller, answer)
    words = process.stderr.read().decode()
    process.stderr.close()
    os.close(controller)
    return process.wait(timeout=60), words


def build_package(path, generated_by, schedule_id="", provider="", owner=""):
    """The audit package of a history, as the program builds it."""
    process = subprocess.run([os.environ["BUILD_PACKAGE"], path, generated_by, schedule_id, provider, owner],
                             capture_output=True, timeout=120, check=True)
    return json.loads(process.stdout)


def case_file(case, name):
    return os.path.join(CONFORMANCE, case, name)


def load(case, name):
    with open(case_file(case, name), encoding="utf-8") as stream:
        return json.load(stream)


def on_case(case, *arguments, form="json"):
    return drillctl("--file", case_file(case, "history.json"), "--now", load(case, "now.json"), "--format", form, *arguments)


def temporary(content):
    """A file that is there as long as the test program runs."""
    handle, path = tempfile.mkstemp(dir=DIRECTORY.name)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def make_locales(names):
    """In a folder of our own, so that they need not be installed; see the package locales."""
    folder = os.path.join(DIRECTORY.name, "locales")
    os.makedirs(folder)
    for locale in names:
        if not locale.startswith("C"):
            name, charmap = locale.split(".")
            subprocess.run(["localedef", "--inputfile", name, "--charmap", charmap, os.path.join(folder, locale)],
                           check=True, stdin=subprocess.DEVNULL)
    return folder


def same(mine, right, what=""):
    assert mine == right, f"{what}: {json.dumps(mine, default=str)[:600]} is not {json.dumps(right, default=str)[:600]}"


def run(stem, tests):
    """Runs (name, function) pairs as /drill/cli/STEM/NAME."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f"ok {number} /drill/cli/{stem}/{name}", flush=True)
        except Exception:  # whatever it is, the other tests still run
            failed += 1
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            print(f"not ok {number} /drill/cli/{stem}/{name}", flush=True)
    DIRECTORY.cleanup()
    sys.exit(1 if failed else 0)


DIRECTORY = tempfile.TemporaryDirectory(prefix="drillctl-")
