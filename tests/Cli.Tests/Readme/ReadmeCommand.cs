namespace Gateway.Cli.Tests.Readme;

/// <summary>One command of Gait's README, and what it must answer.</summary>
/// <param name="Readme">As the README has it.</param>
/// <param name="Exit">The exit code.</param>
/// <param name="Fields">Members that the result must have: a name, or <c>name=value</c>. Lists are compared as JSON.</param>
internal sealed record ReadmeCommand(string Readme, int Exit, params string[] Fields)
{
    /// <summary>What is typed where the README leaves something open, without the program's name; the README's own words otherwise. A name
    /// in braces stands for what an earlier result had.</summary>
    public string Typed { get; init; } = Readme["gait ".Length..];

    /// <summary>Files that must be there afterwards.</summary>
    public string[] Files { get; init; } = [];

    public bool IsServer => Typed.StartsWith("mcp serve", StringComparison.Ordinal);

    /// <summary>Every command of the README, in its order; the list of commands comes last.</summary>
    public static IReadOnlyList<ReadmeCommand> All { get; } =
    [
        new("gait demo", 0, "run_id=run_demo", "bundle", "ticket_footer", "verify=ok", "next_commands")
        {
            Files = ["gait-out/runpack_run_demo.zip"],
        },
        new(
            "gait verify run_demo",
            0,
            "run_id=run_demo",
            "path",
            "manifest_digest",
            "files_checked=4",
            "missing_files=[]",
            "hash_mismatches=[]",
            "signature_status"
        ),
        new(
            "gait regress bootstrap --from run_demo --json --junit ./gait-out/junit.xml",
            0,
            "status=pass",
            "fixture_set=default",
            "graders",
            "failed=0",
            "output=regress_result.json",
            "junit=./gait-out/junit.xml",
            "artifact_paths",
            "run_id=run_demo",
            "fixture_name=run_demo"
        )
        {
            Files = ["gait.yaml", "fixtures/run_demo/runpack.zip", "regress_result.json", "gait-out/junit.xml"],
        },
        new(
            "gait regress init --from run_demo --json",
            0,
            "run_id=run_demo",
            "fixture_name=run_demo",
            "fixture_dir",
            "runpack_path",
            "config_path=gait.yaml",
            "next_commands"
        ),
        new("gait regress run --json --junit ./gait-out/junit.xml", 0, "status=pass", "failed=0", "output", "artifact_paths"),
        new(
            "gait policy validate examples/policy/base_low_risk.yaml --json",
            0,
            "schema_id=gait.gate.policy",
            "schema_version=1.0.0",
            "policy_digest",
            "default_verdict=require_approval",
            "rule_count=3",
            "summary"
        ),
        new(
            "gait policy fmt examples/policy/base_low_risk.yaml --write --json",
            0,
            "path=examples/policy/base_low_risk.yaml",
            "changed=false",
            "written=false",
            "policy_digest",
            "default_verdict=require_approval",
            "rule_count=3",
            "formatted"
        ),
        new(
            "gait policy test examples/policy/base_low_risk.yaml examples/policy/intents/intent_read.json --json",
            0,
            "schema_id=gait.policytest.result",
            "created_at",
            "policy_digest",
            "intent_digest",
            "verdict=allow",
            "reason_codes",
            "violations=[]",
            "matched_rule",
            "summary"
        ),
        new(
            "gait policy test examples/policy/base_high_risk.yaml examples/policy/intents/intent_delete.json --json",
            3,
            "verdict=block",
            "reason_codes",
            "matched_rule=deletes-are-blocked"
        ),
        new(
            "gait policy simulate --baseline examples/policy/base_low_risk.yaml --policy "
                + "examples/policy/base_high_risk.yaml --fixtures examples/policy/intents --json",
            0,
            "baseline_policy_digest",
            "candidate_policy_digest",
            "fixtures_total=3",
            "changed_fixtures=2",
            """baseline_verdicts=[{"verdict":"allow","count":2},{"verdict":"require_approval","count":1}]""",
            """candidate_verdicts=[{"verdict":"allow","count":1},{"verdict":"block","count":1},{"verdict":"require_approval","count":1}]""",
            "recommendation=require_approval",
            "summary",
            "changed"
        ),
        new(
            "gait gate eval --policy examples/policy/base_high_risk.yaml --intent "
                + "examples/policy/intents/intent_delete.json --trace-out ./gait-out/trace_delete.json --json",
            3,
            "verdict=block",
            "reason_codes",
            "trace_id",
            "trace_path=./gait-out/trace_delete.json",
            "policy_digest",
            "intent_digest"
        )
        {
            Files = ["gait-out/trace_delete.json"],
        },
        new(
            "gait policy test examples/prompt-injection/policy.yaml examples/prompt-injection/intent_injected.json --json",
            3,
            "verdict=block",
            """reason_codes=["blocked_prompt_injection"]""",
            "matched_rule=block-instructions-from-outside"
        ),
        new("gait mcp serve --policy examples/policy-test/allow.yaml --listen 127.0.0.1:8787 --trace-dir ./gait-out/mcp-serve/traces", 0)
        {
            // Any port: another program may have that one.
            Typed = "mcp serve --policy examples/policy-test/allow.yaml --listen 127.0.0.1:0 --trace-dir ./gait-out/mcp-serve/traces",
        },
        new(
            "gait gate eval --policy examples/policy/base_high_risk.yaml --intent "
                + "examples/policy/intents/intent_delete.json --profile oss-prod --key-mode prod --private-key "
                + "examples/scenarios/keys/approval_private.key --credential-broker stub --trace-out "
                + "./gait-out/trace_delete_prod.json --json",
            3,
            "profile=oss-prod",
            "verdict=block",
            "trace_path=./gait-out/trace_delete_prod.json"
        )
        {
            Files = ["gait-out/trace_delete_prod.json"],
        },
        new("gait keys init --out-dir ./gait-out/keys --prefix prod --json", 0, "key_id", "private_key_path", "public_key_path")
        {
            Files = ["gait-out/keys/prod_private.key", "gait-out/keys/prod_public.key"],
        },
        new(
            "gait keys verify --private-key ./gait-out/keys/prod_private.key --public-key ./gait-out/keys/prod_public.key --json",
            0,
            "key_id"
        ),
        new(
            "gait gate eval --policy examples/policy/base_medium_risk.yaml --intent "
                + "examples/policy/intents/intent_write.json --simulate --json",
            0,
            "verdict=allow",
            "simulate_mode=true",
            "would_have_blocked=true",
            "simulated_verdict=require_approval",
            "simulated_reason_codes",
            "trace_id"
        ),
        new(
            "gait scout signal --runs ./gait-out/runpack_run_demo.zip --json",
            0,
            "schema_id=gait.scout.signal_report",
            "run_count=1",
            "family_count=1",
            "fingerprints",
            "families",
            "top_issues"
        ),
        new(
            "gait scout signal --runs ./gait-out/runpack_run_demo.zip --regress ./gait-out/regress_result.json --traces "
                + "./gait-out/trace_delete.json --json",
            0,
            "run_count=1",
            "top_issues"
        ),
        new("gait verify <run_id|path>", 0, "run_id=run_demo") { Typed = "verify ./gait-out/runpack_run_demo.zip" },
        new("gait run replay <run_id|path>", 0, "run_id=run_demo", "mode=stub", "steps", "missing_results=[]")
        {
            Typed = "run replay run_demo",
        },
        new("gait run diff <left> <right>", 0, "privacy=full", "summary") { Typed = "run diff run_demo fixtures/run_demo/runpack.zip" },
        new("gait run receipt --from <run_id|path>", 0, "run_id=run_demo", "path", "manifest_digest", "ticket_footer")
        {
            Typed = "run receipt --from run_demo",
        },
        new(
            "gait run inspect --from <run_id|path>",
            0,
            "artifact_type=runpack",
            "run_id=run_demo",
            "path",
            "capture_mode",
            "intents_total=3",
            "results_total=3",
            "entries",
            "unmatched_results=[]",
            "warnings=[]"
        )
        {
            Typed = "run inspect --from run_demo",
        },
        new("gait regress bootstrap --from <run_id|path>", 0, "status=pass", "fixture_name=again")
        {
            Typed = "regress bootstrap --from ./gait-out/runpack_run_demo.zip --name again",
        },
        new("gait regress init --from <run_id|path>", 0, "fixture_name=third")
        {
            Typed = "regress init --from ./gait-out/runpack_run_demo.zip --name third",
        },
        new("gait regress run [--junit junit.xml]", 0, "status=pass") { Typed = "regress run --junit junit.xml", Files = ["junit.xml"] },
        new("gait policy validate <policy.yaml>", 0, "policy_digest") { Typed = "policy validate examples/policy/base_high_risk.yaml" },
        new("gait policy fmt <policy.yaml> [--write]", 0, "formatted", "changed=false")
        {
            Typed = "policy fmt examples/policy/base_high_risk.yaml",
        },
        new("gait policy test <policy.yaml> <fixture.json>", 4, "verdict=require_approval")
        {
            Typed = "policy test examples/policy/base_medium_risk.yaml examples/policy/intents/intent_write.json",
        },
        new(
            "gait policy simulate --baseline <p> --policy <p> --fixtures <csv>",
            0,
            "fixtures_total=2",
            "changed_fixtures=0",
            "recommendation=enforce"
        )
        {
            Typed =
                "policy simulate --baseline examples/policy/base_low_risk.yaml --policy examples/policy/base_low_risk.yaml "
                + "--fixtures examples/policy/intents/intent_read.json,examples/policy/intents/intent_write.json",
        },
        new(
            "gait gate eval --policy <p> --intent <i>",
            4,
            "verdict=require_approval",
            "required_approvals=1",
            "intent_digest",
            "policy_digest"
        )
        {
            Typed = "gate eval --policy examples/policy/base_medium_risk.yaml --intent examples/policy/intents/intent_write.json",
        },
        new("gait keys init|rotate|verify", 0, "key_id") { Typed = "keys init --out-dir gait-out/keys --prefix team" },
        new("gait keys init|rotate|verify", 0, "key_id", "private_key_path")
        {
            Typed = "keys rotate --out-dir gait-out/keys --prefix team",
        },
        new("gait keys init|rotate|verify", 0, "key_id") { Typed = "keys verify --private-key gait-out/keys/team_private.key" },
        new(
            "gait mcp proxy --policy <p> --call <payload.json>",
            0,
            "executed=false",
            "adapter=mcp",
            "run_id",
            "tool_name=tool.read",
            "verdict=allow",
            "reason_codes",
            "policy_digest",
            "intent_digest",
            "trace_id",
            "trace_path"
        )
        {
            Typed = "mcp proxy --policy examples/policy-test/allow.yaml --call examples/mcp/call_read.json",
        },
        new("gait mcp serve --policy <p> --listen <addr>", 0)
        {
            Typed = "mcp serve --policy examples/policy-test/allow.yaml --listen 127.0.0.1:0",
        },
        new(
            "gait approve --intent-digest ... --ttl ...",
            0,
            "token_id",
            "token_path",
            "expires_at",
            "reason_code=reviewed",
            "scope",
            "key_id"
        )
        {
            Typed =
                "approve --intent-digest {gate eval.intent_digest} --policy-digest {gate eval.policy_digest} --ttl 1h "
                + "--scope tool:tool.write,phase:apply "
                + "--approver ada --reason-code reviewed --key-mode prod --private-key gait-out/keys/team_private.key",
        },
        new("gait scout signal --runs <csv>", 0, "run_count=2")
        {
            Typed = "scout signal --runs ./gait-out/runpack_run_demo.zip,fixtures/run_demo/runpack.zip",
        },
        new("gait guard pack --run <id> --out <path>", 0, "pack_id", "pack_path=./gait-out/evidence.zip", "run_id=run_demo")
        {
            Typed = "guard pack --run run_demo --out ./gait-out/evidence.zip",
            Files = ["gait-out/evidence.zip"],
        },
        new("gait incident pack --from <id> --window <dur>", 0, "pack_id", "run_id=run_demo", "window_from", "window_to", "regressions=1")
        {
            Typed = "incident pack --from run_demo --window 1h30m",
        },
        new("gait trace verify <trace.json>", 0, "path", "trace_id", "verdict=block", "signature_status=verified", "key_id")
        {
            Typed = "trace verify ./gait-out/trace_delete.json",
        },
        new("gait doctor --json", 0, "status=warn", "summary", "fix_commands", "checks", "production_lacks"),
    ];
}
