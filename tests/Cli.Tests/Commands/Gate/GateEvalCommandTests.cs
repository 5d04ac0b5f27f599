using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Gate;

public sealed class GateEvalCommandTests : IDisposable
{
    private const string Eval = "gate eval --policy rules.yaml --intent intent.json";

    private const string Signed = "--private-key keys/gait_private.key --trace-dir traces";

    private const string Intent = """
        {"tool_name":"tool.read","args":{"path":"/w/x"},"targets":[{"kind":"path","value":"/w/x","operation":"read"}],
         "context":{"identity":"alice","workspace":"/w","risk_class":"low"}}
        """;

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("allow", 0)]
    [InlineData("block", 3)]
    [InlineData("require_approval", 4)]
    [InlineData("dry_run", 4)]
    public async Task TheVerdict_IsTheExitCode(string effect, int exit)
    {
        await WriteAsync($"rules: [{{name: r, effect: {effect}, match: {{tool_names: [tool.read]}}}}]");
        var data = (await _folder.RunAsync($"{Eval} --json")).Ended(exit).Data();
        Assert.Equal((effect, "r"), (Text(data, "verdict"), Text(data, "matched_rule")));
        Assert.Contains("matched_rule_r", data.GetProperty("reason_codes").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal((64, 64), (Text(data, "policy_digest").Length, Text(data, "intent_digest").Length));
    }

    [Fact]
    public async Task ARuleFileThatIsNotUtf8_IsRefused_SinceARuleWouldLookForWhatNobodySends()
    {
        await WriteAsync("rules: []");
        await File.WriteAllTextAsync(
            _folder.FileOf("rules.yaml"),
            "rules: [{name: r, effect: block, match: {tool_names: ['M\u00fcller']}}]",
            System.Text.Encoding.Latin1
        );
        Assert.Contains("isn't UTF-8", (await _folder.RunAsync(Eval)).Ended(6).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatNobodyProved_IsNamed()
    {
        await WriteAsync("rules: [{name: r, effect: require_approval, min_approvals: 2}]");
        var data = (await _folder.RunAsync($"{Eval} --json")).Ended(4).Data();
        Assert.Equal((2, 0), (data.GetProperty("required_approvals").GetInt32(), data.GetProperty("valid_approvals").GetInt32()));
        Assert.Contains("approval_token_missing", data.GetProperty("reason_codes").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATrial_LetsGoAndSaysWhatItWouldHaveBeen()
    {
        await WriteAsync("default_verdict: block");
        var data = (await _folder.RunAsync($"{Eval} --simulate --json")).Ended(0).Data();
        Assert.Equal(
            ("allow", "block", true),
            (Text(data, "verdict"), Text(data, "simulated_verdict"), data.GetProperty("would_have_blocked").GetBoolean())
        );
        (await _folder.RunAsync($"{Eval} --simulate --profile oss-prod --json")).Ended(6);
    }

    [Theory]
    [InlineData("default_verdict: allow", "default_verdict")]
    [InlineData("default_verdict: block\nrules: [{name: r, effect: allow, match: {risk_classes: [high]}}]", "require_broker_credential")]
    [InlineData(
        "default_verdict: block\nrules: [{name: r, effect: allow, match: {risk_classes: [high]}, require_broker_credential: true}]",
        "broker"
    )]
    public async Task Production_DoesntTakeAnUnsafePolicy(string rules, string word)
    {
        await WriteAsync(rules);
        Assert.Contains(word, (await _folder.RunAsync($"{Eval} --profile oss-prod")).Ended(6).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_TakesASafePolicy_AndNoMomentButNow()
    {
        await WriteAsync(
            "default_verdict: block\nrules: [{name: r, effect: allow, match: {tool_names: [tool.read], risk_classes: [low]}}]"
        );
        Assert.Contains("--private-key", (await _folder.RunAsync($"{Eval} --profile oss-prod")).Ended(6).Error, StringComparison.Ordinal);
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        (await _folder.RunAsync($"{Eval} --profile oss-prod {Signed}")).Ended(0);
        (await _folder.RunAsync($"{Eval} --profile oss-prod {Signed} --evaluation-time 2026-01-01T00:00:00Z")).Ended(6);
    }

    [Fact]
    public async Task EveryDecision_LeavesASignedTrace_ChainedToTheOneBefore()
    {
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        await WriteAsync(
            "default_verdict: block\nrules: [{name: r, effect: allow, match: {tool_names: [tool.read]}}]\nfail_closed: "
                + "{enabled: true, risk_classes: [low]}"
        );
        var allowed = (await _folder.RunAsync($"{Eval} {Signed} --json")).Ended(0).Data();
        await WriteAsync("default_verdict: block");
        var blocked = (await _folder.RunAsync($"{Eval} {Signed} --json")).Ended(3).Data();
        (await _folder.RunAsync($"{Eval} {Signed} --simulate --json")).Ended(0);
        (await _folder.RunAsync("trace verify traces --public-key keys/gait_public.key --json")).Ended(0);

        using var trace = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.FileOf(Text(blocked, "trace_path"))));
        Assert.Equal((Text(blocked, "trace_id"), "block"), (Text(trace.RootElement, "trace_id"), Text(trace.RootElement, "verdict")));
        Assert.NotEqual(Text(allowed, "trace_id"), Text(blocked, "trace_id"));

        File.Delete(_folder.FileOf(Text(blocked, "trace_path")));
        (await _folder.RunAsync("trace verify traces --public-key keys/gait_public.key --json")).Ended(2);
    }

    [Fact]
    public async Task ATraceThatCantBeWritten_LeavesNoDecision()
    {
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        await WriteAsync("default_verdict: allow");
        await File.WriteAllTextAsync(_folder.FileOf("traces"), "a file where the folder belongs");
        Assert.DoesNotContain("allow", (await _folder.RunAsync($"{Eval} {Signed}")).Ended(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStop_Blocks_AndStopsThatCantBeReadStopEverything()
    {
        await WriteAsync("default_verdict: allow");
        await File.WriteAllTextAsync(
            _folder.FileOf("stops.json"),
            """
            {"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",
             "entries":[{"entry_id":"e","enabled":true,"identity":"alice","created_at":"2026-01-01T00:00:00Z"}]}
            """
        );
        Assert.Equal(
            "e",
            (await _folder.RunAsync($"{Eval} --kill-switch-state stops.json --json"))
                .Ended(3)
                .Data()
                .GetProperty("kill_switch")
                .GetProperty("matched_entry_ids")[0]
                .GetString()
        );
        await File.WriteAllTextAsync(_folder.FileOf("stops.json"), "{");
        Assert.Contains(
            "kill_switch_state_unavailable",
            (await _folder.RunAsync($"{Eval} --kill-switch-state stops.json")).Ended(3).Output,
            StringComparison.Ordinal
        );
        (await _folder.RunAsync($"{Eval} --kill-switch-state nowhere.json")).Ended(3);
    }

    [Fact]
    public async Task AnInventoryOrAnEnvelopeThatCantBeRead_LetsNothingThrough()
    {
        await WriteAsync("default_verdict: allow");
        Assert.Equal("block", Text((await _folder.RunAsync($"{Eval} --wrkr-inventory nowhere.json --json")).Ended(3).Data(), "verdict"));
        (await _folder.RunAsync($"{Eval} --context-envelope nowhere.json")).Ended(6);
        await File.WriteAllTextAsync(_folder.FileOf("envelope.json"), "{}");
        (await _folder.RunAsync($"{Eval} --context-envelope envelope.json")).Ended(6);
    }

    [Fact]
    public async Task AServerThatNobodyKnows_IsBlocked()
    {
        await WriteAsync("default_verdict: allow\nmcp_trust: {snapshot: nowhere.json, required_risk_classes: [low]}");
        (await _folder.RunAsync(Eval)).Ended(0);
        Assert.Equal(
            "missing",
            (await _folder.RunAsync($"{Eval} --mcp-server s --json"))
                .Ended(3)
                .Data()
                .GetProperty("mcp_trust")
                .GetProperty("status")
                .GetString()
        );
    }

    [Fact]
    public async Task ALimit_IsCountedOverRuns_AndNotByATrial()
    {
        await WriteAsync("default_verdict: block\nrules: [{name: r, effect: allow, rate_limit: {requests: 2, window: hour}}]");
        (await _folder.RunAsync($"{Eval} --simulate")).Ended(0);
        var first = (await _folder.RunAsync($"{Eval} --json")).Ended(0).Data();
        if (
            (await _folder.RunAsync($"{Eval} --json")).Ended(0).Data() is var second
            && Text(first, "rate_limit_key") == Text(second, "rate_limit_key")
        )
        {
            Assert.Equal((1, 2), (first.GetProperty("rate_limit_used").GetInt32(), second.GetProperty("rate_limit_used").GetInt32()));
            var third = (await _folder.RunAsync($"{Eval} --json")).Data();

            // Unless the hour has just ended.
            Assert.True(Text(third, "rate_limit_key") != Text(first, "rate_limit_key") || Text(third, "verdict") == "block");
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"schema_id":"gait.gate.rate_limit_state","counters":[{"key":"a"}]}""")]
    public async Task CountersThatCantBeRead_AllowNothing(string state)
    {
        await WriteAsync("default_verdict: block\nrules: [{name: r, effect: allow, rate_limit: {requests: 2}}]");
        await File.WriteAllTextAsync(_folder.FileOf("state.json"), state);
        (await _folder.RunAsync($"{Eval} --rate-limit-state state.json --json")).Ended(1).Envelope();
        Assert.Equal(state, await File.ReadAllTextAsync(_folder.FileOf("state.json")));
    }

    [Theory]
    [InlineData("rules: [{name: r, effect: permit}]", Intent)]
    [InlineData("default_verdict: allow", "{}")]
    [InlineData("default_verdict: allow", "[]")]
    public async Task WhatCantBeJudged_IsInvalidInput(string rules, string intent)
    {
        await WriteAsync(rules, intent.Replace('\n', ' '));
        (await _folder.RunAsync($"{Eval} --json")).Ended(6).Envelope();
        (await _folder.RunAsync($"{Eval} --simulate --json")).Ended(6).Envelope();
    }

    [Fact]
    public async Task AnExplanation_IsATreeForPeopleAndGaitsOwnForPrograms()
    {
        await WriteAsync("rules: [{name: r, priority: 7, effect: block}]");
        Assert.Contains(
            "r (priority 7, block) rules.yaml:1:9",
            (await _folder.RunAsync($"{Eval} --explain")).Ended(3).Output,
            StringComparison.Ordinal
        );
        var data = (await _folder.RunAsync($"{Eval} --explain --json")).Ended(3).Data();
        Assert.Equal(
            ("gait.gate.policy_explain", 7),
            (Text(data, "schema_id"), data.GetProperty("matched_rules")[0].GetProperty("priority").GetInt32())
        );
    }

    [SharedDataFact("gait/index.json")]
    public async Task ThePublishedScenarios_EndWithTheirExitCodes()
    {
        var gait = Repository.Shared("gait");
        using var index = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(gait, "index.json")));
        foreach (var one in index.RootElement.GetProperty("gate_cases").EnumerateArray().Where(IsPlainScenario))
        {
            var run = await _folder.RunAsync([
                "gate",
                "eval",
                "--policy",
                Path.Combine(gait, Text(one, "policy")),
                "--intent",
                Path.Combine(gait, Text(one, "intent").Split('#')[0]),
                "--json",
            ]);
            Assert.True(
                run.Exit == one.GetProperty("expected_exit_code").GetInt32(),
                $"{Text(one, "id")}: {run.Exit}\n{run.Output}{run.Error}"
            );
        }
    }

    [SharedDataFact("gait/scenarios/gait/approval-token-valid/approval-token.json")]
    public async Task AnApproval_LetsGoOnce_AndATrialDoesntUseItUp()
    {
        var folder = Repository.Shared("gait/scenarios/gait/approval-token-valid");
        string[] eval =
        [
            "gate",
            "eval",
            "--policy",
            Path.Combine(folder, "policy.yaml"),
            "--intent",
            Path.Combine(folder, "intent.json"),
            "--json",
            "--approval-token",
            Path.Combine(folder, "approval-token.json"),
            "--approval-public-key",
            Path.Combine(folder, "approval_public.key"),
        ];
        (await _folder.RunAsync([.. eval, "--simulate"])).Ended(0);
        var first = (await _folder.RunAsync(eval)).Ended(0).Data();
        Assert.Equal(
            (1, true),
            (first.GetProperty("valid_approvals").GetInt32(), first.GetProperty("approvals")[0].GetProperty("valid").GetBoolean())
        );
        Assert.Contains(
            "approval_token_used",
            (await _folder.RunAsync(eval)).Ended(4).Data().GetProperty("reason_codes").ToString(),
            StringComparison.Ordinal
        );
        (await _folder.RunAsync([.. eval[..^2]])).Ended(6);
    }

    [SharedDataFact("gait/scenarios/gait/delegation-chain-depth-3/delegation-token-1.json")]
    public async Task ADelegation_IsProvenByATokenForEveryHandOver()
    {
        var folder = Repository.Shared("gait/scenarios/gait/delegation-chain-depth-3");
        string Token(int number) => Path.Combine(folder, $"delegation-token-{number}.json");
        string[] eval =
        [
            "gate",
            "eval",
            "--policy",
            Path.Combine(folder, "policy.yaml"),
            "--intent",
            Path.Combine(folder, "intent.json"),
            "--json",
            "--delegation-public-key",
            Path.Combine(folder, "delegation_public.key"),
            "--delegation-token",
        ];
        (await _folder.RunAsync([.. eval, Token(1), "--delegation-token-chain", $"{Token(2)},{Token(3)}"])).Ended(0);
        Assert.Contains(
            "delegation_chain_insufficient",
            (await _folder.RunAsync([.. eval, Token(1), "--delegation-token-chain", Token(2)])).Ended(3).Output,
            StringComparison.Ordinal
        );
    }

    [SharedDataFact("gait/scenarios/gait/approved-registry-signature-mismatch-high-risk/approved_scripts_tampered.json")]
    public async Task ARegistryThatIsntWhole_Blocks()
    {
        await WriteAsync("default_verdict: allow");
        var folder = Repository.Shared("gait/scenarios/gait/approved-registry-signature-mismatch-high-risk");
        Assert.Contains(
            "entry 0",
            (
                await _folder.RunAsync([
                    .. Eval.Split(' '),
                    "--approved-script-registry",
                    Path.Combine(folder, "approved_scripts_tampered.json"),
                    "--approved-script-public-key",
                    Path.Combine(folder, "approval_public.key"),
                ])
            )
                .Ended(3)
                .Error,
            StringComparison.Ordinal
        );
        (
            await _folder.RunAsync([
                .. Eval.Split(' '),
                "--approved-script-registry",
                "nowhere.json",
                "--approved-script-public-key",
                Path.Combine(folder, "approval_public.key"),
            ])
        ).Ended(3);
        (await _folder.RunAsync($"{Eval} --approved-script-registry nowhere.json")).Ended(6);
    }

    private static bool IsPlainScenario(JsonElement one) =>
        Text(one, "command") == "gate eval --policy POLICY --intent INTENT --json" && !Text(one, "intent").Contains('#');

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private async Task WriteAsync(string rules, string intent = Intent)
    {
        await File.WriteAllTextAsync(_folder.FileOf("rules.yaml"), rules + "\n");
        await File.WriteAllTextAsync(_folder.FileOf("intent.json"), intent);
    }
}
