using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Readiness follows the documents on disk; the process answers that it lives all the while.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_change_that_cannot_come_into_force_turns_readiness_off_until_it_is_mended()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = new GatewayProcess(provider.Address);
        await gateway.PrepareAsync();
        await gateway.StartAsync();
        var broken = Path.Combine(gateway.Governance, "broken.yaml");

        await File.WriteAllTextAsync(broken, "kind: [");
        await Waiting.ForAsync("readiness is off", async () => await gateway.StatusAsync("/readyz") == 503);
        Assert.Equal(200, await gateway.StatusAsync("/livez"));
        Assert.Equal("503 0", await HeadAsync(new Uri(gateway.Address, "/readyz")));

        File.Delete(broken);
        await Waiting.ForAsync("readiness is on again", async () => await gateway.StatusAsync("/readyz") == 200);
        Assert.Equal("200 0", await HeadAsync(new Uri(gateway.Address, "/readyz")));
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
