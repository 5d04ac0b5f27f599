using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gateway.LoadTests.Client;

/// <summary>
/// One kept connection of HTTP/1.1, blocking, with no more work a request than a send and as many reads as it takes: what the client costs
/// is taken from what is measured, on a machine that has both. One thread at a time. After an exception it is of no more use.
/// </summary>
public sealed class Connection : IDisposable
{
    /// <value>How long an answer may stay away before the request counts as failed.</value>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        ReceiveTimeout = (int)Patience.TotalMilliseconds,
        SendTimeout = (int)Patience.TotalMilliseconds,
    };

    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;

    /// <value>When the first bytes of the last answer's body were there, or its head where it has no body; a timestamp of
    /// <see cref="Stopwatch"/>.</value>
    public long FirstOfBody { get; private set; }

    public Connection(Uri address) => _socket.Connect(IPAddress.Parse(address.Host), address.Port);

    /// <summary>
    /// Sends and reads the whole answer, head and body as they came, chunk sizes among it. It is valid until the next call.
    /// </summary>
    /// <exception cref="SocketException">The connection broke, or nothing came for <see cref="Patience"/>.</exception>
    /// <exception cref="InvalidDataException">What came isn't an answer of HTTP/1.1 with a length.</exception>
    public Answer Exchange(ReadOnlySpan<byte> request)
    {
        for (var sent = 0; sent < request.Length; )
        {
            sent += _socket.Send(request[sent..]);
        }

        _filled = 0;
        var body = ReadHead();
        var head = _buffer.AsSpan(0, body);
        var status = int.Parse(head["HTTP/1.1 ".Length..][..3], NumberStyles.None, CultureInfo.InvariantCulture);
        var length = AnswerHead.LengthOf(head);
        if (_filled == body && length != 0)
        {
            Fill();
        }

        FirstOfBody = Stopwatch.GetTimestamp();
        var end = length is not null ? ReadTo(body + length.Value) : ReadChunks(body);
        return new Answer(status, body, _buffer.AsSpan(0, end));
    }

    public void Dispose() => _socket.Dispose();

    /// <returns>Where the body begins.</returns>
    private int ReadHead()
    {
        var searched = 0;
        while (true)
        {
            Fill();
            var at = _buffer.AsSpan(searched, _filled - searched).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
            {
                return searched + at + 4;
            }

            searched = Math.Max(0, _filled - 3);
        }
    }

    private int ReadTo(int end)
    {
        while (_filled < end)
        {
            Fill();
        }

        return end;
    }

    private int ReadChunks(int at)
    {
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
            {
                Fill();
            }

            var size = int.Parse(_buffer.AsSpan(at, line), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at = ReadTo(at + line + 2 + size + 2);
            if (size == 0)
            {
                return at;
            }
        }
    }

    private void Fill()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _socket.Receive(_buffer.AsSpan(_filled));
        _filled += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
    }
}
