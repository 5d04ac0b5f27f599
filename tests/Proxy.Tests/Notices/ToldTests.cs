using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Readers;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Notices;

/// <summary>Whole gateways: a refused call has people told, and a kill loses nothing that is to be told.</summary>
public sealed class ToldTests
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
        kind: ApprovalGate
        metadata: {tenant: demo, name: bank}
        spec: {active: true, always: true, connectors: [bank], approverGroups: [treasury]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: treasury}
        spec: {members: [cleo, dora]}
        ---

        """;

    [NodeFact("standardwebhooks")]
    public async Task Call_that_needs_an_approval_has_its_people_told_once()
    {
        await using var reader = await WebhookReader.StartAsync();
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartBesideAsync(
            provider.Address,
            data: null,
            Documents + Channel(reader.Address, "vault://local/hook#key"),
            static (services, _) => services.AddSingleton(new ConsoleAddress("https://gateway.example.com"))
        );
        var vault = gateway.Services.GetRequiredService<EncryptedFileVault>();
        Assert.True(CredentialReference.TryParse("vault://local/hook#key", out var reference));
        await vault.PutAsync(RunningGateway.Demo, reference!, new Secret(WebhookReader.Secret), CancellationToken.None);
        var signer = await gateway.NewSignerAsync("payer");

        for (var i = 0; i < 3; i++)
        {
            using var refused = await gateway.SendSignedAsync(
                signer,
                () => gateway.Request(HttpMethod.Post, "/tools/bank/refunds", """{"amount":10,"note":"an-argument"}""")
            );
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await Waiting.ForAsync("people are told", async () => (await reader.SeenAsync()).Count > 0);
        var notices = gateway.Services.GetRequiredService<NoticeStore>();
        await Waiting.ForAsync(
            "it is written down",
            async () => (await notices.ListAsync(RunningGateway.Demo, NoticeState.Sent, 10, CancellationToken.None)).Count == 1
        );
        var seen = Assert.Single(await reader.SeenAsync());
        Assert.True(seen.Valid);
        Assert.DoesNotContain("an-argument", seen.Body, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(seen.Body);
        var data = json.RootElement.GetProperty("data");
        var asked = Assert.Single(await ListAsync(gateway.Services.GetRequiredService<ApprovalStore>()));
        Assert.Equal(asked.Id, data.GetProperty("approval").GetString());
        Assert.EndsWith($"/console/approvals/{asked.Id}", data.GetProperty("link").GetString(), StringComparison.Ordinal);
        Assert.Equal("treasury", data.GetProperty("groups")[0].GetString());
    }

    [Fact]
    public async Task Notice_that_a_killed_gateway_was_sending_is_sent_by_the_next_under_the_same_id()
    {
        using var hook = new TcpListener(IPAddress.Loopback, 0);
        hook.Start();
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = new GatewayProcess(provider.Address);
        await File.WriteAllTextAsync(
            Path.Combine(gateway.Governance, "told.yaml"),
            Documents.Replace("127.0.0.1:8081", provider.Address.Authority, StringComparison.Ordinal)
                + Channel(new Uri($"http://{hook.LocalEndpoint}/in"), "vault://environment/GATEWAY_SECRET_DEMO_HOOK")
        );
        gateway.Variables["GATEWAY_SECRET_DEMO_HOOK"] = WebhookReader.Secret;
        await gateway.PrepareAsync();
        await gateway.StartAsync("--Gateway:Notices:Deadline=00:00:01");
        await AskAsync(gateway); // Another process, as the operators' commands are.

        using var first = await hook.AcceptTcpClientAsync().WaitAsync(Waiting.Deadline);
        var begun = await ReadIdAsync(first);
        await gateway.KillAsync();
        await gateway.StartAsync();
        using var second = await hook.AcceptTcpClientAsync().WaitAsync(Waiting.Deadline);
        var again = await ReadIdAsync(second);
        await second.GetStream().WriteAsync("HTTP/1.1 204 OK\r\n\r\n"u8.ToArray());

        Assert.Equal(begun, again);
        await using var store = new SqliteStore(Path.Combine(gateway.Data, "store"));
        var notices = new NoticeStore(store.Databases, ChangeOrigin.Local("test", ""));
        await Waiting.ForAsync(
            "it is sent",
            async () => (await notices.FindAsync(RunningGateway.Demo, begun, CancellationToken.None))!.State == NoticeState.Sent
        );
    }

    private static string Channel(Uri address, string secret) =>
        $$"""
            apiVersion: gateway/v1
            kind: NotificationChannel
            metadata: {tenant: demo, name: hook}
            spec: {type: webhook, url: "{{address}}", secrets: ["{{secret}}"], groups: [treasury]}

            """;

    private static Task<IReadOnlyList<ApprovalRecord>> ListAsync(ApprovalStore approvals) =>
        approvals.ListAsync(RunningGateway.Demo, TimeProvider.System.GetUtcNow(), most: 10, CancellationToken.None);

    private static async Task AskAsync(GatewayProcess gateway)
    {
        await using var store = new SqliteStore(Path.Combine(gateway.Data, "store"));
        var now = TimeProvider.System.GetUtcNow();
        await new ApprovalStore(store.Databases, ChangeOrigin.Local("test", "")).AskAsync(
            RunningGateway.Demo,
            new ApprovalRecord
            {
                Id = "apr_one",
                Agent = "payer",
                Action = "action",
                View = """{"agent":"payer","connector":"bank","operation":"refund"}""",
                ViewDigest = "view",
                Gates = ["bank"],
                Needed = 1,
                DecisionId = "d-1",
                At = now,
                Ends = now.AddHours(1),
                TimeToUse = TimeSpan.FromMinutes(15),
            },
            most: 10,
            CancellationToken.None
        );
    }

    private static async Task<string> ReadIdAsync(TcpClient connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[16_384];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await connection.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Waiting.Deadline);
            Assert.NotEqual(0, length);
            text.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }

        const string Name = "webhook-id: ";
        return text.ToString().Split("\r\n").Single(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))[Name.Length..];
    }
}
