using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Npgsql;

namespace Gateway.Testing;

/// <summary>
/// A real PostgreSQL of the tests' own. It can be killed, started again on the same port and paused. It ends with the process that started
/// it, however that ends, and its folder goes with it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>A role that may make schemas in the databases that are made here, and no more.</summary>
    public const string Role = "gateway";

    public const string Password = "correct horse battery staple";

    /// <value>Where PostgreSQL's own programs are.</value>
    public const string Programs = "/usr/lib/postgresql/15/bin";
    private const int SignalInterrupt = 2; // "Fast shutdown": https://www.postgresql.org/docs/15/server-shutdown.html
    private const int SignalKill = 9;
    private const int SignalContinue = 18;
    private const int SignalStop = 19;

    /// <summary>Waits until nobody holds its input; then ends the server, if it is this folder's, and removes the folder.</summary>
    private const string Keeper = """
        cat > /dev/null
        server=$(head -n 1 "$0/data/postmaster.pid" 2> /dev/null)
        if [ -n "$server" ] && [ "$(readlink "/proc/$server/cwd")" = "$0/data" ]; then
          kill -CONT "$server" $(ps -o pid= --ppid "$server")
          kill -QUIT "$server"
          while kill -0 "$server" 2> /dev/null; do sleep 0.05; done
        fi
        rm -rf "$0"
        """;

    private static readonly Lazy<Task<PostgresServer>> OfAll = new(() => StartAsync("-c", "fsync=off"));
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly Process _keeper;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

    private PostgresServer(string folder, string[] arguments)
    {
        (_folder, _arguments) = (folder, arguments);
        _keeper = Process.Start(new ProcessStartInfo("sh", ["-c", Keeper, folder]) { RedirectStandardInput = true })!;
    }

    /// <summary>One for all tests of a process that don't take it away: a database each.</summary>
    public static Task<PostgresServer> SharedAsync() => OfAll.Value;

    public int Port { get; private set; } = FreePort.Next();

    /// <summary>Where its settings, keys and files are; they belong to its user.</summary>
    public string Data => Path.Combine(_folder, "data");

    /// <param name="arguments">Further arguments, such as <c>-c fsync=off</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] arguments)
    {
        var folder = (await RunAsync("mktemp", "-d", "/tmp/gateway-postgres-XXXXXXXX")).Trim();
        var server = new PostgresServer(folder, arguments);
        try
        {
            await RunAsync(
                $"{Programs}/initdb",
                "--no-sync",
                "--pgdata",
                server.Data,
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--auth-local=trust",
                "--auth-host=scram-sha-256"
            );
            await server.StartAgainAsync();
            await server.ExecuteAsync($"CREATE ROLE {Role} LOGIN PASSWORD '{Password}'");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a killed server on the same port, and returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            Launch();
            try
            {
                await WaitForAnswerAsync(since);
                return;
            }
            catch (InvalidOperationException) when (since.Elapsed < StartDeadline)
            {
                // Its last processes may not be gone yet.
            }
        }
    }

    /// <summary>Kills the server and all its processes at once, as a lost machine would.</summary>
    public void Kill()
    {
        var all = Processes();
        foreach (var process in all)
        {
            SendSignal(process, SignalStop); // Or the first one's end would be tidied up by the others.
        }

        foreach (var process in all)
        {
            SendSignal(process, SignalKill);
        }

        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Ends the server as its operator would, and starts it again on the same port.</summary>
    public async Task RestartAsync()
    {
        SendSignal(Processes()[0], SignalInterrupt);
        await _process!.WaitForExitAsync();
        await StartAgainAsync();
    }

    /// <summary>The server stays, but answers nothing.</summary>
    public void Pause() => SendSignalToAll(SignalStop);

    public void Resume() => SendSignalToAll(SignalContinue);

    /// <summary>A new empty database in which <see cref="Role"/> may make schemas. It sorts as a dictionary does.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = "t_" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8'");
        await ExecuteAsync($"GRANT CREATE ON DATABASE {name} TO {Role}");
        return name;
    }

    /// <summary>How <see cref="Role"/> reaches a database, without its password.</summary>
    public string Connection(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username={Role}");

    /// <summary>As the superuser.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection of the superuser's, outside of any pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database = "postgres")
    {
        var connection = new NpgsqlConnection(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Host={_folder};Port={Port};Database={database};Username=postgres;Pooling=false;Timeout=30"
            )
        );
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What <c>pg_dump</c> writes of a database.</summary>
    /// <returns>The file.</returns>
    public async Task<string> BackUpAsync(string database)
    {
        var file = Path.Combine(_folder, database + ".dump");
        await RunAsync($"{Programs}/pg_dump", [.. Superuser, "--format=custom", "--file", file, database]);
        return file;
    }

    /// <summary>Puts a database back to what a file of <see cref="BackUpAsync"/> says.</summary>
    public async Task PutBackAsync(string database, string file)
    {
        await ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
        await RunAsync($"{Programs}/pg_restore", [.. Superuser, "--create", "--dbname=postgres", file]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Kill();
        }

        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private string[] Superuser => ["--host", _folder, "--port", Port.ToString(CultureInfo.InvariantCulture), "--username", "postgres"];

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    /// <summary>
    /// PostgreSQL refuses to run as root. What starts it stands in its own place: <c>runuser</c> would stay beside it, stop itself when its
    /// child is paused, and so never end.
    /// </summary>
    private static ProcessStartInfo Command(string program, params string[] arguments) =>
        Environment.UserName == "root"
            ? new("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", program, .. arguments])
            {
                WorkingDirectory = "/",
            }
            : new(program, arguments);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = Command(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await error}");
    }

    /// <summary>The server's first process, and those that it started.</summary>
    private List<int> Processes()
    {
        var first = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var children = File.ReadAllText($"/proc/{first}/task/{first}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [first, .. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
    }

    private void SendSignalToAll(int signal)
    {
        foreach (var process in Processes())
        {
            SendSignal(process, signal);
        }
    }

    private void Launch()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        string[] own = ["-D", Data, "-p", port, "-k", _folder, "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=16MB"];
        var start = Command($"{Programs}/postgres", [.. own, .. _arguments]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _said.Clear();
        _process?.Dispose();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitForAnswerAsync(Stopwatch since)
    {
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException e)
            {
                if (_process is not { HasExited: false } || since.Elapsed > StartDeadline)
                {
                    throw new InvalidOperationException(
                        $"PostgreSQL on port {Port} doesn't answer after {since.Elapsed}. It said:\n{string.Join('\n', _said)}",
                        e
                    );
                }

                // Only so that the waiting leaves the processor to what is waited for.
                await Task.Delay(10);
            }
        }
    }
}
