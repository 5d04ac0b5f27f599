using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A model provider that fails in one way, whatever it is asked.</summary>
/// <param name="Name">Of its connector; its model is the same with <c>-1</c>.</param>
/// <param name="Limits">Of its connector, as a line of YAML.</param>
/// <param name="Outcome">What the journal says of a call that reached it.</param>
/// <param name="Wanted">What callers may see beside an open breaker's refusal; status 0 is an answer that wasn't whole.</param>
internal sealed record BrokenSystem(
    string Name,
    string Limits,
    bool Streams,
    bool OpensBreaker,
    string Outcome,
    (int, string)[] Wanted,
    Func<ScriptedConnection, Task> AnswerAsync
)
{
    private const string Words =
        """data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"word "}}]}""";

    private int _received;

    public static IReadOnlyList<BrokenSystem> All { get; } =
    [
        new("resetting", "", false, true, "failed", [(502, "upstream_failed")], Resets),
        new("half-head", "", false, true, "failed", [(502, "upstream_failed")], c => c.EndAsync("HTTP/1.1 200 OK\r\nContent-Ty")),
        new(
            "garbage",
            "",
            false,
            true,
            "failed",
            [(502, "upstream_failed")],
            c => c.EndAsync("\u0000\u0001 who knows\r\n\r\n\u0002" + new string('x', 10_000))
        ),
        new("slow", "timeouts: {idle: 200ms}", false, true, "failed", [(504, "upstream_timeout")], c => c.GoneAsync()),
        new(
            "half-body",
            "",
            false,
            false,
            "cut",
            [(502, "upstream_failed"), (0, "cut")],
            c => c.EndAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":")
        ),
        new("half-stream", "", true, false, "cut", [(0, "cut")], HalfStream),
        new(
            "endless",
            "timeouts: {total: 1s}",
            true,
            false,
            "cut",
            [(0, "cut")],
            c => EndlessAsync(c, Words + "\n\n", ScriptedConnection.Events)
        ),
        new(
            "bottomless",
            "responseBytes: 64KiB",
            false,
            false,
            "cut",
            [(502, "response_too_large"), (0, "cut")],
            c =>
                EndlessAsync(
                    c,
                    new string(' ', 8192),
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                )
        ),
    ];

    /// <summary>Requests that came in whole.</summary>
    public int Received => _received;

    public void Attach(ScriptedUpstream upstream) =>
        upstream.Expect($"\"{Name}-1\"").Begin = connection =>
        {
            Interlocked.Increment(ref _received);
            return AnswerAsync(connection);
        };

    private static Task Resets(ScriptedConnection connection)
    {
        connection.Reset();
        return Task.CompletedTask;
    }

    private static async Task HalfStream(ScriptedConnection connection)
    {
        await connection.SayAsync(ScriptedConnection.Events);
        await connection.SayChunkAsync(Words + "\n\n");
        connection.Reset();
    }

    /// <summary>Until the gateway lets go, with a pause after each piece so that the machine has time for others.</summary>
    private static async Task EndlessAsync(ScriptedConnection connection, string piece, string head)
    {
        await connection.SayAsync(head);
        while (true)
        {
            await connection.SayChunkAsync(piece);
            await Task.Delay(5);
        }
    }
}
