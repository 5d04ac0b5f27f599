using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>Where two decisions that took the same path part: in who must approve, or in what is demanded.</summary>
internal static class TermsChange
{
    public static ChangeCause Between(Decision before, Decision after)
    {
        var (was, becomes) = (Gates(before), Gates(after));
        return was != becomes
            ? new ChangeCause(
                "approvers",
                was,
                becomes,
                (after.Approvals.Count > 0 ? after.Approvals[0] : before.Approvals[0]).Source.ToString()
            )
            : new ChangeCause(
                "obligations",
                DecisionText.Of(before.Obligations),
                DecisionText.Of(after.Obligations),
                after
                    .Path.Where(entry => entry.Control == Control.ToolPermission)
                    .Select(entry => entry.Source)
                    .FirstOrDefault()
                    ?.ToString()
            );
    }

    private static string Gates(Decision decision) => string.Join(", ", decision.Approvals.Select(gate => gate.Name));
}
