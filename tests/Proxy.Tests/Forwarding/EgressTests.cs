using System.Net;
using System.Net.Sockets;
using Gateway.Policy.Model;
using Gateway.Proxy.Forwarding;

namespace Gateway.Proxy.Tests.Forwarding;

public sealed class EgressTests
{
    [Theory]
    [InlineData("8.8.8.8", true, true)]
    [InlineData("2606:4700::1111", true, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::1", false, true)]
    [InlineData("10.1.2.3", false, true)]
    [InlineData("172.16.0.1", false, true)]
    [InlineData("172.31.255.255", false, true)]
    [InlineData("172.32.0.1", true, true)]
    [InlineData("192.168.1.1", false, true)]
    [InlineData("100.64.0.1", false, true)]
    [InlineData("100.128.0.1", true, true)]
    [InlineData("fd00::1", false, true)]
    [InlineData("::ffff:10.0.0.1", false, true)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("fec0::1", false, false)]
    [InlineData("ff02::1", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("0.1.2.3", false, false)]
    [InlineData("::", false, false)]
    [InlineData("::127.0.0.1", false, true)]
    [InlineData("64:ff9b::a00:1", false, true)]
    [InlineData("64:ff9b::808:808", true, true)]
    [InlineData("64:ff9b::a9fe:a9fe", false, false)]
    [InlineData("64:ff9b:1::a00:1", false, false)]
    [InlineData("64:ff9b:1:a9fe:a9:fe00::", false, false)]
    [InlineData("64:ff9b:2::808:808", true, true)]
    [InlineData("::ffff:0:10.0.0.1", false, true)]
    [InlineData("::ffff:0:169.254.169.254", false, false)]
    [InlineData("::ffff:0:8.8.8.8", true, true)]
    [InlineData("2002:a00:1::", false, true)]
    [InlineData("2002:a9fe:a9fe::", false, false)]
    [InlineData("fd00:ec2::254", false, false)]
    [InlineData("168.63.129.16", false, false)]
    [InlineData("100.100.100.200", false, false)]
    [InlineData("64:ff9b::6464:64c8", false, false)]
    [InlineData("192.0.0.192", false, false)]
    [InlineData("192.0.0.8", false, true)]
    [InlineData("198.18.0.1", false, true)]
    [InlineData("198.19.255.255", false, true)]
    [InlineData("198.20.0.1", true, true)]
    public void Name_may_stand_for_an_address_of_its_scope_only(string address, bool external, bool isInternal)
    {
        Assert.Equal(external, Egress.MayResolveTo(IPAddress.Parse(address), TargetScope.External));
        Assert.Equal(isInternal, Egress.MayResolveTo(IPAddress.Parse(address), TargetScope.Internal));
    }

    [Theory]
    [InlineData("127.0.0.1", 1, true)]
    [InlineData("localhost", 0, false)]
    [InlineData("127.0.0.2", 0, false)]
    public async Task Connection_to_what_isnt_declared_is_refused(string host, int portOffset, bool usesOtherPort)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await Assert.ThrowsAsync<EgressException>(() =>
            ConnectAsync($"127.0.0.1:{port}", host, usesOtherPort ? port + portOffset : port, TargetScope.Internal)
        );
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Declared_name_that_resolves_to_loopback_is_refused_for_an_external_system()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await Assert.ThrowsAsync<EgressException>(() => ConnectAsync($"localhost:{port}", "localhost", port, TargetScope.External));
        Assert.False(listener.Pending());
        await using var connected = await ConnectAsync($"localhost:{port}", "LOCALHOST", port, TargetScope.Internal);
        Assert.True(connected.CanWrite);
    }

    [Fact]
    public async Task Address_written_out_in_the_document_is_meant()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using var connected = await ConnectAsync($"127.0.0.1:{port}", "127.0.0.1", port, TargetScope.External);
        Assert.True(connected.CanWrite);
    }

    /// <summary>Through a real handler, since nobody else can make the context of a connection.</summary>
    private static async Task<Stream> ConnectAsync(string declared, string host, int port, TargetScope scope)
    {
        var egress = new Egress(
            new Connector
            {
                Tenant = Id<Tenant>.Parse("demo"),
                Id = Id<Connector>.Parse("system"),
                Type = ConnectorType.Http,
                BaseAddress = new Uri($"http://{declared}"),
                Scope = scope,
                TargetSystem = "system",
                Egress = [declared],
                Operations = [],
                Timeouts = ConnectorTimeouts.Default,
                Breaker = CircuitBreaker.Default,
                Source = new SourcePosition("test", 1, 1),
            },
            new OutgoingConnections(1)
        );
        Stream? stream = null;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                stream = await egress.ConnectAsync(context, cancellationToken);
                throw new IOException("far enough");
            },
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host}:{port}/");
        var failure = await Record.ExceptionAsync(() => invoker.SendAsync(request, CancellationToken.None));
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is EgressException refused)
            {
                throw refused;
            }
        }

        return stream!;
    }
}
