#!/usr/bin/env bash
# Installs the Garnet that the tests start, from NuGet into artifacts/; does nothing where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2.2.8
[ -d "artifacts/garnet/.store/garnet-server/$version" ] && exit
rm -rf artifacts/garnet
dotnet tool install garnet-server --version "$version" --tool-path artifacts/garnet > /dev/null
