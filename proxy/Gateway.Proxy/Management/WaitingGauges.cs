using System.Diagnostics.Metrics;
using Gateway.Proxy.Approvals;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Management;

/// <summary>What is observed of that which requests wait for: systems that are left alone, and people.</summary>
internal sealed class WaitingGauges
{
    private readonly GatewayMetrics _metrics;
    private readonly ConnectorClients _clients;
    private readonly GovernanceState _governance;

    public WaitingGauges(GatewayMetrics metrics, ConnectorClients clients, GovernanceState governance, PendingApprovals approvals)
    {
        (_metrics, _clients, _governance) = (metrics, clients, governance);
        metrics.Meter.CreateObservableGauge(
            "gateway.upstream.breaker",
            Breakers,
            "{way}",
            "Ways to a connector's system that are closed since it failed: 1 for that of all agents, and one for each agent's own."
        );
        metrics.Meter.CreateObservableGauge(
            "gateway.approvals.pending",
            () => approvals.Now.Count,
            "{approval}",
            "Approvals that wait for people, of all replicas."
        );
        metrics.Meter.CreateObservableGauge(
            "gateway.approvals.age",
            () => approvals.Now.Oldest.TotalSeconds,
            "s",
            "How long the oldest approval has waited for people; 0 where none does."
        );
        metrics.Meter.CreateObservableGauge(
            "gateway.approvals.time_used",
            () => approvals.Now.TimeUsed,
            "{share}", // With the unit 1, Prometheus makes another name of what comes by OTLP than of what it scrapes.
            "The largest share of its time to decide that an approval has waited, from 0 to 1."
        );
    }

    /// <summary>Tenants' connectors of one name are one series, since none says whose it is. One that no document has any more keeps its
    /// series, with 0.</summary>
    private IEnumerable<Measurement<long>> Breakers()
    {
        var snapshot = _governance.Current;
        foreach (var named in _clients.All.GroupBy(client => _metrics.ConnectorOf(client.Connector.Id.ToString()), StringComparer.Ordinal))
        {
            var closed = named
                .Where(client => snapshot.Find(client.Connector.Tenant)?.Connectors.ContainsKey(client.Connector.Id) == true)
                .Select(client => client.Breaker.Closed)
                .ToList();
            yield return Of(named.Key, "all", closed.Count(one => one.ToAll));
            yield return Of(named.Key, "agent", closed.Sum(one => one.Agents));
        }
    }

    private static Measurement<long> Of(string connector, string whose, long ways) =>
        new(ways, new KeyValuePair<string, object?>("gateway.connector", connector), new("gateway.breaker.scope", whose));
}
