using System.Net;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>A gateway with a bank whose refunds two people must approve, and one whose refunds wait for one.</summary>
public abstract class ApprovingGateway : IAsyncLifetime
{
    protected const string Body = """{"contact":"c-1","amount":10,"currency":"EUR"}""";

    internal const string Documents = """
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
            - {name: refund, action: financial, risk: low, methods: [POST], path: /refunds, transaction: {amount: /amount, max: 100}}
        ---
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: patient}
        spec:
          type: http
          baseAddress: http://127.0.0.1:8081/crm
          scope: internal
          environment: development
          credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
          operations:
            - {name: refund, action: financial, risk: low, methods: [POST], path: /refunds}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: payer}
        spec: {workspace: main, owners: {human: Ada Sample, security: Ben Sample}, status: active, level: L3, risk: low}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: payer-bank}
        spec: {agent: payer, connector: bank, operations: "*", auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: payer-patient}
        spec: {agent: payer, connector: patient, operations: "*", auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: bank}
        spec: {active: true, connectors: [bank], approverGroups: [treasury], quorum: 2, breakGlass: {groups: [oncall]}}
        ---
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: patient}
        spec: {active: true, connectors: [patient], approverGroups: [treasury], hold: 1m}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: treasury}
        spec: {members: [cleo, dora, Ada Sample]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: oncall}
        spec: {members: [flo, Ada Sample]}
        """;

    protected RunningStandIn Provider { get; private set; } = null!;

    protected RunningGateway Gateway { get; private set; } = null!;

    protected RequestSigner Signer { get; private set; } = null!;

    protected ApprovalStore Approvals => Gateway.Services.GetRequiredService<ApprovalStore>();

    protected virtual string[] Settings => [];

    /// <summary>Where people reach it; empty for nowhere.</summary>
    protected virtual string Console => "";

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartBesideAsync(
            Provider.Address,
            data: null,
            Documents,
            (services, _) => services.AddSingleton(new ConsoleAddress(Console)),
            Settings
        );
        Signer = await Gateway.NewSignerAsync("payer");
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected Task<IReadOnlyList<ApprovalRecord>> ListAsync() =>
        Approvals.ListAsync(RunningGateway.Demo, TimeProvider.System.GetUtcNow(), most: 100, CancellationToken.None);

    protected async Task VoteAsync(ApprovalRecord asked, string person, bool approves = true) =>
        Assert.Equal(
            VoteOutcome.Counted,
            (
                await Approvals.VoteAsync(
                    RunningGateway.Demo,
                    asked.Id,
                    new ApprovalVote(person, approves, asked.ViewDigest, TimeProvider.System.GetUtcNow(), ""),
                    CancellationToken.None
                )
            ).Outcome
        );

    protected JsonElement Record(string decision) => Recorded.Find(Gateway.JournalPath, decision).Decision!.Value;

    /// <param name="headers">More, such as <c>Prefer: wait=60</c>.</param>
    protected Task<Answered> PayAsync(string body = Body, string connector = "bank", params string[] headers) =>
        SendAsync(Signer, HttpMethod.Post, $"/tools/{connector}/refunds", body, headers);

    protected async Task<Answered> SendAsync(RequestSigner signer, HttpMethod method, string path, string? body, params string[] headers)
    {
        using var response = await Gateway.SendSignedAsync(signer, () => With(Gateway.Request(method, path, body), headers));
        return await ReadAsync(response);
    }

    protected static HttpRequestMessage With(HttpRequestMessage request, params string[] headers)
    {
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return request;
    }

    /// <summary>The only one that is asked for, approved by two.</summary>
    protected async Task<ApprovalRecord> ApproveAsync()
    {
        var asked = Assert.Single(await ListAsync(), one => one.State == ApprovalState.Pending);
        await VoteAsync(asked, "cleo");
        await VoteAsync(asked, "dora");
        return asked;
    }

    /// <summary>Once people are asked.</summary>
    protected async Task<ApprovalRecord> AskedAsync()
    {
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        return (await ListAsync())[0];
    }

    protected Task<Answered> StatusAsync(RequestSigner signer, string id, params string[] headers) =>
        SendAsync(signer, HttpMethod.Get, $"/v1/agent/approvals/{id}", body: null, headers);

    protected static async Task<Answered> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new Answered(
            response.StatusCode,
            response.IsSuccessStatusCode ? "" : Call.CodeOf(text),
            text,
            response.Headers.TryGetValues("Gateway-Decision-Id", out var ids) ? ids.Single() : "",
            response.Headers.TryGetValues("Preference-Applied", out var applied) ? applied.Single() : ""
        );
    }

    protected sealed record Answered(HttpStatusCode Status, string Code, string Text, string DecisionId, string Applied)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;
    }
}
