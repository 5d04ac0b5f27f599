using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>What limits an agent beyond its permissions, seen from outside: amounts, windows, hours, demotion.</summary>
public sealed class GovernedAgentTests : IAsyncLifetime
{
    private const string Documents = """
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: bank}
        spec:
          type: http
          baseAddress: http://127.0.0.1:8081/crm
          scope: internal
          environment: development
          credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
          operations:
            - {name: refund, action: financial, risk: low, methods: [POST], path: /refunds, transaction: {amount: /amount, max: 100, currency: /currency is EUR}}
            - {name: list, action: read, risk: low, methods: [GET], path: /contacts}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: payer}
        spec:
          workspace: main
          owners: {human: Ada Sample, security: Ben Sample}
          status: active
          level: L4
          risk: low
          capabilities: {operations: [bank/refund, bank/list]}
          cumulative: {calls: 100, amount: 25000, currency: EUR, per: 1d}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: flagged}
        spec: {workspace: main, owners: {human: Ada Sample, security: Ben Sample}, status: active, level: L4, risk: low, capabilities: {operations: []}}
        ---
        apiVersion: gateway/v1
        kind: Finding
        metadata: {tenant: demo, name: flagged}
        spec: {agent: flagged, tier: critical, open: true}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: flagged}
        spec: {agent: flagged, connector: bank, operations: "*", auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: payer}
        spec: {agent: payer, connector: bank, operations: "*", auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: bank}
        spec: {active: true, connectors: [bank], approverGroups: [finance]}
        """;

    private readonly System.Diagnostics.Stopwatch _waited = System.Diagnostics.Stopwatch.StartNew();
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private RequestSigner _signer = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address, data: null, Documents);
        _signer = await _gateway.NewSignerAsync("payer");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"contact":"c-1","amount":100.01,"currency":"EUR"}""", "transaction_over_limit")]
    [InlineData("""{"contact":"c-1","amount":1,"currency":"USD"}""", "transaction_unreadable")]
    [InlineData("""{"contact":"c-1","currency":"EUR"}""", "transaction_unreadable")]
    [InlineData("""{"contact":"c-1","amount":"1","currency":"EUR"}""", "transaction_unreadable")]
    public async Task An_amount_over_its_limit_or_unreadable_never_reaches_the_tool(string body, string reason)
    {
        Assert.Equal((HttpStatusCode.Forbidden, reason), await RefundAsync(body));
        Assert.Equal(0, await _provider.CountAsync());
    }

    [Fact]
    public async Task Racing_transactions_never_pass_the_cumulative_amount_and_refused_ones_give_theirs_back()
    {
        // Over the single limit: blocked after their reservation, which comes back.
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("transaction_over_limit", (await RefundAsync("""{"contact":"c-1","amount":100.5,"currency":"EUR"}""")).Reason);
        }

        var results = new List<(HttpStatusCode Status, string Reason)>();
        while (results.Count(r => r.Status == HttpStatusCode.Created) < 2)
        {
            // Settling is off the path: until it has come through, the refused reservations count.
            results.AddRange(
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RefundAsync("""{"contact":"c-1","amount":100,"currency":"EUR"}""")))
            );
        }

        Assert.Equal(2, results.Count(r => r.Status == HttpStatusCode.Created));
        Assert.All(
            results.Where(r => r.Status != HttpStatusCode.Created),
            r => Assert.Equal((HttpStatusCode.TooManyRequests, "cumulative_limit_reached"), r)
        );
        Assert.Equal(2, await _provider.CountAsync());
    }

    [Fact]
    public async Task A_demotion_at_run_time_counts_at_the_next_request_and_is_in_the_record()
    {
        Assert.Equal(HttpStatusCode.Created, (await RefundAsync("""{"contact":"c-1","amount":1,"currency":"EUR"}""")).Status);
        await DemoteAsync(AtfLevel.L1);

        await Waiting.ForAsync("the change has been followed", async () => await TooMuchAsync() == "atf_boundary");
        Assert.Equal((HttpStatusCode.Forbidden, "atf_boundary"), await RefundAsync("""{"contact":"c-1","amount":1,"currency":"EUR"}"""));
        Assert.Contains("\"facts\":{\"level\":\"L1\",\"now\":\"", Recorded(), StringComparison.Ordinal);

        await DemoteAsync(null);
        await Waiting.ForAsync("the change has been followed", async () => await TooMuchAsync() == "transaction_over_limit");
        Assert.Equal(HttpStatusCode.Created, (await RefundAsync("""{"contact":"c-1","amount":1,"currency":"EUR"}""")).Status);

        // Refused in any case, so that looking uses nothing up of what the agent may do in a day.
        async Task<string> TooMuchAsync() => (await RefundAsync("""{"contact":"c-1","amount":100.5,"currency":"EUR"}""")).Reason;
    }

    [Fact]
    public async Task A_block_that_opens_an_incident_says_so_in_its_record()
    {
        var signer = await _gateway.NewSignerAsync("flagged");

        using var response = await _gateway.SendSignedAsync(signer, () => _gateway.Request(HttpMethod.Get, "/tools/bank/contacts"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("\"opens_incident\":true", Recorded(), StringComparison.Ordinal);
    }

    private string Recorded() =>
        string.Join('\n', JournalReading.Records(_gateway.JournalPath, "demo").Select(record => record.GetRawText()));

    private Task DemoteAsync(AtfLevel? level) =>
        _gateway
            .Services.GetRequiredService<IDurableStore>()
            .SetLevelAsync(RunningGateway.Demo, Id<Agent>.Parse("payer"), level, TimeProvider.System.GetUtcNow(), CancellationToken.None);

    private async Task<(HttpStatusCode Status, string Reason)> RefundAsync(string body)
    {
        Assert.True(_waited.Elapsed < TimeSpan.FromMinutes(1), "What was waited for never came.");
        using var response = await _gateway.SendSignedAsync(_signer, () => _gateway.Request(HttpMethod.Post, "/tools/bank/refunds", body));
        var text = await response.Content.ReadAsStringAsync();
        var reason = Enum.GetValues<ReasonCode>()
            .Select(r => Reasons.Of(r).Code)
            .FirstOrDefault(code => text.Contains($"\"{code}\"", StringComparison.Ordinal));
        return (response.StatusCode, reason ?? "");
    }
}
