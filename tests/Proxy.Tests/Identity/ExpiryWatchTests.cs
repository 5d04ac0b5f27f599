using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Faults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Identity;

public sealed class ExpiryWatchTests : IAsyncDisposable
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Tenant> Lost = Id<Tenant>.Parse("lost");

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-expiry-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SqliteStore _store;

    public ExpiryWatchTests() => _store = new SqliteStore(_folder);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Credential_about_to_end_is_told_at_the_start_or_on_the_day_and_one_tenants_store_hinders_no_other()
    {
        await _store.PrepareAsync([Acme], CancellationToken.None);
        await BreakAsync(Lost);
        await _store.AddCredentialAsync(Of("soon234567", 3), CancellationToken.None);
        await _store.AddCredentialAsync(Of("later34567", 15), CancellationToken.None);
        using var logs = new CapturedLogs();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        using var watch = new ExpiryWatch(() => [Lost, Acme], _store, _time, factory.CreateLogger<ExpiryWatch>());

        await watch.StartAsync(CancellationToken.None);
        await Waiting.ForAsync("it is told", () => logs.Text.Contains("soon234567 of agent assistant of acme", StringComparison.Ordinal));
        Assert.DoesNotContain("later34567", logs.Text, StringComparison.Ordinal);

        await Waiting.ForAsync(
            "the other's day has come",
            () =>
            {
                _time.Advance(TimeSpan.FromDays(1));
                return logs.Text.Contains("later34567", StringComparison.Ordinal);
            }
        );
        await watch.StopAsync(CancellationToken.None);
    }

    /// <summary>As a disk might: the store is there and can't be read.</summary>
    private async Task BreakAsync(Id<Tenant> tenant)
    {
        File.WriteAllText(Path.Combine(_folder, $"{tenant}.db"), "no store");
        Assert.Contains(tenant, await _store.TenantsAsync(CancellationToken.None));
    }

    private CredentialRecord Of(string id, int days) =>
        new()
        {
            Id = id,
            Tenant = Acme,
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse(days == 3 ? "assistant" : "other"),
            Kind = CredentialKind.Bearer,
            KeyVersion = 1,
            Material = "material",
            CreatedAt = _time.GetUtcNow().AddDays(days - 365),
            ExpiresAt = _time.GetUtcNow().AddDays(days),
        };
}
