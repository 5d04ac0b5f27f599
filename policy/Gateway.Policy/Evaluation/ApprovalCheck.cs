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
            if (Count(gates[i], agent, approval) >= Math.Max(gates[i].Quorum, Math.Max(needed, 1)))
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
}
