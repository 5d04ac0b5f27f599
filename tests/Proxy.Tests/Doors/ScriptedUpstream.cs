using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Proxy.Tests.Doors;

/// <summary>
/// A system behind the gateway that says exactly the bytes that a test gives it, when the test gives them. One connection a request. Which
/// script answers is told by a word of the test's own in the request.
/// </summary>
public sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, ScriptedAnswer> _scripts = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public ScriptedUpstream()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The answer for the request that holds this word in its path or body.</summary>
    public ScriptedAnswer Expect(string word) => _scripts[word] = new ScriptedAnswer();

    /// <summary>As the other, with the whole answer known beforehand; the connection is closed behind it.</summary>
    public void Answer(string word, string answer) => Expect(word).Begin = connection => connection.EndAsync(answer);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var (request, pieces) = await ReadRequestAsync(client.GetStream());
                // The longest word, so that one test's may begin like another's.
                var script = _scripts.Where(s => request.Contains(s.Key, StringComparison.Ordinal)).MaxBy(s => s.Key.Length).Value;
                await script.RunAsync(new ScriptedConnection(client, request) { Pieces = pieces });
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The gateway went first.
            }
        }
    }

    private async Task<(string Text, int Pieces)> ReadRequestAsync(NetworkStream stream)
    {
        var pieces = 0;
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            pieces++;
            text.Append(read > 0 ? Encoding.Latin1.GetString(buffer, 0, read) : throw new IOException("The request ended early."));
        }

        return (text.ToString(), pieces);
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = request.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return end >= 0
            && (
                length < 0
                || length > end
                || request.Length - end - 4
                    >= int.Parse(request[(length + 16)..request.IndexOf('\r', length)], System.Globalization.CultureInfo.InvariantCulture)
            );
    }
}

/// <summary>One answer, said piece by piece by the test.</summary>
public sealed class ScriptedAnswer
{
    private readonly TaskCompletionSource<ScriptedConnection> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is said of itself; null where the test says it.</summary>
    internal Func<ScriptedConnection, Task>? Begin { get; set; }

    /// <summary>The connection, once the request has come in whole.</summary>
    public Task<ScriptedConnection> ConnectionAsync() => _connected.Task.WaitAsync(OpenDoors.Patience);

    /// <summary>Lets the connection go; until then it stays open.</summary>
    public void Over() => _over.TrySetResult();

    internal async Task RunAsync(ScriptedConnection connection)
    {
        _connected.TrySetResult(connection);
        if (Begin is { } begin)
        {
            await begin(connection);
            return;
        }

        await _over.Task;
    }
}

/// <summary>The upstream's side of one connection.</summary>
public sealed class ScriptedConnection(TcpClient client, string request)
{
    public const string Events = $"HTTP/1.1 200 OK\r\n{Last}Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    // Who closes without having said so meets the next request on its way over the same connection, and that one fails.
    private const string Last = "Connection: close\r\n";

    /// <summary>Head and body as they came, one character a byte.</summary>
    public string Request { get; } = request;

    /// <value>In how many reads it came.</value>
    public int Pieces { get; init; }

    public string Body => Request[(Request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public Task SayAsync(string text) => SayAsync(Encoding.UTF8.GetBytes(text));

    public Task SayAsync(byte[] bytes) => client.GetStream().WriteAsync(bytes).AsTask();

    /// <summary>As one chunk of a chunked body.</summary>
    public Task SayChunkAsync(string text) => SayAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    /// <summary>Says it and closes in good order; a head says that the connection ends with it.</summary>
    public async Task EndAsync(string text)
    {
        var head = text.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        var fields = head < 0 ? -1 : text.IndexOf('\n', head);
        await SayAsync(fields < 0 ? text : text.Insert(fields + 1, Last));
        client.Close();
    }

    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    /// <summary>Returns when the other side has let go.</summary>
    public async Task GoneAsync()
    {
        try
        {
            while (await client.GetStream().ReadAsync(new byte[256]).AsTask().WaitAsync(OpenDoors.Patience) > 0)
            {
                // What it still says is of no interest.
            }
        }
        catch (IOException)
        {
            // A reset is a way of letting go too.
        }
    }
}
