#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts read is the same in every locale: decimal commas, grouped digits and a Turkish i stay out of it."""
import json
import os
import subprocess

from drillctl_test import CONFORMANCE, drillctl, make_locales, run

LOCALES = ("C", "C.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8")
HISTORY = os.path.join(CONFORMANCE, "medium", "history.json")
NOW = "2026-06-01T12:00:00+00:00"
COMMANDS = (("routes",), ("dashboard",), ("escalation",), ("suppressions",), ("history",),
            ("routes", "--sort", "owner"), ("routes", "--search", "SERVICENOW"), ("routes", "--owner", "INCIDENT"))
FOLDER = make_locales(LOCALES)


def ask(locale, *arguments, source=("--file", HISTORY, "--now", NOW)):
    return drillctl(*source, *arguments, LC_ALL=locale, LOCPATH=FOLDER)


def in_use():
    """The locales are real ones, or the others would prove nothing."""
    for locale, point in (("de_DE.UTF-8", ","), ("tr_TR.UTF-8", ","), ("C.UTF-8", ".")):
        found = subprocess.run(["locale", "decimal_point"], env={**os.environ, "LC_ALL": locale, "LOCPATH": FOLDER},
                               check=True, capture_output=True, text=True).stdout.strip()
        assert found == point, (locale, found)


def same_answers():
    for form in ("json", "csv"):
        for command in COMMANDS:
            if form == "csv" and command[0] not in ("routes", "history"):
                continue
            right = ask("C", "--format", form, *command)
            assert right.status == 0 and right.out, (command, right.err)
            for locale in LOCALES[1:]:
                answer = ask(locale, "--format", form, *command)
                assert answer.out == right.out and answer.status == right.status, (locale, form, command)


def found_in_capitals():
    """SERVICENOW has an I, whose small letter in Turkish has no dot."""
    for locale in LOCALES:
        capitals = ask(locale, "--format", "json", "routes", "--search", "SERVICENOW").json
        small = ask(locale, "--format", "json", "routes", "--search", "servicenow").json
        assert capitals == small and capitals, locale


def delivered_in_capitals():
    """The names of connectors go to the service, which knows no Turkish."""
    for locale in LOCALES:
        answer = ask(locale, "--format", "json", "deliver", "--to", "SERVICENOW,JIRA", source=("--file", HISTORY, "--actor", "me"))
        names = [result["provider"] for result in json.loads(answer.out)["results"]]
        assert names == ["servicenow", "jira"], (locale, names, answer.err)


run("locale", [
    ("in-use", in_use),
    ("same-answers", same_answers),
    ("found-in-capitals", found_in_capitals),
    ("delivered-in-capitals", delivered_in_capitals),
])
