using System.Net;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Identity.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Tests.Identity.Signing;

/// <summary>That what a client signs is what a server reads, after a real client and a real server have had their way with it.</summary>
public sealed class SigningOverHttpTests : IAsyncLifetime
{
    private readonly Exchange _exchange = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication? _server;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(context => context.Response.WriteAsync(Judge(context).ToString()));
        await _server.StartAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/models")]
    [InlineData("/tools/crm/a%2Fb/c%20d;e=1/~f?x=1&y=%C3%A9&z=a+b")]
    [InlineData("/tools/crm/\u00e9t\u00e9?q=\u00e9")]
    [InlineData("/tools/crm/a//b?")]
    [InlineData("/tools/crm/?a=%2F&a=2")]
    public async Task Request_SentToARealServer_IsVerifiedThere(string target) =>
        Assert.Equal("None", await SendAsync(new HttpRequestMessage(HttpMethod.Get, Address(target))));

    [Fact]
    public async Task Request_WithABodyAndTypedHeaders_IsVerifiedThere()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address("/v1/chat/completions"))
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json;q=0.5");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.TryAddWithoutValidation("Prefer", ["wait=5", "  respond-async "]);
        request.Headers.TryAddWithoutValidation("Gateway-Session", "run-1");
        Assert.Equal("None", await SendAsync(request));
    }

    [Fact]
    public async Task Request_ChangedAfterSigning_IsInvalidThere()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address("/v1/models"));
        await Signer.SignAsync(request, CancellationToken.None);
        request.RequestUri = Address("/v1/models?limit=1");
        Assert.Equal("InvalidSignature", await ReadAsync(request));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _exchange.Dispose();
        await _server!.DisposeAsync();
    }

    private RequestSigner Signer => _exchange.Signer;

    private Uri Address(string target) => new(_server!.Urls.Single() + target);

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        await Signer.SignAsync(request, CancellationToken.None);
        return await ReadAsync(request);
    }

    private async Task<string> ReadAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private ReasonCode Judge(HttpContext context)
    {
        var profile = new SignatureProfile(
            new AllowedAuthorities([new Uri(_server!.Urls.Single()).Authority]),
            SignatureProfile.DefaultSkew,
            _exchange.Time
        );
        var reading = ParsedSignature.Read(new ReceivedMessage(context), profile, []);
        if (reading.Signature is null)
        {
            return reading.Refusal.Reason;
        }

        var key = new HmacVerificationKey(_exchange.Record(CredentialKind.HmacSha256), _exchange.Key);
        return
            InTimeSignature.TryCheck(reading.Signature, key, out var inTime, out var refusal)
            && VerifiedSignature.TryVerify(inTime, out _, out refusal)
            ? ReasonCode.None
            : refusal.Reason;
    }

    private sealed class ReceivedMessage(HttpContext context) : SignatureMessage
    {
        private readonly string _target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

        public override string Method => context.Request.Method;
        public override string Scheme => context.Request.Scheme;
        public override string Authority => context.Request.Host.Value ?? "";
        public override string Path => _target.Split('?', 2)[0];
        public override string Query =>
            _target.Contains('?', StringComparison.Ordinal) ? _target[_target.IndexOf('?', StringComparison.Ordinal)..] : "";

        public override StringValues Field(string name) => context.Request.Headers[name];
    }
}
