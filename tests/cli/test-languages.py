#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read of drillctl is in their language, what programs read is not.

One language is that of build-aux/pseudo-locale, where all that is marked for translation stands in brackets; the
other is made up here, for what that one cannot show."""
import json
import os
import subprocess
import sys

from drillctl_test import (DIRECTORY, ROOT, Server, drillctl, home, load, make_locales, on_terminal, plans, run, same, temporary)

OWN = r'''
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "%s is %s, the routes give %s"
msgstr "%3$s, nicht %2$s: %1$s"

msgctxt "question"
msgid "[y/N]"
msgstr "[j/N]"

msgctxt "question"
msgid "y"
msgstr "j"

msgid "%.1f %%"
msgstr "%%%.1f"
'''


def make_catalogs():
    folder = os.path.join(DIRECTORY.name, "translations")
    subprocess.run([sys.executable, os.path.join(ROOT, "..", "build-aux", "pseudo-locale"), folder], check=True)
    os.makedirs(os.path.join(folder, "xo", "LC_MESSAGES"))
    subprocess.run(["msgfmt", "--check-format", "--output-file", os.path.join(folder, "xo", "LC_MESSAGES", "drill-console.mo"), "-"],
                   input=OWN.encode("utf-8"), check=True)
    return folder


ENVIRONMENT = {"LC_ALL": "de_DE.UTF-8", "LOCPATH": make_locales(("de_DE.UTF-8",)), "DRILL_TEST_LOCALEDIR": make_catalogs()}
PSEUDO = {**ENVIRONMENT, "LANGUAGE": "xa"}
OWN = {**ENVIRONMENT, "LANGUAGE": "xo"}


def is_translated(text):
    """All of it, with nothing of it left that was not marked."""
    return text.startswith("[") and text.endswith("]")


def same_for_programs(*arguments, source=()):
    for form in ("json", "csv"):
        english = drillctl(*source, "--format", form, *arguments)
        assert english.out, english.err
        for environment in (PSEUDO, OWN):
            answer = drillctl(*source, "--format", form, *arguments, **environment)
            same((answer.text, answer.status), (english.text, english.status), form)


def in_use():
    assert "\nCommands:\n" in drillctl("--help").text
    assert "\nCommands:\n" not in drillctl("--help", **PSEUDO).text


def odd_packages():
    """Files with all that can be wrong with a package, or with what should be one."""
    whole = load("small", "packages.json")[0]
    odd_route = {"route_id": 1, "schedule_id": "t", "plan_id": "p", "provider": "x", "owner": "o", "route_action": "suppress",
                 "acknowledgement_state": "resolved", "acknowledged": False}
    packages = [
        {**whole, "outstanding_count": whole["outstanding_count"] + 1},
        {**whole, "product": "CAVERN", "generated_at": "soon", "generated_by": 1, "controls": [], "route_count": "2"},
        {**whole, "acknowledgement_count": 0, "audit_id": 7, "filters": {"provider": 1}, "routes": [1, odd_route]},
        {name: value for name, value in whole.items() if name not in ("filters", "routes")},
    ]
    paths = [temporary(json.dumps(package)) for package in packages]
    paths.append(temporary(json.dumps(whole)[:-1] + ', "product": "CAVRA"}'))
    paths.append(temporary(b"\xef\xbb\xbf" + json.dumps(whole).encode()))
    paths.append(temporary(b"PK\x03\x04"))
    paths.append(temporary(b""))
    paths += [temporary(b"hello"), temporary(b'{"a":'), temporary(1000 * b"[" + 1000 * b"]")]
    paths.append(temporary(json.dumps(whole)))
    with open(paths[-1] + ".sha256", "w", encoding="utf-8") as stream:
        stream.write(64 * "0" + "  x\n")
    return paths + [home(), os.path.join(home(), "missing")]


def findings():
    """What is wrong with a package: people read all of it translated, and JSON and CSV are the same for everybody."""
    paths = odd_packages()
    lines = [line for line in drillctl("verify", *paths).text.splitlines() if line.startswith("  ")]
    translated = [line for line in drillctl("verify", *paths, **PSEUDO).text.splitlines() if line.startswith("  ")]
    assert len(lines) > 20, lines
    same(len(translated), len(lines))
    for line, translation in zip(lines, translated):
        assert is_translated(translation.strip()) and not is_translated(line.strip()), (line, translation)
    same_for_programs("verify", *paths)
    found = json.loads(drillctl("--format", "json", "verify", *paths, **PSEUDO).out)
    assert all(one["findings"] and not any(is_translated(text) for text in one["findings"]) for one in found), found
    assert "there is no such file" in found[-1]["findings"], found[-1]


def order():
    """A translation puts names and numbers where its language has them."""
    whole = load("small", "packages.json")[0]
    count = whole["outstanding_count"]
    path = temporary(json.dumps({**whole, "outstanding_count": count + 1}))
    same(drillctl("verify", path).text.splitlines()[1], f"  outstanding_count is {count + 1}, the routes give {count}")
    same(drillctl("verify", path, **OWN).text.splitlines()[1], f"  {count}, nicht {count + 1}: outstanding_count")


def changes():
    """How a package differs from what the service has now."""
    with Server("--file", plans(2)) as server:
        path = os.path.join(home(), "changed.json")
        same(server.drillctl("package", "--output", path, "--actor", "ana").status, 0)
        same(server.drillctl("ack", "s00001", "slack", "--actor", "ana").status, 0)
        arguments = ("--server", server.url, "verify", path)
        line = drillctl(*arguments).text.splitlines()[-1]
        assert line.startswith("    s00001, slack, ops: was outstanding, is acknowledged by ana ("), line
        assert is_translated(drillctl(*arguments, **PSEUDO).text.splitlines()[-1].strip())
        same_for_programs(*arguments)


def plan(**more):
    return {"session_id": "a", "created_at": "2026-01-01T00:00:00Z", "metadata_kind": "go-backend-rollback-drill-notification-plan",
            "plan": {"plan_id": "p", "schedule_id": "s", "route_decisions": [{"provider": "x", "action": "deliver", **more}]}}


def problems():
    """What cannot be read in the evidence."""
    histories = {
        "an item that is not an object": [7],
        "an item without session_id": [{"metadata_kind": "x"}],
        "another item with the same session_id and other content; the first one is shown": [plan(), plan(owner="o")],
        "a route decision that is not an object": [{**plan(), "plan": {"route_decisions": [7]}}],
        "a number where a text belongs": [plan(owner=7)],
        "a boolean where a text belongs": [plan(owner=True)],
        "a list or object where a text belongs": [plan(owner=[])],
        "acknowledgement_minutes is not a number": [plan(acknowledgement_minutes="x")],
        "acknowledgement_minutes is not an integer in range": [plan(acknowledgement_minutes=1.5)],
        "not a list where a list belongs": [{**plan(), "plan": {"route_decisions": 7}}],
    }
    for english, items in histories.items():
        path = temporary(json.dumps({"items": items}))
        message = drillctl("--file", path, "routes").err
        assert message.endswith(f": {english}\n"), (english, message)
        message = drillctl("--file", path, "routes", **PSEUDO).err
        assert english not in message and message.count("[") == 2, (english, message)


def addresses():
    """What is wrong with the address of a service."""
    for address in ("", "ftp://host", "https://", "https://me:pw@host", "https://host?x"):
        english, translated = drillctl("--server", address, "session"), drillctl("--server", address, "session", **PSEUDO)
        same((translated.status, english.status), (2, 2))
        assert "[" not in english.err and is_translated(translated.err.removeprefix("drillctl: ").strip()), translated.err


def question():
    """It is answered with the letter that it shows; who knows English is understood, too."""
    with Server("--file", plans(1)) as server:
        for answer in (b"\n", b"n\n", b"s\n"):
            status, words = on_terminal(server, answer, **OWN)
            same((status, server.writes), (1, []), words)
            assert "ana? [j/N] " in words, words
        assert "ana? [y/N] " in on_terminal(server, b"j\n")[1]
        same(server.writes, [])
        same(on_terminal(server, b"Ja\n", **OWN)[0], 0)
        same(len(server.acks), 1)
    with Server("--file", plans(1)) as server:
        same(on_terminal(server, b"y\n", **OWN)[0], 0)


def unfinished():
    """What was cut off has its kind and its state in words."""
    with Server("--file", plans(250)) as server:
        server.fault({"method": "POST", "path": "/bulk", "first": 2, "count": 1, "do": "status", "status": 401})
        server.drillctl("bulk", "ack-outstanding", "--yes", "--actor", "ana")
        arguments = ("--server", server.url, "--actor", "ana", "unfinished")
        row, translated = (drillctl(*arguments, **environment).text.splitlines()[1] for environment in ({}, PSEUDO))
        assert row.startswith("acknowledgement  ") and " unfinished " in row, row
        assert translated.startswith("[") and translated.count("[") == 2 and "unfinished" not in translated, translated
        same_for_programs(*arguments)


def refused():
    """Why a write was not done."""
    with Server("--file", plans(1)) as server:
        server.fault("POST::1:0:status:400")
        for arguments in (("ack", "s00000", "slack"), ("deliver", "--to", "splunk"), ("package", "--output", os.path.join(home(), "refused"))):
            arguments = (*arguments, "--actor", "ana")
            same_for_programs(*arguments, source=("--server", server.url))
            told = drillctl("--server", server.url, *arguments, **PSEUDO)
            assert "[" in told.err + told.text, told.err


def share():
    suppressed = temporary(json.dumps({"items": [plan(action="suppress", category="a")]}))
    assert " 100.0 % " in drillctl("--file", suppressed, "suppressions").text
    assert " %100,0 " in drillctl("--file", suppressed, "suppressions", **OWN).text


TESTS = (in_use, findings, order, changes, problems, addresses, question, unfinished, refused, share)
run("languages", [(function.__name__.replace("_", "-"), function) for function in TESTS])
