namespace Gateway.Policy.Model;

/// <summary>
/// Of an action's arguments and query what a decision may have read, for its record: enough to derive the decision again, and no more.
/// Immutable.
/// </summary>
public sealed record KeptValues
{
    /// <value>Bytes of arguments that are kept at most. A decision that rests on more can't be derived again from its record, which says
    /// so.</value>
    public const int MaxLength = 16 * 1024;

    /// <summary>Of an action without arguments and without a query.</summary>
    public static KeptValues Nothing { get; } = new();

    /// <summary>Whether there were JSON arguments at all.</summary>
    public bool HasArguments { get; init; }

    /// <summary>The places that are kept whole; none where nothing of them was read.</summary>
    public IReadOnlyList<ArgumentPath> Paths { get; init; } = [];

    /// <summary>
    /// The arguments with only what lies at <see cref="Paths"/> and on the way there, as JSON; empty where nothing was read.
    /// </summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>Something was read and isn't kept, for its length.</summary>
    public bool TooLong { get; init; }

    /// <summary>The query, without its question mark, where it was read; null where there is none or it wasn't.</summary>
    public string? Query { get; init; }
}
