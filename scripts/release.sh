#!/usr/bin/env bash
# Makes what a release consists of, in artifacts/release: archives and Debian packages for x64 and arm64, SBOMs, and their checksums.
# Equal commits give equal bytes. RELEASE=1 demands what a release is: a tag on this commit, the whole history, and nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/artifacts/release
if [[ ${RELEASE:-} == 1 ]]; then
  [[ -z $(git status --porcelain) ]] || { echo "Files are changed or new: commit them, or what is released is no commit's." >&2; exit 6; }
  [[ $(git rev-parse --is-shallow-repository) == false ]] || { echo "This clone is shallow: 'git fetch --unshallow --tags'." >&2; exit 6; }
  tag=$(git describe --exact-match --match 'v[0-9]*' 2> /dev/null) || { echo "No tag such as v0.1.0 is on this commit." >&2; exit 6; }
  grep -qF "## ${tag#v}" UPGRADE.md || { echo "UPGRADE.md has no section '## ${tag#v}'." >&2; exit 6; }
fi
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || echo 0)}
export SOURCE_DATE_EPOCH

rm -rf "$out"
mkdir -p "$out"
for architecture in x64 arm64; do
  published=artifacts/publish/linux-$architecture
  scripts/publish.sh "$architecture" "$published"
  version=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["metadata"]["component"]["version"])' "$published/gateway.cdx.json")
  [[ -z ${tag:-} || $tag == "v$version" ]] || { echo "The tag is $tag, and the build says $version." >&2; exit 1; }
  name=gateway-$version-linux-$architecture
  tar --create --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --transform="s|^\.|$name|" -C "$published" . | gzip -9n > "$out/$name.tar.gz"
  cp "$published/gateway.cdx.json" "$out/$name.cdx.json"
  scripts/deb.sh "$architecture" "$published" "$out" > /dev/null
done
cp UPGRADE.md "$out/"
cd "$out"
sha256sum -- *.tar.gz *.deb *.json *.md > SHA256SUMS
cat SHA256SUMS
