using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Control 7: an external, financial or code-modifying action, and whatever demands an approval, is covered by an active gate.
/// </summary>
internal static class GateControl
{
    /// <summary>Runs after the boundary and the permission, whose demands it needs.</summary>
    public static PathEntry Check(in ActionProfile action, TenantSnapshot tenant, ControlResults results)
    {
        var always = FindGates(action, tenant.Gates, results);
        results.ApprovalDemanded |= always;
        var applies = action.IsExternal || action.Action is ActionType.Financial or ActionType.Code;
        if (results.Gates.Count > 0)
        {
            var gate = results.Gates[0];
            var outcome = applies || results.ApprovalDemanded ? CheckOutcome.Pass : CheckOutcome.NotApplicable;
            return new(
                Control.ApprovalGate,
                outcome,
                ReasonCode.None,
                results.ApprovalDemanded ? "gate=active demanded=yes" : "gate=active demanded=no",
                gate.Source
            );
        }

        return applies || results.ApprovalDemanded
            ? new(
                Control.ApprovalGate,
                CheckOutcome.Fail,
                ReasonCode.ApprovalGateMissing,
                results.ApprovalDemanded ? "gate=none demanded=yes" : "gate=none demanded=no",
                null
            )
            : new(Control.ApprovalGate, CheckOutcome.NotApplicable, ReasonCode.None, "gate=none demanded=no", null);
    }

    /// <summary>Collects the gates that cover the action. True when one of them, or one that touches it, demands approval always.</summary>
    private static bool FindGates(in ActionProfile action, IReadOnlyList<ApprovalGate> gates, ControlResults results)
    {
        List<ApprovalGate>? covering = null;
        var demanded = false;
        var demandedByCovering = false;
        for (var i = 0; i < gates.Count; i++)
        {
            var gate = gates[i];
            if (!gate.Active || !Matches(gate, action))
            {
                continue;
            }

            // To demand, one class in common is enough, or an agent could claim another class and slip out of the gate. To cover, all must
            // be in it.
            var covers = gate.Data == DataClasses.None || (action.Data & ~gate.Data) == 0;
            demanded |= gate.Always && (covers || (action.Data & gate.Data) != 0);
            demandedByCovering |= gate.Always && covers;
            if (covers)
            {
                (covering ??= []).Add(gate);
            }
        }

        // A gate that insists is answered by its own approvers, not by those of a laxer gate beside it.
        results.Gates = demandedByCovering ? covering!.FindAll(gate => gate.Always) : covering ?? results.Gates;
        return demanded;
    }

    private static bool Matches(ApprovalGate gate, in ActionProfile action) =>
        action.Operation is not null
        && Has(gate.Actions, action.Action)
        && Has(gate.Connectors, action.Intent.Connector)
        && Has(gate.Operations, action.Intent.Operation)
        && Has(gate.TargetSystems, action.Connector!.TargetSystem)
        && Has(gate.Environments, action.Environment);

    /// <summary>An empty list has everything.</summary>
    private static bool Has<T>(IReadOnlyList<T> list, T item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (EqualityComparer<T>.Default.Equals(list[i], item))
            {
                return true;
            }
        }

        return list.Count == 0;
    }
}
