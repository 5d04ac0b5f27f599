using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Mcp;

/// <summary><c>gateway mcp bridge</c> as a process, in front of the tests' own server or another program.</summary>
internal sealed class RunningBridge : IAsyncDisposable
{
    public const string Token = "a-token-that-nobody-will-guess";

    private const string Begin = "listening on ";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = [];
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });

    private Task _following = Task.CompletedTask;

    private RunningBridge(Process process) => _process = process;

    /// <summary>Of the tests' server, without the shims that put variables of their own into its environment.</summary>
    public static string[] Server { get; } = [Python(), Path.Combine(Repository.Root, "tests", "Cli.Tests", "Mcp", "server.py")];

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What the bridge has said so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <param name="options">Between the fixed ones and <c>--</c>, with single blanks.</param>
    /// <param name="program">Null for <see cref="Server"/>.</param>
    public static async Task<RunningBridge> StartAsync(CommandFolder folder, string options = "", string[]? program = null)
    {
        var file = folder.FileOf("token");
        await File.WriteAllTextAsync(file, Token + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        string[] line =
        [
            .. $"mcp bridge --listen http://127.0.0.1:0 --token-file {file} {options}".Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--",
            .. program ?? Server,
        ];
        var bridge = new RunningBridge(folder.Start(line));
        var first = await bridge._process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.StartsWith(Begin, first, StringComparison.Ordinal);
        bridge.Address = new Uri(first![Begin.Length..]);
        bridge._following = bridge.FollowAsync();
        return bridge;
    }

    /// <summary>Opens a session.</summary>
    public async Task<BridgeSession> OpenAsync()
    {
        var answer = await SendAsync(HttpMethod.Post, BridgeSession.Initialize, null);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotNull(answer.Session);
        return new BridgeSession(this, answer.Session);
    }

    /// <param name="session">The header; null for none.</param>
    /// <param name="headers">Instead of, or beside, those that an official client sends; null takes one out.</param>
    public async Task<BridgeReply> SendAsync(
        HttpMethod method,
        string? body,
        string? session,
        params (string Name, string? Value)[] headers
    )
    {
        using var request = Request(method, body, session, headers);
        using var answer = await _client.SendAsync(request, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        return new BridgeReply(
            answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType,
            answer.Headers.TryGetValues("Mcp-Session-Id", out var ids) ? ids.Single() : null,
            await answer.Content.ReadAsStringAsync()
        );
    }

    /// <summary>The stream that an answer is, to be read as it comes.</summary>
    public async Task<StreamReader> StreamAsync(HttpMethod method, string? body, string session)
    {
        var answer = await _client.SendAsync(Request(method, body, session, []), CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>As <c>kill</c> does it.</summary>
    public async Task<int> EndAsync(string signal)
    {
        using (var kill = Process.Start("kill", ["-s", signal, $"{Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await _following.WaitAsync(TimeSpan.FromMinutes(1));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await EndAsync("TERM");
        }

        _process.Dispose();
        _client.Dispose();
    }

    private async Task FollowAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _log.Enqueue(line);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string? body, string? session, (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(method, Address);
        var sent = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = "Bearer " + Token,
            ["Accept"] = "application/json, text/event-stream",
            ["Mcp-Session-Id"] = session,
        };
        foreach (var (name, value) in headers)
        {
            sent[name] = value;
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, sent.GetValueOrDefault("Content-Type") ?? "application/json");
        }

        sent.Remove("Content-Type");
        foreach (var (name, value) in sent.Where(header => header.Value is not null))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return request;
    }

    private static string Python()
    {
        using var python = Process.Start(
            new ProcessStartInfo("python3", ["-c", "import sys; print(sys.executable)"]) { RedirectStandardOutput = true }
        )!;
        return python.StandardOutput.ReadToEnd().Trim();
    }
}

/// <summary>What the bridge answered.</summary>
internal sealed record BridgeReply(HttpStatusCode Status, string? Type, string? Session, string Body)
{
    /// <summary>The messages of a stream, or the one of a document.</summary>
    public IReadOnlyList<JsonElement> Messages =>
        [
            .. (Type == "text/event-stream" ? Body.Split('\n').Where(IsData).Select(line => line["data: ".Length..]) : [Body]).Select(
                text => JsonDocument.Parse(text).RootElement
            ),
        ];

    /// <summary>The code of the error that it is.</summary>
    public int Code => Messages[^1].GetProperty("error").GetProperty("code").GetInt32();

    private static bool IsData(string line) => line.StartsWith("data: ", StringComparison.Ordinal);
}

/// <summary>A session with the tests' server.</summary>
internal sealed class BridgeSession(RunningBridge bridge, string id)
{
    public const string Initialize = """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t",
        "version":"1"}}}
        """;

    private int _last;

    public string Id => id;

    public Task<BridgeReply> SendAsync(string body) => bridge.SendAsync(HttpMethod.Post, body, id);

    public Task<BridgeReply> CallAsync(string tool, string arguments = "{}") => SendAsync(Call(tool, arguments));

    /// <summary>What the tool gave back.</summary>
    public async Task<JsonElement> ResultAsync(string tool, string arguments = "{}")
    {
        var answer = await CallAsync(tool, arguments);
        var text = answer.Messages[^1].GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
        return JsonDocument.Parse(text).RootElement;
    }

    public string Call(string tool, string arguments = "{}")
    {
        var number = Interlocked.Increment(ref _last);
        return $$$"""
            {"jsonrpc":"2.0","id":{{{number}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}},
            "_meta":{"progressToken":"p{{{number}}}" } } }
            """;
    }

    public Task<BridgeReply> EndAsync() => bridge.SendAsync(HttpMethod.Delete, null, id);
}
