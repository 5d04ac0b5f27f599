using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Tests.Vaults;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Connectors.Tests.Keys;

public sealed class CredentialRotationTests : IDisposable
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Rotate_SealsRuntimeKeysAnew_SoThatTheOldKeyCanGo()
    {
        var (old, next) = (TestKeys.New("k1"), TestKeys.New("k2"));
        await using var store = new SqliteStore(_directory.Path);
        await store.PrepareAsync([Acme], CancellationToken.None);
        var record = await AddAsync(store, CredentialKind.HmacSha256, old);
        var bearer = await AddAsync(store, CredentialKind.Bearer, old);
        var key = CredentialMaterial.OpenHmacKey(new Envelope(TestKeys.Ring(keys: old)), record);

        var both = new Envelope(TestKeys.Ring(keys: [next, old]));
        Assert.Equal(1, await CredentialRotation.RotateAsync(store, both, Acme, _clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal(0, await CredentialRotation.RotateAsync(store, both, Acme, _clock.GetUtcNow(), CancellationToken.None));

        var rotated = await store.FindCredentialAsync(Acme, record.Id, CancellationToken.None);
        Assert.Equal(key, CredentialMaterial.OpenHmacKey(new Envelope(TestKeys.Ring(keys: next)), rotated!));
        Assert.Equal(bearer, await store.FindCredentialAsync(Acme, bearer.Id, CancellationToken.None));
    }

    private async Task<CredentialRecord> AddAsync(SqliteStore store, CredentialKind kind, NamedKey key)
    {
        var issuer = new CredentialIssuer(new Envelope(TestKeys.Ring(keys: key)), TestKeys.Ring(KeyPurpose.BearerPepper), _clock);
        var order = new CredentialOrder
        {
            Tenant = Acme,
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("assistant"),
            Kind = kind,
        };
        Assert.True(issuer.TryIssue(order, out var issued, out _));
        await store.AddCredentialAsync(issued!.Record, CancellationToken.None);
        return issued.Record;
    }
}
