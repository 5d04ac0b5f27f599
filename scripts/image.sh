#!/usr/bin/env bash
# Builds the image for linux/amd64 and linux/arm64 into artifacts/image/oci, an OCI layout, and prints sizes and digests.
#   BASE       the base in the place of the Dockerfile's, best by digest: name@sha256:…
#   PLATFORMS  linux/amd64,linux/arm64
# Equal commits and bases give equal digests, from whichever folder. Fails where what Gateway adds is over 15 MB, or all over 100 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
base=${BASE:-$(sed -n 's/^ARG BASE=//p' deploy/image/Dockerfile)}
platforms=${PLATFORMS:-linux/amd64,linux/arm64}
out=artifacts/image context=artifacts/image/context
builder=$(command -v buildah || command -v docker) || {
  echo "Neither buildah nor docker is here: install one, such as by 'apt-get install buildah'." >&2
  exit 6
}

rm -rf "$out"
mkdir -p "$context/data" "$out/oci"
chmod 770 "$context/data"
for pair in amd64:x64 arm64:arm64; do
  scripts/publish.sh "${pair#*:}" "$context/${pair%:*}"
  cp "$context/${pair%:*}/gateway.cdx.json" "$out/gateway-${pair#*:}.cdx.json"
done
# The version that the build found, which stands nowhere else.
version=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["metadata"]["component"]["version"])' < "$out/gateway-x64.cdx.json")
arguments=(--file deploy/image/Dockerfile --platform "$platforms" --build-arg "BASE=$base" --build-arg "VERSION=$version"
  --build-arg "REVISION=$(git rev-parse HEAD 2> /dev/null || echo unknown)")

case $(basename "$builder") in
  buildah)
    list="localhost/gateway:$version"
    ! buildah manifest exists "$list" || buildah manifest rm "$list" > /dev/null
    buildah build --quiet --no-cache --layers --timestamp 0 --identity-label=false --manifest "$list" "${arguments[@]}" "$context" > /dev/null
    buildah manifest push --quiet --all --format oci "$list" "oci:$out/oci:$version" > /dev/null
    ;;
  docker)
    SOURCE_DATE_EPOCH=0 docker buildx build --quiet --no-cache --provenance=false --sbom=false "${arguments[@]}" \
      --output "type=oci,rewrite-timestamp=true,tar=false,dest=$out/oci" "$context" > /dev/null
    ;;
esac
echo "gateway:$version on $base, in $out/oci"
python3 scripts/image_report.py "$out/oci"
