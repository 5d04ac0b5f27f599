#!/usr/bin/env bash
# deb.sh x64|arm64 PUBLISHED FOLDER: makes FOLDER/gateway_VERSION_ARCHITECTURE.deb of what scripts/publish.sh published; prints its name.
# Equal input gives equal bytes: times are SOURCE_DATE_EPOCH, or the commit's.
set -euo pipefail
usage="usage: deb.sh x64|arm64 PUBLISHED FOLDER"
architecture=${1:?$usage} published=$(realpath "${2:?$usage}") out=$(realpath -m "${3:?$usage}")
cd "$(dirname "$0")/.."
case $architecture in
  x64) architecture=amd64 ;;
  arm64) ;;
  *) echo "The architecture is '$architecture': it is x64 or arm64." >&2; exit 6 ;;
esac
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || echo 0)}
version=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["metadata"]["component"]["version"])' "$published/gateway.cdx.json")
version=${version/-/\~} # A pre-release comes before its release, for apt too.

umask 022
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
install -d "$root"/{DEBIAN,usr/{bin,sbin,lib/gateway,lib/systemd/system,share/doc/gateway},etc/gateway/governance}
cp "$published"/* "$root/usr/lib/gateway/"
rm "$root"/usr/lib/gateway/{LICENSE,NOTICE}
chmod 644 "$root"/usr/lib/gateway/*
chmod 755 "$root/usr/lib/gateway/gateway"
ln -s ../lib/gateway/gateway "$root/usr/bin/gateway"
install -m 755 deploy/debian/gateway-instance "$root/usr/sbin/"
install -m 644 deploy/systemd/gateway.service "$root/usr/lib/systemd/system/"
install -m 644 deploy/debian/appsettings.json "$root/etc/gateway/"
install -m 644 deploy/debian/tenant.yaml "$root/etc/gateway/governance/"
install -m 644 deploy/debian/copyright NOTICE UPGRADE.md CHANGELOG.md docs/install.md "$root/usr/share/doc/gateway/"
install -m 755 deploy/debian/{postinst,prerm,postrm} "$root/DEBIAN/"
install -m 644 deploy/debian/conffiles "$root/DEBIAN/"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$(du -sk --apparent-size "$root" | cut -f1)/" \
  deploy/debian/control > "$root/DEBIAN/control"
(cd "$root" && find usr etc -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
mkdir -p "$out"
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/gateway_${version}_$architecture.deb" > /dev/null
echo "$out/gateway_${version}_$architecture.deb"
