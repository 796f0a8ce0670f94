#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash offers behind drillctl, and that it is what drillctl --help names."""
import os
import re
import subprocess

from drillctl_test import DIRECTORY, case_file, clean_environment, drillctl, home, run, same

SCRIPT = os.environ["DRILLCTL_COMPLETION"]
PATH = os.pathsep.join((os.path.dirname(os.environ["DRILLCTL"]), os.environ["PATH"]))

# Words part at blanks, and at = and : as in COMP_WORDBREAKS
ASK = r"""
. "$1"
COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDS=("${@:4}") COMP_CWORD=$(($3))
$(complete -p drillctl | sed 's/.*-F \([^ ]*\).*/\1/')
printf '%s\n' "${COMPREPLY[@]}"
"""


def split(line):
    words = re.findall(r"""[=:]+|(?:\\.|"[^"]*"?|'[^']*'?|[^\s=:\\"'])+""", line)
    return words + [""] if line.endswith(" ") else words


def complete(line):
    """What is offered at the end of a line."""
    words = split(line)
    process = subprocess.run(["bash", "--norc", "-c", ASK, "bash", SCRIPT, line, str(len(words) - 1), *words],
                             capture_output=True, timeout=60, check=False, cwd=DIRECTORY.name,
                             env={**clean_environment(), "PATH": PATH})
    same(process.stderr.decode(), "", line)
    return process.stdout.decode().split("\n")[:-1] if process.stdout != b"\n" else []


def offers(line, *words):
    same(sorted(complete(line)), sorted(words), line)


def options_of(*command):
    """The options that --help names, and which of them take a value."""
    found = {}
    for short, name, value in re.findall(r"^  (?:(-\w), )?(--[a-z-]+)(=?)", drillctl(*command, "--help").text, re.MULTILINE):
        found[name] = bool(value)
        if short:
            found[short] = bool(value)
    return found


def commands_of():
    text = drillctl("--help").text
    return re.findall(r"^  ([a-z]+) ", text[text.index("\nCommands:"):text.index("\nExit status:")], re.MULTILINE)


def commands_and_options():
    offers("drillctl ", *commands_of())
    offers("drillctl --quiet --server http://127.0.0.1:1 ", *commands_of())
    offers("drillctl es", "escalate", "escalation")
    offers("drillctl -", *options_of())
    for command in commands_of():
        offers(f"drillctl --sample {command} -", *options_of(command))
    offers("drillctl nonsense --sch")
    offers("drillctl bulk --dr", "--dry-run")


def values_are_skipped():
    """Nothing but options that take no value has the next word left over."""
    for command in [(), *((name,) for name in commands_of())]:
        for option, takes_value in options_of(*command).items():
            line = " ".join(["drillctl", *command, option, "routes" if command == () else "ack-outstanding", ""])
            if command == ():
                same(set(complete(line)) == set(commands_of()), takes_value, line)
            elif command == ("bulk",):
                same(complete(line), ["ack-outstanding", "escalate-breached"] if takes_value else [], line)


def fixed_values():
    offers("drillctl --format ", "table", "json", "csv")
    offers("drillctl --format=j", "json")
    offers("drillctl --format=", "table", "json", "csv")
    offers("drillctl routes --scope ", "current", "all")
    offers("drillctl routes --slo ", "breached", "due", "ok")
    offers("drillctl routes --alert=", "critical", "warning", "healthy")
    offers("drillctl routes --state o", "outstanding")
    offers("drillctl history --state o")
    offers("drillctl bulk ", "ack-outstanding", "escalate-breached")
    offers("drillctl bulk ack-outstanding ")
    offers("drillctl deliver --cadence w", "weekly")
    offers("drillctl login ")
    # All that --sort takes, and nothing else
    message = drillctl("routes", "--sort", "?").err
    keys = re.search(r"the keys ([a-z_, ]+) ", message)[1].split(", ")
    offers("drillctl routes --sort ", *keys)
    offers("drillctl routes --sort age:d", "desc")
    same(drillctl("routes", "--sort", "age:desc", "--limit", "1").status, 0)


def connectors():
    names = ["splunk", "sentinel", "datadog", "jira", "servicenow", "slack", "teams", "pagerduty", "email", "webhook"]
    offers("drillctl deliver --to ", "all", *names)
    offers("drillctl deliver --to splunk,j", "splunk,jira")
    offers("drillctl deliver --to=splunk,s", "splunk,sentinel", "splunk,servicenow", "splunk,slack")
    offers("drillctl deliver --to all,", *(f"all,{name}" for name in names))
    # They are those that the program knows
    results = drillctl("--sample", "--format", "json", "deliver", "--to", "all").json["results"]
    same(sorted(result["provider"] for result in results), sorted(names))


def evidence():
    """Of the sample, or of a file that is small; a service is not asked."""
    rows = drillctl("--quiet", "--sample", "--format", "json", "routes", "--scope", "all").json
    offers("drillctl routes --provider ", *{row["provider"] for row in rows})
    offers("drillctl --sample ack ", *{row["schedule_id"] for row in rows})
    offers("drillctl ack --ref X ", *{row["schedule_id"] for row in rows})
    offers("drillctl resolve s ", *{row["provider"] for row in rows})
    path = case_file("small", "history.json")
    rows = drillctl("--quiet", "--file", path, "--format", "json", "routes", "--scope", "all").json
    providers = {row["provider"] for row in rows}
    offers(f"drillctl --file {path} routes --provider ", *providers)
    offers(f"drillctl --file={path} package --provider=", *providers)
    offers(f"drillctl routes --file '{path}' --category ", *{row["category"] for row in rows})
    offers("drillctl --server http://127.0.0.1:1 routes --provider ")
    offers("drillctl --connection home ack ")
    large = os.path.join(DIRECTORY.name, "large.json")
    with open(large, "w", encoding="utf-8") as stream:
        with open(path, encoding="utf-8") as small:
            stream.write(small.read() + " " * (5 << 20))
    same(drillctl("--file", large, "routes").status, 0)
    offers("drillctl --file large.json routes --provider ")
    offers("drillctl --file /nowhere routes --provider ")


def saved_connections():
    offers("drillctl --connection ")
    folder = os.path.join(home("xdg_config_home"), "drill-console")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "connections.ini"), "w", encoding="utf-8") as stream:
        stream.write("[Connection 1]\nName=home\nURL=https://a.example\n\n"
                     "[Connection 2]\nName=head office $(touch oops)\nURL=https://b.example\nActor=Name=x\n")
    offers("drillctl --connection ", "home", r"head\ office\ \$\(touch\ oops\)")
    offers("drillctl --connection=hom", "home")
    offers(r"drillctl --connection head\ o", r"head\ office\ \$\(touch\ oops\)")
    offers('drillctl --connection "head o', "head office $(touch oops)")
    assert not os.path.exists(os.path.join(DIRECTORY.name, "oops"))


def files():
    for name in ("audit one.json", "audit two.json"):
        with open(os.path.join(DIRECTORY.name, name), "w", encoding="utf-8"):
            pass
    for line in ("verify aud", "verify x.json aud", "--file aud", "--file=aud", "package --output aud", "--token-file aud",
                 "package -o aud", "verify audit\\ "):
        offers(f"drillctl {line}", "audit one.json", "audit two.json")
    offers("drillctl routes aud")


run("completion", [
    ("commands-and-options", commands_and_options),
    ("values-are-skipped", values_are_skipped),
    ("fixed-values", fixed_values),
    ("connectors", connectors),
    ("evidence", evidence),
    ("saved-connections", saved_connections),
    ("files", files),
])
