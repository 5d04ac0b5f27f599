using Gateway.Cel.Text;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads, completes and orders <c>targets</c>.</summary>
internal static class TargetFields
{
    public static IReadOnlyList<IntentTargetFact> Read(JsonFields fields, string toolName) =>
        Normalise(fields.Sections("targets", target => ReadTarget(target, toolName)));

    /// <summary>The one order of targets: by their fields as they are declared, without repetitions.</summary>
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

    private static IntentTargetFact ReadTarget(JsonFields fields, string toolName)
    {
        var kind = fields.CheckWord("kind", fields.Required("kind", fields.Lower("kind")), RuleWords.TargetKinds);
        var value = fields.Required("value", fields.Text("value"));
        var operation = fields.Lower("operation");
        var given = fields.Word("endpoint_class", RuleWords.EndpointClasses);
        var endpointClass = given.Length > 0 ? given : EndpointClasses.Infer(kind, operation, toolName);
        var domain = fields.Lower("endpoint_domain");
        var destructiveHint = fields.Flag("destructive_hint");
        return new IntentTargetFact
        {
            Kind = kind,
            Value = value,
            Operation = operation,
            Sensitivity = fields.Lower("sensitivity"),
            EndpointClass = endpointClass,
            EndpointDomain = domain.Length > 0 ? domain : EndpointDomains.Infer(kind, value),
            Destructive = fields.Flag("destructive") | destructiveHint | EndpointClasses.IsDestructive(endpointClass, operation),
            DiscoveryMethod = ReadMethod(fields),
            ReadOnlyHint = fields.Flag("read_only_hint"),
            DestructiveHint = destructiveHint,
            IdempotentHint = fields.Flag("idempotent_hint"),
            OpenWorldHint = fields.Flag("open_world_hint"),
            ActualDomain = EndpointDomains.Actual(kind, value),
            CleanValue = kind == "path" ? CleanedPath.ForMatching(value) : value,
        };
    }

    private static string ReadMethod(JsonFields fields)
    {
        var method = fields.Lower("discovery_method").Replace('-', '_').Replace(' ', '_');
        return method.Length == 0 ? "unknown" : fields.CheckWord("discovery_method", method, RuleWords.DiscoveryMethods);
    }
}
