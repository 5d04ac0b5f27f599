using System.Net;
using System.Net.Sockets;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Connections to systems, as many at once as the process has files for. One that is too many waits for another to close, for as long as its connector lets it: where no file
/// is left .NET can't begin a thread, and ends the process.
/// </summary>
/// <param name="most">Of all connectors together.</param>
public sealed class OutgoingConnections(int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most);

    /// <exception cref="SocketException">Nobody is there.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        Socket? socket = null;
        try
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new CountedStream(socket, _free);
        }
        catch
        {
            socket?.Dispose();
            _free.Release();
            throw;
        }
    }

    public void Dispose() => _free.Dispose();

    /// <summary>Counts until its socket is closed, by whomever.</summary>
    private sealed class CountedStream(Socket socket, SemaphoreSlim free) : NetworkStream(socket, ownsSocket: true)
    {
        private int _left;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                free.Release();
            }
        }
    }
}
