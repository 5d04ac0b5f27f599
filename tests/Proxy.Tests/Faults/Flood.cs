using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Attacks;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Requests with a real key's name and a signature that isn't its own, from a few connections, each as fast as it is answered. They are
/// made once and sent as bytes, so that they cost the sender next to nothing.
/// </summary>
internal sealed class Flood : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly long _began = Load.Now;
    private readonly Task _flooders;
    private long _refused;

    private Flood(Uri address, byte[] request, int connections) =>
        _flooders = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => FloodAsync(address, request))));

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Refused in a second; once it has ended.</summary>
    public double Rate { get; private set; }

    public static async Task<Flood> StartAsync(Uri address, RequestSigner signer, int connections)
    {
        var request = await RawRequest.SignedAsync(address.Authority, signer, "GET", "/tools/crm/contacts/c-1");
        return new Flood(address, request.Set("Signature", Other(request.Value("Signature"))).ToBytes(), connections);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _flooders;
        Rate = _refused / Stopwatch.GetElapsedTime(_began).TotalSeconds;
        _end.Dispose();
    }

    /// <summary>As long, and another: the first byte is changed.</summary>
    private static string Other(string signature)
    {
        var at = signature.IndexOf(':', StringComparison.Ordinal) + 1;
        return signature[..at] + (signature[at] == 'A' ? 'B' : 'A') + signature[(at + 1)..];
    }

    private async Task FloodAsync(Uri address, byte[] request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        var buffer = new byte[16 * 1024];
        while (!_end.IsCancellationRequested)
        {
            await socket.SendAsync(request);
            var answer = await AnswerAsync(socket, buffer);
            Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
            Assert.Equal("unauthenticated", Call.CodeOf(answer[answer.IndexOf('{', StringComparison.Ordinal)..]));
            Interlocked.Increment(ref _refused);
        }
    }

    /// <summary>One whole answer; each has its length in its head.</summary>
    private static async Task<string> AnswerAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            Assert.NotEqual(0, read);
            length += read;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            if (head >= 0 && length >= head + 4 + int.Parse(text[(at + 16)..text.IndexOf('\r', at)], CultureInfo.InvariantCulture))
            {
                return text;
            }
        }
    }
}
