using Gateway.Evidence.Log;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Tests.Commands.Audit;

/// <summary><c>gateway verify --replay</c>, over journals that the real writer wrote.</summary>
public sealed class VerifyReplayTests : IDisposable
{
    private static readonly LogKeys Keys = new(Ed25519PrivateKey.Create(), []);
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OfAJournal_EveryDecisionFollowsAgain_WhicheverFolderIsNamed()
    {
        var log = await FillAsync(5);
        foreach (var path in new[] { "journal", Path.GetDirectoryName(log)!, log })
        {
            var replay = (await _folder.RunAsync(["verify", path, "--replay", "--json"])).Ended(0).Data().GetProperty("replay");
            Assert.Equal((5, 0), (replay.GetProperty("same").GetInt32(), replay.GetProperty("others").GetInt32()));
        }
    }

    [Fact]
    public async Task OfARecordThatSaysAnotherVerdict_ItEndsWithTwo_AndNamesRecordAndMember()
    {
        var log = await FillAsync(5, forged: 3);
        (await _folder.RunAsync("verify journal")).Ended(0); // It was signed as it is: only deriving it again shows it.

        var run = (await _folder.RunAsync("verify journal --replay --json")).Ended(2);
        var first = run.Data().GetProperty("replay").GetProperty("first");
        Assert.Equal(
            $"{Path.GetFileName(log)}.3 different /severity",
            $"{first.GetProperty("receipt")} {first.GetProperty("status")} {first.GetProperty("member")}"
        );
        Assert.Contains("/severity", (await _folder.RunAsync("verify journal --replay")).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfAReceipt_ItIsOffline_WithACopyOfTheGovernance()
    {
        var keys = await WriteReceiptAsync(await FillAsync(5), 2);
        Directory.Move(Path.Combine(_folder.FileOf("journal"), KeptSnapshots.FolderName), _folder.FileOf(KeptSnapshots.FolderName));
        Directory.Delete(_folder.FileOf("journal"), recursive: true);

        (await _folder.RunAsync($"verify receipt.json --keys {keys} --replay --snapshots {KeptSnapshots.FolderName}")).Ended(0);
        Directory.CreateDirectory(_folder.FileOf("empty/_snapshots"));
        var run = (await _folder.RunAsync($"verify receipt.json --keys {keys} --replay --snapshots empty --json")).Ended(2);
        Assert.Equal("underivable", run.Data().GetProperty("replay").GetProperty("first").GetProperty("status").GetString());
    }

    [Fact]
    public async Task OfAReceiptOfAForgedRecord_ItEndsWithTwo()
    {
        var keys = await WriteReceiptAsync(await FillAsync(5, forged: 3), 3);
        (await _folder.RunAsync($"verify receipt.json --keys {keys}")).Ended(0);
        Assert.Contains(
            "/severity",
            (await _folder.RunAsync($"verify receipt.json --keys {keys} --replay --snapshots journal")).Ended(2).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WhereNothingCanBeDerived_ItIsInvalidInput()
    {
        var log = await FillAsync(2);
        var keys = await WriteReceiptAsync(log, 1);
        (await _folder.RunAsync($"verify receipt.json --keys {keys} --replay --snapshots governance --json")).Ended(6).Envelope();
        (await _folder.RunAsync("verify journal --snapshots journal --json")).Ended(6).Envelope();
        (await _folder.RunAsync(["verify", Path.Combine(log, "checkpoint"), "--keys", keys, "--replay", "--json"])).Ended(6).Envelope();
    }

    private async Task<string> WriteReceiptAsync(string log, int index)
    {
        Assert.True(ReceiptId.TryParse($"{Path.GetFileName(log)}.{index}", out var id));
        var receipt = await new ReceiptSource(_folder.FileOf("journal"), TimeProvider.System).FindAsync(
            Id<Tenant>.Parse("demo"),
            id,
            ReceiptScope.Tenant,
            CancellationToken.None
        );
        await File.WriteAllBytesAsync(_folder.FileOf("receipt.json"), receipt!);
        await File.WriteAllBytesAsync(_folder.FileOf("keys.json"), PublicKeySet.Write(Keys.Public));
        return "keys.json";
    }

    /// <returns>The log's folder.</returns>
    private async Task<string> FillAsync(int decisions, int? forged = null)
    {
        var files = GovernanceFiles.Read(_folder.Governance);
        var governance = GovernanceCompiler.Compile(files).Value!;
        var snapshot = governance.Snapshot;
        new KeptSnapshots(_folder.FileOf("journal")).Keep(governance);
        await using var log = JournalLog.Open(
            new JournalOptions { Root = _folder.FileOf("journal") },
            Id<Tenant>.Parse("demo"),
            Keys,
            TimeProvider.System
        );
        for (var number = 0; number < decisions; number++)
        {
            var record = Record(snapshot, number);
            var written = number == forged ? record with { Decision = record.Decision with { Severity = Severity.Critical } } : record;
            await log.AppendAsync(written, Durability.Written, CancellationToken.None);
        }

        return log.Folder;
    }

    private static DecisionRecord Record(Snapshot snapshot, int number)
    {
        var intent = new Intent
        {
            Tenant = Id<Tenant>.Parse("demo"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("assistant"),
            Strength = AuthStrength.Signed,
            Door = Door.Tool,
            Connector = Id<Connector>.Parse("crm"),
            Operation = Id<Operation>.Parse("get-contact"),
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget(
                "GET",
                "http://127.0.0.1:8081",
                "/crm/contacts/c-1",
                Sha256Digest.Compute([]),
                Sha256Digest.Compute([])
            ),
            Arguments = default,
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
}
