using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Clients that send a body, or read an answer of megabytes, a little at a time, until they are disposed.</summary>
internal sealed class ClingingClients : IAsyncDisposable
{
    /// <summary>The connector whose answers have megabytes.</summary>
    public const string Model = "broad";

    /// <value>Bytes. The server lets go of who sends or takes less than 240 a second: with these a round over all of them may take 8 s, on
    /// a machine with other work.</value>
    private const int Piece = 2048;
    private const int Events = 1_000;
    private const int EventBytes = 8 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<Socket> _begun = [];
    private readonly CancellationTokenSource _end = new();
    private volatile Socket[] _writers = [];
    private volatile Socket[] _readers = [];
    private volatile int _answers;
    private Task _clinging = Task.CompletedTask;

    /// <summary>Those that the gateway let go.</summary>
    public int Lost { get; private set; }

    /// <summary>Gives the connector a system that sends an answer as fast as it is taken.</summary>
    public static void Attach(ScriptedUpstream upstream)
    {
        var words =
            """data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"WORDS"}}]}""".Replace(
                "WORDS",
                new string('w', EventBytes),
                StringComparison.Ordinal
            ) + "\n\n";
        upstream.Expect($"\"{Model}-1\"").Begin = async connection =>
        {
            await connection.SayAsync(ScriptedConnection.Events);
            for (var i = 0; i < Events; i++)
            {
                await connection.SayChunkAsync(words);
            }
        };
    }

    /// <param name="each">How many readers, and how many writers.</param>
    public static async Task<ClingingClients> StartAsync(Uri address, string bearer, int each)
    {
        var clients = new ClingingClients();

        // From the first on: who waited until all are there would be let go where that takes longer than the server's grace of 5 s.
        clients._clinging = Task.Run(clients.ClingAsync);
        for (var i = 0; i < each; i++)
        {
            clients._writers = [.. clients._writers, await BeginAsync(address, $"Content-Length: 1000000\r\n\r\n{{", bearer)];
            var body = """{"model":"broad-1","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
            clients._readers = [.. clients._readers, await BeginAsync(address, $"Content-Length: {body.Length}\r\n\r\n{body}", bearer)];
        }

        await Waiting.ForAsync("each reader's answer has begun", () => clients._answers == each);
        return clients;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _clinging;
        _writers.Concat(_readers).ToList().ForEach(socket => socket.Dispose());
        _end.Dispose();
    }

    private static async Task<Socket> BeginAsync(Uri address, string rest, string bearer)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nAuthorization: "
                    + $"Bearer {bearer}\r\n{rest}"
            )
        );
        return socket;
    }

    // Apart from each other, and nobody waits for one whose answer stands still: a round that takes long would make them slower than they
    // are to be.
    private async Task ClingAsync()
    {
        await Task.WhenAll(WriteAsync(), ReadAsync());
        Lost += _writers.Count(writer => writer.Poll(0, SelectMode.SelectRead));
    }

    private async Task WriteAsync()
    {
        var piece = Encoding.ASCII.GetBytes(new string(' ', Piece));
        while (!_end.IsCancellationRequested)
        {
            foreach (var writer in _writers)
            {
                await writer.SendAsync(piece);
            }

            await Task.Delay(Pause);
        }
    }

    private async Task ReadAsync()
    {
        var piece = new byte[Piece];
        while (!_end.IsCancellationRequested)
        {
            foreach (var reader in _readers.Where(reader => reader.Poll(0, SelectMode.SelectRead)))
            {
                if (await reader.ReceiveAsync(piece) == 0)
                {
                    Lost++;
                }
                else if (_begun.Add(reader))
                {
                    _answers = _begun.Count;
                }
            }

            await Task.Delay(Pause);
        }
    }
}
