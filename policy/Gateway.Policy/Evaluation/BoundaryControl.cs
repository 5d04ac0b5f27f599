using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>Control 5: a level is assigned, and the action is within its boundary.</summary>
internal static class BoundaryControl
{
    public static PathEntry Check(in ActionProfile action, ControlResults results)
    {
        var inputs = InputText.Boundary(action.Level, action.Action, action.Risk, action.Scope);
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

        var effect = action.Dossier.Profile.Boundary.Of(action.Level, action.Action, action.Risk, action.Scope);
        if (effect == BoundaryEffect.Block)
        {
            return new(Control.AtfBoundary, CheckOutcome.Fail, ReasonCode.AtfBoundary, inputs, source);
        }

        // Critical and top-secret data need a documented approval at the highest level, so at every lower one too.
        results.ApprovalDemanded |= effect != BoundaryEffect.Allow || (action.Data & DataClasses.NeedsApproval) != 0;
        return new(Control.AtfBoundary, CheckOutcome.Pass, ReasonCode.None, inputs, source);
    }
}
