using System.Net;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class AddressedTargetTests
{
    private const string Proxy = "10.0.0.7";

    private static readonly AddressedTarget Target = new(
        TrustedNetworks.Of([Proxy, "10.2.0.0/16"], static problem => Assert.Fail(problem)),
        new AllowedAuthorities(["gateway.example", "inside.example:8080"])
    );

    [Fact]
    public void Target_OfADirectClient_IsTheConnectionsSchemeAndItsHost() =>
        Assert.Equal(("http", "inside.example:8080"), Read("192.0.2.1", host: "inside.example:8080"));

    [Theory]
    [InlineData("gateway.example")]
    [InlineData("gateway.example:80")]
    [InlineData("GATEWAY.example")]
    public void Host_InAnySpellingOfOneOfOurs_IsLetIn(string host) => Assert.Equal(("http", host), Read("192.0.2.1", host));

    [Theory]
    [InlineData(Proxy)]
    [InlineData("::ffff:10.0.0.7")]
    [InlineData("10.2.255.1")]
    public void ForwardedTarget_FromATrustedProxy_Counts(string peer) =>
        Assert.Equal(("https", "gateway.example:443"), Read(peer, "backend:5000", "gateway.example:443", "https"));

    [Fact]
    public void ForwardedScheme_InCapitals_IsTheSame() =>
        Assert.Equal(("https", "gateway.example"), Read(Proxy, "gateway.example", null, "HTTPS"));

    [Fact]
    public void ForwardedTarget_FromAnybodyElse_IsIgnored()
    {
        Assert.Equal(("http", "gateway.example"), Read("192.0.2.1", "gateway.example", "inside.example:8080", "https"));
        Assert.Equal(ReasonCode.UnknownDoor, Refused("192.0.2.1", "evil.example", "gateway.example", "https"));
        Assert.Equal(ReasonCode.UnknownDoor, Refused(peer: null, "evil.example", "gateway.example", "https"));
    }

    [Fact]
    public void ForwardedScheme_DecidesWhichPortGoesWithoutSaying() =>
        Assert.Equal(ReasonCode.UnknownDoor, Refused(Proxy, "backend", "gateway.example:443", "http"));

    [Theory]
    [InlineData("")]
    [InlineData("ftp")]
    [InlineData("https, http")]
    [InlineData("https,https")]
    [InlineData(" https")]
    public void ForwardedScheme_ThatIsNotOneOfTwo_IsRefused(string proto) =>
        Assert.Equal(ReasonCode.MalformedRequest, Refused(Proxy, "gateway.example", null, proto));

    [Fact]
    public void ForwardedScheme_SentTwice_IsRefused() =>
        Assert.Equal(ReasonCode.MalformedRequest, Refused(Proxy, "gateway.example", null, new StringValues(["https", "https"])));

    [Theory]
    [InlineData("gateway.example, evil.example")]
    [InlineData("")]
    [InlineData("evil.example")]
    public void ForwardedHost_ThatIsNotOneOfOurs_IsRefusedAndNotReplacedByTheHost(string forwarded) =>
        Assert.Equal(ReasonCode.UnknownDoor, Refused(Proxy, "gateway.example", forwarded));

    [Fact]
    public void Host_MissingOrSentTwice_IsRefused()
    {
        Assert.Equal(ReasonCode.UnknownDoor, Refused("192.0.2.1", default));
        Assert.Equal(ReasonCode.UnknownDoor, Refused("192.0.2.1", new StringValues(["gateway.example", "gateway.example"])));
    }

    [Fact]
    public void Host_WhereNoneIsConfigured_IsRefused() =>
        Assert.False(
            new AddressedTarget(TrustedNetworks.None, new AllowedAuthorities([])).TryRead(
                Context("192.0.2.1", "gateway.example"),
                out _,
                out _,
                out _
            )
        );

    private static (string, string) Read(string? peer, StringValues host, string? forwardedHost = null, StringValues proto = default)
    {
        Assert.True(
            Target.TryRead(Context(peer, host, forwardedHost, proto), out var scheme, out var authority, out var refusal),
            refusal?.Reason.ToString()
        );
        return (scheme, authority);
    }

    private static ReasonCode Refused(string? peer, StringValues host, string? forwardedHost = null, StringValues proto = default)
    {
        Assert.False(Target.TryRead(Context(peer, host, forwardedHost, proto), out _, out _, out var refusal));
        return refusal.Reason;
    }

    private static DefaultHttpContext Context(string? peer, StringValues host, string? forwardedHost = null, StringValues proto = default)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = "http";
        http.Request.Headers.Host = host;
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        if (forwardedHost is not null)
        {
            http.Request.Headers["X-Forwarded-Host"] = forwardedHost;
        }

        if (proto.Count > 0)
        {
            http.Request.Headers["X-Forwarded-Proto"] = proto;
        }

        return http;
    }
}
