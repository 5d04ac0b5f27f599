using System.Net.Http.Headers;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Management;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Dashboards;

/// <summary>
/// An instance with agents that are allowed, degraded, held and blocked, and with all that goes wrong: a system that nobody reaches, a
/// provider that breaks off, a secret that isn't there, a channel that wants no more notices, too many connections, a broken document, a
/// kill, a replay, a journal that can't be written.
/// </summary>
internal sealed class BusyGateway : IAsyncDisposable
{
    private const int Connections = 40;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ScriptedUpstream _told = new();
    private readonly RunningStandIn _provider;
    private readonly GatewayProcess _gateway;
    private RequestSigner _signer = null!;
    private string _assistant = "";
    private string _payer = "";

    private BusyGateway(RunningStandIn provider) => (_provider, _gateway) = (provider, new GatewayProcess(provider.Address));

    public Uri Management { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public static async Task<BusyGateway> StartAsync()
    {
        var busy = new BusyGateway(await RunningStandIn.StartAsync());
        await busy.BeginAsync();
        return busy;
    }

    /// <summary>Some of everything that agents do. Again and again, so that all that is counted goes up.</summary>
    public async Task GoOnAsync()
    {
        Assert.Equal(200, await ChatAsync("please write to ada@example.com"));
        Assert.Equal(200, await ChatAsync("hello", more: "\"stream\":true,"));
        Assert.Equal(200, await ChatAsync("hello"));
        Assert.Equal(502, await ChatAsync("!reset"));
        Assert.Equal(404, await ChatAsync("hello", model: "no-such-model"));
        Assert.Equal(401, await ChatAsync("hello", bearer: "gwk_nobodys"));
        Assert.Equal(503, await SendAsync(_assistant, HttpMethod.Post, "/v1/messages", Claude)); // Its secret isn't in the vault.
        Assert.Equal(403, await SendAsync(_payer, HttpMethod.Post, "/tools/bank/refunds", """{"contact":"c-1","amount":10}"""));
        Assert.Contains(await SendAsync(_payer, HttpMethod.Get, "/tools/nobody/read"), (IEnumerable<int>)[502, 503]);
        await ReplayAsync();
    }

    /// <summary>What happens once.</summary>
    public async Task FailAsync()
    {
        using var scrape = new Scrape(Management);
        var strangers = await Strangers.ConnectAsync(_gateway.Address, Connections + 3);
        await scrape.UntilAsync(value => value > 0, "gateway_connections_refused_total", "gateway_listener=\"agents\"");
        strangers.ForEach(one => one.Dispose());

        await using (var store = new SqliteStore(Path.Combine(_gateway.Data, "store")))
        {
            var kills = new KillStore(store.Databases, ChangeOrigin.Local("test", "INC-42"));
            var kill = kills.New(KillScope.Agent, "intern", graceful: true, TimeProvider.System.GetUtcNow());
            await kills.SetAsync(RunningGateway.Demo, kill, CancellationToken.None);
        }

        await scrape.UntilAsync(value => value == 1, "gateway_kills_active", "gateway_kill_scope=\"agent\"");
        await scrape.UntilAsync(value => value >= 1, "gateway_notices_total", "gateway_notice_outcome=\"dead\"");
        await scrape.UntilAsync(value => value == 1, "gateway_upstream_breaker", "connector=\"nobody\"", "scope=\"all\"");
        await scrape.UntilAsync(value => value == 1, "gateway_approvals_pending");

        Directory.Move(_gateway.JournalPath, _gateway.JournalPath + ".away");
        await Waiting.ForAsync("it can't be recorded", async () => await ChatAsync("hello") == 503);
        Directory.Move(_gateway.JournalPath + ".away", _gateway.JournalPath);
        await Waiting.ForAsync("it can be again", async () => await ChatAsync("hello") == 200);

        await File.WriteAllTextAsync(Path.Combine(_gateway.Governance, "broken.yaml"), "kind: [");
        await scrape.UntilAsync(value => value == 0, "gateway_ready", "gateway_part=\"governance\"");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _told.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private const string Claude = """{"model":"claude-haiku-4-5","max_tokens":16,"messages":[{"role":"user","content":"hello"}]}""";

    private async Task BeginAsync()
    {
        _told.Answer("/desk", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var connectors = Path.Combine(_gateway.Governance, "connectors.yaml");
        var text = await File.ReadAllTextAsync(connectors);
        await File.WriteAllTextAsync(
            connectors,
            text.Replace("name: openai}\nspec:\n", "name: openai}\nspec:\n  bodies: {keep: redacted}\n", StringComparison.Ordinal)
        );
        await File.WriteAllTextAsync(Path.Combine(_gateway.Governance, "busy.yaml"), Documents());
        (_signer, _assistant) = await _gateway.PrepareAsync();
        await _gateway.PutSecretAsync("vault://local/desk#signing", Secret);
        _payer = await _gateway.NewBearerAsync("payer");
        await _gateway.StartAsync(
            $"--Gateway:Management:Url={Management}",
            $"--Gateway:FrontDoor:Connections={Connections}",
            "--Gateway:Governance:PollInterval=00:00:00.1",
            "--Gateway:Credentials:Cache=00:00:00"
        );
    }

    private string Documents() =>
        $$$"""
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: demo, name: payer}
            spec:
              workspace: main
              owners: {human: Ada Sample, security: Ben Sample}
              status: active
              level: L3
              risk: low
              bearerTools: true
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: bank}
            spec:
              type: http
              baseAddress: {{{_provider.Address}}}crm
              scope: internal
              environment: development
              operations: [{name: refund, action: financial, risk: low, methods: [POST], path: /refunds}]
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: nobody}
            spec:
              type: http
              baseAddress: http://127.0.0.1:{{{FreePort.Next()}}}
              scope: internal
              environment: development
              operations: [{name: read, action: read, risk: low, methods: [GET], path: /read, safeToRepeat: true}]
              breaker: {minimumRequests: 2, openFor: 10m}
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: payer-bank}
            spec: {agent: payer, connector: bank, operations: "*", auditLogging: true}
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: payer-nobody}
            spec: {agent: payer, connector: nobody, operations: "*", auditLogging: true}
            ---
            apiVersion: gateway/v1
            kind: ApprovalGate
            metadata: {tenant: demo, name: bank}
            spec: {active: true, connectors: [bank], approverGroups: [finance]}
            ---
            apiVersion: gateway/v1
            kind: NotificationChannel
            metadata: {tenant: demo, name: desk}
            spec: {type: webhook, url: {{{_told.Address}}}desk, secrets: ["vault://local/desk#signing"], scope: internal}
            ---
            apiVersion: gateway/v1
            kind: Policy
            metadata: {tenant: demo, name: redaction}
            spec:
              rules:
                - name: no-addresses
                  effect: degrade
                  match: {tool_names: [openai/chat]}
                  obligations: {redact_request: {patterns: [email]}}
            ---
            apiVersion: gateway/v1
            kind: Trigger
            metadata: {tenant: demo, name: first-refusal}
            spec: {on: refusals, count: 1, window: 1m, then: suspend, mode: shadow}
            """;

    private Task<int> ChatAsync(string words, string more = "", string model = "gpt-4o-mini", string? bearer = null) =>
        SendAsync(
            bearer ?? _assistant,
            HttpMethod.Post,
            "/v1/chat/completions",
            $$"""{"model":"{{model}}",{{more}}"messages":[{"role":"user","content":"{{words}}"}]}"""
        );

    private async Task<int> SendAsync(string bearer, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_gateway.Address, path))
        {
            Content = json is null ? null : new StringContent(json, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return await SendAsync(request);
    }

    /// <summary>A signed request, and the same once more.</summary>
    private async Task ReplayAsync()
    {
        using var first = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway.Address, "/tools/crm/contacts/c-1"));
        await _signer.SignAsync(first, CancellationToken.None);
        using var second = new HttpRequestMessage(first.Method, first.RequestUri);
        foreach (var (name, values) in first.Headers)
        {
            second.Headers.TryAddWithoutValidation(name, values);
        }

        Assert.Equal(200, await SendAsync(first));
        Assert.Equal(401, await SendAsync(second));
    }

    private async Task<int> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request).WaitAsync(Waiting.Deadline);
        await response.Content.ReadAsByteArrayAsync();
        return (int)response.StatusCode;
    }
}
