using Gateway.Cel.Text;

namespace Gateway.Policy.Rules.Intents;

/// <summary>The one order of targets: by their fields as they are declared, without repetitions.</summary>
internal static class TargetOrder
{
    public static IReadOnlyList<IntentTargetFact> Normalise(IEnumerable<IntentTargetFact> targets) =>
        [
            .. targets
                .Distinct()
                .OrderBy(target => target.Kind, CodePointOrder.Instance)
                .ThenBy(target => target.Value, CodePointOrder.Instance)
                .ThenBy(target => target.Operation, CodePointOrder.Instance)
                .ThenBy(target => target.Sensitivity, CodePointOrder.Instance)
                .ThenBy(target => target.EndpointClass, CodePointOrder.Instance)
                .ThenBy(target => target.EndpointDomain, CodePointOrder.Instance)
                .ThenBy(target => target.Destructive)
                .ThenBy(target => target.DiscoveryMethod, CodePointOrder.Instance)
                .ThenBy(target => target.ReadOnlyHint)
                .ThenBy(target => target.DestructiveHint)
                .ThenBy(target => target.IdempotentHint)
                .ThenBy(target => target.OpenWorldHint),
        ];
}
