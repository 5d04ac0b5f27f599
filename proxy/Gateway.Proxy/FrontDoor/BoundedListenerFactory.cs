using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// Listens as the server would, and closes a connection that is one too many before it accepts the next. The server's own limit closes it
/// at its leisure: a burst that outruns the closing takes every file that the process may open, and then nothing can be recorded.
/// </summary>
/// <param name="most">Connections at once, of all addresses together.</param>
/// <param name="refused">Told of each that is one too many.</param>
public sealed class BoundedListenerFactory(IConnectionListenerFactory inner, int most, Action refused)
    : IConnectionListenerFactory,
        IConnectionListenerFactorySelector
{
    // Made beforehand: when it is needed there is no memory for it.
    private static readonly ConnectionAbortedException NoMemory = new("There was no memory for the connection.");

    private int _open;

    public bool CanBind(EndPoint endpoint) => inner is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await inner.BindAsync(endpoint, cancellationToken), this);

    private bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    private void Refuse() => refused();

    private void Leave() => Interlocked.Decrement(ref _open);

    private sealed class Listener(IConnectionListener inner, BoundedListenerFactory bound) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                ConnectionContext? connection = null;
                try
                {
                    connection = await inner.AcceptAsync(cancellationToken);
                    var counted = connection is null ? null : new Counted(connection, bound);
                    if (counted is null || bound.TryEnter())
                    {
                        return counted;
                    }

                    bound.Refuse();
                    await connection!.DisposeAsync();
                }
                catch (OutOfMemoryException) when (!cancellationToken.IsCancellationRequested)
                {
                    // After any exception the server accepts nothing more, for good: a process that lives and can't be reached. What one
                    // connection had no memory for must not end all. No pause: the collection that failed to find memory was one, and a
                    // timer would need some itself.
                    connection?.Abort(NoMemory);
                }
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>Counts until it is disposed, and so until its file is closed.</summary>
    private sealed class Counted(ConnectionContext inner, BoundedListenerFactory bound) : ConnectionContext
    {
        private int _left;

        public override string ConnectionId
        {
            get => inner.ConnectionId;
            set => inner.ConnectionId = value;
        }

        public override IFeatureCollection Features => inner.Features;

        public override IDictionary<object, object?> Items
        {
            get => inner.Items;
            set => inner.Items = value;
        }

        public override IDuplexPipe Transport
        {
            get => inner.Transport;
            set => inner.Transport = value;
        }

        public override CancellationToken ConnectionClosed
        {
            get => inner.ConnectionClosed;
            set => inner.ConnectionClosed = value;
        }

        public override EndPoint? LocalEndPoint
        {
            get => inner.LocalEndPoint;
            set => inner.LocalEndPoint = value;
        }

        public override EndPoint? RemoteEndPoint
        {
            get => inner.RemoteEndPoint;
            set => inner.RemoteEndPoint = value;
        }

        public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

        public override void Abort() => inner.Abort();

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await inner.DisposeAsync();
            }
            finally
            {
                if (Interlocked.Exchange(ref _left, 1) == 0)
                {
                    bound.Leave();
                }
            }
        }
    }
}
