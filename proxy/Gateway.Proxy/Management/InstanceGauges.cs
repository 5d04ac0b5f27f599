using System.Diagnostics.Metrics;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Management;

/// <summary>What is observed of the instance as a whole, each time that somebody collects.</summary>
internal sealed class InstanceGauges
{
    public InstanceGauges(
        GatewayMetrics metrics,
        Health health,
        RunningRequests running,
        KillSwitch kills,
        RefusedConnections refused,
        ConsoleLog log
    )
    {
        var meter = metrics.Meter;
        meter.CreateObservableGauge("gateway.ready", () => OfEach(health), "{part}", "1 for each part of readiness that is well, else 0.");
        meter.CreateObservableGauge(
            "gateway.requests.running",
            () => running.Count,
            "{request}",
            "Requests of proven agents that are under way."
        );
        meter.CreateObservableGauge("gateway.kills.active", () => OfEach(kills), "{kill}", "What is stopped until somebody lets it go on.");
        meter.CreateObservableCounter(
            "gateway.connections.refused",
            () => OfEach(refused),
            "{connection}",
            "Connections that were closed at once, since the listener had as many as it may have."
        );
        meter.CreateObservableCounter("gateway.log.dropped", () => log.Lost, "{line}", "Lines of the log that nobody read fast enough.");
    }

    private static IEnumerable<Measurement<long>> OfEach(Health health) =>
        health.Parts.Select(part => new Measurement<long>(part.Ok ? 1 : 0, new KeyValuePair<string, object?>("gateway.part", part.Name)));

    /// <summary>One a scope, also where nothing is stopped: what has no series can't be alerted on.</summary>
    private static IEnumerable<Measurement<long>> OfEach(KillSwitch kills)
    {
        var active = kills.Active;
        return Vocabulary.KillScope.Values.Select(scope => new Measurement<long>(
            active.Count(one => one == scope),
            new KeyValuePair<string, object?>("gateway.kill.scope", Vocabulary.KillScope.Text(scope))
        ));
    }

    private static IEnumerable<Measurement<long>> OfEach(RefusedConnections refused) =>
        refused.All.Select(one => new Measurement<long>(one.Count, new KeyValuePair<string, object?>("gateway.listener", one.Listener)));
}
