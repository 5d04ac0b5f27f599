#!/usr/bin/env bash
# Renders the chart with each file of values in charts/gateway/ci by helm 3 and 4, holds the renderings to each other and to Kubernetes'
# schemas and typed models, lints, and packs the chart into artifacts/.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/chart_tools.sh
tools=$PWD/artifacts/chart-tools
export HELM_CACHE_HOME=$tools/cache HELM_CONFIG_HOME=$tools/config HELM_DATA_HOME=$tools/data
rm -rf artifacts/chart artifacts/gateway-*.tgz
mkdir -p artifacts/chart

for values in charts/gateway/ci/*-values.yaml; do
  name=$(basename "$values" -values.yaml)
  for helm in helm3 helm4; do
    "$tools/$helm" lint --strict --quiet charts/gateway -f "$values"
    "$tools/$helm" template gateway charts/gateway --namespace agents -f "$values" > "artifacts/chart/$name.$helm.yaml"
  done
  cmp "artifacts/chart/$name.helm3.yaml" "artifacts/chart/$name.helm4.yaml"
  mv "artifacts/chart/$name.helm4.yaml" "artifacts/chart/$name.yaml"
  rm "artifacts/chart/$name.helm3.yaml"
done
node tests/charts/check.mjs artifacts/chart/*.yaml > artifacts/chart/schemas.json \
  || { cat artifacts/chart/schemas.json; exit 1; }
dotnet test tests/Platform.Tests -c "${CONFIGURATION:-Release}" --filter FullyQualifiedName~.Charts. -v quiet --nologo
"$tools/helm4" package charts/gateway --destination artifacts > /dev/null
echo "$(find artifacts/chart -name '*.yaml' | wc -l) renderings in artifacts/chart, the same by both Helms; packed: $(ls artifacts/gateway-*.tgz)"
