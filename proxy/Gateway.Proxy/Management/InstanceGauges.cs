using System.Diagnostics.Metrics;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Management;

/// <summary>What is observed of the instance as a whole, each time that somebody collects.</summary>
internal sealed class InstanceGauges
{
    private const string Tenant = "gateway.tenant";

    public InstanceGauges(GatewayMetrics metrics, GovernanceState governance, KillSwitch kills, TenantJournals journals, DiskShares shares)
    {
        metrics.Meter.CreateObservableGauge(
            "gateway.kills.active",
            () => OfEach(kills),
            "{kill}",
            "What is stopped until somebody lets it go on."
        );
        metrics.Meter.CreateObservableGauge(
            "gateway.evidence.backlog",
            () => journals.Backlog,
            "{record}",
            "Records that wait to be written."
        );
        metrics.Meter.CreateObservableGauge("gateway.evidence.disk.free", () => shares.Free, "1", "The free part of the journal's disk.");
        metrics.Meter.CreateObservableGauge(
            "gateway.evidence.disk.over_share",
            () => shares.Over,
            "{tenant}",
            "Tenants that are refused since they have used up their share of the disk."
        );
        metrics.Meter.CreateObservableGauge(
            "gateway.snapshot.age",
            () => governance.Age.TotalSeconds,
            "s",
            "How long the governance in force has been so."
        );
        metrics.Meter.CreateObservableCounter(
            "gateway.snapshot.revisions",
            () => governance.Revisions,
            "{revision}",
            "Revisions of the governance that came into force."
        );
        metrics.Meter.CreateObservableCounter(
            "gateway.snapshot.failed_reloads",
            () => OfEach(governance, governance.FailedReloads, tenant => tenant.FailedReloads),
            "{reload}",
            "Times that documents on disk could not come into force."
        );
        metrics.Meter.CreateObservableGauge(
            "gateway.snapshot.rejected",
            () => OfEach(governance, governance.Unassigned.Count, tenant => tenant.Errors.Count),
            "{error}",
            "Errors of the documents on disk, which are not in force; 0 where they are."
        );
    }

    /// <summary>One a scope, also where nothing is stopped: what has no series can't be alerted on.</summary>
    private static IEnumerable<Measurement<long>> OfEach(KillSwitch kills)
    {
        var active = kills.Active;
        return Vocabulary.KillScope.Values.Select(scope => new Measurement<long>(
            active.Count(one => one == scope),
            new KeyValuePair<string, object?>("gateway.kill.scope", Vocabulary.KillScope.Text(scope))
        ));
    }

    /// <summary>One a tenant, and one without for what nobody can tell whose it is.</summary>
    private static IEnumerable<Measurement<long>> OfEach(GovernanceState governance, long nobodys, Func<TenantGovernance, long> of) =>
        [
            new Measurement<long>(nobodys),
            .. governance.Tenants.Select(one => new Measurement<long>(
                of(one),
                new KeyValuePair<string, object?>(Tenant, one.Tenant.ToString())
            )),
        ];
}
