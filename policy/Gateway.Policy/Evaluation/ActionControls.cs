using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>The controls about what is to be done: 5 its boundary, 7 who approves it, 8 which data it moves.</summary>
internal static class ActionControls
{
    /// <summary>Control 5: a level is assigned, and the action is within its boundary.</summary>
    public static PathEntry Boundary(in ActionProfile action, ControlResults results)
    {
        var inputs = InputText.Boundary(action.Level, action.Action, action.Risk, action.Scope, action.SaysSends ? action.Sends : null);
        inputs = action.LevelNote.Length == 0 ? inputs : inputs + action.LevelNote;
        var source = action.Dossier.Agent.Source;
        if (action.Level == AtfLevel.Unassigned)
        {
            var reason = action.LevelNote.Length == 0 ? ReasonCode.AtfLevelMissing : ReasonCode.AtfLevelUnbacked;
            return new(Control.AtfBoundary, CheckOutcome.Fail, reason, inputs, source);
        }

        if (action.Operation is null)
        {
            // What the operation would be is unknown, and control 6 fails for it.
            return new(Control.AtfBoundary, CheckOutcome.NotApplicable, ReasonCode.None, inputs, source);
        }

        var effect = action.EffectAt(action.Level);
        if (effect == BoundaryEffect.Block)
        {
            return new(Control.AtfBoundary, CheckOutcome.Fail, ReasonCode.AtfBoundary, inputs, source);
        }

        // Critical and top-secret data need a documented approval at the highest level, so at every lower one too.
        results.ApprovalDemanded |= effect != BoundaryEffect.Allow || (action.Data & DataClasses.NeedsApproval) != 0;
        return new(Control.AtfBoundary, CheckOutcome.Pass, ReasonCode.None, inputs, source);
    }

    /// <summary>
    /// Control 7: an external, financial or code-modifying action, and whatever demands an approval, is covered by an active gate. Runs
    /// after the boundary and the permission, whose demands it needs.
    /// </summary>
    public static PathEntry Gate(in ActionProfile action, IReadOnlyList<ApprovalGate> gates, ControlResults results)
    {
        var always = FindGates(action, gates, results);
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

    /// <summary>
    /// Control 8: customer or regulated data moves only where a flow is documented. A model call moves the data of its prompt.
    /// </summary>
    public static PathEntry DataMovement(in ActionProfile action)
    {
        var inputs = InputText.Data(action.Data);
        var missing = action.Data & DataClasses.NeedsFlow;
        var leaves = action.Scope == TargetScope.External && action.Sends != Sends.Nothing;
        if (leaves && !action.DataIsDeclared && action.Dossier.Profile.DataDeclared)
        {
            return new(Control.DataMovement, CheckOutcome.Fail, ReasonCode.DataFlowMissing, "data=undeclared", null);
        }

        if (missing == 0)
        {
            return new(Control.DataMovement, CheckOutcome.NotApplicable, ReasonCode.None, inputs, null);
        }

        SourcePosition? source = null;
        var flows = action.Dossier.DataFlows;
        for (var i = 0; i < flows.Count; i++)
        {
            if (flows[i].Connector == action.Intent.Connector && (flows[i].Data & missing) != 0)
            {
                missing &= ~flows[i].Data;
                source ??= flows[i].Source;
            }
        }

        return missing == 0
            ? new(Control.DataMovement, CheckOutcome.Pass, ReasonCode.None, inputs, source)
            : new(Control.DataMovement, CheckOutcome.Fail, ReasonCode.DataFlowMissing, InputText.Data(missing), source);
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
            // be in it, and an action that says none may move any.
            var covers = gate.Data == DataClasses.None || (action.DataIsDeclared && (action.Data & ~gate.Data) == 0);
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
