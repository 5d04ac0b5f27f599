using Gateway.Authoring.Comparison;
using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Gaps;

/// <summary>What an agent was granted and still can't do, whichever way it asks: most often somebody forgot something.</summary>
/// <param name="Operations">As <c>connector/operation</c>, in order; empty where the agent is granted nothing.</param>
/// <param name="Reason">The first for which it is refused.</param>
public sealed record AgentGap(Id<Tenant> Tenant, Id<Agent> Agent, IReadOnlyList<string> Operations, ReasonCode Reason)
{
    private const int MostTold = 3;

    // They hang on the call or on the clock, and not on what was forgotten.
    private static readonly ReasonCode[] OfTheCall =
    [
        ReasonCode.PolicyRule,
        ReasonCode.OutsideHours,
        ReasonCode.TransactionUnreadable,
        ReasonCode.TransactionOverLimit,
        ReasonCode.PurposeMismatch,
    ];

    /// <summary>One sentence.</summary>
    public string Text
    {
        get
        {
            var reason = Reasons.Of(Reason);
            var told = string.Join(", ", Operations.Take(MostTold));
            var more = Operations.Count > MostTold ? $" and {Operations.Count - MostTold} more" : "";
            return Operations.Count == 0
                ? $"Agent '{Tenant}/{Agent}' is granted nothing, so it can do nothing."
                : $"Agent '{Tenant}/{Agent}' is granted {told}{more} and can't do it: {reason.Message} ({reason.Code})";
        }
    }

    public string Remedy =>
        Operations.Count == 0
            ? "Grant it something with a ToolPermission document, or name it under agents of a connector."
            : Reasons.Of(Reason).Remedy;

    /// <summary>By tenant and agent, from the real evaluator.</summary>
    /// <param name="at">The moment that is judged at.</param>
    public static IEnumerable<AgentGap> Of(Snapshot snapshot, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return from id in snapshot.Tenants
            let tenant = snapshot.Find(id)!
            from dossier in tenant.Agents.Values.OrderBy(dossier => dossier.Agent.Id.ToString(), StringComparer.Ordinal)
            from gap in Of(snapshot, tenant, dossier, at)
            select gap;
    }

    private static IEnumerable<AgentGap> Of(Snapshot snapshot, TenantSnapshot tenant, AgentDossier dossier, DateTimeOffset at)
    {
        var agent = dossier.Agent.Id;
        if (dossier.Permissions.Count == 0)
        {
            return [new AgentGap(tenant.Tenant.Id, agent, [], ReasonCode.ToolNotPermitted)];
        }

        return from granted in dossier.Permissions.Keys
            let connector = tenant.Connectors[granted.Item1]
            let operation = connector.Operations.FirstOrDefault(candidate => candidate.Id == granted.Item2)
            where operation is not null
            let reason = ReasonOf(snapshot, dossier, connector, operation, at)
            where reason is not (null or ReasonCode.None) && !OfTheCall.Contains(reason.Value)
            group $"{connector.Id}/{operation.Id}" by reason.Value into same
            orderby same.Key
            select new AgentGap(tenant.Tenant.Id, agent, [.. same.Order(StringComparer.Ordinal)], same.Key);
    }

    /// <summary>Null where some way of asking isn't blocked.</summary>
    private static ReasonCode? ReasonOf(
        Snapshot snapshot,
        AgentDossier dossier,
        Connector connector,
        Operation operation,
        DateTimeOffset at
    )
    {
        ReasonCode? first = null;
        foreach (var door in ProbeIntent.Doors(connector.Type))
        {
            foreach (var strength in (AuthStrength[])[AuthStrength.Signed, AuthStrength.Bearer])
            {
                var intent = ProbeIntent.Of(dossier.Agent.Workspace, dossier.Agent.Id, connector, operation, door, strength);
                var decision = Evaluator.Evaluate(snapshot, intent, new Facts(null, at));
                if (decision.Verdict != Verdict.Block)
                {
                    return null;
                }

                first ??= decision.Reasons.Count > 0 ? decision.Reasons[0] : ReasonCode.None;
            }
        }

        return first;
    }
}
