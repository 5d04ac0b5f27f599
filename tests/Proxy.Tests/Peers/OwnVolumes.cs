using System.Net;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Signing;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Peers;

/// <summary>Replicas over one Redis and one PostgreSQL, with the same keys, each with a data folder of its own.</summary>
public sealed class OwnVolumes : IAsyncLifetime
{
    private readonly string[] _keys = [.. KeyGenerator.Generate().Select(key => $"--{key.Setting}={key.Value.Reveal()}")];
    private readonly List<TemporaryDirectory> _folders = [];
    private RedisServer _redis = null!;
    private RunningStandIn _provider = null!;
    private string[] _shared = [];

    public async Task InitializeAsync()
    {
        var postgres = await PostgresServer.SharedAsync();
        _redis = await RedisServer.StartAsync();
        _provider = await RunningStandIn.StartAsync();
        _shared =
        [
            .. SharedStorage.Settings(_redis, postgres, await postgres.NewDatabaseAsync()),
            "--Gateway:Store:Deadline=00:00:05",
            .. _keys,
        ];
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _redis.DisposeAsync();
        _folders.ForEach(folder => folder.Dispose());
    }

    public string NewVolume()
    {
        _folders.Add(new TemporaryDirectory());
        return _folders[^1].Path;
    }

    public static string NewAddress() => $"http://127.0.0.1:{FreePort.Next()}";

    public Task<RunningGateway> StartAsync(string volume, string address, params string[] settings) =>
        RunningGateway.StartAsync(
            _provider.Address,
            volume,
            string.Join("\n---\n", DoorDocuments.Agent("payer"), DoorDocuments.Agent("auditor", "  tenantReceipts: true")),
            [.. _shared, $"--Gateway:Peers:Url={address}", $"--Gateway:Peers:Address={address}", .. settings]
        );

    /// <summary>A call by this replica; gives its receipt's id.</summary>
    public static async Task<string> CallAsync(RunningGateway gateway, string bearer)
    {
        const string Hello = """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}""";
        using var request = gateway.Request(HttpMethod.Post, "/v1/chat/completions", Hello);
        request.Headers.Add("Authorization", $"Bearer {bearer}");
        using var answer = await gateway.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Gateway-Receipt"));
    }

    public static async Task<(HttpStatusCode Status, byte[] Content)> AskAsync(RunningGateway gateway, string bearer, string receipt)
    {
        using var request = gateway.Request(HttpMethod.Get, $"/v1/receipts/{receipt}");
        request.Headers.Add("Authorization", $"Bearer {bearer}");
        using var answer = await gateway.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    public static void Verify(RunningGateway gateway, string receipt, byte[] content)
    {
        var keys = gateway.Services.GetRequiredService<LogKeys>().Public;
        Assert.Null(ReceiptVerifier.Verify(content, "receipt", keys, out var verified));
        Assert.Equal(receipt, verified!.Id.ToString());
    }

    internal static string LogOf(RunningGateway gateway) =>
        gateway.Services.GetRequiredService<TenantJournals>().Find(RunningGateway.Demo)!.Id.ToString();

    internal static LogStore Logs(RunningGateway gateway) => new(gateway.Services.GetRequiredService<SqlStore>().Databases);
}
