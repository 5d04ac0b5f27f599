using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Whether an intent's targets are as a rule asks. One target must satisfy all selectors; where different targets satisfy different ones,
/// or a value is the same only when read widely (another case, another way to write the path), the answer is uncertain.
/// </summary>
internal static class TargetMatching
{
    public static RuleFit Fit(TargetMatch match, IReadOnlyList<IntentTargetFact> targets, bool every)
    {
        if (match.IsEmpty)
        {
            return RuleFit.Certain;
        }

        var asked = Asked(match);
        var (met, one, all) = (0, false, targets.Count > 0);
        for (var i = 0; i < targets.Count; i++)
        {
            var exact = Met(match, targets[i]);
            var whole = (exact & asked) == asked;
            (met, one, all) = (met | exact | MetWidely(match, targets[i]), one || whole, all && whole);
        }

        return (met & asked) != asked ? RuleFit.No : RuleFits.Of(every ? all : one, perhaps: true);
    }

    private static int Asked(TargetMatch match) =>
        Bit(0, match.Kinds.Count > 0)
        | Bit(1, match.Values.Count > 0)
        | Bit(2, match.EndpointClasses.Count > 0)
        | Bit(3, match.DiscoveryMethods.Count > 0)
        | Bit(4, match.DataClasses.Count > 0)
        | Bit(5, match.DestinationKinds.Count > 0)
        | Bit(6, match.DestinationValues.Count > 0)
        | Bit(7, match.DestinationOperations.Count > 0)
        | Bit(8, match.ReadOnlyHint is not null)
        | Bit(9, match.DestructiveHint is not null)
        | Bit(10, match.IdempotentHint is not null)
        | Bit(11, match.OpenWorldHint is not null);

    private static int Met(TargetMatch match, IntentTargetFact target) =>
        Bit(0, CodeList.Contains(match.Kinds, target.Kind))
        | Bit(1, CodeList.Contains(match.Values, target.Value))
        | Bit(2, CodeList.Contains(match.EndpointClasses, target.EndpointClass))
        | Bit(3, CodeList.Contains(match.DiscoveryMethods, target.DiscoveryMethod))
        | Bit(4, CodeList.Contains(match.DataClasses, target.Sensitivity))
        | Bit(5, CodeList.Contains(match.DestinationKinds, target.Kind))
        | Bit(6, CodeList.Contains(match.DestinationValues, target.Value))
        | Bit(7, CodeList.Contains(match.DestinationOperations, target.Operation))
        | Bit(8, match.ReadOnlyHint == target.ReadOnlyHint)
        | Bit(9, match.DestructiveHint == target.DestructiveHint)
        | Bit(10, match.IdempotentHint == target.IdempotentHint)
        | Bit(11, match.OpenWorldHint == target.OpenWorldHint);

    private static int MetWidely(TargetMatch match, IntentTargetFact target) =>
        Bit(1, HasWidely(match.Values, target)) | Bit(6, HasWidely(match.DestinationValues, target));

    private static bool HasWidely(IReadOnlyList<string> values, IntentTargetFact target)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (
                string.Equals(values[i], target.CleanValue, StringComparison.OrdinalIgnoreCase)
                || string.Equals(values[i], target.Value, StringComparison.OrdinalIgnoreCase)
                || (target.ActualDomain.Length > 0 && string.Equals(values[i], target.ActualDomain, StringComparison.OrdinalIgnoreCase))
                || (target.IsPath && CleanedPath.ForMatching(values[i]) == target.CleanValue)
            )
            {
                return true;
            }
        }

        return false;
    }

    private static int Bit(int position, bool set) => set ? 1 << position : 0;
}
