using System.Text.Json;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Readiness says what is wrong with the documents on disk, and stays: they are the same for all replicas, and all would leave at once.
/// </summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_change_that_cannot_come_into_force_leaves_the_instance_ready_and_shows()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = new GatewayProcess(provider.Address);
        await gateway.PrepareAsync();
        await gateway.StartAsync();
        Assert.Equal(("200", "ok"), await SaidAsync(gateway.Address));
        var broken = Path.Combine(gateway.Governance, "broken.yaml");

        await File.WriteAllTextAsync(broken, "kind: [");
        await Waiting.ForAsync("it shows", async () => await SaidAsync(gateway.Address) == ("200", "degraded"));
        Assert.Equal(200, await gateway.StatusAsync("/livez"));
        Assert.Equal("200 0", await HeadAsync(new Uri(gateway.Address, "/readyz")));

        File.Delete(broken);
        await Waiting.ForAsync("it is mended", async () => await SaidAsync(gateway.Address) == ("200", "ok"));
    }

    private static async Task<(string Status, string? Word)> SaidAsync(Uri gateway)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var response = await client
            .SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, "/readyz")), CancellationToken.None)
            .WaitAsync(Waiting.Deadline);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ($"{(int)response.StatusCode}", body.RootElement.GetProperty("status").GetString());
    }

    /// <summary>As some load balancers ask: status and bytes of the body.</summary>
    private static async Task<string> HeadAsync(Uri address)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var response = await client
            .SendAsync(new HttpRequestMessage(HttpMethod.Head, address), CancellationToken.None)
            .WaitAsync(Waiting.Deadline);
        return $"{(int)response.StatusCode} {(await response.Content.ReadAsByteArrayAsync()).Length}";
    }
}
