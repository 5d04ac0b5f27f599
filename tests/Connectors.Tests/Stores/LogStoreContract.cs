using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>
/// Whose the logs of the journal are, whatever that is kept in: one has each, and what an address had and hasn't any more is said.
/// </summary>
public abstract class LogStoreContract : IAsyncLifetime
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    private SqlStore _store = null!;

    private LogStore Logs => new(_store.Databases);

    protected abstract SqlStore Open();

    public virtual async Task InitializeAsync()
    {
        _store = Open();
        await _store.PrepareAsync([Acme, Other], None);
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Claim_IsFoundAsItWasMade_AndNoOtherTenantHasIt()
    {
        var log = Log("a", "http://one:1") with { Size = 3, Head = "gateway/log/a\n3\n…\n" };

        Assert.Null(await Logs.ClaimAsync(Acme, log, there => there is null, None));

        Assert.Equal(log, await Logs.FindAsync(Acme, "a", None));
        Assert.Null(await Logs.FindAsync(Other, "a", None));
        Assert.Null(await Logs.FindAsync(Acme, "b", None));
    }

    [Fact]
    public async Task Claim_ThatMayNotBe_LeavesWhatStandsThere()
    {
        var (first, second) = (Log("a", "http://one:1"), Log("a", "http://two:1"));
        await Logs.ClaimAsync(Acme, first, _ => true, None);

        Assert.Equal(first, await Logs.ClaimAsync(Acme, second, there => there is null, None));
        Assert.Equal(first, await Logs.FindAsync(Acme, "a", None));
        Assert.Null(await Logs.ClaimAsync(Acme, second, there => there == first, None));
        Assert.Equal(second, await Logs.FindAsync(Acme, "a", None));
    }

    [Fact]
    public async Task Claims_ByManyAtOnce_AreOnes()
    {
        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i => Task.Run(() => Logs.ClaimAsync(Acme, Log("a", $"http://r{i}:1"), there => there is null, None)))
        );

        Assert.Single(claims, there => there is null);
        var one = await Logs.FindAsync(Acme, "a", None);
        Assert.All(claims.OfType<ClaimedLog>(), there => Assert.Equal(one, there));
    }

    [Fact]
    public async Task Logs_ThatAnAddressHasNoMore_AreLost_UntilTheyAreBackOrPastTheirTime()
    {
        foreach (var log in (ClaimedLog[])[Log("a", "http://one:1"), Log("b", "http://one:1"), Log("c", "http://two:1")])
        {
            await Logs.ClaimAsync(Acme, log, _ => true, None);
        }

        var lost = Assert.Single(await LoseAsync("a"));
        Assert.Equal(("b", At.AddDays(1)), (lost.Log, lost.Lost));
        Assert.Equal(lost, Assert.Single(await LoseAsync("a", days: 2)));
        Assert.Equal(lost, await Logs.FindAsync(Acme, "b", None));

        await Logs.ClaimAsync(Acme, Log("b", "http://one:1"), there => there?.Address == "http://one:1", None);
        Assert.Empty(await LoseAsync("a", "b"));
        Assert.Single(await LoseAsync("a"));
        Assert.Empty(await LoseAsync(["a"], days: 400));
        Assert.Equal(["a", "c"], (await Logs.ListAsync(Acme, None)).Select(log => log.Log));
    }

    private Task<IReadOnlyList<ClaimedLog>> LoseAsync(params string[] there) => LoseAsync(there, days: 1);

    private Task<IReadOnlyList<ClaimedLog>> LoseAsync(string there, int days) => LoseAsync([there], days);

    private Task<IReadOnlyList<ClaimedLog>> LoseAsync(string[] there, int days) =>
        Logs.LoseAsync(Acme, "http://one:1", there.ToHashSet(), At.AddDays(days), At.AddDays(days - 183), None);

    private static ClaimedLog Log(string log, string address) => new(log, address, "w", 0, "", At);
}

public sealed class SqliteLogStoreTests : LogStoreContract
{
    private readonly TemporaryDirectory _folder = new();

    protected override SqlStore Open() => new SqliteStore(_folder.Path, TimeSpan.FromSeconds(30));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class PostgresLogStoreTests : LogStoreContract
{
    private Func<SqlStore> _open = null!;

    public override async Task InitializeAsync()
    {
        _open = await FreshPostgres.OpenerAsync();
        await base.InitializeAsync();
    }

    protected override SqlStore Open() => _open();
}
