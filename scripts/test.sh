#!/usr/bin/env bash
# Runs all tests. The last line is "N passed, N failed, N skipped"; fails where one failed or none ran.
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
results=artifacts/test-results

install_packages() {
  command -v redis-server > /dev/null && command -v faketime > /dev/null && [ -x /usr/lib/postgresql/15/bin/postgres ] \
    && [ -x /usr/bin/chromium ] && command -v ip > /dev/null && command -v docker-compose > /dev/null && return
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends redis-server
  # The tests start their own; the one that the package may have started is not theirs.
  "${as_root[@]}" service redis-server stop > /dev/null 2>&1 || true
  if ! [ -x /usr/lib/postgresql/15/bin/postgres ]; then
    # Without a cluster of the package's own, which would be started at once.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql-common
    "${as_root[@]}" sed -i 's/^#\?create_main_cluster .*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql-15
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends faketime \
    || echo "faketime can't be installed: the tests that set a process' clock are skipped." >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium \
    || echo "chromium can't be installed: the tests of the page where people approve are skipped." >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends iproute2 \
    || echo "iproute2 can't be installed: the tests from another network are skipped." >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends docker-compose \
    || echo "docker-compose can't be installed: the test that it takes the compose file is skipped." >&2
}

install_clients() {
  command -v npm > /dev/null || { echo "npm is missing: install Node.js 20 or newer." >&2; exit 1; }
  for folder in tests/sdk tests/readers tests/Platform.Tests/Packages/sbom; do
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  done
  # Without those of several hundred megabytes, which `make clients` runs.
  (cd tests/clients && npm ci --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error)
}

# Official MCP clients, servers and their suite, where their kit lies beside the checkout; without it their tests say that they are skipped.
install_mcp_kit() {
  [ ! -f ../shared/mcp/setup.sh ] || sh ../shared/mcp/setup.sh > /dev/null || echo "the MCP kit can't be had: its tests are skipped." >&2
}

install_packages
install_clients
install_mcp_kit
scripts/chart_tools.sh
scripts/install_garnet.sh
scripts/install_prometheus.sh || echo "prometheus can't be had: the tests of dashboards and alerts are skipped." >&2
dotnet tool restore > /dev/null
dotnet csharpier check . # What it would lay out otherwise, 'make format' does.
dotnet build Gateway.sln -c "$configuration" -v quiet -clp:NoSummary --disable-build-servers
# What the tests start as a process, compiled ahead as `make run` starts it: thousands of starts take a quarter less.
dotnet publish cli -c "$configuration" --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o artifacts/tested -v quiet \
  --disable-build-servers
export GATEWAY_TEST_PROGRAM=$PWD/artifacts/tested/gateway.dll

rm -rf "$results"
broken=()
for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  # A failure is counted in its results; a run that leaves none is a failure by itself.
  dotnet test "$project" -c "$configuration" --no-build --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --blame-hang-timeout 10m --blame-hang-dump-type none || broken+=("$name")
done

if ((${#broken[@]})); then
  echo "Ended with an error: ${broken[*]}"
fi
python3 scripts/sum_trx.py "$results" "${#broken[@]}"
