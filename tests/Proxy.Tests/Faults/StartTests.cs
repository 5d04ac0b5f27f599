using System.Net;
using System.Net.Sockets;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Verification;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>What is wrong stops the start with its name and a remedy, before any port opens.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> AsItIs = [];

    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = new GatewayProcess(_provider.Address);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public Task A_missing_key_is_named_with_its_remedy() =>
        RefusesAsync(new() { ["DECISION_SIGNING_KEY"] = null }, ["DECISION_SIGNING_KEY is not set", "openssl rand -base64 32"]);

    [Fact]
    public Task Equal_keys_are_found_in_any_encoding()
    {
        var bytes = Enumerable.Range(1, 32).Select(i => (byte)(i * 7)).ToArray();
        var standard = Convert.ToBase64String(bytes);
        var other = standard.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return RefusesAsync(
            new() { ["DATA_ENCRYPTION_KEY"] = "a:" + standard, ["DECISION_SIGNING_KEY"] = "b:" + other },
            ["DATA_ENCRYPTION_KEY", "DECISION_SIGNING_KEY"]
        );
    }

    [Fact]
    public Task Everything_that_is_wrong_is_said_at_once()
    {
        var file = Path.Combine(_gateway.Governance, "permissions.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("connector: crm", "connector: crn", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_gateway.Governance, "broken.yaml"), "kind: [");
        return RefusesAsync(
            new() { ["BEARER_KEY_PEPPER"] = null },
            ["broken.yaml:", "permissions.yaml:", "crm", "BEARER_KEY_PEPPER", "Did you mean 'Replicas'", "Use 'redis'"],
            "--Gateway:Data:Replicsa=3",
            "--Gateway:Data:Replicas=2"
        );
    }

    [Fact]
    public async Task Memory_that_is_too_little_is_warned_of()
    {
        _gateway.Variables["DOTNET_GCHeapHardLimit"] = "8000000";
        await _gateway.PrepareAsync();
        await _gateway.StartAsync();
        Assert.Contains("128 MiB of memory", _gateway.Said, StringComparison.Ordinal);
    }

    [Fact]
    public Task Locks_that_a_setting_turned_off_are_missed() =>
        RefusesAsync(new() { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" }, ["doesn't hold", "DOTNET_SYSTEM_IO_DISABLEFILELOCKING"]);

    [Fact]
    public Task Unicode_that_a_setting_turned_off_is_missed() =>
        RefusesAsync(
            new() { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
            ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: is set", "install ICU"]
        );

    [Fact]
    public Task A_redis_that_is_not_there_is_named() =>
        RefusesAsync(
            AsItIs,
            ["Redis at 127.0.0.1:", "can't be reached"],
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0=127.0.0.1:{FreePort.Next()}"
        );

    [Fact]
    public async Task A_redis_that_may_forget_is_refused()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "allkeys-lru");
        await RefusesAsync(
            AsItIs,
            ["maxmemory-policy noeviction"],
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={redis.Endpoint}"
        );
    }

    [Fact]
    public async Task A_garnet_is_refused()
    {
        await using var garnet = await RedisServer.StartAsync(RedisProgram.Garnet());
        await RefusesAsync(
            AsItIs,
            ["is Garnet", "Use Redis 7.0"],
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={garnet.Endpoint}"
        );
    }

    [Fact]
    public async Task A_damaged_journal_stops_the_start_and_stays_as_it_is()
    {
        await _gateway.PrepareAsync();
        await _gateway.StartAsync();
        await _gateway.KillAsync();
        var segment = await DamageAsync();
        var before = await File.ReadAllBytesAsync(segment);
        await RefusesAsync(AsItIs, [segment, "offset"]);
        Assert.Equal(before, await File.ReadAllBytesAsync(segment));
    }

    [Fact]
    public async Task A_second_instance_on_the_same_data_gets_a_log_of_its_own()
    {
        await _gateway.PrepareAsync();
        await _gateway.StartAsync();
        await using var second = await Running.RunningGateway.StartAsync(_provider.Address, _gateway.Data, documents: "");
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_gateway.JournalPath, "demo")).Length);
        Assert.True(JournalVerifier.Verify(_gateway.JournalPath).IsGood);
    }

    private async Task<string> DamageAsync()
    {
        var folder = Directory.GetDirectories(Path.Combine(_gateway.JournalPath, "demo")).Single();
        await using (
            var log = JournalLog.Open(
                new JournalOptions { Root = _gateway.JournalPath },
                Running.RunningGateway.Demo,
                _gateway.LogKeys,
                TimeProvider.System
            )
        )
        {
            foreach (var id in new[] { "a", "b" })
            {
                await log.AppendAsync(
                    Gateway.Evidence.Records.RecordType.Outcome,
                    System.Text.Encoding.UTF8.GetBytes($"{{\"decision_id\":\"{id}\"}}"),
                    Durability.Synced,
                    CancellationToken.None
                );
            }
        }

        var segment = Directory.GetFiles(folder, SegmentName.Pattern).Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[SegmentHeader.Length + Frame.HeaderLength + 20] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        return segment;
    }

    private async Task RefusesAsync(Dictionary<string, string?> keys, string[] says, params string[] settings)
    {
        // Held, or a server of another test could be given it meanwhile, and would answer in the gateway's place.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, _gateway.Address.Port));
        var ending = _gateway.StartInVainAsync(keys, settings);
        while (!ending.IsCompleted)
        {
            Assert.Equal(0, await _gateway.StatusAsync("/livez"));
        }

        Assert.NotEqual(0, await ending);
        Assert.All(says, text => Assert.Contains(text, _gateway.Said, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", _gateway.Said, StringComparison.Ordinal);
        // Nor did it try to open the port.
        Assert.DoesNotContain("address already in use", _gateway.Said, StringComparison.OrdinalIgnoreCase);
    }
}
