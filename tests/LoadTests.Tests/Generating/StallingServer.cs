using System.Net;
using System.Net.Sockets;

namespace Gateway.LoadTests.Tests.Generating;

/// <summary>Answers at once, but for one request, which it lets wait.</summary>
internal sealed class StallingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Thread _thread;

    /// <param name="stalled">Which request waits, from zero.</param>
    public StallingServer(int stalled, TimeSpan stall)
    {
        _listener.Start();
        _thread = new Thread(() => Serve(stalled, stall)) { IsBackground = true };
        _thread.Start();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public void Dispose()
    {
        _listener.Stop();
        _thread.Join();
    }

    private void Serve(int stalled, TimeSpan stall)
    {
        try
        {
            using var socket = _listener.AcceptSocket();
            var buffer = new byte[64 * 1024];
            for (var i = 0; socket.Receive(buffer) > 0; i++)
            {
                if (i == stalled)
                {
                    Thread.Sleep(stall);
                }

                socket.Send("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nchatcmpl-load"u8);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }
}
