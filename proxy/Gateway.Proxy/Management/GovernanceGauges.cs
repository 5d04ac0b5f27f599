using System.Diagnostics.Metrics;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Management;

/// <summary>What is observed of the governance, each time that somebody collects.</summary>
internal sealed class GovernanceGauges
{
    private const string Tenant = "gateway.tenant";
    private const string Revision = "gateway.revision";

    /// <value>Hexadecimal digits of a revision: enough to tell two apart, and short enough for a legend.</value>
    private const int Digits = 16;

    /// <value>Revisions of one process that are shown by themselves. What had a series keeps it until the process ends.</value>
    private const int MostRevisions = 500;

    private readonly GovernanceState _governance;
    private readonly BoundedNames _revisions = new(MostRevisions);
    private string _shown = "";

    public GovernanceGauges(GatewayMetrics metrics, GovernanceState governance)
    {
        var meter = metrics.Meter;
        _governance = governance;
        meter.CreateObservableGauge(
            "gateway.snapshot.info",
            Revisions,
            "{revision}",
            "1 with the revision of all tenants' documents in force; 0 with one that was in force before."
        );
        meter.CreateObservableGauge(
            "gateway.snapshot.age",
            () => governance.Age.TotalSeconds,
            "s",
            "How long the governance in force has been so."
        );
        meter.CreateObservableCounter(
            "gateway.snapshot.revisions",
            () => governance.Revisions,
            "{revision}",
            "Revisions of the governance that came into force."
        );
        meter.CreateObservableCounter(
            "gateway.snapshot.failed_reloads",
            () => OfEach(governance, governance.FailedReloads, tenant => tenant.FailedReloads),
            "{reload}",
            "Times that documents on disk could not come into force."
        );
        meter.CreateObservableGauge(
            "gateway.snapshot.rejected",
            () => OfEach(governance, governance.Unassigned.Count, tenant => tenant.Errors.Count),
            "{error}",
            "Errors of the documents on disk, which are not in force; 0 where they are."
        );
    }

    /// <summary>One for all tenants: replicas with equal documents have equal ones, and a label a tenant would have no bound.</summary>
    private IEnumerable<Measurement<long>> Revisions()
    {
        var now = _revisions.Of(_governance.Current.Revision.ToString()[..Digits]);
        var before = Interlocked.Exchange(ref _shown, now);
        if (before.Length > 0 && before != now)
        {
            yield return Of(before, 0); // A series that isn't written any more keeps what it said: both would be in force.
        }

        yield return Of(now, 1);
    }

    private static Measurement<long> Of(string revision, long value) => new(value, new KeyValuePair<string, object?>(Revision, revision));

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
