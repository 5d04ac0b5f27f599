namespace Gateway.Cli.Tests.Commands.Runs;

public sealed class RegressCommandsTests : IDisposable
{
    private const string Policy = "gait-out/demo_policy.yaml";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bootstrap_OfTheDemo_PassesAndWritesTheReports()
    {
        await _folder.RunAsync("demo");
        var data = (await _folder.RunAsync("regress bootstrap --from run_demo --json --junit ./gait-out/junit.xml")).Ended(0).Data();
        Assert.Equal(("pass", 0), (data.GetProperty("status").GetString(), data.GetProperty("failed").GetInt32()));
        Assert.All(
            ["gait.yaml", "fixtures/run_demo/runpack.zip", "regress_result.json", "gait-out/junit.xml"],
            file => Assert.True(File.Exists(_folder.FileOf(file)), file)
        );
        (await _folder.RunAsync("regress bootstrap --from run_demo")).Ended(6);
    }

    [Fact]
    public async Task Run_WithoutNewRunOrPolicy_WarnsThatNothingNewWasTested()
    {
        await InitAsync("");
        Assert.Contains(
            "neither another run nor a policy",
            (await _folder.RunAsync("regress run")).Ended(0).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Run_WithTheRecordedRunAsTheOther_Fails()
    {
        await InitAsync("");
        File.CreateSymbolicLink(_folder.FileOf("other.zip"), _folder.FileOf("fixtures/run_demo/runpack.zip"));
        foreach (var candidate in new[] { "fixtures/run_demo/runpack.zip", "other.zip" })
        {
            var data = (await _folder.RunAsync($"regress run --candidate {candidate} --json")).Ended(5).Data();
            Assert.Equal("candidate_path_invalid", data.GetProperty("top_failure_reason").GetString());
        }
    }

    [Fact]
    public async Task Run_WithAnotherRunOfTheSame_Passes()
    {
        await InitAsync("");
        (await _folder.RunAsync("regress run --candidate gait-out/runpack_run_demo.zip")).Ended(0);
        (await _folder.RunAsync("regress run --candidate gait-out/runpack_run_nowhere.zip")).Ended(5);
    }

    [Fact]
    public async Task PolicyThatChanges_FailsAndNamesTheRequest()
    {
        await InitAsync($" --policy {Policy} --intents gait-out/demo_intents");
        (await _folder.RunAsync("regress run")).Ended(0);

        var text = await File.ReadAllTextAsync(_folder.FileOf(Policy));
        await File.WriteAllTextAsync(
            _folder.FileOf(Policy),
            text.Replace("tool.delete_user", "tool.other", StringComparison.Ordinal)
                .Replace("default_verdict: block", "default_verdict: allow", StringComparison.Ordinal)
        );
        var run = (await _folder.RunAsync("regress run --json --junit junit.xml")).Ended(5);
        Assert.Equal("unexpected_policy_verdict", run.Data().GetProperty("top_failure_reason").GetString());
        Assert.Contains("gateway run inspect", run.Data().GetProperty("next_command").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "intent_0003.json",
            run.Envelope().GetProperty("errors")[0].GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<failure message=\"unexpected_policy_verdict\" type=\"regress_failure\">",
            await File.ReadAllTextAsync(_folder.FileOf("junit.xml")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("gait-out/demo_policy.yaml", "policy_unavailable")]
    [InlineData("fixtures/run_demo/intents/intent_0001.json", "policy_intent_missing")]
    [InlineData("fixtures/run_demo/runpack.zip", "replay_error")]
    public async Task FileThatIsGone_Fails(string file, string code)
    {
        await InitAsync($" --policy {Policy} --intents gait-out/demo_intents");
        File.Delete(_folder.FileOf(file));
        Assert.Equal(code, (await _folder.RunAsync("regress run --json")).Ended(5).Data().GetProperty("top_failure_reason").GetString());
    }

    [Fact]
    public async Task RequestOrPackThatIsReplaced_Fails()
    {
        await InitAsync($" --policy {Policy} --intents gait-out/demo_intents");
        File.Copy(
            _folder.FileOf("fixtures/run_demo/intents/intent_0001.json"),
            _folder.FileOf("fixtures/run_demo/intents/intent_0003.json"),
            overwrite: true
        );
        Assert.Equal(
            "policy_intent_changed",
            (await _folder.RunAsync("regress run --json")).Ended(5).Data().GetProperty("top_failure_reason").GetString()
        );
    }

    [Fact]
    public async Task Run_Twice_WritesTheSameReports()
    {
        await InitAsync($" --policy {Policy}");
        await _folder.RunAsync("regress run --junit a.xml --output a.json");
        await _folder.RunAsync("regress run --junit b.xml --output b.json");
        Assert.Equal(await File.ReadAllBytesAsync(_folder.FileOf("a.json")), await File.ReadAllBytesAsync(_folder.FileOf("b.json")));
        Assert.Equal(await File.ReadAllBytesAsync(_folder.FileOf("a.xml")), await File.ReadAllBytesAsync(_folder.FileOf("b.xml")));
    }

    [Fact]
    public async Task NoConfiguration_IsInvalidInput()
    {
        (await _folder.RunAsync("regress run --json")).Ended(6).Envelope();
        await File.WriteAllTextAsync(_folder.FileOf("gait.yaml"), "{}");
        (await _folder.RunAsync("regress run --json")).Ended(6).Envelope();
        await File.WriteAllTextAsync(
            _folder.FileOf("gait.yaml"),
            """
            {"schema_id":"gait.regress.config","schema_version":"1.0.0","fixture_set":"d",
             "fixtures":[{"name":"../x","run_id":"run_x"}]}
            """
        );
        (await _folder.RunAsync("regress run --json")).Ended(6).Envelope();
    }

    private async Task InitAsync(string more)
    {
        (await _folder.RunAsync("demo")).Ended(0);
        (await _folder.RunAsync("regress init --from run_demo" + more)).Ended(0);
    }
}
