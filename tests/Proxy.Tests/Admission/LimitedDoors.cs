using System.Text.Json;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>A gateway whose agents and connectors are each near one limit, with its shared state in memory.</summary>
public class LimitedDoors : IAsyncLifetime
{
    private static readonly string Agents = string.Join(
        "\n---\n",
        [
            DoorDocuments.Agent("rated", "  rate: {requests: 2, period: 1m}"),
            DoorDocuments.Agent("single", "  concurrency: 1"),
            .. new[] { "held", "settled", "leaver", "unsaid", "chooser", "cut-off" }.Select(a =>
                DoorDocuments.Agent(a, "  modelTokens: {tokens: 100, window: 1d}")
            ),
            DoorDocuments.Agent("refused", "  modelTokens: {tokens: 100, window: 1d}"),
            DoorDocuments.Agent("plain", "  bearerTools: true"),
            .. new[] { "rated", "single", "held", "settled", "leaver", "unsaid", "chooser", "cut-off", "plain" }.Select(a =>
                DoorDocuments.Permission(a, "scripted")
            ),
            .. new[] { "rated", "settled", "plain" }.Select(a => DoorDocuments.Permission(a, "openai")),
            .. new[] { "quick", "narrow", "open" }.Select(c => DoorDocuments.Permission("plain", c)),
            DoorDocuments.Model("quick", "  rate: {requests: 1, period: 1m}"),
        ]
    );

    public ScriptedUpstream Upstream { get; } = new();

    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        var settings = await SettingsAsync();
        Provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(Provider.Address, data: null, $"{Agents}\n---\n{Connectors()}", settings);
    }

    public virtual async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    public async Task<HttpResponseMessage> ChatAsync(string key, string content, string more = "", string model = "scripted-1")
    {
        var request = Gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}]{{more}}}"""
        );
        request.Headers.Add("x-api-key", key);
        return await Gateway.SendAsync(request);
    }

    public async Task<HttpResponseMessage> ToolAsync(string key, string path)
    {
        var request = Gateway.Request(HttpMethod.Get, path);
        request.Headers.Add("x-api-key", key);
        return await Gateway.SendAsync(request);
    }

    /// <summary>The scripted provider's whole answer, which says that this many tokens were used.</summary>
    public static string Answer(int input, int output)
    {
        var body = $$$"""{"choices":[],"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}}}}""";
        return $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    public static async Task<string> CodeOfAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString()!;

    protected virtual Task<string[]> SettingsAsync() => Task.FromResult<string[]>([]);

    private string Connectors() =>
        string.Join(
            "\n---\n",
            [
                DoorDocuments.Model("scripted", address: $"{Upstream.Address}v1"),
                DoorDocuments.Model("narrow", "  concurrency: 1", $"{Upstream.Address}v1"),
                $$"""
                apiVersion: gateway/v1
                kind: Connector
                metadata: {tenant: demo, name: open}
                spec:
                  type: http
                  baseAddress: {{Upstream.Address}}base
                  scope: internal
                  environment: development
                  operations: [{name: get, action: read, risk: low, methods: [GET], path: "/{**rest}"}]
                """,
                """
                apiVersion: gateway/v1
                kind: Tenant
                metadata: {name: tight}
                spec:
                  rate: {requests: 2, period: 1m}
                """,
                """
                apiVersion: gateway/v1
                kind: Workspace
                metadata: {tenant: tight, name: main}
                spec: {environment: development}
                """,
                DoorDocuments.Agent("one").Replace("tenant: demo", "tenant: tight", StringComparison.Ordinal),
                DoorDocuments.Agent("two").Replace("tenant: demo", "tenant: tight", StringComparison.Ordinal),
            ]
        );
}

/// <summary>The same with its shared state in Redis.</summary>
public sealed class RedisLimitedDoors : LimitedDoors
{
    public RedisServer Redis { get; private set; } = null!;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Redis.DisposeAsync();
    }

    protected override async Task<string[]> SettingsAsync()
    {
        Redis = await RedisServer.StartAsync();
        return
        [
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={Redis.Endpoint}",
            "--Gateway:State:Deadline=00:00:02",
            "--Gateway:Admission:PollInterval=00:00:01",
        ];
    }
}
