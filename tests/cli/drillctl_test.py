# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of drillctl share: running it, saying how it went in TAP."""
import json
import os
import subprocess
import sys
import tempfile
import traceback

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


def clean_environment():
    """The C locale, as scripts and CI have it."""
    clean = {name: value for name, value in os.environ.items()
             if name not in ("DRILL_TOKEN_FILE", "LANG", "LANGUAGE") and not name.startswith("LC_")
             and not name.lower().endswith("_proxy")}
    return {**clean, "LC_ALL": "C"}


def drillctl(*arguments, given=b"", **environment):
    return Answer(subprocess.run([os.environ["DRILLCTL"], *arguments], input=given, capture_output=True, timeout=120,
                                 env={**clean_environment(), **environment}, check=False))


def drillctl_into(output, *arguments):
    """Its status and what it says on standard error when standard output goes somewhere else."""
    process = subprocess.run([os.environ["DRILLCTL"], *arguments], stdout=output, stderr=subprocess.PIPE, timeout=120,
                             env=clean_environment(), check=False)
    return process.returncode, process.stderr.decode("utf-8")


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
