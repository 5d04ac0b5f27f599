using System.Net;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.FrontDoor;

/// <summary>
/// Signed for the name that a proxy is reached by over TLS, arriving over plain HTTP under another name: the usual deployment.
/// </summary>
public sealed class BehindAProxyTests : IAsyncLifetime
{
    private const string Public = "https://gateway.example/tools/crm/contacts/c-1";

    private RunningStandIn _provider = null!;

    public async Task InitializeAsync() => _provider = await RunningStandIn.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task A_signature_for_the_public_address_counts_behind_a_trusted_proxy(string proxies)
    {
        await using var gateway = await StartAsync($"--Gateway:FrontDoor:TrustedProxies:0={proxies}");

        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway, "https"));
    }

    [Fact]
    public async Task A_signature_that_covers_the_scheme_is_held_against_the_one_that_the_client_used()
    {
        await using var gateway = await StartAsync("--Gateway:FrontDoor:TrustedProxies:0=127.0.0.1");

        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway, "https", "@scheme"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(gateway, "http", "@scheme"));
    }

    [Fact]
    public async Task The_same_request_from_a_peer_that_is_not_trusted_finds_nothing()
    {
        await using var gateway = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(gateway, "https"));
        Assert.Equal(0, await _provider.CountAsync());
    }

    [Fact]
    public async Task A_peer_is_who_connected_and_not_who_it_says_though_the_environment_lets_the_host_believe_it()
    {
        // As ASPNETCORE_FORWARDEDHEADERS_ENABLED in the environment.
        await using var gateway = await StartAsync("--Gateway:FrontDoor:TrustedProxies:0=10.1.0.0/16", "--ForwardedHeaders_Enabled=true");

        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(gateway, "https"));
        Assert.Equal(0, await _provider.CountAsync());
    }

    private Task<RunningGateway> StartAsync(params string[] settings) =>
        RunningGateway.StartAsync(_provider.Address, ["--Gateway:FrontDoor:Authorities:0=gateway.example", .. settings]);

    private static async Task<HttpStatusCode> CallAsync(RunningGateway gateway, string scheme, params string[] more)
    {
        var signer = await gateway.NewSignerAsync("assistant");
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Public);
            await signer.SignAsync(
                request,
                new SigningOptions { Components = [.. SignatureProfile.AlwaysCovered, .. more] },
                CancellationToken.None
            );
            request.RequestUri = new Uri(gateway.Address, request.RequestUri!.PathAndQuery);
            request.Headers.Add("X-Forwarded-Host", scheme == "https" ? "gateway.example:443" : "gateway.example");
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("X-Forwarded-For", "10.1.1.1");
            using var response = await gateway.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return response.StatusCode; // 503: not ready for signatures of this moment yet.
            }
        }
    }
}
