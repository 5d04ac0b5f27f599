using System.Net;
using System.Net.Sockets;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Tests.Faults;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class BoundedListenerFactoryTests
{
    private const int Most = 3;

    private readonly BoundedListenerFactory _bound;
    private int _refused;

    public BoundedListenerFactoryTests() =>
        _bound = new(
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            Most,
            () => Interlocked.Increment(ref _refused)
        );

    [Fact]
    public async Task One_too_many_is_closed_before_the_next_is_accepted()
    {
        await using var listener = await ListenAsync();
        var strangers = await ConnectAsync(listener, Most + 20);
        var letIn = await AcceptAsync(listener, Most);
        var next = listener.AcceptAsync().AsTask();
        await Waiting.ForAsync("the others are closed", () => strangers.Count(IsClosed) == 20);
        Assert.False(next.IsCompleted);
        Assert.Equal(20, _refused);

        await letIn[1].DisposeAsync();
        using var newcomer = Assert.Single(await ConnectAsync(listener, 1));
        Assert.NotNull(await next.WaitAsync(Waiting.Deadline));
        Assert.False(IsClosed(newcomer));
    }

    [Fact]
    public async Task What_is_disposed_twice_makes_room_for_one()
    {
        await using var listener = await ListenAsync();
        using var first = (await ConnectAsync(listener, 1))[0];
        var connection = Assert.Single(await AcceptAsync(listener, 1));
        await connection.DisposeAsync();
        await connection.DisposeAsync();

        var strangers = await ConnectAsync(listener, Most + 1);
        await AcceptAsync(listener, Most);
        var next = listener.AcceptAsync().AsTask();
        await Waiting.ForAsync("one is closed", () => strangers.Count(IsClosed) == 1);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task All_addresses_share_one_bound()
    {
        await using var one = await ListenAsync();
        await using var other = await ListenAsync();
        await ConnectAsync(one, Most);
        await AcceptAsync(one, Most);
        var late = Assert.Single(await ConnectAsync(other, 1));
        var next = other.AcceptAsync().AsTask();
        await Waiting.ForAsync("it is closed", () => IsClosed(late));
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task A_listener_that_ends_accepts_nothing_more()
    {
        await using var listener = await ListenAsync();
        var next = listener.AcceptAsync().AsTask();
        await listener.UnbindAsync();
        Assert.Null(await next.WaitAsync(Waiting.Deadline));
    }

    [Fact]
    public async Task A_connection_that_there_was_no_memory_for_ends_listening_for_no_other()
    {
        await using var listener = await new BoundedListenerFactory(new StarvedFactory(_bound), Most, () => { }).BindAsync(
            new IPEndPoint(IPAddress.Loopback, 0)
        );
        await ConnectAsync(listener, 1);
        Assert.Single(await AcceptAsync(listener, 1));
    }

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead);

    private static Task<List<Socket>> ConnectAsync(IConnectionListener listener, int count) =>
        Strangers.ConnectAsync(new Uri($"http://{listener.EndPoint}"), count);

    private static async Task<List<ConnectionContext>> AcceptAsync(IConnectionListener listener, int count)
    {
        var accepted = new List<ConnectionContext>();
        while (accepted.Count < count)
        {
            accepted.Add((await listener.AcceptAsync().AsTask().WaitAsync(Waiting.Deadline))!);
        }

        return accepted;
    }

    private async Task<IConnectionListener> ListenAsync() => await _bound.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Has no memory for the first connection.</summary>
    private sealed class StarvedFactory(IConnectionListenerFactory inner) : IConnectionListenerFactory
    {
        public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            new Starved(await inner.BindAsync(endpoint, cancellationToken));
    }

    private sealed class Starved(IConnectionListener inner) : IConnectionListener
    {
        private bool _fed;

        public EndPoint EndPoint => inner.EndPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            if (_fed)
            {
                return inner.AcceptAsync(cancellationToken);
            }

            _fed = true;
            throw new InsufficientMemoryException();
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
