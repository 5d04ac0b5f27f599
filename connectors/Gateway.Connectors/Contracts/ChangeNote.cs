using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>
/// A change as it is to be put on record: made, and not known to be in the journal. It lies beside what it changed, written in the same
/// step, so that a kill leaves both or neither.
/// </summary>
public sealed record ChangeNote
{
    /// <value>32 random hexadecimal digits. A kill at the wrong moment puts a change on record twice: by this the two are one.</value>
    public required string Id { get; init; }

    public required GovernedChange Kind { get; init; }

    /// <value>The credential's public id, the agent's name, the secret's reference, or the key's id.</value>
    public required string Subject { get; init; }

    /// <value>Its number among the changes of the tenant's store, from 1; 0 for a change that isn't the store's.</value>
    public long Sequence { get; init; }

    public required ChangeOrigin Origin { get; init; }

    /// <value>What was, and what is, by the names of its parts. No secret is among them. Empty: there was nothing, or there is nothing
    /// more.</value>
    public SortedDictionary<string, string> Before { get; init; } = new(StringComparer.Ordinal);

    /// <inheritdoc cref="Before"/>
    public SortedDictionary<string, string> After { get; init; } = new(StringComparer.Ordinal);

    public required DateTimeOffset At { get; init; }
}
