using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of an intent's targets. Empty lists and null hints aren't given.</summary>
public sealed record TargetMatch
{
    public IReadOnlyList<string> Kinds { get; init; } = [];
    public IReadOnlyList<string> Values { get; init; } = [];
    public IReadOnlyList<string> EndpointClasses { get; init; } = [];
    public IReadOnlyList<string> DiscoveryMethods { get; init; } = [];

    /// <summary>Compared with a target's sensitivity.</summary>
    public IReadOnlyList<string> DataClasses { get; init; } = [];

    public IReadOnlyList<string> DestinationKinds { get; init; } = [];
    public IReadOnlyList<string> DestinationValues { get; init; } = [];
    public IReadOnlyList<string> DestinationOperations { get; init; } = [];
    public bool? ReadOnlyHint { get; init; }
    public bool? DestructiveHint { get; init; }
    public bool? IdempotentHint { get; init; }
    public bool? OpenWorldHint { get; init; }

    public bool HasHints => (ReadOnlyHint ?? DestructiveHint ?? IdempotentHint ?? OpenWorldHint) is not null;

    public bool IsEmpty =>
        Kinds.Count == 0
        && Values.Count == 0
        && EndpointClasses.Count == 0
        && DiscoveryMethods.Count == 0
        && DataClasses.Count == 0
        && DestinationKinds.Count == 0
        && DestinationValues.Count == 0
        && DestinationOperations.Count == 0
        && !HasHints;

    /// <summary>The fields stand in <c>match</c> itself.</summary>
    internal static TargetMatch Read(RuleFields fields)
    {
        var targets = new TargetMatch
        {
            Kinds = fields.LowerList("target_kinds"),
            Values = fields.List("target_values"),
            EndpointClasses = CodeList.Normalise([
                .. fields.WordList("endpoint_classes", RuleWords.EndpointClasses),
                .. fields.WordList("endpoint_class", RuleWords.EndpointClasses),
            ]),
            DiscoveryMethods = fields.WordList("discovery_method", RuleWords.DiscoveryMethods),
            DataClasses = fields.LowerList("data_classes"),
            DestinationKinds = fields.LowerList("destination_kinds"),
            DestinationValues = fields.List("destination_values"),
            DestinationOperations = fields.LowerList("destination_operations"),
        };
        return fields.Section("tool_annotations", hints => ReadHints(hints, targets)) ?? targets;
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteListIfAny("EndpointClasses", EndpointClasses);
        json.WriteListIfAny("DiscoveryMethods", DiscoveryMethods);
        json.WriteListIfAny("DataClasses", DataClasses);
        json.WriteListIfAny("DestinationKinds", DestinationKinds);
        json.WriteListIfAny("DestinationValues", DestinationValues);
        json.WriteListIfAny("DestinationOps", DestinationOperations);
        if (!HasHints)
        {
            return;
        }

        json.WriteStartObject("ToolAnnotations");
        WriteHint(json, "ReadOnlyHint", ReadOnlyHint);
        WriteHint(json, "DestructiveHint", DestructiveHint);
        WriteHint(json, "IdempotentHint", IdempotentHint);
        WriteHint(json, "OpenWorldHint", OpenWorldHint);
        json.WriteEndObject();
    }

    private static TargetMatch ReadHints(RuleFields fields, TargetMatch targets) =>
        targets with
        {
            ReadOnlyHint = fields.OptionalFlag("readOnlyHint"),
            DestructiveHint = fields.OptionalFlag("destructiveHint"),
            IdempotentHint = fields.OptionalFlag("idempotentHint"),
            OpenWorldHint = fields.OptionalFlag("openWorldHint"),
        };

    private static void WriteHint(Utf8JsonWriter json, string name, bool? hint)
    {
        if (hint is { } value)
        {
            json.WriteBoolean(name, value);
        }
    }
}
