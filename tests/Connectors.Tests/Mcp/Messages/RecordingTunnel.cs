using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Connectors.Tests.Mcp.Messages;

/// <summary>Passes connections on to a server of this machine, byte for byte, and keeps what passed in each direction.</summary>
internal sealed class RecordingTunnel : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly int _target;
    private readonly Task _accepting;

    public RecordingTunnel(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>One pair a connection: what the client sent, and what the server did.</summary>
    public ConcurrentBag<(MemoryStream Sent, MemoryStream Got)> Connections { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_running);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _running.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // Nobody is to connect any more.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        var (sent, got) = (new MemoryStream(), new MemoryStream());
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            Connections.Add((sent, got));
            await Task.WhenAll(CopyAsync(near, far, sent), CopyAsync(far, near, got));
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of them hung up; what had passed is kept.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, MemoryStream kept)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                kept.Write(buffer, 0, read);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        finally
        {
            to.Close(); // A client that hangs up must hang up at the server too: that is how it cancels.
        }
    }
}
