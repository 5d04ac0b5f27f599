using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Gateway.Testing;

/// <summary>Three sentinels of the test's own, which watch a primary with a replica: two have to agree that the primary is gone.</summary>
public sealed class RedisSentinels : IAsyncDisposable
{
    /// <summary>The name under which they know the primary.</summary>
    public const string Service = "main";

    private readonly TemporaryDirectory _directory = new();
    private readonly List<Process> _processes = [];
    private readonly ConcurrentQueue<string> _output = new();

    private RedisSentinels(RedisServer primary, RedisServer replica) => (Primary, Replica) = (primary, replica);

    /// <summary>At first.</summary>
    public RedisServer Primary { get; }

    /// <summary>At first.</summary>
    public RedisServer Replica { get; }

    public IReadOnlyList<string> Endpoints { get; private set; } = [];

    /// <param name="arguments">Further ones for the two servers.</param>
    public static async Task<RedisSentinels> StartAsync(params string[] arguments)
    {
        var primary = await RedisServer.StartAsync(["--repl-diskless-sync-delay", "0", .. arguments]);
        var port = primary.Port.ToString(CultureInfo.InvariantCulture);
        var replica = await RedisServer.StartAsync(["--repl-diskless-sync-delay", "0", "--replicaof", $"127.0.0.1 {port}", .. arguments]);
        var sentinels = new RedisSentinels(primary, replica);
        try
        {
            await UntilAsync(async () => (await replica.CommandAsync("INFO", "replication")).Contains("master_link_status:up", Ordinal));
            var ports = Enumerable.Range(0, 3).Select(_ => FreePort.Next()).ToList();
            ports.ForEach(one => sentinels.Start(one, port));
            sentinels.Endpoints = [.. ports.Select(one => $"127.0.0.1:{one}")];
            foreach (var one in ports)
            {
                await UntilAsync(() => sentinels.KnowsAllAsync(one));
            }

            return sentinels;
        }
        catch
        {
            await sentinels.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has them make the replica the primary, as for maintenance; returns when it is, and the other is a replica.</summary>
    public async Task FailOverAsync()
    {
        await RedisServer.CommandAsync(PortOf(Endpoints[0]), "SENTINEL", "FAILOVER", Service);
        await PromotedAsync();
        await UntilAsync(() => SaysAsync(Primary, "role:slave"));
    }

    /// <summary>Has each ask for a password from now on.</summary>
    public async Task SetPasswordAsync(string password)
    {
        foreach (var endpoint in Endpoints)
        {
            await RedisServer.CommandAsync(PortOf(endpoint), "ACL", "SETUSER", "default", "resetpass", ">" + password);
        }
    }

    /// <summary>What they kept of logins that they refused; empty for none.</summary>
    public async Task<string> RefusedLoginsAsync() =>
        string.Concat(await Task.WhenAll(Endpoints.Select(endpoint => RedisServer.CommandAsync(PortOf(endpoint), "ACL", "LOG"))));

    /// <summary>Returns when the one that was the replica is the primary.</summary>
    public Task PromotedAsync() => UntilAsync(() => SaysAsync(Replica, "role:master"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await Primary.DisposeAsync();
        await Replica.DisposeAsync();
        _directory.Dispose();
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static int PortOf(string endpoint) => int.Parse(endpoint.AsSpan(endpoint.IndexOf(':') + 1), CultureInfo.InvariantCulture);

    private void Start(int port, string primary)
    {
        var file = Path.Combine(_directory.Path, $"sentinel-{port}.conf");
        File.WriteAllText(
            file,
            $"""
            port {port}
            bind 127.0.0.1
            sentinel monitor {Service} 127.0.0.1 {primary} 2
            sentinel down-after-milliseconds {Service} 1000
            sentinel failover-timeout {Service} 5000
            """
        );
        var start = new ProcessStartInfo("redis-server", [file, "--sentinel"]) { RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("redis-server didn't start");
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        _processes.Add(process);
    }

    private async Task<bool> KnowsAllAsync(int port)
    {
        try
        {
            var others = await RedisServer.CommandAsync(port, "SENTINEL", "SENTINELS", Service);
            var replicas = await RedisServer.CommandAsync(port, "SENTINEL", "REPLICAS", Service);
            return others.Split("\nrunid\n").Length == 3 && replicas.Contains("\nmaster-link-status\nok", Ordinal);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    /// <summary>A server that changes its part closes its connections, the one that asks it too.</summary>
    private static async Task<bool> SaysAsync(RedisServer server, string role)
    {
        try
        {
            return (await server.CommandAsync("INFO", "replication")).Contains(role, Ordinal);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(20, limit.Token); // Only so that the waiting leaves the processor to what is waited for.
        }
    }
}
