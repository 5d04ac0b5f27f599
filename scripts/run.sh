#!/usr/bin/env bash
# Starts the stand-in provider and Gateway with the sample governance, and says what to try. Ctrl-C stops both.
set -euo pipefail
cd "$(dirname "$0")/.."

tenant=demo
workspace=${GATEWAY_WORKSPACE:-main}
agent=${GATEWAY_AGENT:-assistant}
port=${PORT:-8080}
# The sample documents name the stand-in's port, so that one stays.
provider=http://127.0.0.1:8081
if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535 || port == 8081)); then
  echo "PORT is '$port': name a port from 1 to 65535 other than 8081, which the stand-in provider has, as in: make run PORT=9090" >&2
  exit 6
fi
url=http://127.0.0.1:$port
operators=http://127.0.0.1:$((port > 65525 ? port - 10 : port + 10))
gateway=artifacts/gateway

# Missing keys are made in ./data; anywhere else they are given, or the process doesn't start.
export DOTNET_ENVIRONMENT=Development
# A copy of the samples, made anew at each start, in which one line differs: whoever runs this is one of those who approve payments, so that
# `make demo` can show it. The samples themselves give nobody of this machine that.
governance=data/governance
export Gateway__Governance__Path=$governance

# As Gateway names who runs a command: with the number of who logged in, where that is somebody else (sudo).
person=$(id -un)
login=$(cat /proc/self/loginuid 2> /dev/null || echo 0)
if [[ $login != 0 && $login != 4294967295 && $login != "$(id -u)" ]]; then
  person="$person (login $login)"
fi

mkdir -p -m 700 data
rm -rf "$governance"
cp -R samples/governance "$governance"
python3 - "$governance/permissions.yaml" "$person" << 'END'
import json, sys
path, person = sys.argv[1:]
text = open(path).read()
members = "members: [cleo, dora]"
assert members in text, f"{path} has no '{members}'"
open(path, "w").write(text.replace(members, members[:-1] + ", " + json.dumps(person) + "]"))
END

pids=()
stop() {
  trap - EXIT INT TERM
  ((${#pids[@]})) && kill "${pids[@]}" 2> /dev/null || true
  wait
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# wait_for NAME PID URL: until it answers; fails when the process ends first or a minute is over.
wait_for() {
  for _ in {1..240}; do
    kill -0 "$2" 2> /dev/null || { echo "$1 ended before it was ready." >&2; exit 1; }
    curl -fs -o /dev/null --max-time 2 "$3" && return
    sleep 0.25
  done
  echo "$1 did not become ready within a minute ($3)." >&2
  exit 1
}

# quietly COMMAND...: without the warnings about development keys, which the server repeats once below.
quietly() {
  "$@" 2> >(grep -v '^warning: .*made for development' >&2)
}

put_secret() { # PATH FIELD VALUE; the value goes over standard input, so that no process list shows it
  printf '%s' "$3" | quietly "$gateway" vault put --tenant "$tenant" --path "$1" --field "$2" > /dev/null
}

new_credential() { # KIND
  quietly "$gateway" agents credentials create --tenant "$tenant" --agent "$agent" --kind "$1" --json \
    | python3 -c 'import json, sys; print(json.load(sys.stdin)["data"]["secret"])'
}

artifacts/standin/standin-provider --urls "$provider" &
pids+=($!)
wait_for "The stand-in provider" $! "$provider/_count"

put_secret openai key standin-openai-key
put_secret anthropic key standin-anthropic-key
put_secret crm token standin-crm-token
key=$(new_credential bearer)
secret=$(new_credential hmac)

"$gateway" serve --urls "$url" "--Gateway:Administration:Urls=$operators" &
pids+=($!)
wait_for "Gateway" $! "$url/readyz"

# For `make demo` in another terminal. Readable by this user only: it holds an agent's secrets.
(umask 077 && cat > data/run.env << END
GATEWAY_URL=$url
GATEWAY_TENANT=$tenant
GATEWAY_WORKSPACE=$workspace
GATEWAY_AGENT=$agent
GATEWAY_KEY=$key
GATEWAY_SECRET=$secret
GATEWAY_GOVERNANCE=$governance
END
)

cat << END

Gateway is ready on $url. The agent '$agent' has two new credentials, shown here only:

  bearer key       $key
  runtime secret   $secret

An allowed model call:

  curl $url/v1/chat/completions -H "Authorization: Bearer $key" -H "Content-Type: application/json" \\
    -d '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}'

The same with an official client:

  OPENAI_BASE_URL=$url/v1 OPENAI_API_KEY=$key python3 -c 'import openai; print(openai.OpenAI().models.list())'

A signed tool call:

  $gateway call GET $url/tools/crm/contacts/c-1 --secret $secret --tenant $tenant --workspace $workspace --agent $agent

In another terminal, 'make demo' shows an allow, a block, a replay, a missing credential, an approval, receipts and a tampered journal. Ctrl-C stops everything.

END

# Whichever ends first ends the run.
wait -n "${pids[@]}"
