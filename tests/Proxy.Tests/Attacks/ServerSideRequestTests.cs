using System.Net;
using System.Net.Sockets;
using Gateway.Policy.Model;
using Gateway.Proxy.Forwarding;

namespace Gateway.Proxy.Tests.Attacks;

public sealed class ServerSideRequestTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("::a9fe:a9fe")]
    [InlineData("fd00:ec2::254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    public void Name_of_any_scope_never_stands_for_metadata_multicast_or_nothing(string address)
    {
        Assert.False(Egress.MayResolveTo(IPAddress.Parse(address), TargetScope.Internal));
        Assert.False(Egress.MayResolveTo(IPAddress.Parse(address), TargetScope.External));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:c0a8:101::1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.0.8")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("fd12:3456::1")]
    public void External_name_never_stands_for_an_inside_address(string address)
    {
        Assert.False(Egress.MayResolveTo(IPAddress.Parse(address), TargetScope.External));
        Assert.True(Egress.MayResolveTo(IPAddress.Parse(address), TargetScope.Internal));
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("198.20.0.1")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("64:ff9b::5db8:d822")]
    public void External_name_stands_for_a_public_address(string address) =>
        Assert.True(Egress.MayResolveTo(IPAddress.Parse(address), TargetScope.External));

    [Theory]
    [InlineData("127.0.0.1:1", false)]
    [InlineData("elsewhere.example:80", false)]
    [InlineData("", true)]
    public async Task Place_that_is_not_listed_is_not_connected_to(string listed, bool connects)
    {
        using var system = new TcpListener(IPAddress.Loopback, 0);
        system.Start();
        var authority = system.LocalEndpoint.ToString()!;
        using var client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectCallback = new Egress(
                    To(authority, listed.Length == 0 ? authority : listed),
                    new OutgoingConnections(1)
                ).ConnectAsync,
            }
        );
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{authority}/");

        var asked = client.SendAsync(request, leaving.Token);

        if (connects)
        {
            using var connection = await system.AcceptSocketAsync();
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
            return;
        }

        Assert.IsType<EgressException>((await Assert.ThrowsAsync<HttpRequestException>(() => asked)).InnerException);
        Assert.False(system.Pending());
    }

    [Fact]
    public async Task External_name_that_resolves_to_this_machine_is_not_connected_to()
    {
        using var client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectCallback = new Egress(To("localhost:80", "localhost:80"), new OutgoingConnections(1)).ConnectAsync,
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");

        Assert.IsType<EgressException>(
            (await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, CancellationToken.None))).InnerException
        );
    }

    [Fact]
    public void Unset_scope_is_external() => Assert.False(Egress.MayResolveTo(IPAddress.Loopback, default));

    private static Connector To(string authority, params string[] egress) =>
        new()
        {
            Tenant = Id<Tenant>.Parse("demo"),
            Id = Id<Connector>.Parse("crm"),
            Type = ConnectorType.Http,
            BaseAddress = new Uri($"http://{authority}"),
            Scope = TargetScope.External,
            TargetSystem = "crm",
            Egress = egress,
            Operations = [],
            Timeouts = ConnectorTimeouts.Default,
            Breaker = CircuitBreaker.Default,
            Source = new SourcePosition("connectors.yaml", 1, 1),
        };
}
