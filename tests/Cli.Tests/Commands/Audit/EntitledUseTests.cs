using System.Text;
using System.Text.Json;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Tests.Commands.Audit;

/// <summary>
/// What a tenant isn't entitled to is refused to whoever works on the instance, with the line that would allow it, and is on record.
/// </summary>
public sealed class EntitledUseTests : IDisposable
{
    private const string All = "[wide_egress, bodies, export, simulation]";
    private const string Simulate = "policy simulate --baseline governance --candidate governance --journal journal";
    private const string Canary = "canary-body";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bodies show --decision d-1", "bodies", "the request of decision d-1")]
    [InlineData("bodies show --decision d-1 --tenant demo", "bodies", "the request of decision d-1")]
    [InlineData("bodies show --decision d-1 --bodies data/bodies", "bodies", "the request of decision d-1")]
    [InlineData("guard pack --run run_demo --out made.zip", "export", "a bundle of the run run_demo")]
    [InlineData("incident pack --from run_demo --out made.zip", "export", "a bundle of the run run_demo")]
    [InlineData("run record --journal journal --session s --run-id run_s --out made.zip", "export", "a pack of the run run_s")]
    [InlineData(Simulate, "simulation", "its journal")]
    public async Task WhatTheTenantIsNotEntitledTo_IsRefused_NamesTheLine_AndIsOnRecord(string command, string word, string what)
    {
        await PrepareAsync();
        (await _folder.RunAsync(command)).Ended(0);
        File.Delete(_folder.FileOf("made.zip"));
        Entitle(All.Replace($", {word}", "", StringComparison.Ordinal));

        var run = (await _folder.RunAsync(command + " --json")).Ended(3);

        var error = Assert.Single(run.Envelope().GetProperty("errors").EnumerateArray());
        Assert.Contains($"'demo' isn't entitled to '{word}'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains($"tenant.yaml:2:1: 'entitlements: [{word}]'", error.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, run.Output + run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.FileOf("made.zip")));
        var record = Assert.Single(await RecordsAsync());
        Assert.Equal($"{word}: {what}", record.GetProperty("subject").GetString());
        Assert.StartsWith("os:", record.GetProperty("by").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(string.Join(' ', command.Split(' ')[..2]), record.GetProperty("from").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Whoever gives the baseline may have written it: what is in force counts as well. A candidate never helps.</summary>
    [Fact]
    public async Task Simulation_IsAskedOfTheBaselineAndOfWhatIsInForce()
    {
        await PrepareAsync();
        Copy(_folder.Governance, _folder.FileOf("copy"));
        Entitle("[wide_egress]");
        (await _folder.RunAsync("policy simulate --baseline copy --candidate copy --journal journal")).Ended(3);
        (await _folder.RunAsync("policy simulate --baseline governance --candidate copy --journal journal")).Ended(3);

        Entitle(All);
        (await _folder.RunAsync("policy simulate --baseline copy --candidate copy --journal journal")).Ended(0);
        Entitle("[wide_egress]", "copy");
        (await _folder.RunAsync("policy simulate --baseline copy --candidate governance --journal journal")).Ended(3);
    }

    /// <summary>Nobody knows then who is entitled, so nobody is.</summary>
    [Theory]
    [InlineData("bodies show --decision d-1 --tenant demo")]
    [InlineData("guard pack --run run_demo --tenant demo")]
    [InlineData("incident pack --from run_demo")]
    [InlineData("run record --journal journal --session s --run-id run_s")]
    public async Task WhereTheDocumentsCannotBeUsed_NobodyIsEntitled(string command)
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "broken.yaml"), "kind: [");
        (await _folder.RunAsync(command)).Ended(3);

        Directory.Delete(_folder.Governance, recursive: true);
        (await _folder.RunAsync(command)).Ended(3);
    }

    [Fact]
    public async Task ARefusalThatCannotBeRecorded_IsARefusal_AndSaysSo()
    {
        await PrepareAsync();
        Entitle("[wide_egress]");
        await File.WriteAllTextAsync(_folder.FileOf("a-file"), "no folder");
        _folder.Settings["Gateway__Journal__Root"] = Path.Combine(_folder.FileOf("a-file"), "journal");

        var run = (await _folder.RunAsync("guard pack --run run_demo")).Ended(3);

        Assert.Contains("not on record", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Refused first, so that nobody learns what is kept; and no journal is begun for a name that anybody types.</summary>
    [Fact]
    public async Task ATenantThatIsNotThere_IsRefused_AndGetsNoJournal()
    {
        await PrepareAsync();

        var run = (await _folder.RunAsync("bodies show --decision d-9 --tenant nowhere")).Ended(3);

        Assert.Contains("metadata: {name: nowhere}", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder.Data, "nowhere", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task OfSeveralTenants_ThePacksOneMustBeNamed_AndItsOwnListCounts()
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Governance, "other.yaml"),
            "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: other}\nspec: {entitlements: [bodies]}\n"
        );

        Assert.Contains("--tenant", (await _folder.RunAsync("guard pack --run run_demo")).Ended(6).Error, StringComparison.Ordinal);
        (await _folder.RunAsync("guard pack --run run_demo --tenant other")).Ended(3);
        (await _folder.RunAsync("guard pack --run run_demo --tenant demo")).Ended(0);
    }

    /// <summary>A plain file says no tenant, and where no instance is set up there is none to ask.</summary>
    [Theory]
    [InlineData("run inspect --from run_demo")]
    [InlineData("verify gait-out/runpack_run_demo.zip")]
    public async Task WhatAnAuditorChecks_NeedsNoEntitlement(string command)
    {
        await PrepareAsync();
        Entitle("[wide_egress]");

        (await _folder.RunAsync(command)).Ended(0);
    }

    [Fact]
    public async Task WithoutAnInstance_NobodyIsAsked()
    {
        using var elsewhere = CommandFolder.Empty();
        (await elsewhere.RunAsync("demo")).Ended(0);

        (await elsewhere.RunAsync("guard pack --run run_demo")).Ended(0);
        (await elsewhere.RunAsync("incident pack --from run_demo")).Ended(0);
    }

    private async Task PrepareAsync()
    {
        (await _folder.RunAsync("demo")).Ended(0);
        var demo = Id<Tenant>.Parse("demo");
        var keys = KeyLoader
            .Load(_folder.Settings.ToDictionary(s => s.Key, s => (string?)s.Value), createMissing: false, _folder.Data)
            .Keys!;
        await new BodyStore(Path.Combine(_folder.Data, "bodies"), new Envelope(keys.DataEncryption)).KeepAsync(
            new(demo, new DateOnly(2999, 1, 31), "d-1", BodyDirection.Request),
            Encoding.UTF8.GetBytes(Canary),
            synced: false,
            CancellationToken.None
        );
        await using var log = JournalLog.Open(
            new JournalOptions { Root = _folder.FileOf("journal") },
            demo,
            new LogKeys(Ed25519PrivateKey.Create(), []),
            TimeProvider.System
        );
        await log.AppendAsync(
            Record(SnapshotCompiler.Compile(GovernanceFiles.Read(_folder.Governance)).Value!),
            Durability.Written,
            CancellationToken.None
        );

        // The tenant's own journal is there before anything is refused.
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", "value");
    }

    private static DecisionRecord Record(Snapshot snapshot)
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
            Session = "s",
            Target = new IntentTarget(
                "GET",
                "http://127.0.0.1:8081",
                "/crm/contacts/c-1",
                Sha256Digest.Compute([]),
                Sha256Digest.Compute([])
            ),
        };
        var facts = new Facts(null, new DateTimeOffset(2030, 1, 2, 12, 0, 0, TimeSpan.Zero));
        return new DecisionRecord
        {
            DecisionId = "d-1",
            RequestId = "r-1",
            Intent = intent,
            Decision = Evaluator.Evaluate(snapshot, intent, facts),
            Facts = facts,
            Values = ActionReads.Keep(intent, ActionReads.Find(snapshot, intent)),
            Snapshot = snapshot.Revision,
            KeyId = "demo.key-1",
        };
    }

    private void Entitle(string list, string folder = "governance")
    {
        var file = Path.Combine(_folder.FileOf(folder), "tenant.yaml");
        var lines = File.ReadAllLines(file)
            .Select(line => line.Contains("entitlements:", StringComparison.Ordinal) ? $"  entitlements: {list}" : line);
        File.WriteAllLines(file, lines.ToList());
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private async Task<IReadOnlyList<JsonElement>> RecordsAsync() =>
        [
            .. (await _folder.RunAsync("changes list --tenant demo --kind use_refused --json"))
                .Ended(0)
                .Data()
                .GetProperty("changes")
                .EnumerateArray(),
        ];
}
