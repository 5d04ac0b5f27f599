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
}
