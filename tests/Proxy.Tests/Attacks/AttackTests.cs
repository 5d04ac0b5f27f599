using System.Net;
using System.Text.Json;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>What attacks have in common: a refusal in the door's own shape that tells nothing, a record that tells why, and nothing sent.</summary>
public abstract class AttackTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    protected const string Chat = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}""";
    protected const string Note = """{"text":"hello"}""";

    protected RunningGateway Gateway => fixture.Gateway;

    protected RequestSigner Signer => fixture.Signer;

    protected string Bearer => fixture.Bearer;

    protected Task<long> CountAsync() => fixture.Provider.CountAsync();

    protected async Task<HttpRequestMessage> SignedAsync(HttpMethod method, string path, string? json = null, SigningOptions? options = null)
    {
        var request = Gateway.Request(method, path, json);
        await Signer.SignAsync(request, options ?? new SigningOptions(), CancellationToken.None);
        return request;
    }

    protected HttpRequestMessage WithBearer(HttpMethod method, string path, string? json = null)
    {
        var request = Gateway.Request(method, path, json);
        request.Headers.Add("Authorization", $"Bearer {Bearer}");
        return request;
    }

    /// <summary>Sends, and holds the refusal to all that a refusal is.</summary>
    /// <param name="reason">The reason in the record; in the answer too, unless it is one of a failed authentication.</param>
    protected async Task RefusedAsync(HttpRequestMessage request, HttpStatusCode status, string reason)
    {
        var sent = await CountAsync();
        var recorded = JournalOnDisk.Count(Gateway.JournalPath, $"\"reason\":\"{reason}\"");

        using var response = await Gateway.SendAsync(request);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode} {text}");
        Assert.Equal(status == HttpStatusCode.Unauthorized ? "unauthenticated" : reason, CodeOf(text));
        Assert.Equal("block", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        Assert.Equal(sent, await CountAsync());
        if (status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.RequestTimeout))
        {
            Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        }

        await JournalOnDisk.OneMoreAsync(Gateway.JournalPath, reason, recorded);
        JournalOnDisk.Verifies(Gateway.JournalPath);
        request.Dispose();
    }

    /// <summary>The code in any door's shape.</summary>
    private static string? CodeOf(string text)
    {
        var body = JsonDocument.Parse(text).RootElement;
        return (body.TryGetProperty("gateway", out var detail) ? detail : body).GetProperty("code").GetString();
    }
}
