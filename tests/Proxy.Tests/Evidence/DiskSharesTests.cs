using System.Net;
using Gateway.Evidence.Log;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>Who takes too much of the disk is refused, and nobody else.</summary>
public sealed class DiskSharesTests : IDisposable
{
    private static readonly Id<Tenant> Greedy = Id<Tenant>.Parse("greedy");
    private static readonly Id<Tenant> Modest = Id<Tenant>.Parse("modest");

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tenant_that_takes_more_than_is_left_of_a_scarce_disk_is_refused_and_no_other()
    {
        Fill("journal", Greedy, 8000);
        Fill("journal", Modest, 100);
        var shares = Shares();

        shares.Look(new DiskSpace(Free: 900, Total: 10_000));

        Assert.True(shares.IsOver(Greedy));
        Assert.False(shares.IsOver(Modest));
        Assert.Equal("share used up", shares.Words);
        shares.Look(new DiskSpace(Free: 9000, Total: 10_000));
        Assert.False(shares.IsOver(Greedy));
        Assert.Equal("ok", shares.Words);
    }

    [Fact]
    public void Bodies_that_are_kept_count_too()
    {
        Fill("bodies", Greedy, 8000);
        Fill("journal", Modest, 100);
        var shares = Shares();

        shares.Look(new DiskSpace(Free: 900, Total: 10_000));

        Assert.True(shares.IsOver(Greedy));
    }

    [Theory]
    [InlineData(8000, 1900, "low")] // An alarm before the end.
    [InlineData(800, 900, "low")] // It isn't the tenants that fill it.
    public void Disk_that_is_nearly_full_is_said_before_anybody_is_refused(int taken, long free, string words)
    {
        Fill("journal", Greedy, taken);
        Fill("journal", Modest, 100);
        var shares = Shares();

        shares.Look(new DiskSpace(free, Total: 10_000));

        Assert.False(shares.IsOver(Greedy));
        Assert.Equal(words, shares.Words);
    }

    [Fact]
    public void One_tenant_alone_takes_nothing_from_others()
    {
        Fill("journal", Greedy, 8000);
        var shares = Shares();

        shares.Look(new DiskSpace(Free: 100, Total: 10_000));

        Assert.False(shares.IsOver(Greedy));
    }

    [Fact]
    public void Bytes_that_were_set_count_however_much_is_free()
    {
        Fill("journal", Greedy, 600);
        Fill("bodies", Greedy, 600);
        Fill("journal", Modest, 900);
        var shares = Shares(tenantBytes: 1000);

        shares.Look(new DiskSpace(Free: 9000, Total: 10_000));

        Assert.True(shares.IsOver(Greedy));
        Assert.False(shares.IsOver(Modest));
    }

    [Fact]
    public async Task Tenant_over_its_share_is_refused_and_nothing_of_it_is_written_while_another_goes_on()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            data: null,
            AttackDocuments.For(provider.Address),
            $"--Gateway:Evidence:TenantBytes={1 << 20}"
        );
        await gateway.PutSecretsAsync(AttackDocuments.Rival);
        var key = await gateway.NewBearerAsync("assistant");
        var bodies = Directory.CreateDirectory(Path.Combine(gateway.DataPath, "bodies", "demo")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(bodies, "left-alone"), new byte[2 << 20]);

        var refused = "";
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var answer = await ChatAsync(gateway, key, "{}");
                refused = answer.Headers.Contains("Gateway-Receipt") ? "" : await answer.Content.ReadAsStringAsync();
                return refused.Length > 0;
            },
            "the share is used up"
        );
        using var chat = await ChatAsync(gateway, key, """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, chat.StatusCode);
        Assert.Contains("evidence_unavailable", await chat.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var ready = await gateway.SendAsync(gateway.Request(HttpMethod.Get, "/readyz"));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("share used up", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ChatAsync(RunningGateway gateway, string key, string body)
    {
        using var request = gateway.Request(HttpMethod.Post, "/v1/chat/completions", body);
        request.Headers.Add("Authorization", $"Bearer {key}");
        return await gateway.SendAsync(request);
    }

    private DiskShares Shares(long tenantBytes = 0) =>
        new(
            new EvidenceOptions
            {
                Bodies = _folder.File("bodies"),
                TenantBytes = tenantBytes,
                FreeReserve = 0.1,
            },
            new JournalOptions { Root = _folder.File("journal") },
            TimeProvider.System,
            NullLogger<DiskShares>.Instance
        );

    private void Fill(string kind, Id<Tenant> tenant, int bytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.File(kind), tenant.ToString(), "log")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "file"), new byte[bytes]);
    }
}
