using System.Text.Json;

namespace Gateway.Cli.Tests.Commands.Gate;

public sealed class ApproveCommandTests : IDisposable
{
    private const string Eval = "gate eval --policy rules.yaml --intent intent.json";
    private const string AdasKey = "--approval-public-key keys/ada_public.key";

    private const string Intent = """
        {"tool_name":"tool.write","args":{"path":"/w/x"},"targets":[{"kind":"path","value":"/w/x","operation":"write"}],
         "context":{"identity":"alice","workspace":"/w","risk_class":"low"}}
        """;

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnApproval_LetsOneIntentGo_Once()
    {
        var asked = await PrepareAsync("default_verdict: require_approval");
        var token = Text((await _folder.RunAsync($"{Approve(asked)} --out token.json --json")).Ended(0).Data(), "token_path");
        Assert.Equal("token.json", token);
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.FileOf(token)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );

        Assert.Contains(
            "approval_granted",
            Reasons((await _folder.RunAsync($"{Eval} --approval-token {token} {AdasKey} --json")).Ended(0)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "approval_token_used",
            Reasons((await _folder.RunAsync($"{Eval} --approval-token {token} {AdasKey} --json")).Ended(4)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task AnApproval_UsedByManyAtOnce_CountsForOne()
    {
        var asked = await PrepareAsync("default_verdict: require_approval");
        (await _folder.RunAsync($"{Approve(asked)} --out token.json")).Ended(0);
        var runs = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => _folder.RunAsync($"{Eval} --approval-token token.json {AdasKey} --json"))
        );
        Assert.Single(runs, run => run.Exit == 0);
    }

    [Fact]
    public async Task ATrial_UsesNothing()
    {
        var asked = await PrepareAsync("default_verdict: require_approval");
        (await _folder.RunAsync($"{Approve(asked)} --out token.json")).Ended(0);
        (await _folder.RunAsync($"{Eval} --approval-token token.json {AdasKey} --simulate")).Ended(0);
        (await _folder.RunAsync($"{Eval} --approval-token token.json {AdasKey}")).Ended(0);
    }

    [Fact]
    public async Task TwoApprovals_OfOneKey_AreOnePersons()
    {
        var asked = await PrepareAsync("rules: [{name: r, effect: require_approval, min_approvals: 2}]");
        (await _folder.RunAsync("keys init --out-dir keys --prefix ben")).Ended(0);
        (await _folder.RunAsync($"{Approve(asked)} --out a.json")).Ended(0);
        (await _folder.RunAsync($"{Approve(asked, "ben")} --out b.json")).Ended(0);
        var one = (await _folder.RunAsync($"{Eval} --approval-token-chain a.json,b.json {AdasKey} --json")).Ended(4);
        Assert.Contains("approval_distinct_approvers_required", Reasons(one), StringComparison.Ordinal);

        (await _folder.RunAsync($"{Approve(asked, "ben", "ben")} --out c.json")).Ended(0);
        (await _folder.RunAsync($"{Eval} --approval-token-chain a.json,c.json {AdasKey} --approval-public-key keys/ben_public.key")).Ended(
            0
        );
    }

    [Fact]
    public async Task ABlock_IsNoneTheLess()
    {
        var asked = await PrepareAsync("default_verdict: block");
        (await _folder.RunAsync($"{Approve(asked)} --out token.json")).Ended(0);
        (await _folder.RunAsync($"{Eval} --approval-token token.json {AdasKey}")).Ended(3);
    }

    [Theory]
    [InlineData("--ttl 15m", "--ttl 8d")]
    [InlineData("--ttl 15m", "--ttl soon")]
    [InlineData("--scope tool:tool.write", "--scope ,")]
    [InlineData("--reason-code reviewed", "--reason-code ok --max-ops -1")]
    [InlineData("--private-key keys/ada_private.key", "")]
    [InlineData("--private-key keys/ada_private.key", "--private-key keys/ada_private.key --not-key keys/ada_public.key")]
    public async Task WhatIsNoApproval_IsRefused(string before, string after)
    {
        var asked = await PrepareAsync("default_verdict: require_approval");
        (await _folder.RunAsync($"{Approve(asked).Replace(before, after, StringComparison.Ordinal).Trim()} --json")).Ended(6).Envelope();
    }

    [Fact]
    public async Task ADigestThatIsNone_OrATokenWithoutAKeyToCheckIt_IsRefused()
    {
        await PrepareAsync("default_verdict: require_approval");
        (await _folder.RunAsync(Approve(("x", "y")))).Ended(6);
        await File.WriteAllTextAsync(_folder.FileOf("token.json"), "{}");
        (await _folder.RunAsync($"{Eval} --approval-token token.json")).Ended(6);
        (await _folder.RunAsync($"{Eval} --approval-token token.json {AdasKey}")).Ended(4);
    }

    private static string Approve((string Intent, string Policy) asked, string approver = "ada", string key = "ada") =>
        $"approve --intent-digest {asked.Intent} --policy-digest {asked.Policy} --ttl 15m --scope tool:tool.write "
        + $"--approver {approver} --reason-code reviewed --private-key keys/{key}_private.key";

    private static string Reasons(CommandRun run) => run.Data().GetProperty("reason_codes").ToString();

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;

    private async Task<(string Intent, string Policy)> PrepareAsync(string rules)
    {
        await File.WriteAllTextAsync(_folder.FileOf("rules.yaml"), rules + "\n");
        await File.WriteAllTextAsync(_folder.FileOf("intent.json"), Intent);
        (await _folder.RunAsync("keys init --out-dir keys --prefix ada")).Ended(0);
        var data = (await _folder.RunAsync($"{Eval} --json")).Data();
        return (Text(data, "intent_digest"), Text(data, "policy_digest"));
    }
}
