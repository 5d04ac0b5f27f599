using System.Text.Json;
using Gateway.Authoring.Conformance;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Tests.Commands.Audit;

public sealed class AtfCheckCommandTests : IDisposable
{
    private const string Command = "atf check governance --day 2030-01-02";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SampleGovernance_IsReportedForEachAgentRequirementAndLevel()
    {
        var data = (await _folder.RunAsync($"{Command} --json")).Ended(0).Data();

        Assert.Equal(("2030-01-02", false), (data.GetProperty("day").GetString(), data.GetProperty("journal").GetBoolean()));
        var agents = data.GetProperty("agents").EnumerateArray().ToList();
        Assert.Equal(["assistant", "intern", "suspended"], agents.Select(agent => agent.GetProperty("agent").GetString()));
        Assert.All(
            agents,
            agent =>
            {
                var rows = agent.GetProperty("requirements").EnumerateArray().ToList();
                Assert.Equal(AtfRequirements.All.Select(one => one.Id), rows.Select(row => row.GetProperty("id").GetString()));
                Assert.All(rows, row => Assert.Matches(@"^\w+\.yaml:\d+:\d+$", row.GetProperty("documents")[0].GetString()));
                Assert.Equal(4, agent.GetProperty("levels").GetArrayLength());
            }
        );
    }

    [Fact]
    public async Task ForPeople_EachRowHasItsStandingReasonAndPlace()
    {
        var lines = (await _folder.RunAsync(Command)).Ended(0).Output.Split('\n');

        Assert.Contains("demo/assistant (level L3, L3 is backed)", lines);
        Assert.Contains(
            lines,
            line =>
                line.StartsWith("  I-5 not met its capabilities are listed", StringComparison.Ordinal)
                && line.EndsWith("[agents.yaml:2:1]", StringComparison.Ordinal)
        );
        Assert.Contains(lines, line => line.StartsWith("  L1 wants in full and lacks: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ThePage_IsThatOfTheReport()
    {
        (await _folder.RunAsync($"{Command} --out atf.md")).Ended(0);

        var snapshot = SnapshotCompiler.Compile(GovernanceFiles.Read(_folder.Governance)).Value!;
        Assert.Equal(
            AtfPage.Of(AtfReport.Create(snapshot, null, new DateOnly(2030, 1, 2))),
            await File.ReadAllTextAsync(_folder.FileOf("atf.md"))
        );
    }

    [Fact]
    public async Task AJournal_ShowsSessionsAndNamesThatNoDocumentHas()
    {
        await WriteJournalAsync("assistant", "assistant", "gone");

        var data = (await _folder.RunAsync($"{Command} --journal journal --json")).Ended(0).Data();

        var assistant = Rows(data, "assistant");
        Assert.Equal("met", assistant["B-2"].GetProperty("standing").GetString());
        Assert.EndsWith(".0", assistant["B-2"].GetProperty("records")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("not met", assistant["I-1"].GetProperty("standing").GetString());
        Assert.EndsWith(".2", assistant["I-1"].GetProperty("records")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("partly", Rows(data, "intern")["B-2"].GetProperty("standing").GetString());
    }

    [Fact]
    public async Task AJournalThatIsNotWhole_ProvesNoLogging_AndSaysSo()
    {
        await WriteJournalAsync("assistant", "assistant", "assistant");
        var segment = Directory.GetFiles(_folder.FileOf("journal"), "segment-*.log", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        var run = (await _folder.RunAsync($"{Command} --journal journal --json")).Ended(0);

        Assert.Equal("not met", Rows(run.Data(), "assistant")["B-1"].GetProperty("standing").GetString());
        Assert.Contains("isn't whole", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("atf check nowhere")]
    [InlineData("atf check governance --journal nowhere")]
    [InlineData("atf check governance --journal governance")]
    [InlineData("atf check governance --day soon")]
    [InlineData("atf check governance --day 2030-02-30")]
    public async Task WhatCantBeChecked_IsRefused(string command) => (await _folder.RunAsync($"{command} --json")).Ended(6).Envelope();

    [Fact]
    public async Task APageThatCantBeWritten_IsAFailure()
    {
        await File.WriteAllTextAsync(_folder.FileOf("file"), "");
        (await _folder.RunAsync($"{Command} --out file/atf.md --json")).Ended(1).Envelope();
    }

    private static Dictionary<string, JsonElement> Rows(JsonElement data, string agent) =>
        data.GetProperty("agents")
            .EnumerateArray()
            .Single(one => one.GetProperty("agent").GetString() == agent)
            .GetProperty("requirements")
            .EnumerateArray()
            .ToDictionary(row => row.GetProperty("id").GetString()!);

    private async Task WriteJournalAsync(params string[] agents)
    {
        var snapshot = SnapshotCompiler.Compile(GovernanceFiles.Read(_folder.Governance)).Value!;
        await using var log = JournalLog.Open(
            new JournalOptions { Root = _folder.FileOf("journal") },
            Id<Tenant>.Parse("demo"),
            new LogKeys(Ed25519PrivateKey.Create(), []),
            TimeProvider.System
        );
        foreach (var (number, agent) in agents.Index())
        {
            var intent = new Intent
            {
                Tenant = Id<Tenant>.Parse("demo"),
                Workspace = Id<Workspace>.Parse("main"),
                Agent = Id<Agent>.Parse(agent),
                Strength = AuthStrength.Signed,
                Door = Door.Tool,
                Connector = Id<Connector>.Parse("crm"),
                Operation = Id<Operation>.Parse("get-contact"),
                Session = "run-1",
                Environment = DeploymentEnvironment.Development,
                Target = new IntentTarget(
                    "GET",
                    "http://127.0.0.1:8081",
                    "/crm/contacts/c-1",
                    Sha256Digest.Compute([]),
                    Sha256Digest.Compute([])
                ),
            };
            var facts = new Facts(null, new DateTimeOffset(2030, 1, 2, 12, 0, 0, TimeSpan.Zero));
            var record = new DecisionRecord
            {
                DecisionId = $"d-{number}",
                RequestId = $"r-{number}",
                Intent = intent,
                Decision = Evaluator.Evaluate(snapshot, intent, facts),
                Facts = facts,
                Snapshot = snapshot.Revision,
                KeyId = "demo.key-1",
            };
            await log.AppendAsync(record, Durability.Written, CancellationToken.None);
        }
    }
}
