using System.Text.Json;

namespace Gateway.Cli.Tests.Commands.Gate;

/// <summary><c>gate eval</c> and <c>mcp proxy</c> with <c>--governance</c>: the controls count beside a rule file, or alone.</summary>
public sealed class GovernedCallTests : IDisposable
{
    private const string Signed = "--governance governance --agent assistant --strength signed";
    private const string Eval = "gate eval --intent intent.json";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("crm/get-contact", "allow", 0, "")]
    [InlineData("crm/tag-contact", "dry_run", 4, "")]
    [InlineData("crm/refund", "require_approval", 4, "approval_required")]
    [InlineData("crm/delete-contact", "block", 3, "approval_gate_missing")]
    [InlineData("tool.read", "block", 3, "tool_not_permitted")]
    public async Task TheControls_AloneOrBesideRulesThatAllow_GiveTheVerdict(string tool, string verdict, int exit, string reason)
    {
        await WriteAsync("default_verdict: allow", tool);
        foreach (var rules in (string[])["", " --policy rules.yaml"])
        {
            var data = (await _folder.RunAsync($"{Eval}{rules} {Signed} --json")).Ended(exit).Data();

            Assert.Equal((verdict, verdict), (Text(data, "verdict"), Text(data.GetProperty("governance"), "verdict")));
            Assert.Contains(reason, data.GetProperty("reason_codes").ToString(), StringComparison.Ordinal);
            Assert.Equal("L3", Text(data.GetProperty("governance"), "level"));
        }
    }

    [Fact]
    public async Task TheVerdict_IsWhatPolicyExplainSaysOfTheSameAction()
    {
        foreach (var operation in (string[])["list-contacts", "refund", "export-contacts"])
        {
            await WriteAsync("default_verdict: allow", "crm/" + operation);
            await File.WriteAllTextAsync(_folder.FileOf("ask.yaml"), $"{{agent: assistant, connector: crm, operation: {operation}}}\n");
            var told = (await _folder.RunAsync("policy explain governance --intent ask.yaml --json")).Ended(0).Data();
            var data = (await _folder.RunAsync($"{Eval} {Signed} --json")).Data();

            var wanted = Text(told.GetProperty("explanations")[0], "verdict");
            Assert.Equal(wanted, Text(data.GetProperty("governance"), "verdict"));
        }
    }

    [Fact]
    public async Task ARuleThatBlocks_BlocksWhatTheControlsAllow()
    {
        await WriteAsync("default_verdict: block", "crm/get-contact");
        var data = (await _folder.RunAsync($"{Eval} --policy rules.yaml {Signed} --json")).Ended(3).Data();
        Assert.Equal("allow", Text(data.GetProperty("governance"), "verdict"));
    }

    [Theory]
    [InlineData("", "bearer_not_allowed")]
    [InlineData(" --strength bearer", "bearer_not_allowed")]
    public async Task WhoeverDoesntSayHowTheAgentWasProven_IsTakenForABearer(string strength, string reason)
    {
        await WriteAsync("default_verdict: allow", "crm/get-contact");
        var run = (await _folder.RunAsync($"{Eval} --governance governance --agent assistant{strength}")).Ended(3);
        Assert.Contains(reason, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAgentThatIsStopped_DoesNothing()
    {
        await WriteAsync("default_verdict: allow", "openai/chat");
        var run = (await _folder.RunAsync($"{Eval} --governance governance --agent suspended --strength signed")).Ended(3);
        Assert.Contains("agent_not_active", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStop_StopsWhatGovernanceAloneJudgesToo()
    {
        await WriteAsync("default_verdict: allow", "crm/get-contact");
        (await _folder.RunAsync($"{Eval} {Signed} --kill-switch-state nowhere.json")).Ended(3);
    }

    /// <summary>Whom a gate names as approvers no token says.</summary>
    [Fact]
    public async Task AnApprovalToken_AnswersRules_AndNoGateOfTheGovernance()
    {
        await WriteAsync("default_verdict: require_approval", "crm/get-contact");
        (await _folder.RunAsync("keys init --out-dir keys --prefix ada")).Ended(0);
        var ofBoth = await ApproveAsync(Signed, "both.json");
        var ofRules = await ApproveAsync("", "rules.json");
        const string Key = "--approval-public-key keys/ada_public.key";
        (await _folder.RunAsync($"{Eval} --policy rules.yaml {Signed} --approval-token rules.json {Key}")).Ended(4);
        (await _folder.RunAsync($"{Eval} --policy rules.yaml {Signed} --approval-token both.json {Key}")).Ended(0);
        Assert.NotEqual(ofBoth, ofRules);

        await WriteAsync("default_verdict: require_approval", "crm/refund");
        await ApproveAsync(Signed, "refund.json");
        var run = (await _folder.RunAsync($"{Eval} --policy rules.yaml {Signed} --approval-token refund.json {Key} --json")).Ended(4);
        Assert.Equal("payments", run.Data().GetProperty("governance").GetProperty("approval_gates")[0].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--governance governance")]
    [InlineData("--governance governance --agent nobody")]
    [InlineData("--governance governance --agent assistant --tenant nobody")]
    [InlineData("--governance nowhere --agent assistant")]
    [InlineData("--governance governance --agent assistant --strength none")]
    [InlineData("--policy rules.yaml --agent assistant")]
    [InlineData("--policy rules.yaml --strength signed")]
    public async Task WithoutRulesOrAnAgentsGovernance_NothingIsJudged(string options)
    {
        await WriteAsync("default_verdict: allow", "crm/get-contact");
        (await _folder.RunAsync($"{Eval} {options} --json".Replace("  ", " ", StringComparison.Ordinal))).Ended(6).Envelope();
    }

    [Fact]
    public async Task McpProxy_JudgesByBoth_AndItsTraceVerifies()
    {
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        const string Proxy = "mcp proxy --call call.json --private-key keys/gait_private.key --trace-dir traces";
        await File.WriteAllTextAsync(_folder.FileOf("call.json"), """{"name":"crm/get-contact","args":{}}""");
        Assert.Equal("allow", Text((await _folder.RunAsync($"{Proxy} {Signed} --json")).Ended(0).Data(), "verdict"));

        await File.WriteAllTextAsync(_folder.FileOf("call.json"), """{"name":"crm/delete-contact","args":{}}""");
        var data = (await _folder.RunAsync($"{Proxy} {Signed} --json")).Ended(3).Data();
        Assert.Contains("approval_gate_missing", data.GetProperty("reason_codes").ToString(), StringComparison.Ordinal);
        (await _folder.RunAsync("trace verify traces --public-key keys/gait_public.key")).Ended(0);
    }

    [Fact]
    public async Task Production_TakesGovernanceWithoutARuleFile()
    {
        await WriteAsync("default_verdict: allow", "crm/get-contact");
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        const string Production = "--profile oss-prod --private-key keys/gait_private.key";
        (await _folder.RunAsync($"{Eval} {Signed} {Production}")).Ended(0);
        (await _folder.RunAsync($"{Eval} --policy rules.yaml {Signed} {Production}")).Ended(6);
    }

    private async Task<string> ApproveAsync(string governed, string file)
    {
        var data = (
            await _folder.RunAsync($"{Eval} --policy rules.yaml {governed} --json".Replace("  ", " ", StringComparison.Ordinal))
        ).Data();
        var digest = Text(data, "policy_digest");
        (
            await _folder.RunAsync(
                $"approve --intent-digest {Text(data, "intent_digest")} --policy-digest {digest} --ttl 15m --scope * --approver ada "
                    + $"--reason-code reviewed --private-key keys/ada_private.key --out {file}"
            )
        ).Ended(0);
        return digest;
    }

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;

    private async Task WriteAsync(string rules, string tool)
    {
        await File.WriteAllTextAsync(_folder.FileOf("rules.yaml"), rules + "\n");
        await File.WriteAllTextAsync(
            _folder.FileOf("intent.json"),
            $$"""
            {"tool_name":"{{tool}}","args":{},"targets":[],
             "context":{"identity":"alice","workspace":"/w","risk_class":"low"} }
            """
        );
    }
}
