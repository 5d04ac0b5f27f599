using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Control 8: customer or regulated data moves only where a flow is documented. A model call moves the data of its prompt.
/// </summary>
internal static class DataMovementControl
{
    public static PathEntry Check(in ActionProfile action)
    {
        var inputs = InputText.Data(action.Data);
        var missing = action.Data & DataClasses.NeedsFlow;
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
}
