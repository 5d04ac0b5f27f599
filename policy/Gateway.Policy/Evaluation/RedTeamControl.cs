using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>Control 11: for a high-risk or external action the agent has at least one passed red-team test on record.</summary>
internal static class RedTeamControl
{
    public static PathEntry Check(in ActionProfile action)
    {
        var inputs = InputText.Action(action.Action, action.Risk);
        if (!action.IsHighRisk && !action.IsExternal)
        {
            return new(Control.RedTeamValidation, CheckOutcome.NotApplicable, ReasonCode.None, inputs, null);
        }

        var tests = action.Dossier.RedTeamTests;
        for (var i = 0; i < tests.Count; i++)
        {
            if (tests[i].Passed)
            {
                return new(Control.RedTeamValidation, CheckOutcome.Pass, ReasonCode.None, inputs, tests[i].Source);
            }
        }

        return new(
            Control.RedTeamValidation,
            CheckOutcome.Fail,
            ReasonCode.RedTeamMissing,
            inputs,
            tests.Count > 0 ? tests[0].Source : action.Dossier.Agent.Source
        );
    }
}
