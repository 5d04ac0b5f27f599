namespace Gateway.Cli.Tests.Commands.Audit;

/// <summary>What is made of runs and traces: signals and bundles; and single calls, judged.</summary>
public sealed class EvidenceCommandsTests : IDisposable
{
    private const string Policy = "gait-out/demo_policy.yaml";
    private const string Private = "--private-key keys/gait_private.key";
    private const string Public = "--public-key keys/gait_public.key";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("guard pack --run run_demo --trace gait-out/traces")]
    [InlineData("incident pack --from run_demo --window 24h")]
    public async Task Bundle_VerifiesAndIsTheSameEachTime(string command)
    {
        await PrepareAsync();
        var data = (await _folder.RunAsync($"{command} {Private} --out a.zip --json")).Ended(0).Data();
        Assert.Equal((3, "verified"), (data.GetProperty("traces").GetInt32(), data.GetProperty("signature_status").GetString()));
        (await _folder.RunAsync($"{command} {Private} --out b.zip")).Ended(0);
        Assert.Equal(await File.ReadAllBytesAsync(_folder.FileOf("a.zip")), await File.ReadAllBytesAsync(_folder.FileOf("b.zip")));
        Assert.Equal(
            "evidence_pack",
            (await _folder.RunAsync($"verify a.zip {Public} --require-signature --json")).Ended(0).Data().GetProperty("kind").GetString()
        );
    }

    [Fact]
    public async Task Bundle_WithATraceOfAnotherKey_IsRefused()
    {
        await PrepareAsync();
        (await _folder.RunAsync($"guard pack --run run_demo --trace gait-out/traces {Public}")).Ended(2);
        Assert.Contains(
            "isn't signed",
            (await _folder.RunAsync("guard pack --run run_demo --public-key gait-out/demo_public.key --trace gait-out/traces"))
                .Ended(0)
                .Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Incident_LeavesOutWhatIsFromAnotherTime()
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(_folder.FileOf("gait-out/approval_audit_old.json"), """{"created_at":"2020-01-01T00:00:00Z"}""");
        await File.WriteAllTextAsync(_folder.FileOf("gait-out/approval_audit_new.json"), """{"created_at":"2026-02-05T01:00:00Z"}""");
        Assert.Equal(
            1,
            (await _folder.RunAsync($"incident pack --from run_demo {Private} --json"))
                .Ended(0)
                .Data()
                .GetProperty("approval_audits")
                .GetInt32()
        );
        (await _folder.RunAsync($"incident pack --from run_demo --window 9999d {Private} --json")).Ended(6);
    }

    [Fact]
    public async Task Signal_RanksTheDemo()
    {
        await PrepareAsync();
        var data = (await _folder.RunAsync("scout signal --runs ./gait-out/runpack_run_demo.zip --traces gait-out/traces --json"))
            .Ended(0)
            .Data();
        Assert.Equal("critical", data.GetProperty("top_issues")[0].GetProperty("severity_level").GetString());
        (await _folder.RunAsync("scout signal --runs nowhere.zip --json")).Ended(6).Envelope();
    }

    [Theory]
    [InlineData("mcp", """{"name":"tool.delete_user","args":{"user_id":"u"}}""", 3, "block")]
    [InlineData("openai", """{"type":"function","function":{"name":"tool.delete_user","arguments":"{\"user_id\":\"u\"}"}}""", 3, "block")]
    [InlineData("anthropic", """{"type":"tool_use","name":"tool.delete_user","input":{"user_id":"u"}}""", 3, "block")]
    [InlineData("langchain", """{"tool":"tool.delete_user","tool_input":{"user_id":"u"}}""", 3, "block")]
    [InlineData("mcp", """{"name":"tool.search","args":{"query":"q"}}""", 0, "allow")]
    public async Task Call_IsJudgedAndTraced(string adapter, string call, int exit, string verdict)
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(_folder.FileOf("call.json"), call);
        var data = (await _folder.RunAsync($"mcp proxy --policy {Policy} --call call.json --adapter {adapter} {Private} --json"))
            .Ended(exit)
            .Data();
        Assert.Equal((verdict, false), (data.GetProperty("verdict").GetString(), data.GetProperty("executed").GetBoolean()));
        (await _folder.RunAsync($"trace verify {data.GetProperty("trace_path").GetString()} {Public}")).Ended(0);
        (await _folder.RunAsync($"trace verify gait-out/mcp-traces {Public}")).Ended(0);
    }

    [Fact]
    public async Task Call_ThatCannotBeTraced_GetsNoDecision()
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(_folder.FileOf("call.json"), """{"name":"tool.search","args":{}}""");
        (await _folder.RunAsync($"mcp proxy --policy {Policy} --call call.json --json")).Ended(6).Envelope();
        await File.WriteAllTextAsync(_folder.FileOf("blocked"), "a file where the folder should be");
        (await _folder.RunAsync($"mcp proxy --policy {Policy} --call call.json {Private} --trace-dir blocked/traces --json"))
            .Ended(1)
            .Envelope();
    }

    [Fact]
    public async Task Call_UnderARuleThatCannotBeKeptHere_IsBlocked()
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(_folder.FileOf("call.json"), """{"name":"tool.search","args":{}}""");
        var text = await File.ReadAllTextAsync(_folder.FileOf(Policy));
        await File.WriteAllTextAsync(
            _folder.FileOf("limited.yaml"),
            text.TrimEnd() + "\n    rate_limit: {requests: 1, window: hour, scope: tool}\n"
        );
        var data = (await _folder.RunAsync($"mcp proxy --policy limited.yaml --call call.json {Private} --json")).Ended(3).Data();
        Assert.Contains("limit_not_enforceable_here", data.GetProperty("reason_codes").EnumerateArray().Select(code => code.GetString()));
    }

    [Fact]
    public async Task Call_WhileStopsCannotBeRead_IsBlocked()
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(_folder.FileOf("call.json"), """{"name":"tool.search","args":{}}""");
        var data = (
            await _folder.RunAsync($"mcp proxy --policy {Policy} --call call.json --kill-switch-state nowhere.json {Private} --json")
        )
            .Ended(3)
            .Data();
        Assert.Equal("kill_switch_state_unavailable", data.GetProperty("reason_codes")[0].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    public async Task Call_ThatCannotBeRead_IsRefused(string call)
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(_folder.FileOf("call.json"), call);
        (await _folder.RunAsync($"mcp proxy --policy {Policy} --call call.json {Private} --json")).Ended(6).Envelope();
    }

    private async Task PrepareAsync()
    {
        (await _folder.RunAsync("demo")).Ended(0);
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
    }
}
