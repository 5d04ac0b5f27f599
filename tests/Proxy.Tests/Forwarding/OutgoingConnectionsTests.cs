using System.Net;
using System.Net.Sockets;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.Tests.Faults;

namespace Gateway.Proxy.Tests.Forwarding;

public sealed class OutgoingConnectionsTests : IDisposable
{
    private readonly OutgoingConnections _connections = new(2);
    private readonly TcpListener _system = new(IPAddress.Loopback, 0);

    public OutgoingConnectionsTests() => _system.Start();

    public void Dispose()
    {
        _connections.Dispose();
        _system.Dispose();
    }

    [Fact]
    public async Task One_too_many_waits_until_another_is_closed()
    {
        await using var first = await ConnectAsync();
        await using var second = await ConnectAsync();
        var third = ConnectAsync().AsTask();
        Assert.False(third.IsCompleted);
        await second.DisposeAsync();
        await using var connected = await third.WaitAsync(Waiting.Deadline);
        Assert.True(connected.CanWrite);
    }

    [Fact]
    public async Task One_that_waits_too_long_is_given_up_and_takes_no_place()
    {
        await using var first = await ConnectAsync();
        await using var second = await ConnectAsync();
        using var late = new CancellationTokenSource();
        var third = ConnectAsync(late.Token).AsTask();
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        await first.DisposeAsync();
        await using var next = await ConnectAsync().AsTask().WaitAsync(Waiting.Deadline);
    }

    [Fact]
    public async Task Where_nobody_is_takes_no_place()
    {
        _system.Stop();
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<SocketException>(() => ConnectAsync().AsTask().WaitAsync(Waiting.Deadline));
        }
    }

    [Fact]
    public async Task What_is_closed_twice_makes_room_for_one()
    {
        var first = await ConnectAsync();
        await first.DisposeAsync();
        await first.DisposeAsync();
        await using var second = await ConnectAsync();
        await using var third = await ConnectAsync();
        using var late = new CancellationTokenSource();
        var fourth = ConnectAsync(late.Token).AsTask();
        Assert.False(fourth.IsCompleted);
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fourth);
    }

    private ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken = default) =>
        _connections.ConnectAsync([IPAddress.Loopback], ((IPEndPoint)_system.LocalEndpoint).Port, cancellationToken);
}
