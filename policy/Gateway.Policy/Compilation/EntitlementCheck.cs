using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Refuses connectors, channels and gates that open what their tenant isn't entitled to. So it is said before any request is judged, and
/// nothing need be asked on the way of one.
/// </summary>
internal static class EntitlementCheck
{
    public static void Run(GovernanceDocuments documents, ErrorList errors)
    {
        var tenants = documents.Of<Tenant>().ToDictionary(tenant => tenant.Id);
        foreach (var connector in documents.Of<Connector>())
        {
            if (!tenants.TryGetValue(connector.Tenant, out var tenant))
            {
                continue; // It is missing or has errors, and that is reported.
            }

            if (connector.HostedTools.Count > 0 && !tenant.IsEntitled(Entitlement.HostedTools, out var missing))
            {
                errors.Add(connector.Source, "spec.hostedTools", missing.Problem, missing.Remedy);
            }

            if (WideEgress.FieldOf(connector) is { } field && !tenant.IsEntitled(Entitlement.WideEgress, out missing))
            {
                errors.Add(connector.Source, $"spec.{field}", missing.Problem, missing.Remedy);
            }
        }

        foreach (var channel in documents.Of<NotificationChannel>())
        {
            if (
                WideEgress.FieldOf(channel) is { } field
                && tenants.TryGetValue(channel.Tenant, out var tenant)
                && !tenant.IsEntitled(Entitlement.WideEgress, out var missing)
            )
            {
                errors.Add(channel.Source, $"spec.{field}", missing.Problem, missing.Remedy);
            }
        }

        foreach (var gate in documents.Of<ApprovalGate>())
        {
            if (
                gate.BreakGlass is not null
                && tenants.TryGetValue(gate.Tenant, out var tenant)
                && !tenant.IsEntitled(Entitlement.BreakGlass, out var missing)
            )
            {
                errors.Add(gate.Source, "spec.breakGlass", missing.Problem, missing.Remedy);
            }
        }
    }
}
