#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages hold what the programs' --help does, and nothing else."""
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

from drillctl_test import ROOT, clean_environment, drillctl, run, same

SHARED = ("FILTERS", "SCOPE") # options of several commands, in sections of their own


def plain(line):
    """A line of a page without its markup."""
    line = re.sub(r"^\.(?:[BI]|[BIR]{2}) ", "", line)
    line = re.sub(r"\\f[BIRP]", "", line).replace(r"\-", "-").replace(r"\&", "")
    return line.replace('"', "") if line else line


class Page:
    """The options of each section (.SH and .SS): with or without a value; and its text."""

    def __init__(self, name):
        with open(os.path.join(os.environ["DRILL_MANUAL"], f"{name}.1"), encoding="utf-8") as stream:
            lines = stream.read().splitlines()
        self.options, self.text, self.tags = {}, {}, {}
        section, tag = "", False
        for line in lines:
            if re.match(r"\.S[HS] ", line):
                section = plain(line[4:])
                self.options[section], self.text[section], self.tags[section] = {}, "", []
                continue
            self.text.setdefault(section, "")
            self.text[section] += plain(line) + "\n"
            if tag:
                self.tags[section].append(plain(line))
                self.add_options(section, plain(line))
            tag = line == ".TP"

    def add_options(self, section, line):
        for option, value in re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)(= ?)?", line):
            self.options[section][option] = bool(value)
        # -o, --output=FILE: both take it
        names = re.match(r"(-\w) *, *(--[a-z-]+)=", line)
        if names:
            self.options[section][names[1]] = True


def options_in(text):
    found = {}
    for short, name, value in re.findall(r"^  (?:(-\w), )?(--[a-z-]+)(=?)", text, re.MULTILINE):
        found[name] = bool(value)
        if short:
            found[short] = bool(value)
    return found


def commands_of_drillctl():
    text = drillctl("--help").text
    return re.findall(r"^  ([a-z]+) ", text[text.index("\nCommands:"):text.index("\nExit status:")], re.MULTILINE)


def drillctl_options():
    page = Page("drillctl")
    everywhere = options_in(drillctl("--help").text)
    same(page.options["OPTIONS"], everywhere, "options of all commands")
    sections = {name: section for section in page.options for name in section.split(", ") if section == section.lower()}
    same(sorted(sections), sorted(commands_of_drillctl()), "commands")
    for command, section in sections.items():
        mine = dict(page.options[section])
        for shared in SHARED:
            if re.search(rf"\b{shared}\b", page.text[section]):
                mine.update(page.options[shared])
        right = {option: value for option, value in options_in(drillctl(command, "--help").text).items()
                 if option not in everywhere}
        same(mine, right, f"options of {command}")


def drillctl_values():
    """Names that are written out: sort keys and exit statuses."""
    page = Page("drillctl")
    keys = re.search(r"the keys ([a-z_, ]+) ", drillctl("routes", "--sort", "?").err)[1].split(", ")
    named = re.search(r"The keys are\n(.*?)\.\n", page.text["routes"], re.DOTALL)[1]
    same(re.findall(r"[a-z_]+", named.replace("\nand\n", "\n")), keys, "sort keys")
    statuses = re.findall(r"^  (\d) ", drillctl("--help").text, re.MULTILINE)
    same(page.tags["EXIT STATUS"], statuses, "exit statuses")


def drill_console_options():
    # What the toolkit's libraries leave behind is not looked for here
    text = subprocess.run([os.environ["DRILL_CONSOLE"], "--help-all"], capture_output=True, timeout=60, check=True,
                          env={**clean_environment(), "ASAN_OPTIONS": "detect_leaks=0"}).stdout.decode()
    same(Page("drill-console").options["OPTIONS"], options_in(text))


def environment():
    """The variables of the program's own that its code asks for."""
    asked = set()
    source = os.path.join(os.path.dirname(ROOT), "src")
    for folder, _, names in os.walk(source):
        for name in names:
            if name.endswith((".c", ".h")):
                with open(os.path.join(folder, name), encoding="utf-8") as stream:
                    asked |= set(re.findall(r'"(DRILL_[A-Z_]*TOKEN[A-Z_]*)"', stream.read()))
    assert asked, "no variable is found"
    for name in ("drillctl", "drill-console"):
        tags = " ".join(Page(name).tags["ENVIRONMENT"])
        same(set(re.findall(r"DRILL_[A-Z_]+", tags)), asked, name)


def titles():
    """Date of the newest release, version of the program, and no placeholder left."""
    version = drillctl("--version").text.split()[1]
    metainfo = os.path.join(os.path.dirname(ROOT), "data", "org.cavra.DrillConsole.metainfo.xml.in.in")
    release = ElementTree.parse(metainfo).find("releases/release")
    same(release.get("version"), version, "newest release")
    for name in ("drillctl", "drill-console"):
        with open(os.path.join(os.environ["DRILL_MANUAL"], f"{name}.1"), encoding="utf-8") as stream:
            text = stream.read()
        title = re.search(r'^\.TH (\S+) 1 "([^"]*)" "Drill Console ([^"]*)"', text, re.MULTILINE)
        same((title[1].replace("\\", "").lower(), title[2], title[3]), (name, release.get("date"), version))
        same(re.findall(r"@\w+@", text), [], name)
        assert text.isascii(), name


run("manual", [
    ("drillctl-options", drillctl_options),
    ("drillctl-values", drillctl_values),
    ("drill-console-options", drill_console_options),
    ("environment", environment),
    ("titles", titles),
])
