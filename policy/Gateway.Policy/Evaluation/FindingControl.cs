using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Control 10: open risks and findings are brought to light; a critical one fails. Others make the action be recorded in detail.
/// </summary>
internal static class FindingControl
{
    public static PathEntry Check(in ActionProfile action, ControlResults results)
    {
        var open = action.Dossier.OpenFindings;
        if (open.Count == 0)
        {
            return new(Control.RisksAndFindings, CheckOutcome.Pass, ReasonCode.None, "open=0", null);
        }

        Finding? critical = null;
        for (var i = 0; i < open.Count; i++)
        {
            if (open[i].Tier is RiskTier.Critical or RiskTier.Unspecified)
            {
                critical ??= open[i];
                results.CriticalFinding |= !open[i].IsRisk;
            }
        }

        results.Obligations = results.Obligations with { LogDetailed = true };
        var inputs = InputText.Count("open", open.Count);
        return critical is null
            ? new(Control.RisksAndFindings, CheckOutcome.Pass, ReasonCode.None, inputs, open[0].Source)
            : new(Control.RisksAndFindings, CheckOutcome.Fail, ReasonCode.OpenFinding, inputs + " critical=yes", critical.Source);
    }
}
