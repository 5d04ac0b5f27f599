using System.Buffers;
using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Canonical;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Tests.Commands.Policies;

public sealed class PolicySimulateCommandTests : IDisposable
{
    private const string Command = "policy simulate --baseline governance --candidate proposed";

    private readonly CommandFolder _folder = new();

    public PolicySimulateCommandTests()
    {
        Directory.CreateDirectory(_folder.FileOf("proposed"));
        foreach (var file in Directory.GetFiles(_folder.Governance))
        {
            File.Copy(file, Path.Combine(_folder.FileOf("proposed"), Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OverAJournal_EveryDecisionThatWouldChange_IsShownByItsCause()
    {
        await WriteJournalAsync();
        Propose("metadata: {tenant: demo, name: trial}", "{name: quiet, effect: block, match: {tool_names: [crm/get-contact]}}");

        var data = (await _folder.RunAsync($"{Command} --journal journal --json")).Ended(0).Data();

        Assert.Equal(
            (6, 3, 3, 0),
            (Number(data, "actions"), Number(data, "changed"), Number(data, "flipped"), Number(data, "undetermined"))
        );
        var group = Assert.Single(data.GetProperty("groups").EnumerateArray());
        Assert.Equal("allow block 3", $"{group.GetProperty("before")} {group.GetProperty("after")} {group.GetProperty("count")}");
        var cause = Assert.Single(group.GetProperty("causes").EnumerateArray());
        Assert.Equal("policy trial block quiet", $"{cause.GetProperty("what")} {cause.GetProperty("after")}");
        Assert.StartsWith("trial.yaml:", cause.GetProperty("document").GetString(), StringComparison.Ordinal);
        Assert.Equal("d-0", group.GetProperty("examples")[0].GetProperty("decisionId").GetString());
    }

    [Theory]
    [InlineData("d-1")]
    [InlineData("receipt")]
    public async Task ADecisionOfThePast_IsExplainedByTheGovernanceOfThenOrOfNow(string id)
    {
        await WriteJournalAsync();
        id = id == "receipt" ? LogOf() + ".1" : id;
        // The governance of then isn't kept.
        (await _folder.RunAsync($"policy explain --journal journal --decision {id} --json"))
            .Ended(6)
            .Envelope();
        var files = GovernanceFiles.Read(_folder.Governance);
        new KeptSnapshots(_folder.FileOf("journal")).Keep(GovernanceCompiler.Compile(files).Value!);
        Assert.Equal("allow", Verdict((await _folder.RunAsync($"policy explain --journal journal --decision {id} --json")).Ended(0)));

        Propose("metadata: {tenant: demo, name: trial}", "{name: quiet, effect: block, match: {tool_names: [crm/create-note]}}");
        Assert.Equal(
            "block",
            Verdict((await _folder.RunAsync($"policy explain proposed --journal journal --decision {id} --json")).Ended(0))
        );
        (await _folder.RunAsync("policy explain --journal journal --decision d-9 --json")).Ended(6).Envelope();
        (await _folder.RunAsync($"policy explain --decision {id} --json")).Ended(6).Envelope();

        static string? Verdict(CommandRun run) => run.Data().GetProperty("explanations")[0].GetProperty("verdict").GetString();
        string LogOf() =>
            Path.GetFileName(
                Path.GetDirectoryName(Directory.GetFiles(_folder.FileOf("journal"), "segment-*.log", SearchOption.AllDirectories).Single())
            )!;
    }

    [Fact]
    public async Task WithFailOnChange_AChangeEndsIt()
    {
        await WriteJournalAsync();
        (await _folder.RunAsync($"{Command} --journal journal --fail-on-change --json")).Ended(0);
        Propose("metadata: {tenant: demo, name: trial}", "{name: quiet, effect: block, match: {tool_names: [crm/get-contact]}}");

        var run = (await _folder.RunAsync($"{Command} --journal journal --fail-on-change")).Ended(5);
        Assert.Contains("3 x allow -> block", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 decisions would change", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatARecordDoesNotHold_IsUndetermined()
    {
        await WriteJournalAsync();
        Propose(
            "metadata: {tenant: demo, name: trial}",
            "{name: quiet, effect: block, match: {tool_names: [crm/create-note]}, when: args.mood == 'bad'}"
        );

        var data = (await _folder.RunAsync($"{Command} --journal journal --json")).Ended(0).Data();

        Assert.Equal((0, 3), (Number(data, "changed"), Number(data, "undetermined")));
        Assert.Equal("/mood", data.GetProperty("undeterminedGroups")[0].GetProperty("missing")[0].GetString());
    }

    [Fact]
    public async Task WithoutACandidate_TheShadowDocumentsAreIt()
    {
        await WriteJournalAsync();
        (await _folder.RunAsync("policy simulate --baseline governance --journal journal --json")).Ended(6).Envelope();
        Propose(
            "metadata: {tenant: demo, name: trial, shadow: true}",
            "{name: quiet, effect: block, match: {tool_names: [crm/get-contact]}}",
            "governance"
        );

        var data = (await _folder.RunAsync("policy simulate --baseline governance --journal journal --json")).Ended(0).Data();
        Assert.Equal(3, Number(data, "changed"));
    }

    [Fact]
    public async Task Fixtures_AreRecordsOneALine_AndAWrongLineIsSaid()
    {
        var snapshot = SnapshotCompiler.Compile(GovernanceFiles.Read(_folder.Governance)).Value!;
        await File.WriteAllTextAsync(
            _folder.FileOf("some.ndjson"),
            $"{Body(Record(snapshot, 0))}\n\n{{\"body\":{Body(Record(snapshot, 1))}}}\nnonsense\n"
        );

        var run = (await _folder.RunAsync($"{Command} --fixtures some.ndjson --json")).Ended(0);
        Assert.Equal((2, 1), (Number(run.Data(), "actions"), Number(run.Data(), "unreadable")));
        Assert.Contains("some.ndjson:4", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADamagedJournal_EndsIt_WithWhatWasJudgedBefore()
    {
        await WriteJournalAsync();
        var segment = Directory.GetFiles(_folder.FileOf("journal"), "segment-*.log", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[^2000] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        (await _folder.RunAsync($"{Command} --journal journal --json")).Ended(2).Envelope();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" --journal nowhere")]
    [InlineData(" --fixtures nowhere.ndjson")]
    [InlineData(" --journal governance --fixtures a")]
    [InlineData(" --journal governance")]
    [InlineData(" --journal governance --examples -1")]
    public async Task WithoutActionsToJudge_ItIsRefused(string more) =>
        (await _folder.RunAsync($"{Command}{more} --json")).Ended(6).Envelope();

    private static int Number(System.Text.Json.JsonElement data, string name) => data.GetProperty(name).GetInt32();

    private void Propose(string metadata, string rule, string folder = "proposed") =>
        File.WriteAllText(
            Path.Combine(_folder.FileOf(folder), "trial.yaml"),
            $"apiVersion: gateway/v1\nkind: Policy\n{metadata}\nspec: {{rules: [{rule}]}}\n"
        );

    private async Task WriteJournalAsync()
    {
        var snapshot = SnapshotCompiler.Compile(GovernanceFiles.Read(_folder.Governance)).Value!;
        await using var log = JournalLog.Open(
            new JournalOptions { Root = _folder.FileOf("journal") },
            Id<Tenant>.Parse("demo"),
            new LogKeys(Ed25519PrivateKey.Create(), []),
            TimeProvider.System
        );
        for (var number = 0; number < 6; number++)
        {
            await log.AppendAsync(Record(snapshot, number), Durability.Written, CancellationToken.None);
        }
    }

    private static DecisionRecord Record(Snapshot snapshot, int number)
    {
        var body = number % 2 == 0 ? [] : "{\"text\":\"x\",\"mood\":\"bad\"}"u8.ToArray();
        var intent = new Intent
        {
            Tenant = Id<Tenant>.Parse("demo"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("assistant"),
            Strength = AuthStrength.Signed,
            Door = Door.Tool,
            Connector = Id<Connector>.Parse("crm"),
            Operation = Id<Operation>.Parse(number % 2 == 0 ? "get-contact" : "create-note"),
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget(
                number % 2 == 0 ? "GET" : "POST",
                "http://127.0.0.1:8081",
                "/crm/contacts/c-1",
                Sha256Digest.Compute([]),
                Sha256Digest.Compute(body)
            ),
            Arguments = body,
        };
        var facts = new Facts(null, new DateTimeOffset(2030, 1, 2, 12, 0, 0, TimeSpan.Zero));
        return new DecisionRecord
        {
            DecisionId = $"d-{number}",
            RequestId = $"r-{number}",
            Intent = intent,
            Decision = Evaluator.Evaluate(snapshot, intent, facts),
            Facts = facts,
            Values = ActionReads.Keep(intent, ActionReads.Find(snapshot, intent)),
            Snapshot = snapshot.Revision,
            KeyId = "demo.key-1",
        };
    }

    private static string Body(DecisionRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        record.WriteBody(new CanonicalJsonWriter(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
