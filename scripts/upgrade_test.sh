#!/usr/bin/env bash
# Writes real data with an older version, opens it with this one, and what this one adds with the older one again: on SQLite and on
# PostgreSQL. Fails with what differs.
#   UPGRADE_FROM  the older version's tag or commit; the newest tag before this commit unless it is given
set -euo pipefail
cd "$(dirname "$0")/.."
first=0eaff204baee1f1553b999c00f22d57c72cc17e1 # What is upgraded from where there is no tag yet.
from=${UPGRADE_FROM:-$(git describe --abbrev=0 --match 'v[0-9]*' HEAD^ 2> /dev/null || echo "$first")}
commit=$(git rev-parse --verify --quiet "$from^{commit}") || {
  echo "There is no '$from' here to upgrade from: 'git fetch --tags --unshallow', or name a tag or commit by UPGRADE_FROM." >&2
  exit 6
}

out=artifacts/upgrade
checkout=$(mktemp -d)
trap 'git worktree remove --force "$checkout/old" 2> /dev/null; rm -rf "$checkout"' EXIT
mkdir -p "$out"
if [[ ! -x $out/$commit/gateway ]]; then
  git worktree add --quiet --detach "$checkout/old" "$commit"
  (cd "$checkout/old" && dotnet publish cli -c Release --use-current-runtime --no-self-contained -o gateway -v quiet --nologo)
  rm -rf "$out/$commit"
  mv "$checkout/old/gateway" "$out/$commit"
fi
dotnet publish cli -c Release --use-current-runtime --no-self-contained --artifacts-path "$out/build" -o "$out/new" -v quiet --nologo
dotnet publish samples/provider -c Release --artifacts-path "$out/build" -o "$out/provider" -v quiet --nologo
echo "from $from: $("$out/$commit/gateway" --version)"
echo "to this:  $("$out/new/gateway" --version)"
python3 scripts/upgrade_test.py "$out/$commit/gateway" "$out/new/gateway" "$out/provider/standin-provider"
