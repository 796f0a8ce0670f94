#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in and out with a real keyring, and where a token must not be found after a full run."""
import json
import os
import subprocess
import sys
import time

from drillctl_test import Server, drillctl, home, plans, run, same, start_drillctl, temporary, wait_for

TOKEN = "header.s3cretpayload.signature"
SECRET = b"s3cretpayload"
EXPIRED = "eyJhbGciOiJub25lIn0.eyJleHAiOjE1MDAwMDAwMDB9.c2ln"
BUS = "DBUS_SESSION_BUS_ADDRESS"


def again_with(kind, name):
    """This program once more, with a keyring: one of its tests."""
    command = [os.environ["DRILL_WITH_KEYRING"], *kind, sys.executable, os.path.abspath(__file__), name]
    process = subprocess.run(command, capture_output=True, timeout=150, check=False)
    assert process.returncode == 0, process.stdout.decode() + process.stderr.decode()


def bus():
    """The bus of the keyring; libsecret 0.20 loses a little of every answer, which a leak sanitizer is not to tell of."""
    options = [os.environ["ASAN_OPTIONS"]] if "ASAN_OPTIONS" in os.environ else []
    return {BUS: os.environ[BUS], "ASAN_OPTIONS": ":".join(options + ["detect_leaks=0"])}


def oidc():
    return Server("--file", plans(5), "--token", f"{TOKEN}:ana", "--auth-required")


def within_unlocked():
    with oidc() as server:
        same(server.drillctl("routes", **bus()).status, 4)
        answer = server.drillctl("login", given=f"  Bearer {TOKEN}\r\n".encode(), **bus())
        same((answer.status, answer.out), (0, b""), answer.err)
        assert "as ana" in answer.err and "s3cret" not in answer.err, answer.err
        same(server.drillctl("session", **bus()).json["actor"]["actor"], "ana")
        same(server.drillctl("ack", "s00000", "slack", **bus()).json["acknowledged_by"], "ana")
        same(drillctl("--server", server.url.replace("127.0.0.1", "localhost"), "routes", **bus()).status, 4, "another origin")
        answer = server.drillctl("login", given=b"not-good", **bus())
        same(answer.status, 4, answer.err)
        same(server.drillctl("session", **bus()).status, 0, "what was refused is not kept in its place")
        same(server.drillctl("logout", **bus()).status, 0)
        same(server.drillctl("routes", **bus()).status, 4)
        same(server.drillctl("logout", **bus()).status, 0, "there is nothing to forget")
        same(server.drillctl("login", "--token-file", temporary(TOKEN), **bus()).status, 0)
        same(server.drillctl("routes", **bus()).status, 0)
        before = len(server.requests)
        same(server.drillctl("login", given=EXPIRED.encode(), **bus()).status, 4)
        same(server.drillctl("login", "--no-check", given=b"later.token.x", **bus()).status, 0)
        same(len(server.requests), before, "neither is shown to the service")
        same(server.drillctl("routes", **bus()).status, 4, "the kept one is not good")
        same(server.drillctl("--token-file", temporary(TOKEN), "routes", **bus()).status, 0, "a file goes first")
        same(server.drillctl("routes", DRILL_TOKEN_FILE=temporary(TOKEN), **bus()).status, 0)


def within_locked():
    with Server("--file", plans(5), "--token", f"{TOKEN}:ana") as server:
        answer = server.drillctl("login", given=TOKEN.encode(), **bus())
        same(answer.status, 1, answer.err)
        assert "keyring" in answer.err and "s3cret" not in answer.err, answer.err
        answer = server.drillctl("routes", **bus())
        same((answer.status, len(answer.json)), (0, 5))
        assert "without a token" in answer.err, answer.err
        same(server.drillctl("ack", "s00000", "slack", **bus()).status, 4)
        same(server.writes, [])


def unlocked():
    again_with((), "within_unlocked")


def locked():
    again_with(("--locked",), "within_locked")


def absent():
    again_with(("--absent",), "within_locked")


def no_bus():
    """As in CI: there is no keyring, which is nothing to complain of until it is needed."""
    with Server("--file", plans(5), "--token", f"{TOKEN}:ana") as server:
        answer = server.drillctl("routes")
        same((answer.status, answer.err), (0, ""))
        answer = server.drillctl("login", given=TOKEN.encode())
        same((answer.status, len(answer.err.splitlines())), (1, 1), answer.err)


def bad_tokens():
    with oidc() as server:
        for given in (b"", b"\n", b"Bearer ", b"s3cret\x01", "s3cretü".encode()):
            answer = server.drillctl("login", given=given)
            same((answer.status, "s3cret" in answer.err), (2, False), answer.err)
        same(server.requests, [])
    answer = drillctl("--server", "http://192.0.2.1", "login", given=TOKEN.encode())
    same(answer.status, 2)
    assert "https" in answer.err and "s3cret" not in answer.err, answer.err
    same(drillctl("--server", "http://127.0.0.1:1", "login", given=TOKEN.encode()).status, 3)
    with Server("--file", plans(1)) as server:
        answer = server.drillctl("login", given=TOKEN.encode())
        same(answer.status, 1, answer.err)
        assert "OIDC" in answer.err, answer.err


def full_run(server, *token, **environment):
    """All that can be done; everything that was printed."""
    path = os.path.join(home(), "full.json")
    printed = []
    for command in (("session",), ("routes",), ("ack", "s00000", "slack"), ("bulk", "ack-outstanding", "--yes"),
                    ("package", "--output", path), ("package", "--parts", "--output", path + ".zip"), ("deliver", "--to", "all"),
                    ("verify", path), ("unfinished",)):
        answer = server.drillctl(*token, *command, **environment)
        same(answer.status, 0, f"{command} {answer.err}")
        printed += [answer.out, answer.err.encode()]
    return printed


def search(folder, but=None):
    """No file below has the token; the keyring's own is encrypted."""
    for where, _, names in os.walk(folder):
        for path in (os.path.join(where, name) for name in names):
            if os.path.isfile(path) and path != but:
                with open(path, "rb") as stream:
                    assert SECRET not in stream.read(), path


def look_at_process(server, *arguments, **environment):
    server.fault("POST:/acknowledgements:1:1:do-then-hold")
    before = len(server.writes)
    process = start_drillctl("--server", server.url, *arguments, "escalate", "s00001", "slack", **environment)
    end = time.monotonic() + 60
    while len(server.writes) == before:
        assert time.monotonic() < end and process.poll() is None, "it was never sent"
    proc = f"/proc/{process.pid}"
    for name in ("cmdline", "environ"):
        with open(os.path.join(proc, name), "rb") as stream:
            assert SECRET not in stream.read(), name
    with open(os.path.join(proc, "limits"), encoding="ascii") as stream:
        core = next(line for line in stream if line.startswith("Max core file size"))
    same(core.split()[4:6], ["0", "0"], "no core file")
    # who may not be dumped belongs to root in /proc, and only root may read it
    same(os.stat(os.path.join(proc, "mem")).st_uid, 0)
    server.ask("/test/release", b"")
    answer = wait_for(process)
    same(answer.status, 0, answer.err)
    server.clear_faults()
    return answer


def nowhere(server, printed):
    for text in printed:
        assert SECRET not in text, text
    assert SECRET.decode() not in json.dumps(server.requests), "what is sent has it in its header only"


def token_file_leaves_no_trace():
    path = temporary(TOKEN)
    with oidc() as server:
        printed = full_run(server, "--token-file", path)
        answer = look_at_process(server, "--token-file", path)
        nowhere(server, printed + [answer.out, answer.err.encode()])
    search(os.path.dirname(path), but=path)


def within_full_run():
    keyring = os.path.dirname(os.environ[BUS].split("unix:path=", 1)[1].split(",", 1)[0])
    with oidc() as server:
        login = server.drillctl("login", given=TOKEN.encode(), **bus())
        same(login.status, 0, login.err)
        printed = full_run(server, **bus())
        answer = look_at_process(server, **bus())
        nowhere(server, printed + [login.out, login.err.encode(), answer.out, answer.err.encode()])
    search(os.path.dirname(home()))
    search(keyring)


def keyring_leaves_no_trace():
    again_with((), "within_full_run")


if len(sys.argv) > 1:
    globals()[sys.argv[1]]()
    sys.exit(0)

TESTS = (unlocked, locked, absent, no_bus, bad_tokens, token_file_leaves_no_trace, keyring_leaves_no_trace)
run("identity", [(function.__name__.replace("_", "-"), function) for function in TESTS])
