using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Connectors.Tests.State;

/// <summary>
/// Stands between a client and a server, and can stop to pass anything on over the connections that are open, without closing them: what a
/// firewall does whose other side vanished. New connections work. And it can keep answers back for a while, as a network does that is slow
/// one way.
/// </summary>
internal sealed class SilentRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly int _target;
    private volatile CancellationTokenSource _silence = new();
    private volatile TaskCompletionSource? _held;

    public SilentRelay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void SilenceOpenConnections() => Interlocked.Exchange(ref _silence, new CancellationTokenSource()).Cancel();

    public void HoldAnswers() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetAnswersGo() => Interlocked.Exchange(ref _held, null)?.SetResult();

    public ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            _sockets.Add(client);
            _sockets.Add(server);
            await server.ConnectAsync(IPAddress.Loopback, _target);
            _ = PumpAsync(client, server, () => Task.CompletedTask, _silence.Token);
            _ = PumpAsync(server, client, () => _held?.Task ?? Task.CompletedTask, _silence.Token);
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Func<Task> mayGo, CancellationToken silence)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, silence) is > 0 and var read)
            {
                await mayGo();
                await to.SendAsync(buffer.AsMemory(0, read), silence);
            }

            to.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Silenced or closed.
        }
    }
}
