using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Store;

/// <summary>A store that was put back from a copy is said to be, changed in no way, and held against the journal by command.</summary>
public sealed class StoreCommandsTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly Id<Agent> Assistant = Id<Agent>.Parse("assistant");

    private readonly CommandFolder _folder = new();
    private readonly TemporaryDirectory _copy = new();

    private string StoreFolder => Path.Combine(_folder.Data, "store");

    /// <summary>As an instance does at its start.</summary>
    public async Task InitializeAsync()
    {
        await using var store = new SqliteStore(StoreFolder);
        await store.PrepareAsync([Demo], CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        _copy.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Check_OfAStoreThatWasNotPutBack_FindsNothing()
    {
        (await CheckAsync()).Ended(0);
        (await SuspendAsync()).Ended(0);
        var checkedStore = (await CheckAsync()).Ended(0).Data();

        Assert.False(checkedStore.GetProperty("put_back").GetBoolean());
        Assert.Equal(1, checkedStore.GetProperty("newest_seen").GetInt64());
    }

    [Fact]
    public async Task PutBack_IsFound_ChangedByNothingElse_AndReconciledOnce()
    {
        Copy(StoreFolder, _copy.Path);
        (await SuspendAsync()).Ended(0);
        Copy(_copy.Path, StoreFolder);

        var found = (await CheckAsync()).Ended(2).Data();
        var lost = Assert.Single(found.GetProperty("lost").EnumerateArray());
        Assert.Equal(("lifecycle_set", "assistant"), (lost.GetProperty("kind").GetString(), lost.GetProperty("subject").GetString()));
        var refused = await _folder.RunAsync("agents activate --tenant demo --agent assistant --reason x");
        Assert.NotEqual(0, refused.Exit);
        Assert.Contains("gateway store reconcile", refused.Error, StringComparison.Ordinal);

        Assert.Equal(1, (await ReconcileAsync()).Ended(0).Data().GetProperty("made").GetInt32());

        (await CheckAsync()).Ended(0);
        await using (var store = new SqliteStore(StoreFolder))
        {
            Assert.Equal(LifecycleStatus.Suspended, await store.FindLifecycleAsync(Demo, Assistant, CancellationToken.None));
        }

        var again = (await ReconcileAsync()).Ended(0).Data();
        Assert.Equal((false, 0), (again.GetProperty("put_back").GetBoolean(), again.GetProperty("made").GetInt32()));
        var said = Assert.Single(await ChangesAsync("store_reconciled"));
        Assert.Equal("INC-42", said.GetProperty("reason").GetString());
        Assert.Equal("1", said.GetProperty("after").GetProperty("lifecycle_set").GetString());
        (await _folder.RunAsync("agents activate --tenant demo --agent assistant --reason x")).Ended(0);
    }

    [Fact]
    public async Task StoreThatIsGone_IsMadeAnew_WithWhatWasTakenAway()
    {
        (await SuspendAsync()).Ended(0);
        Directory.Delete(StoreFolder, recursive: true);

        (await ReconcileAsync()).Ended(0);

        await using var store = new SqliteStore(StoreFolder);
        Assert.Equal(LifecycleStatus.Suspended, await store.FindLifecycleAsync(Demo, Assistant, CancellationToken.None));
    }

    [Fact]
    public async Task MarkThatIsDamaged_IsNotTrusted_AndTheJournalIsReadInstead()
    {
        Copy(StoreFolder, _copy.Path);
        (await SuspendAsync()).Ended(0);
        Copy(_copy.Path, StoreFolder);
        var mark = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Data, "journal", "demo"), "changes", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(mark, "gateway.changes/v1 0");

        (await CheckAsync()).Ended(2);
    }

    [Fact]
    public async Task LogThatWasLostWithItsVolume_IsNamedWithItsLastHead()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await using (var store = new SqliteStore(StoreFolder))
        {
            var log = new ClaimedLog(new string('a', 32), "http://gateway-1:9091", "w", 57211, "the head", at);
            await new LogStore(store.Databases).ClaimAsync(Demo, log, _ => true, CancellationToken.None);
            Assert.Empty((await CheckAsync()).Ended(0).Data().GetProperty("lost_logs").EnumerateArray());
            await new LogStore(store.Databases).LoseAsync(Demo, log.Address, new HashSet<string>(), at, at, CancellationToken.None);
        }

        var found = await _folder.RunAsync("store check --tenant demo --json");
        var lost = Assert.Single(found.Ended(0).Data().GetProperty("lost_logs").EnumerateArray());
        Assert.Equal((57211, "the head"), (lost.GetProperty("records").GetInt64(), lost.GetProperty("head").GetString()));
        Assert.Contains("was lost with the volume of the replica at http://gateway-1:9091", found.Error, StringComparison.Ordinal);
        Assert.Contains(
            "its last known head is of 57211 records",
            (await _folder.RunAsync("doctor --json")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Reconcile_WithoutAReason_IsRefused() => (await _folder.RunAsync("store reconcile --tenant demo")).Ended(6);

    private Task<CommandRun> CheckAsync() => _folder.RunAsync("store check --tenant demo --json");

    private Task<CommandRun> ReconcileAsync() => _folder.RunAsync("store reconcile --tenant demo --reason INC-42 --json");

    private Task<CommandRun> SuspendAsync() => _folder.RunAsync("agents suspend --tenant demo --agent assistant --reason x");

    private async Task<IReadOnlyList<JsonElement>> ChangesAsync(string kind) =>
        [
            .. (await _folder.RunAsync($"changes list --tenant demo --kind {kind} --json"))
                .Ended(0)
                .Data()
                .GetProperty("changes")
                .EnumerateArray(),
        ];

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(to))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
