# One page: what can be done with this checkout. Longer work is in scripts/.

SHELL := /bin/bash
CONFIGURATION ?= Release
export CONFIGURATION

# Nothing may keep running once a target is done: no build servers, no reused build nodes, no telemetry.
export MSBUILDDISABLENODEREUSE := 1
export UseSharedCompilation := false
export DOTNET_CLI_USE_MSBUILD_SERVER := 0
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' $(MAKEFILE_LIST))

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

build: ## Build the gateway command and the stand-in provider into artifacts/
	dotnet publish cli -c $(CONFIGURATION) --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o artifacts/bin -v quiet
	dotnet publish samples/provider -c $(CONFIGURATION) -o artifacts/standin -v quiet
	ln -sfn bin/gateway artifacts/gateway

run: build ## Start Gateway on port 8080, or PORT, with sample governance and a stand-in provider; Ctrl-C stops both
	@PORT="$(PORT)" scripts/run.sh

test: ## Install what the tests need, build, run every test, print one line of totals
	@scripts/test.sh

faults: ## Take away under load what Gateway rests on, break what is behind it, crowd it and restart it; print a table
	rm -rf artifacts/faults
	scripts/install_garnet.sh
	-GATEWAY_KILLED_STREAMS=1000 dotnet test tests/Proxy.Tests -c $(CONFIGURATION) --filter FullyQualifiedName~.Faults. --results-directory artifacts/faults --logger trx
	-GATEWAY_CRASH_ROUNDS=50 dotnet test tests/Cli.Tests -c $(CONFIGURATION) --filter FullyQualifiedName~CrashTests --results-directory artifacts/faults --logger trx
	@python3 scripts/fault_table.py artifacts/faults

bridge: ## Open and end a thousand sessions of `gateway mcp bridge`, 8 at a time; fails where a process of one is left (SESSIONS names the number)
	GATEWAY_BRIDGE_SESSIONS=$${SESSIONS:-1000} dotnet test tests/Cli.Tests -c $(CONFIGURATION) --filter FullyQualifiedName~ManySessions_LeaveNothing

replicas: ## Count what a request costs of Redis, PostgreSQL and the journal at one, two and four replicas (docs/sizing.md)
	@dotnet test tests/Proxy.Tests -c $(CONFIGURATION) --filter FullyQualifiedName~ReplicaCostTests --logger 'console;verbosity=detailed' \
	  | sed -n '/^ replicas/,/^ *$$/p; /Error Message/,$$p'

clients: build ## Run real clients, Claude Code, Codex, OpenClaw and NuGet's too, directly and through Gateway; print a table; CLIENTS names some
	cd tests/clients && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	cd tests/clients/openclaw && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	cd tests/clients/claude-code && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	dotnet publish tests/clients/dotnet -c $(CONFIGURATION) -o artifacts/nuget-clients -v quiet
	@node tests/clients/run.mjs $(CLIENTS)
	@node tests/clients/refusals.mjs $(CLIENTS)
	@node tests/clients/page.mjs

fuzz: ## Fuzz every reader of bytes from outside for FUZZ_SECONDS a target (600), two at a time; print a table; FUZZ_TARGETS names some
	@scripts/fuzz.sh

conformance: ## Run the published cases; CEL_CASES, GAIT_INDEX and MERKLE_DIR name others of the same shape. Then MCP's suite through the door
	@dotnet run --project tests/Conformance -c $(CONFIGURATION) -v quiet
	@set -o pipefail; dotnet test tests/Proxy.Tests -c $(CONFIGURATION) --nologo --filter FullyQualifiedName~.Mcp.ConformanceTests --logger "console;verbosity=detailed" 2>&1 | grep -E "^ (fixture|[0-9]{4}-)|^(Passed|Failed|Skipped)!|Skipped Gateway"

bench: ## Measure one decision at 10 to 100,000 agents and 0 to 1,000 rules (artifacts/benchmarks holds the report), then the journal and redaction
	dotnet run --project loadtests/Benchmarks -c Release -- --filter '*'
	dotnet run --project loadtests/Benchmarks -c Release -- journal
	dotnet run --project loadtests/Benchmarks -c Release -- redaction

load: ## Measure what Gateway adds to a bare proxy, in under five minutes; fails where a budget is broken
	dotnet run --project loadtests/Rig -c Release -v quiet -- --flood $(LOAD)

load-full: build ## The same for longer, with starts, growth (agents, rules, bodies, connections) and an hour's soak
	dotnet run --project loadtests/Rig -c Release -v quiet -- --gateway artifacts/bin/gateway.dll --flood --firsts --growth --seconds 5 --soak 1h $(LOAD)

load-peers: ## Install the other gateway that `make load` stands beside, from npm
	cd loadtests/peers && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

chart: ## Render the Helm chart by helm 3 and 4, check what they make, lint it and pack it into artifacts/
	@scripts/chart.sh

image: ## Build the image for x64 and arm64 into artifacts/image, with its SBOMs; print sizes and digests; BASE names another base
	@scripts/image.sh

image-test: ## Build the image twice on a base of Debian's packages and run it with nothing it needn't have and as the chart's pod; needs root, buildah, podman, runc
	@scripts/image_test.sh

release: ## Archives and .debs for x64 and arm64, SBOMs and checksums into artifacts/release; RELEASE=1 demands a tag and a clean checkout
	@scripts/release.sh

upgrade-test: ## Open an older version's data with this one, and the reverse, on both stores; UPGRADE_FROM names its tag or commit
	@scripts/upgrade_test.sh

demo: ## Against a running instance: an allow, a block, a replay, a missing credential, an approval, receipts, a tampered journal
	@python3 scripts/demo.py

audit: ## Ask the package feed for known weaknesses of what is in use, and for newer versions
	@dotnet restore Gateway.sln -v quiet
	@for asked in --vulnerable --deprecated --outdated; do dotnet list Gateway.sln package $$asked $$([ $$asked = --vulnerable ] && echo --include-transitive); done

format: ## Put the code into the house style
	dotnet tool restore
	dotnet csharpier format .
	dotnet format style Gateway.sln --no-restore

clean: ## Remove what was built; ./data, where a running instance keeps its state, stays
	rm -rf artifacts
	find . \( -name bin -o -name obj \) -type d -not -path '*/node_modules/*' -prune -exec rm -rf {} +
