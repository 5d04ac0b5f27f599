#!/usr/bin/env bash
# Fuzzes every target of tests/Fuzz, two at a time, and prints a table. Fails where an input broke a promise, with its file.
# FUZZ_SECONDS is how long each target runs, FUZZ_TARGETS which do, FUZZ_AT_A_TIME how many together.
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
export FUZZ_SECONDS=${FUZZ_SECONDS:-600}
export FUZZ_FOLDER=artifacts/fuzz
export FUZZ_PROGRAM=$FUZZ_FOLDER/bin/Gateway.Fuzz.Tests.dll

install_packages() {
  command -v afl-fuzz > /dev/null && return
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends afl++
}

# What is shipped gets counters at its branches, in a copy: the tests go on with what was built.
build() {
  dotnet tool restore > /dev/null
  [ -n "${FUZZ_BUILT:-}" ] || dotnet build tests/Fuzz -c "$configuration" -v quiet -clp:NoSummary --disable-build-servers
  rm -rf "$FUZZ_FOLDER"
  mkdir -p "$FUZZ_FOLDER/out"
  cp -r "tests/Fuzz/bin/$configuration/net10.0" "$FUZZ_FOLDER/bin"
  for part in Cel Policy Connectors Proxy Evidence Gait; do
    dotnet sharpfuzz "$FUZZ_FOLDER/bin/Gateway.$part.dll"
  done
}

fuzz() {
  dotnet "$FUZZ_PROGRAM" seeds "$1" "$FUZZ_FOLDER/corpus/$1"
  # The check of the binary looks for the counters in the program itself, which is dotnet's.
  AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
    nice -n 19 afl-fuzz -i "$FUZZ_FOLDER/corpus/$1" -o "$FUZZ_FOLDER/out/$1" -t 20000 -m none -G 4096 -V "$FUZZ_SECONDS" \
    -- dotnet "$FUZZ_PROGRAM" fuzz "$1" > "$FUZZ_FOLDER/out/$1.log" 2>&1 || true
}
export -f fuzz

install_packages
build
mapfile -t targets < <(dotnet "$FUZZ_PROGRAM" list)
read -r -a asked <<< "${FUZZ_TARGETS:-${targets[*]}}"
printf '%s\n' "${asked[@]}" | xargs -P "${FUZZ_AT_A_TIME:-2}" -I{} bash -c 'fuzz {}'

failed=0
printf '%-18s %12s %9s %9s\n' target executions seconds findings
for target in "${asked[@]}"; do
  stats=$FUZZ_FOLDER/out/$target/default/fuzzer_stats
  of() { awk -F ' *: *' -v name="$1" '$1 == name { print $2 }' "$stats" 2> /dev/null; }
  found=$(find "$FUZZ_FOLDER/out/$target" \( -path '*/crashes/id*' -o -path '*/hangs/id*' \) 2> /dev/null | sort)
  printf '%-18s %12s %9s %9s\n' "$target" "$(of execs_done)" "$(of run_time)" "$(printf '%s' "$found" | grep -c . || true)"
  # A target that never ran has found nothing, and that isn't good.
  if [ -z "$(of execs_done)" ]; then
    echo "$target did not run: $FUZZ_FOLDER/out/$target.log" >&2
    failed=1
  elif [ -n "$found" ]; then
    printf '%s\n' "$found" "again: dotnet tests/Fuzz/bin/$configuration/net10.0/Gateway.Fuzz.Tests.dll run $target FILE" >&2
    failed=1
  fi
done
exit "$failed"
