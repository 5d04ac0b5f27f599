using System.Diagnostics.Metrics;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Management;

/// <summary>What is observed of the journal and its disk, each time that somebody collects.</summary>
internal sealed class EvidenceGauges
{
    public EvidenceGauges(GatewayMetrics metrics, TenantJournals journals, DiskShares shares)
    {
        var meter = metrics.Meter;
        meter.CreateObservableGauge("gateway.evidence.backlog", () => journals.Backlog, "{record}", "Records that wait to be written.");
        meter.CreateObservableGauge("gateway.evidence.disk.free", () => shares.Free, "1", "The free part of the journal's disk.");
        meter.CreateObservableGauge(
            "gateway.evidence.disk.over_share",
            () => shares.Over,
            "{tenant}",
            "Tenants that are refused since they have used up their share of the disk."
        );
        meter.CreateObservableGauge(
            "gateway.journal.free",
            () => shares.FreeBytes is { } bytes ? [new Measurement<long>(bytes)] : Array.Empty<Measurement<long>>(),
            "By",
            "What the process may still take of the journal's disk."
        );
        meter.CreateObservableGauge(
            "gateway.checkpoint.age",
            () => journals.UnsignedFor.TotalSeconds,
            "s",
            "Since when the oldest record isn't under a signed head; 0 where all are."
        );
    }
}
