#!/usr/bin/env bash
# Writes the chart's README anew from the comments in its values, or into the file that is named.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/chart_tools.sh
readme=${1:-charts/gateway/README.md}
[ "$readme" = charts/gateway/README.md ] || cp charts/gateway/README.md "$readme"
node tests/charts/node_modules/@bitnami/readme-generator-for-helm/bin/index.js -v charts/gateway/values.yaml -r "$readme" > /dev/null
