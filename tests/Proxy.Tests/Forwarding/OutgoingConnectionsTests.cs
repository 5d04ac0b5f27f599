using System.Net;
using System.Net.Sockets;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.Tests.Faults;

namespace Gateway.Proxy.Tests.Forwarding;

public sealed class OutgoingConnectionsTests : IDisposable
{
    private static readonly IPAddress Silent = IPAddress.Parse("127.0.0.2");

    private readonly OutgoingConnections _connections = new(2);
    private readonly TcpListener _system = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _waiting = [];

    public OutgoingConnectionsTests() => _system.Start();

    private int Port => ((IPEndPoint)_system.LocalEndpoint).Port;

    public void Dispose()
    {
        _system.Dispose();
        _waiting.ForEach(socket => socket.Dispose());
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

    [Fact]
    public async Task An_address_that_does_not_answer_holds_the_next_up_for_a_moment_only()
    {
        using var silent = await SilentAsync();
        await using var connected = await _connections
            .ConnectAsync([Silent, IPAddress.Loopback], Port, CancellationToken.None)
            .AsTask()
            .WaitAsync(Waiting.Deadline);
        Assert.True(connected.CanWrite);

        // The one that didn't answer has left its place.
        await using var second = await ConnectAsync().AsTask().WaitAsync(Waiting.Deadline);
    }

    [Fact]
    public async Task An_address_where_nobody_is_is_passed_over()
    {
        await using var connected = await _connections
            .ConnectAsync([Silent, IPAddress.Parse("127.0.0.3"), IPAddress.Loopback], Port, CancellationToken.None)
            .AsTask()
            .WaitAsync(Waiting.Deadline);
        Assert.True(connected.CanWrite);
    }

    [Fact]
    public async Task Where_no_address_answers_it_ends_when_it_is_told_to_and_takes_no_place()
    {
        using var silent = await SilentAsync();
        using var late = new CancellationTokenSource();
        var connecting = _connections.ConnectAsync([Silent, Silent, Silent], Port, late.Token).AsTask();
        Assert.False(connecting.IsCompleted);
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        await using var first = await ConnectAsync().AsTask().WaitAsync(Waiting.Deadline);
        await using var second = await ConnectAsync().AsTask().WaitAsync(Waiting.Deadline);
    }

    /// <summary>A server on the other address that has more to accept than it takes: who connects now gets no answer.</summary>
    private async Task<Socket> SilentAsync()
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(Silent, Port));
        server.Listen(0);
        for (var i = 0; i < 3; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _waiting.Add(client);
            var connecting = client.ConnectAsync(Silent, Port);
            if (i == 0)
            {
                await connecting;
            }
        }

        return server;
    }

    private ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken = default) =>
        _connections.ConnectAsync([IPAddress.Loopback], Port, cancellationToken);
}
