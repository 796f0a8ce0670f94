# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by run, test and screenshots: configuring and compiling quietly.
# Needs $root, the top of the source tree.

# log_of DIR: where the output of that build directory goes
log_of ()
{
  echo "$1/build-aux.log"
}

# failed DIR WHAT: shows what is worth reading of a log
failed ()
{
  local log
  log=$(log_of "$1")
  if grep -q -m1 -E '(^FAILED|error:|ERROR:)' "$log"; then
    grep -n -m1 -E '(^FAILED|error:|ERROR:)' "$log" | cut -d: -f1 |
      { read -r line; tail -n "+$line" "$log" | head -n 60; } >&2
  else
    tail -n 40 "$log" >&2
  fi
  echo "$2 failed; all of it is in ${log#"$root"/}" >&2
  return 1
}

# configure DIR [MESON-OPTIONS...]: once; afterwards meson looks after itself
configure ()
{
  local dir=$1
  shift
  if ! command -v meson >/dev/null; then
    echo "meson is missing; without it nothing can be built." >&2
    return 1
  fi
  # A directory that came along in a copy of the tree would build the original,
  # and one that was set up otherwise by hand is only right if nothing is asked.
  if [ -f "$dir/build.ninja" ] &&
     grep -q -F "\"source\": \"$root\"" "$dir/meson-info/meson-info.json" 2>/dev/null &&
     { [ $# -eq 0 ] || [ "$*" = "$(cat "$dir/build-aux.options" 2>/dev/null)" ]; }; then
    return 0
  fi
  if [ -d "$dir/meson-private" ]; then
    rm -rf "$dir"
  fi
  mkdir -p "$dir"
  if ! meson setup "$dir" "$root" "$@" </dev/null >"$(log_of "$dir")" 2>&1; then
    failed "$dir" "Configuring ${dir#"$root"/}"
    return 1
  fi
  echo "$*" >"$dir/build-aux.options"
}

# compile DIR [TARGETS...]
compile ()
{
  local dir=$1
  shift
  if ! ninja -C "$dir" "$@" </dev/null >"$(log_of "$dir")" 2>&1; then
    failed "$dir" "Building ${dir#"$root"/}"
    return 1
  fi
}

# compile_tests DIR SUITE...: only what tests outside of the SUITEs need, or,
# with --only, what those of them do
compile_tests ()
{
  local dir=$1 targets
  shift
  compile "$dir" build.ninja || return 1        # or it would tell of old tests
  targets=$(meson introspect --tests "$dir" | python3 -c '
import json, os, sys
top, only, suites = sys.argv[1], "--only" in sys.argv, set(sys.argv[2:])
wanted = set()
targets = {t["id"]: t["filename"] for t in json.load(open(f"{top}/meson-info/intro-targets.json"))}
for test in json.load(sys.stdin):
    of = {suite.split(":")[-1] for suite in test["suite"]}
    if bool(of & suites) == only:
        for target in test["depends"]:
            wanted.update(os.path.relpath(name, top) for name in targets[target])
print("\n".join(sorted(wanted)))
' "$dir" "$@") || return 1
  if [ -n "$targets" ]; then
    # shellcheck disable=SC2086
    compile "$dir" $targets
  fi
}
