# Read by image_test.sh: runs the pod that the chart renders from no values, with the image of this test, by podman, and asks it as a
# kubelet does. What podman can't do is translated by tests/charts/pod.mjs, which says what.
pod_address=10.244.0.7 # A pod's own: a kubelet asks by it, so the probes' Host is one that no setting names.
pod_pid=none

render_pod() { # into $scratch/pod
  local helm=artifacts/chart-tools/helm4
  export HELM_CACHE_HOME=$scratch/helm HELM_CONFIG_HOME=$scratch/helm HELM_DATA_HOME=$scratch/helm
  mkdir -p "$scratch/pod"
  "$helm" template gw charts/gateway -f charts/gateway/ci/defaults-values.yaml --set image.registry=localhost --set "image.tag=$version" \
    > "$scratch/pod/rendering.yaml"
  node tests/charts/pod.mjs "$scratch/pod" < "$scratch/pod/rendering.yaml" > "$scratch/pod/asked"
}

play_pod() {
  chmod -R go=rX "$scratch/pod"
  mkdir -m 770 "$scratch/pod/data"
  chown 65532:65532 "$scratch/pod/data"
  # As plain text: podman takes a secret's data as it stands.
  sed -n '1i {apiVersion: v1, kind: Secret, metadata: {name: gw-gateway-keys}, data: {
    s/^\([A-Z_]*\)=\(.*\)/"\1": "\2",/p; $a }}' "$scratch/keys.env" | podman secret create gw-gateway-keys - > /dev/null
  podman kube play --network none "$scratch/pod/pod.yaml" > /dev/null
  pod_pid=$(podman inspect gw-gateway-0-gateway --format '{{.State.Pid}}')
  inside "$pod_pid" ip address add "$pod_address/32" dev lo
}

asks() { # PROBE: once, as rendered
  local port path timeout got
  read -r port path _ timeout _ < <(sed -n "s/^$1 //p" "$scratch/pod/asked")
  got=$(inside "$pod_pid" curl -s -o /dev/null -m "$timeout" -w '%{http_code}' "http://$pod_address:$port$path") || true
  ((10#$got >= 200 && 10#$got < 400)) || { echo "$1 answered $got"; return 1; }
}
starts() { # within what its start is allowed, the readiness probe's patience after it
  local probe period failures ends
  for probe in startupProbe readinessProbe; do
    read -r _ _ period _ failures < <(sed -n "s/^$probe //p" "$scratch/pod/asked")
    ends=$((SECONDS + period * failures))
    until asks "$probe" > /dev/null; do
      ((SECONDS < ends)) && kill -0 "$pod_pid" || { asks "$probe"; podman logs gw-gateway-0-gateway; return 1; }
      sleep 0.25
    done
  done
  asks livenessProbe
}
refuses() { # HOST STATUS: a call without a credential
  local got
  got=$(inside "$pod_pid" curl -s -o /dev/null -m 5 -w '%{http_code}' -H "Host: $1" -d '{}' \
    "http://$pod_address:8080/v1/chat/completions") || true
  [[ $got == "$2" ]] || { echo "$1 answered $got, not $2"; return 1; }
}
# Asked to end, it says at once that it isn't ready, lives until its calls are drained, and ends with 0 and not by a kill.
ends_drained() {
  local grace began=$SECONDS unready='' stopping took code
  grace=$(sed -n 's/^grace //p' "$scratch/pod/asked")
  podman pod stop -t "$grace" gw-gateway-0 > /dev/null &
  stopping=$!
  until [[ $unready ]] || ! kill -0 "$stopping" 2> /dev/null; do
    ! asks readinessProbe > /dev/null && asks livenessProbe > /dev/null && unready=1
    sleep 0.1
  done
  wait "$stopping"
  took=$((SECONDS - began))
  code=$(podman inspect gw-gateway-0-gateway --format '{{.State.ExitCode}}')
  [[ $unready && $code == 0 ]] && ((took < grace)) && return
  echo "exit code $code after $took of $grace s; $([[ $unready ]] || echo 'never ')seen alive and not ready"
  podman logs gw-gateway-0-gateway
  return 1
}

test_pod() {
  check "the chart's pod: rendered by helm and taken by podman" eval 'render_pod && play_pod'
  check "the chart's pod: its startup, readiness and liveness probes are answered" starts
  check "the chart's pod: a call without a credential is refused with 401" refuses gw-gateway.default.svc 401
  check "the chart's pod: a call to another host is answered 404" refuses elsewhere 404
  check "the chart's pod: as the user 65532, no capability, no new privileges, system calls filtered" holds "$pod_pid" \
    "Uid:\t65532.*" "CapEff:\t0+" "CapBnd:\t0+" "NoNewPrivs:\t1" "Seccomp:\t2"
  check "the chart's pod: not ready but alive while it drains, and ended in its grace period with 0" ends_drained
  check "the chart's pod: its journal verifies" podman run --rm "${tight[@]}" --user 65532:65532 --env-file "$scratch/keys.env" \
    -v "$scratch/pod/data:/var/lib/gateway:rw" "$image" verify /var/lib/gateway/journal
}
