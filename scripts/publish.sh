#!/usr/bin/env bash
# publish.sh x64|arm64 FOLDER: publishes the gateway command for linux, the same bytes from any folder and under any umask, with its SBOM.
# Prints the version and the commit.
set -euo pipefail
architecture=${1:?usage: publish.sh x64|arm64 FOLDER} folder=$(realpath -m "${2:?usage: publish.sh x64|arm64 FOLDER}")
cd "$(dirname "$0")/.."
[[ $architecture =~ ^(x64|arm64)$ ]] || { echo "The architecture is '$architecture': it is x64 or arm64." >&2; exit 6; }

# Apart from other builds' obj/, which would be restored anew for another runtime.
rm -rf "$folder"
dotnet publish cli -c Release -r "linux-$architecture" --no-self-contained --artifacts-path artifacts/publish -o "$folder" -v quiet --nologo \
  -p:ContinuousIntegrationBuild=true -p:PublishReadyToRun=true -p:DebugType=none \
  -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false >&2
python3 scripts/sbom.py "$folder" > artifacts/publish/gateway.cdx.json
mv artifacts/publish/gateway.cdx.json "$folder/"
cp LICENSE NOTICE "$folder/"
find "$folder" -type f -exec chmod 644 {} +
find "$folder" -type d -exec chmod 755 {} +
chmod 755 "$folder/gateway"
