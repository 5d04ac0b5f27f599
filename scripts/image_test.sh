#!/usr/bin/env bash
# Builds the image twice, from two folders, on a base of Debian's packages in the place of the real one, which is no registry away; the
# digests must be equal. Runs it as the chart does: two user ids, read-only, no /tmp, no capabilities, no network but loopback.
# Then as the pod that the chart renders.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
for program in buildah podman runc catatonit curl nsenter ip; do
  command -v "$program" > /dev/null || missing+=("$program")
done
[[ $(id -u) == 0 ]] && ((${#missing[@]} == 0)) || {
  echo "This needs root and packages of Debian's; missing: ${missing[*]:-root}. Install them with" >&2
  echo "  apt-get install --no-install-recommends buildah podman runc catatonit curl util-linux iproute2" >&2
  exit 6
}
scripts/chart_tools.sh # Now, as what it lacks shouldn't show after minutes of building.

scratch=$(mktemp -d)
failed=0
clean() {
  podman pod rm --all --force > /dev/null 2>&1 || true
  podman rm --all --force > /dev/null 2>&1 || true
  podman rmi --all --force > /dev/null 2>&1 || true
  rm -rf "$scratch"
}
check() { # NAME COMMAND...: says whether the command succeeds
  local name=$1
  shift
  if "$@" > "$scratch/said" 2>&1; then
    echo "ok      $name"
  else
    echo "FAILED  $name"
    sed 's/^/        /' "$scratch/said" | tail -20
    failed=1
  fi
}

# Storage of its own, on any file system; runc and cgroupfs, which need neither systemd nor more than a container that runs this may do.
cat > "$scratch/storage.conf" << END
[storage]
driver = "vfs"
graphroot = "$scratch/storage"
runroot = "$scratch/storage-run"
END
cat > "$scratch/containers.conf" << 'END'
[containers]
default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
END
export CONTAINERS_STORAGE_CONF=$scratch/storage.conf CONTAINERS_CONF=$scratch/containers.conf
trap clean EXIT

make_base() {
  local root=$scratch/root container mount dotnet
  mkdir -p "$scratch/debs" "$root"/{etc/ssl/certs,usr/share/dotnet,tmp}
  (cd "$scratch/debs" && apt-get download -q libc6 libgcc-s1 libstdc++6 zlib1g libssl3 libicu72 tzdata > /dev/null 2>&1)
  for package in "$scratch"/debs/*.deb; do dpkg -x "$package" "$root"; done
  rm -rf "$root"/usr/share/{doc,lintian,man,gcc,locale,gdb,bug}
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  dotnet=$(dirname "$(dirname "$(dotnet --list-runtimes | sed -n 's|^Microsoft.AspNetCore.App 10.*\[\(.*\)\]|\1|p' | tail -1)")")
  cp -a "$dotnet"/{dotnet,host} "$root/usr/share/dotnet/"
  for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
    mkdir -p "$root/usr/share/dotnet/shared/$framework"
    cp -a "$(printf '%s\n' "$dotnet/shared/$framework"/10.* | sort -V | tail -1)" "$root/usr/share/dotnet/shared/$framework/"
  done
  container=$(buildah from scratch)
  mount=$(buildah mount "$container")
  cp -a "$root/." "$mount/"
  buildah unmount "$container" > /dev/null
  # What the real base sets, so that what must be undone is undone here too.
  buildah config --user 1654 --env APP_UID=1654 --env ASPNETCORE_HTTP_PORTS=8080 --env DOTNET_RUNNING_IN_CONTAINER=true \
    --env DOTNET_ROOT=/usr/share/dotnet "$container"
  buildah commit -q --timestamp 0 "$container" localhost/base:1 > /dev/null
  buildah rm "$container" > /dev/null
}

two_builds() {
  git clone -q . "$scratch/elsewhere"
  # What isn't committed is built here and not there.
  git diff HEAD --binary | git -C "$scratch/elsewhere" apply --allow-empty
  for folder in . "$scratch/elsewhere"; do
    (cd "$folder" && umask "$([[ $folder == . ]] && echo 022 || echo 077)" && PLATFORMS=linux/amd64 BASE=localhost/base:1 scripts/image.sh) \
      | tee "$scratch/report"
    sed -n 's/^linux[^:]*\(sha256:[0-9a-f]*\).*/\1/p' "$scratch/report" >> "$scratch/digests"
  done
  [[ $(wc -l < "$scratch/digests") == 2 && $(sort -u "$scratch/digests" | wc -l) == 1 ]]
}

tight=(--network none --read-only --read-only-tmpfs=false --cap-drop all --security-opt no-new-privileges)
in_image() { # ARGS...: one command in a container that holds nothing
  podman run --rm "${tight[@]}" --user 65532:65532 "$image" "$@"
}
inside() { # PID COMMAND...: from the container's own network
  nsenter -t "$1" -n "${@:2}"
}
answers() { # PID URL STATUS
  local got
  for _ in {1..120}; do
    got=$(inside "$1" curl -s -o /dev/null -m 2 -w '%{http_code}' "$2") || true
    [[ $got == "$3" ]] && return
    sleep 0.25
  done
  echo "$2 answered $got, not $3"
  return 1
}
holds() { # PID LINE...: /proc says so
  local pid=$1 line
  for line in "${@:2}"; do
    grep -qP "^$line\$" "/proc/$pid/status" || { echo "not '$line':"; grep -E '^(Uid|Gid|Cap|NoNew|Seccomp)' "/proc/$pid/status"; return 1; }
  done
}
ends() { # NAME: within its termination period, with 0
  local code
  podman stop -t 55 "$1" > /dev/null
  code=$(podman inspect "$1" --format '{{.State.ExitCode}}')
  [[ $code == 0 ]] || { podman logs "$1"; echo "exit code $code"; return 1; }
}
. scripts/image_pod.sh

make_base
echo "the base of Debian's packages, which stands in for the real one"
check "two builds, from two folders and under two umasks, have one digest" two_builds
cat "$scratch/report"
version=$(sed -n 's/^gateway:\([^ ]*\) on .*/\1/p' "$scratch/report")
image=localhost/gateway:$version

check "--version says the version in one line" \
  bash -c 'set -e; said=$(podman run --rm --network none "$1" --version); [[ $said == "gateway $2, commit "* && $(wc -l <<< "$said") == 1 ]]' - "$image" "$version"
check "keys init works where nothing may be written" bash -c '"$@" > "$0"' "$scratch/keys.env" podman run --rm "${tight[@]}" "$image" keys init
mkdir "$scratch/governance"
cp samples/governance/*.yaml "$scratch/governance/"
chmod -R go=rX "$scratch/governance"
chmod 755 "$scratch"

for user in 65532:65532 1000670000:0; do # The chart's, and one as OpenShift gives it.
  rm -rf "$scratch/data"
  mkdir -m 770 "$scratch/data"
  chown "$user" "$scratch/data"
  podman run -d --name smoke "${tight[@]}" --user "$user" --memory 512m --env-file "$scratch/keys.env" \
    -e Gateway__FrontDoor__Authorities__0=gateway -e ASPNETCORE_URLS=http://0.0.0.0:8080 -e Gateway__Management__Url=http://0.0.0.0:9090 \
    -v "$scratch/governance:/etc/gateway/governance:ro" -v "$scratch/data:/var/lib/gateway:rw" "$image" > /dev/null
  pid=$(podman inspect smoke --format '{{.State.Pid}}')
  check "as $user: /livez and /readyz answer 200 at the management address" bash -c "$(declare -f inside answers); answers $pid http://127.0.0.1:9090/livez 200 && answers $pid http://127.0.0.1:9090/readyz 200"
  check "as $user: /metrics answers there, and not at the agents' port" bash -c "$(declare -f inside answers); answers $pid http://127.0.0.1:9090/metrics 200 && answers $pid http://127.0.0.1:8080/metrics 404"
  check "as $user: a call without a credential is refused with 401" bash -c \
    "[[ \$(nsenter -t $pid -n curl -s -o /dev/null -w '%{http_code}' -H 'Host: gateway' -d '{}' http://127.0.0.1:8080/v1/chat/completions) == 401 ]]"
  check "as $user: no capability, no new privileges, system calls filtered" holds "$pid" "Uid:\t${user%:*}.*" "CapEff:\t0+" "CapBnd:\t0+" \
    "NoNewPrivs:\t1" "Seccomp:\t2"
  check "as $user: nothing listens but what was asked for" bash -c \
    "[[ \$(nsenter -t $pid -n ss -Hltn | awk '{print \$4}' | sed 's/.*://' | sort -u | tr '\n' ' ') == '8080 8090 9090 ' ]]"
  check "as $user: ends in its termination period with 0" ends smoke
  check "as $user: its journal verifies" podman run --rm "${tight[@]}" --user "$user" --env-file "$scratch/keys.env" \
    -v "$scratch/data:/var/lib/gateway:rw" "$image" verify /var/lib/gateway/journal
  podman rm -f smoke > /dev/null
done
check "a new named volume may be written by the image's own user" podman run --rm "${tight[@]}" --env-file "$scratch/keys.env" \
  -v "fresh:/var/lib/gateway" -v "$scratch/governance:/etc/gateway/governance:ro" "$image" \
  agents credentials create --tenant demo --agent assistant --kind bearer
test_pod

exit "$failed"
