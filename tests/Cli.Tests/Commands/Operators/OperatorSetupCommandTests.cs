using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Operators;

/// <summary>A tenant's first operator is made by a key that only who works on the instance can order.</summary>
public sealed class OperatorSetupCommandTests : IAsyncLifetime
{
    private const string Order = "operators setup --tenant demo --reason INC-42";

    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private readonly CommandFolder _folder = new();
    private SqliteStore _store = null!;

    private OperatorStore Operators => new(_store.Databases, new ChangeOrigin("os:test", "here", ""));

    public async Task InitializeAsync()
    {
        _store = new SqliteStore(Path.Combine(_folder.Data, "store"));
        await _store.PrepareAsync([Demo], CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Key_IsShownOnce_KeptAsAHash_AndOnRecord()
    {
        var text = (await _folder.RunAsync($"{Order} --json")).Ended(0).Data().GetProperty("key").GetString()!;

        Assert.True(OperatorKeyIssuer.TryRead(text, OperatorKeyKind.Setup, out var tenant, out var id));
        Assert.Equal(Demo, tenant);
        var key = (await Operators.FindKeyAsync(Demo, id, CancellationToken.None))!;
        Assert.Equal((OperatorKeyKind.Setup, OperatorRoles.TenantAdmin), (key.Kind, key.Roles));
        Assert.DoesNotContain(key.Hash, text, StringComparison.Ordinal);
        var changes = (await _folder.RunAsync("changes list --tenant demo --json")).Ended(0).Output;
        Assert.Contains("setup_ordered", changes, StringComparison.Ordinal);
        Assert.DoesNotContain(text, changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenant_WithAnAdministrator_GetsNone_UnlessNobodyCanSignInAnyMore()
    {
        var admin = new OperatorRecord
        {
            Name = "ada",
            Person = "Ada",
            Roles = OperatorRoles.TenantAdmin,
            At = TimeProvider.System.GetUtcNow(),
        };
        await Operators.AddAsync(Demo, admin, CancellationToken.None);

        Assert.Contains("'ada'", (await _folder.RunAsync(Order)).Ended(6).Error, StringComparison.Ordinal);
        (await _folder.RunAsync($"{Order} --recover")).Ended(0);

        // Of the platform's there is none yet.
        var text = (await _folder.RunAsync($"{Order} --platform --json")).Ended(0).Data().GetProperty("key").GetString()!;
        Assert.True(OperatorKeyIssuer.TryRead(text, OperatorKeyKind.Setup, out _, out var id));
        var key = (await Operators.FindKeyAsync(Demo, id, CancellationToken.None))!;
        Assert.Equal(OperatorRoles.TenantAdmin | OperatorRoles.PlatformAdmin, key.Roles);
    }

    [Fact]
    public async Task JournalThatCannotBeWritten_MakesNoKey()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Data, "journal"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "journal", "demo"), "in the way");

        (await _folder.RunAsync(Order)).Ended(6);

        Assert.Empty(await Operators.ListKeysAsync(Demo, OperatorKeyKind.Setup, CancellationToken.None));
    }
}
