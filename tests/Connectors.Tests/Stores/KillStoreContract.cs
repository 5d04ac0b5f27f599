using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>
/// What is stopped, whatever it is kept in: each kill counts once, is followed like a revocation, and stays until it is lifted.
/// </summary>
public abstract class KillStoreContract : IAsyncLifetime
{
    private const int Many = 200;

    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    private SqlStore _store = null!;

    private KillStore Kills => Of(_store);

    protected abstract SqlStore Open();

    public virtual async Task InitializeAsync()
    {
        _store = Open();
        await _store.PrepareAsync([Acme, Other], None);
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData(KillScope.Agent, "assistant", false)]
    [InlineData(KillScope.Connector, "crm", true)]
    [InlineData(KillScope.Operation, "crm/export", false)]
    [InlineData(KillScope.Tenant, "", true)]
    [InlineData(KillScope.Everything, "", false)]
    public async Task Kill_IsFoundAsItWasSet_AndNoOtherTenantHasIt(KillScope scope, string target, bool graceful)
    {
        var set = await Kills.SetAsync(Acme, Kills.New(scope, target, graceful, At), None);

        Assert.Equal(set, Assert.Single(await Kills.ListAsync(Acme, None)));
        Assert.Equal((scope, target, graceful, "os:test", "INC-42"), (set.Scope, set.Target, set.IsGraceful, set.By, set.Reason));
        Assert.StartsWith("kill_", set.Id, StringComparison.Ordinal);
        Assert.Empty(await Kills.ListAsync(Other, None));
    }

    [Fact]
    public async Task EqualKills_AreOne_AndAtOnceIsMoreThanGraceful_NeverTheOtherWayRound()
    {
        var first = await SetAsync(graceful: true);
        var again = await SetAsync(graceful: true);
        var hastened = await SetAsync(graceful: false);
        var later = await SetAsync(graceful: true);

        Assert.Equal(first, again);
        Assert.Equal(first with { IsGraceful = false }, hastened);
        Assert.Equal(hastened, later);
        Assert.Equal(["graceful", "at_once"], (await NotesAsync()).Select(note => note.After["mode"]));
    }

    [Fact]
    public async Task ManyAtOnceOnTwoReplicas_CountOnce()
    {
        await using var second = Open();
        await second.PrepareAsync([Acme], None);
        var stores = new[] { Kills, Of(second) };

        var set = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(i =>
                    Task.Run(() =>
                        TryAsync(async () =>
                            await stores[i % 2].SetAsync(Acme, stores[i % 2].New(KillScope.Agent, "assistant", false, At), None)
                        )
                    )
                )
        );

        Assert.Single(set.OfType<Kill>().Select(kill => kill.Id).Distinct());
        Assert.Single(await Kills.ListAsync(Acme, None));
        Assert.Single(await NotesAsync());

        var id = set.OfType<Kill>().First().Id;
        var lifted = await Task.WhenAll(
            Enumerable.Range(0, Many).Select(i => Task.Run(() => TryAsync(() => stores[i % 2].LiftAsync(Acme, id, At, None))))
        );
        Assert.Single(lifted.OfType<Kill>());
        Assert.Equal(2, (await NotesAsync()).Count);
    }

    [Fact]
    public async Task LiftedKill_IsGone_AndCanBeSetAnew()
    {
        var first = await SetAsync();

        Assert.Equal(first, await Kills.LiftAsync(Acme, first.Id, At, None));
        Assert.Empty(await Kills.ListAsync(Acme, None));
        Assert.Null(await Kills.LiftAsync(Acme, first.Id, At, None));
        Assert.NotEqual(first.Id, (await SetAsync()).Id);
    }

    [Fact]
    public async Task KillOfOneTenant_IsLiftedInNoOther()
    {
        var first = await SetAsync();

        Assert.Null(await Kills.LiftAsync(Other, first.Id, At, None));
        Assert.Single(await Kills.ListAsync(Acme, None));
    }

    [Fact]
    public async Task EachChange_HasItsNumberForTheReplicas_AndItsNoteForTheJournal()
    {
        var set = await Kills.SetAsync(Acme, Kills.New(KillScope.Operation, "crm/export", graceful: true, At), None);
        await Kills.LiftAsync(Acme, set.Id, At.AddHours(1), None);

        var changes = await _store.ChangesAfterAsync(Acme, 0, 10, None);
        Assert.Equal(
            [(1L, GovernedChange.KillSet, set.Id, At), (2L, GovernedChange.KillLifted, set.Id, At.AddHours(1))],
            changes.Select(change => (change.Sequence, change.Kind, change.Subject, change.At))
        );
        var notes = await NotesAsync();
        Assert.Equal(("os:test", "INC-42"), (notes[0].Origin.By, notes[0].Origin.Reason));
        Assert.Equal(["graceful", "operation", "crm/export"], notes[0].After.Values);
        Assert.Empty(notes[0].Before);
        Assert.Equal(notes[0].After, notes[1].Before);
        Assert.Empty(notes[1].After);
    }

    [Fact]
    public async Task WhatStopsEverything_IsFoundInWhicheverTenantItStands_TheStricterFirst()
    {
        Assert.Null(await Kills.FindEverythingAsync(None));
        await Kills.SetAsync(Acme, Kills.New(KillScope.Tenant, "", graceful: false, At), None);
        Assert.Null(await Kills.FindEverythingAsync(None));

        var graceful = await Kills.SetAsync(Acme, Kills.New(KillScope.Everything, "", graceful: true, At), None);
        Assert.Equal(graceful, await Kills.FindEverythingAsync(None));
        var atOnce = await Kills.SetAsync(Other, Kills.New(KillScope.Everything, "", graceful: false, At), None);
        Assert.Equal(atOnce, await Kills.FindEverythingAsync(None));
    }

    [Fact]
    public async Task ScopeOfANewerVersion_StopsAllOfTheTenant_AtOnce()
    {
        await _store.Databases.RunAsync(
            Acme,
            write: true,
            session =>
                session.ExecuteAsync(
                    "INSERT INTO kills (id, scope, target, graceful, author, reason, at) "
                        + "VALUES ('kill_new', 77, 'galaxy', 5, 'os:x', '', '2030-01-02T03:04:05.0000000Z')"
                ),
            None
        );

        var kills = KillSet.Of(await Kills.ListAsync(Acme, None));

        var found = kills.Find(Id<Agent>.Parse("anybody"));
        Assert.Equal(("kill_new", KillScope.Unknown, false), (found!.Id, found.Scope, found.IsGraceful));
        Assert.Same(found, kills.AtOnce.Find(Id<Agent>.Parse("anybody")));
    }

    [Fact]
    public async Task KillWithoutAScope_IsNotWritten() =>
        await Assert.ThrowsAsync<DurableStoreException>(() => Kills.SetAsync(Acme, new Kill { Id = "kill_x" }, None));

    private static async Task<Kill?> TryAsync(Func<Task<Kill?>> tryAsync)
    {
        try
        {
            return await tryAsync();
        }
        catch (DurableStoreException)
        {
            return null; // A store that is busy refuses.
        }
    }

    private static KillStore Of(SqlStore store) => new(store.Databases, new ChangeOrigin("os:test", "here", "INC-42"));

    private Task<Kill> SetAsync(bool graceful = false) => Kills.SetAsync(Acme, Kills.New(KillScope.Agent, "assistant", graceful, At), None);

    private async Task<IReadOnlyList<ChangeNote>> NotesAsync() => await _store.UnrecordedAsync(Acme, None);
}

public sealed class SqliteKillStoreTests : KillStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override SqlStore Open() => new SqliteStore(_directory.File("store"), TimeSpan.FromSeconds(30));
}

public sealed class PostgresKillStoreTests : KillStoreContract
{
    private Func<SqlStore> _open = null!;

    public override async Task InitializeAsync()
    {
        _open = await FreshPostgres.OpenerAsync();
        await base.InitializeAsync();
    }

    protected override SqlStore Open() => _open();
}
