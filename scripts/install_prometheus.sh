#!/usr/bin/env bash
# Puts Debian's Prometheus, for the tests, into artifacts/; does nothing where there is one. Unpacked and not installed: the package would
# start a server of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -x /usr/bin/prometheus ] && [ -x /usr/bin/promtool ] && exit
[ -x artifacts/prometheus/usr/bin/promtool ] && exit
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if ! (cd "$folder" && apt-get download -qq prometheus 2> /dev/null); then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  (cd "$folder" && apt-get download -qq prometheus)
fi
rm -rf artifacts/prometheus
mkdir -p artifacts
dpkg-deb -x "$folder"/prometheus_*.deb "$folder/unpacked"
mv "$folder/unpacked" artifacts/prometheus
