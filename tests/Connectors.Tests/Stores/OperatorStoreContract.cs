using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Stores;

/// <summary>Who works with Gateway itself, in either store: one operator a name and a person, each key as often as it is good.</summary>
public abstract class OperatorStoreContract : IAsyncLifetime
{
    private const int Many = 200;

    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    private SqlStore _store = null!;

    private OperatorStore Operators => new(_store.Databases, new ChangeOrigin("os:test", "here", "INC-42"));

    protected abstract SqlStore Open();

    public virtual async Task InitializeAsync()
    {
        _store = Open();
        await _store.PrepareAsync([Acme, Other], None);
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Name_AndPerson_AreOneOperators_InTheirTenantAlone()
    {
        Assert.Equal(OperatorOutcome.Done, await Operators.AddAsync(Acme, Of("ada", "Ada Sample"), None));

        Assert.Equal(OperatorOutcome.NameTaken, await Operators.AddAsync(Acme, Of("ada", "Ben"), None));
        Assert.Equal(OperatorOutcome.PersonTaken, await Operators.AddAsync(Acme, Of("ada2", "ADA  sample"), None));
        Assert.Null(await Operators.FindAsync(Other, "ada", None));
        Assert.Equal(OperatorOutcome.Done, await Operators.AddAsync(Other, Of("ada", "Ada Sample"), None));
        Assert.Equal(["operator_added"], await KindsAsync());
    }

    [Fact]
    public async Task Change_OfWhatItIsNoMore_ChangesNothing_AndOneThatCountsEndsSessions()
    {
        await Operators.AddAsync(Acme, Of("ada", "Ada"), None);
        Assert.True(await Operators.AddKeyAsync(Acme, Key("s", OperatorKeyKind.Session, "ada"), None));
        Assert.True(await Operators.AddKeyAsync(Acme, Key("t", OperatorKeyKind.Token, "ada"), None));

        var changed = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Operators.ChangeAsync(Acme, "ada", 1, found => found with { Suspended = true }, At, None))
        );

        Assert.Equal(1, changed.Count(one => one.Outcome == OperatorOutcome.Done));
        Assert.All(changed.Where(one => one.Outcome != OperatorOutcome.Done), one => Assert.Equal(OperatorOutcome.Stale, one.Outcome));
        Assert.Equal(2, (await Operators.FindAsync(Acme, "ada", None))!.Version);
        Assert.Equal(OperatorRoles.None, (await Operators.FindAsync(Acme, "ada", None))!.RolesAt(At));
        Assert.Null(await Operators.FindKeyAsync(Acme, "s", None));
        Assert.NotNull(await Operators.FindKeyAsync(Acme, "t", None));
    }

    [Fact]
    public async Task KeyForTheFirstOperator_MakesOne_OfAnyNumberWhoTryAtOnce()
    {
        Assert.True(await Operators.AddKeyAsync(Acme, Key("first", OperatorKeyKind.Setup, ""), None));
        Assert.True(await Operators.AddKeyAsync(Acme, Key("second", OperatorKeyKind.Setup, ""), None));

        var made = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(number => TryAsync(() => Operators.SetUpAsync(Acme, "first", Of($"ada{number}", $"Ada {number}"), None)))
        );

        Assert.Equal(1, made.Count(one => one == OperatorOutcome.Done));
        Assert.Equal(OperatorRoles.TenantAdmin, Assert.Single(await Operators.ListAsync(Acme, None)).Roles);
        Assert.Equal(OperatorOutcome.Unknown, await Operators.SetUpAsync(Acme, "second", Of("eve", "Eve"), None));
    }

    [Fact]
    public async Task KeyForTheFirstOperator_WhoseTimeIsOver_MakesNobody()
    {
        await Operators.AddKeyAsync(Acme, Key("first", OperatorKeyKind.Setup, ""), None);

        Assert.Equal(
            OperatorOutcome.Unknown,
            await Operators.SetUpAsync(Acme, "first", Of("ada", "Ada") with { At = At.AddHours(1) }, None)
        );
        Assert.Empty(await Operators.ListAsync(Acme, None));
    }

    [Fact]
    public async Task Token_HasAName_AndGoesWithItsOperator()
    {
        Assert.False(await Operators.AddKeyAsync(Acme, Key("t", OperatorKeyKind.Token, "nobody"), None));
        await Operators.AddAsync(Acme, Of("ada", "Ada"), None);
        Assert.True(await Operators.AddKeyAsync(Acme, Key("t", OperatorKeyKind.Token, "ada"), None));
        Assert.False(await Operators.AddKeyAsync(Acme, Key("u", OperatorKeyKind.Token, "ada"), None));

        Assert.Equal(OperatorOutcome.Stale, await Operators.RemoveAsync(Acme, "ada", 7, At, None));
        Assert.Equal(OperatorOutcome.Done, await Operators.RemoveAsync(Acme, "ada", 1, At, None));
        Assert.Null(await Operators.FindKeyAsync(Acme, "t", None));
        Assert.Equal(["operator_added", "token_added", "operator_removed"], await KindsAsync());
    }

    private static async Task<OperatorOutcome> TryAsync(Func<Task<OperatorOutcome>> setUpAsync)
    {
        try
        {
            return await setUpAsync();
        }
        catch (DurableStoreException)
        {
            return OperatorOutcome.Unknown; // A store that is busy refuses.
        }
    }

    private async Task<IEnumerable<string>> KindsAsync() =>
        (await _store.UnrecordedAsync(Acme, None)).Select(note => Vocabulary.Change.Text(note.Kind));

    private static OperatorRecord Of(string name, string person) =>
        new()
        {
            Name = name,
            Person = person,
            Roles = OperatorRoles.Viewer,
            At = At,
        };

    private static OperatorKey Key(string id, OperatorKeyKind kind, string owner) =>
        new()
        {
            Id = id,
            Kind = kind,
            Operator = owner,
            Name = kind == OperatorKeyKind.Token ? "ci" : "",
            Roles = OperatorRoles.TenantAdmin,
            Hash = "hash",
            At = At,
            Ends = At.AddMinutes(30),
        };
}

public sealed class SqliteOperatorStoreTests : OperatorStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override SqlStore Open() => new SqliteStore(_directory.File("store"), TimeSpan.FromSeconds(30));
}

public sealed class PostgresOperatorStoreTests : OperatorStoreContract
{
    private Func<SqlStore> _open = null!;

    public override async Task InitializeAsync()
    {
        _open = await FreshPostgres.OpenerAsync();
        await base.InitializeAsync();
    }

    protected override SqlStore Open() => _open();
}
