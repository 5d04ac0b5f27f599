using System.Net.Http.Headers;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Management;

/// <summary>What Prometheus is told of a running instance, and of what goes wrong with it.</summary>
public sealed class GaugeTests : IAsyncLifetime
{
    private const int Connections = 40;

    /// <value>Nobody is there.</value>
    private static readonly string Documents = $$"""
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: payer}
        spec: {workspace: main, owners: {human: Ada Sample, security: Ben Sample}, status: active, level: L3, risk: low, bearerTools: true}
        ---
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: bank}
        spec:
          type: http
          baseAddress: http://127.0.0.1:8081/crm
          scope: internal
          environment: development
          credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
          operations: [{name: refund, action: financial, risk: low, methods: [POST], path: /refunds}]
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: payer-bank}
        spec: {agent: payer, connector: bank, operations: "*", auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: bank}
        spec: {active: true, connectors: [bank], approverGroups: [finance], hold: 1m}
        ---
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: nobody}
        spec:
          type: http
          baseAddress: http://127.0.0.1:{{FreePort.Next()}}
          scope: internal
          environment: development
          operations: [{name: read, action: read, risk: low, methods: [GET], path: /read, safeToRepeat: true}]
          breaker: {minimumRequests: 2, openFor: 10m}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: payer-nobody}
        spec: {agent: payer, connector: nobody, operations: "*", auditLogging: true}
        """;

    private readonly Uri _management = new($"http://127.0.0.1:{FreePort.Next()}");
    private readonly Uri _operators = new($"http://127.0.0.1:{FreePort.Next()}");
    private readonly Scrape _scrape;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private string _bearer = "";

    public GaugeTests() => _scrape = new Scrape(_management);

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = new GatewayProcess(_provider.Address);
        await File.WriteAllTextAsync(
            Path.Combine(_gateway.Governance, "more.yaml"),
            Documents.Replace("127.0.0.1:8081", _provider.Address.Authority, StringComparison.Ordinal)
        );
        await _gateway.PrepareAsync();
        _bearer = await _gateway.NewBearerAsync("payer");
        await _gateway.StartAsync(
            $"--Gateway:Management:Url={_management}",
            $"--Gateway:Administration:Urls={_operators.ToString().TrimEnd('/')}",
            "--Gateway:Administration:Connections=8",
            $"--Gateway:FrontDoor:Connections={Connections}",
            "--Gateway:Governance:PollInterval=00:00:00.1"
        );
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _scrape.Dispose();
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Each_part_of_readiness_is_a_series_and_the_governance_is_0_while_a_document_is_broken()
    {
        Assert.Equal(
            ["governance 1", "journal 1", "revocations 1", "staying 1"],
            (await _scrape.SeriesAsync("gateway_ready"))
                .Select(one => $"{one.Labels.Split("gateway_part=\"")[1].Split('"')[0]} {one.Value}")
                .Order(StringComparer.Ordinal)
        );
        var broken = Path.Combine(_gateway.Governance, "broken.yaml");
        await File.WriteAllTextAsync(broken, "kind: [");
        await _scrape.UntilAsync(value => value == 0, "gateway_ready", "gateway_part=\"governance\"");
        Assert.Equal(1, await _scrape.ValueAsync("gateway_ready", "gateway_part=\"journal\""));
        await _scrape.UntilAsync(value => value == 1, "gateway_snapshot_rejected", "{otel_scope_name=\"Gateway\"}");
        Assert.Equal(1, await _scrape.ValueAsync("gateway_snapshot_failed_reloads_total", "{otel_scope_name=\"Gateway\"}"));

        File.Delete(broken);
        await _scrape.UntilAsync(value => value == 1, "gateway_ready", "gateway_part=\"governance\"");
    }

    [Fact]
    public async Task One_revision_is_in_force_also_after_changes_and_after_the_old_documents_came_back()
    {
        var first = await RevisionAsync();
        var added = Path.Combine(_gateway.Governance, "added.yaml");
        await File.WriteAllTextAsync(
            added,
            "apiVersion: gateway/v1\nkind: ApproverGroup\nmetadata: {tenant: demo, name: more}\nspec: {members: [eve]}\n"
        );
        await Waiting.ForAsync("another revision is in force", async () => await RevisionAsync() != first);
        File.Delete(added);
        await Waiting.ForAsync("the first is in force again", async () => await RevisionAsync() == first);
        Assert.Equal(2, (await _scrape.SeriesAsync("gateway_snapshot_info")).Count);
    }

    [Fact]
    public async Task A_call_that_is_held_for_people_counts_as_running_and_its_approval_as_pending_until_it_ends()
    {
        await _scrape.UntilAsync(value => value == 0, "gateway_approvals_pending");
        Assert.Equal(0, await _scrape.ValueAsync("gateway_approvals_time_used"));
        var held = AskAsync(HttpMethod.Post, "/tools/bank/refunds", """{"contact":"c-1","amount":10,"currency":"EUR"}""");
        await _scrape.UntilAsync(value => value == 1, "gateway_approvals_pending");
        await _scrape.UntilAsync(value => value == 1, "gateway_requests_running");
        await _scrape.UntilAsync(value => value > 0.2, "gateway_approvals_age_seconds");
        await _scrape.UntilAsync(value => value is > 0 and < 1, "gateway_approvals_time_used");

        await using var store = new SqliteStore(Path.Combine(_gateway.Data, "store"));
        var approvals = new ApprovalStore(store.Databases, ChangeOrigin.Local("test", ""));
        var now = TimeProvider.System.GetUtcNow();
        var asked = Assert.Single(await approvals.ListAsync(RunningGateway.Demo, now, 1, CancellationToken.None));
        Assert.True(await approvals.RevokeAsync(RunningGateway.Demo, asked.Id, now, CancellationToken.None));
        Assert.Equal(403, await held);
        await _scrape.UntilAsync(value => value == 0, "gateway_approvals_pending");
        await _scrape.UntilAsync(value => value == 0, "gateway_requests_running");
        Assert.Equal(0, await _scrape.ValueAsync("gateway_approvals_age_seconds"));
    }

    [Fact]
    public async Task The_breaker_of_a_system_that_nobody_reaches_is_closed_to_all_until_its_connector_is_gone()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(502, await AskAsync(HttpMethod.Get, "/tools/nobody/read"));
        }

        await _scrape.UntilAsync(value => value == 1, "gateway_upstream_breaker", "connector=\"nobody\"", "scope=\"all\"");
        Assert.Equal(0, await _scrape.ValueAsync("gateway_upstream_breaker", "connector=\"nobody\"", "scope=\"agent\""));

        File.Delete(Path.Combine(_gateway.Governance, "more.yaml"));
        await _scrape.UntilAsync(value => value == 0, "gateway_upstream_breaker", "connector=\"nobody\"", "scope=\"all\"");
    }

    [Fact]
    public async Task Connections_that_are_one_too_many_count_by_their_listener()
    {
        Assert.Equal(0, await _scrape.ValueAsync("gateway_connections_refused_total", "listener=\"agents\""));
        Assert.Equal(0, await _scrape.ValueAsync("gateway_connections_refused_total", "listener=\"operators\""));
        var strangers = await Strangers.ConnectAsync(_gateway.Address, Connections + 3);
        await _scrape.UntilAsync(value => value >= 3, "gateway_connections_refused_total", "listener=\"agents\"");
        strangers.ForEach(one => one.Dispose());

        strangers = await Strangers.ConnectAsync(_operators, 8 + 2);
        await _scrape.UntilAsync(value => value == 2, "gateway_connections_refused_total", "listener=\"operators\"");
        strangers.ForEach(one => one.Dispose());

        strangers = await Strangers.ConnectAsync(_management, 40); // Of 32, one of which is this test's own.
        await Waiting.ForAsync("some are closed", () => strangers.Any(one => one.Poll(0, System.Net.Sockets.SelectMode.SelectRead)));
        await _scrape.UntilAsync(value => value >= 1, "gateway_connections_refused_total", "listener=\"management\"");
        strangers.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task The_age_of_the_head_grows_while_it_cant_be_signed_and_is_0_once_it_is()
    {
        var away = _gateway.JournalPath + ".away";
        await Waiting.ForAsync(
            "a record is there that isn't signed",
            async () =>
            {
                Assert.Equal(404, await AskAsync(HttpMethod.Get, "/tools/bank/nothing")); // A refusal is recorded, too.
                Directory.Move(_gateway.JournalPath, away);
                if (await _scrape.ValueAsync("gateway_checkpoint_age_seconds") > 0)
                {
                    return true;
                }

                Directory.Move(away, _gateway.JournalPath); // It was signed before.
                await Waiting.ForAsync("it is ready", async () => await _gateway.StatusAsync("/readyz") == 200);
                return false;
            }
        );
        await _scrape.UntilAsync(value => value > 2, "gateway_checkpoint_age_seconds");
        Directory.Move(away, _gateway.JournalPath);
        await _scrape.UntilAsync(value => value == 0, "gateway_checkpoint_age_seconds");
        Assert.True(await _scrape.ValueAsync("gateway_journal_free_bytes") > 1 << 20);
    }

    private async Task<int> AskAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_gateway.Address, path))
        {
            Content = json is null ? null : new StringContent(json, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _bearer);
        using var response = await _client.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>The one in force.</summary>
    private async Task<string> RevisionAsync() =>
        (await _scrape.SeriesAsync("gateway_snapshot_info")).Single(one => one.Value == 1).Labels.Split("gateway_revision=\"")[1][..16];
}
