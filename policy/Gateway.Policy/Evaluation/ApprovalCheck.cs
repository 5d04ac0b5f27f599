using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>Whether the people who approved an action are those whom its gates ask: enough of them, each once, and no owner.</summary>
public static class ApprovalCheck
{
    /// <summary>One gate that covers the action is enough, with as many people as it and the rules ask for.</summary>
    internal static bool IsGiven(IReadOnlyList<ApprovalGate> gates, int needed, Agent agent, ApprovalFact? approval)
    {
        if (approval is null)
        {
            return false;
        }

        for (var i = 0; i < gates.Count; i++)
        {
            var isEnough = approval.BreakGlass
                ? IsBroken(gates[i], agent, approval)
                : Count(gates[i], agent, approval) >= Math.Max(gates[i].Quorum, Math.Max(needed, 1));
            if (isEnough)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In an emergency one person is enough; who isn't named for it counts for nothing.</summary>
    private static bool IsBroken(ApprovalGate gate, Agent agent, ApprovalFact approval)
    {
        foreach (var person in approval.People)
        {
            if (MayBreakGlass(gate, agent, person))
            {
                return true;
            }
        }

        return false;
    }

    private static int Count(ApprovalGate gate, Agent agent, ApprovalFact approval)
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in approval.People)
        {
            if (MayApprove(gate, agent, person))
            {
                counted.Add(PersonName.Of(person));
            }
        }

        return counted.Count;
    }

    /// <summary>Whether this gate counts that person's approval of an action of that agent.</summary>
    public static bool MayApprove(ApprovalGate gate, Agent agent, string person)
    {
        var key = PersonName.Of(person);
        return key.Length > 0 && gate.Approvers.Contains(key) && (gate.OwnersMayApprove || !agent.IsOwnedBy(key));
    }

    /// <summary>Whether that person may let an action of that agent go ahead in an emergency: never who owns it.</summary>
    public static bool MayBreakGlass(ApprovalGate gate, Agent agent, string person)
    {
        var key = PersonName.Of(person);
        return key.Length > 0 && gate.BreakGlass?.People.Contains(key) == true && !agent.IsOwnedBy(key);
    }

    /// <summary>Whether that person decides about an action that was sent to these gates, by the documents that are in force.</summary>
    public static bool MayApprove(TenantSnapshot tenant, string agent, IReadOnlyList<string> gates, string person) =>
        AgentOf(tenant, agent) is { } found && tenant.Gates.Any(gate => gates.Contains(gate.Name) && MayApprove(gate, found, person));

    /// <summary>How often in 24 hours that person may let such actions go ahead in an emergency; 0 where they may not.</summary>
    public static int BreaksPerDay(TenantSnapshot tenant, string agent, IReadOnlyList<string> gates, string person) =>
        AgentOf(tenant, agent) is { } found
            ? tenant
                .Gates.Where(gate => gates.Contains(gate.Name) && MayBreakGlass(gate, found, person))
                .Select(gate => gate.BreakGlass!.PerDay)
                .DefaultIfEmpty()
                .Max()
            : 0;

    private static Agent? AgentOf(TenantSnapshot tenant, string agent) =>
        Id<Agent>.TryParse(agent, out var id) ? tenant.Agents.GetValueOrDefault(id)?.Agent : null;
}
