using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Testing;

/// <summary>
/// A real redis-server of the test's own, without persistence unless asked for. It can be killed, started again on the same port, paused
/// and filled. Killed on disposal whatever happened.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>A key that nothing is ever put into.</summary>
    public const string Never = "nothing-ever-comes-here";

    private const int SignalContinue = 18;
    private const int SignalStop = 19;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);

    private readonly TemporaryDirectory _directory = new();
    private readonly RedisProgram _program;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private RedisServer(RedisProgram program) => _program = program;

    public int Port { get; private set; } = FreePort.Next();

    /// <summary>Where the other nodes of a cluster reach it.</summary>
    public int ClusterPort { get; } = FreePort.Next();

    public string Endpoint => "127.0.0.1:" + Port.ToString(CultureInfo.InvariantCulture);

    /// <param name="arguments">Further arguments, such as <c>--maxmemory-policy allkeys-lru</c>.</param>
    public static Task<RedisServer> StartAsync(params string[] arguments) => StartAsync(RedisProgram.Redis(arguments));

    public static async Task<RedisServer> StartAsync(RedisProgram program)
    {
        var server = new RedisServer(program);
        try
        {
            while (true)
            {
                await server.StartAgainAsync();
                if (await server.IsItAsync())
                {
                    return server;
                }

                // Another process took the port between the look and the start. Its server would be stopped under this test.
                server.Stop();
                server.Port = FreePort.Next();
            }
        }
        catch
        {
            await server.DisposeAsync(); // Nobody else has it yet, and it would go on running.
            throw;
        }
    }

    /// <summary>Starts a killed server on the same port, and returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(
            _program.Path,
            _program.Arguments(Port.ToString(CultureInfo.InvariantCulture), ClusterPort.ToString(CultureInfo.InvariantCulture))
        )
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _directory.Path,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_program.Path} didn't start");
        _output.Clear();
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        await WaitForAnswerAsync();
    }

    /// <summary>Kills the server at once, as a lost machine would.</summary>
    public void Stop()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    /// <summary>The server stays, but answers nothing.</summary>
    public void Pause() => Signal(SignalStop);

    public void Resume() => Signal(SignalContinue);

    public Task FlushAllAsync() => CommandAsync("FLUSHALL");

    public Task FlushScriptsAsync() => CommandAsync("SCRIPT", "FLUSH");

    public Task SetAsync(string setting, string value) => CommandAsync("CONFIG", "SET", setting, value);

    /// <summary>Returns when the server's own clock has gone on by this much.</summary>
    public async Task PassAsync(TimeSpan time) =>
        await CommandAsync("BLPOP", Never, time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));

    /// <summary>How often a command has been called since the start.</summary>
    public async Task<long> CallsAsync(string command)
    {
        var statistics = await CommandAsync("INFO", "commandstats");
        var at = statistics.IndexOf("cmdstat_" + command + ":calls=", StringComparison.Ordinal);
        var digits = at < 0 ? "0" : statistics[(statistics.IndexOf('=', at) + 1)..statistics.IndexOf(',', at)];
        return long.Parse(digits, CultureInfo.InvariantCulture);
    }

    /// <summary>Sends one command on a connection of its own and gives the raw answer, without its first type letter.</summary>
    /// <exception cref="InvalidOperationException">Redis answered with an error.</exception>
    public async Task<string> CommandAsync(params string[] words)
    {
        try
        {
            return await CommandAsync(Port, words);
        }
        catch (IOException e)
        {
            throw new IOException($"{e.Message}. It said:\n{string.Join('\n', _output.TakeLast(40))}", e);
        }
    }

    /// <inheritdoc cref="CommandAsync(string[])"/>
    public static async Task<string> CommandAsync(int port, params string[] words)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
        {
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await ReadAnswerAsync(reader);
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string> ReadAnswerAsync(StreamReader reader)
    {
        var line = await reader.ReadLineAsync() ?? throw new IOException("Redis closed the connection");
        switch (line[0])
        {
            case '-':
                throw new InvalidOperationException("Redis: " + line[1..]);
            case '$' when line != "$-1":
                var length = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
                var buffer = new char[length + "\r\n".Length];
                await reader.ReadBlockAsync(buffer);
                return new string(buffer, 0, length);
            case '*' when line != "*-1":
                var items = new string[int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = await ReadAnswerAsync(reader);
                }

                return string.Join('\n', items);
            default:
                return line[1..];
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    private async Task<bool> IsItAsync() =>
        (await CommandAsync(_program.WhoCommand)).Contains(
            _program.SaysProcess ? $"\r\nprocess_id:{_process?.Id.ToString(CultureInfo.InvariantCulture)}\r\n" : _directory.Path,
            StringComparison.Ordinal
        );

    private void Signal(int signal)
    {
        if (_process is not { } process || SendSignal(process.Id, signal) != 0)
        {
            throw new InvalidOperationException("The Redis server isn't running.");
        }
    }

    private async Task WaitForAnswerAsync()
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await CommandAsync("PING");
                return;
            }
            catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
            {
                if (_process is not { HasExited: false } || since.Elapsed > StartDeadline)
                {
                    throw new InvalidOperationException(
                        $"{_program.Path} on port {Port} doesn't answer after {since.Elapsed}. It said:\n{string.Join('\n', _output)}",
                        e
                    );
                }

                // Only so that the waiting leaves the processor to what is waited for.
                await Task.Delay(2);
            }
        }
    }
}
