using System.Text;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>One tenant's documents are broken at the start or later; the journal says what came into force and what didn't.</summary>
public sealed class TenantReloadTests : IAsyncLifetime
{
    private const string Broken = """
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: second}
        spec: {}
        ---
        apiVersion: gateway/v1
        kind: Workspace
        metadata: {tenant: second, name: main}
        spec: {environment: production, colour: red}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: second, name: assistant}
        spec: {owners: {human: Ada, security: Ben}, status: active, level: L2, risk: low}

        """;

    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(_provider.Address, null, Broken, "--Gateway:Governance:PollInterval=00:01:00");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task ATenantWhoseDocumentsAreBrokenAtTheStart_IsRefused_AndTheOthersRun()
    {
        var (bad, good) = (await _gateway.NewBearerAsync("assistant", "second"), await _gateway.NewBearerAsync("assistant"));

        Assert.Equal((503, "not_ready"), await _gateway.ChatAsync(bad));
        Assert.Equal(200, (await _gateway.ChatAsync(good)).Status);
        var (status, checks) = await _gateway.ReadinessAsync();
        Assert.Equal((200, "degraded"), (status, checks.GetProperty("status").GetString()));
        Assert.False(checks.TryGetProperty("tenants", out _)); // Not where agents ask.
        Assert.Contains("colour", Assert.Single(Changes("second", "governance_rejected")), StringComparison.Ordinal);
        Assert.Empty(Changes("second", "governance_loaded"));
        Assert.DoesNotContain("second", Assert.Single(Changes("demo", "governance_loaded")), StringComparison.Ordinal);

        await ReplaceAsync("colour: red", "");
        Assert.Empty(State.Rejected);
        Assert.Single(Changes("second", "governance_loaded"));
        Assert.NotEqual((503, "not_ready"), await _gateway.ChatAsync(bad));
        Assert.Single(Changes("demo", "governance_loaded")); // Nothing of demo's was loaded again.
    }

    [Fact]
    public async Task EachLoadAndEachFailedOne_IsOnRecordWithTheDocumentsThatDiffer()
    {
        var before = State.Current.Find(RunningGateway.Demo)!.Revision;
        var permissions = Path.Combine(_gateway.GovernancePath, "permissions.yaml");
        var good = await File.ReadAllTextAsync(permissions);
        await File.WriteAllTextAsync(permissions, good + "\nnonsense: [");
        await LookAsync();
        Assert.Equal(before, State.Current.Find(RunningGateway.Demo)!.Revision);
        var rejected = Assert.Single(Changes("demo", "governance_rejected"));
        Assert.Contains("permissions.yaml", rejected, StringComparison.Ordinal);
        Assert.Contains(before.ToString(), rejected, StringComparison.Ordinal);

        await File.WriteAllTextAsync(permissions, good);
        await LookAsync();
        Assert.Single(Changes("demo", "governance_loaded")); // It is what was in force.

        Unlimited.Make(_gateway.GovernancePath);
        await LookAsync();
        var loaded = Changes("demo", "governance_loaded")[1];
        Assert.Contains(State.Current.Find(RunningGateway.Demo)!.Revision.ToString(), loaded, StringComparison.Ordinal);
        Assert.Contains("\"before\":{\"Agent ", loaded, StringComparison.Ordinal);
        Assert.Contains("\"after\":{\"Agent ", loaded, StringComparison.Ordinal);
    }

    private GovernanceState State => _gateway.Services.GetRequiredService<GovernanceState>();

    private Task LookAsync() => _gateway.Services.GetRequiredService<GovernanceReload>().LookAgainAsync(CancellationToken.None);

    private async Task ReplaceAsync(string old, string now)
    {
        foreach (var file in Directory.EnumerateFiles(_gateway.GovernancePath, "*.yaml"))
        {
            var text = await File.ReadAllTextAsync(file);
            if (text.Contains(old, StringComparison.Ordinal))
            {
                await File.WriteAllTextAsync(file, text.Replace(old, now, StringComparison.Ordinal));
            }
        }

        await LookAsync();
    }

    private List<string> Changes(string tenant, string kind)
    {
        var changes = new List<string>();
        var result = JournalVerifier.Verify(
            Path.Combine(_gateway.JournalPath, tenant),
            keys: null,
            (in RecordEnvelope record) =>
            {
                var body = Encoding.UTF8.GetString(record.Body);
                if (record.Type.SequenceEqual("change"u8) && body.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal))
                {
                    changes.Add(body);
                }
            },
            CancellationToken.None
        );
        Assert.Null(result.Problem);
        return changes;
    }
}
