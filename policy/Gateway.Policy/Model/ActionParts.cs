namespace Gateway.Policy.Model;

/// <summary>
/// Parts of an action that a record of it needn't hold: what judging it may read of them, or what is known of them. Immutable.
/// </summary>
/// <param name="Arguments">Places in the arguments.</param>
/// <param name="Query">The target's query.</param>
public sealed record ActionParts(IReadOnlyList<ArgumentPath> Arguments, bool Query)
{
    public static ActionParts None { get; } = new([], false);

    public bool IsNone => Arguments.Count == 0 && !Query;

    public bool Covers(ActionParts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Query || !other.Query) && other.Arguments.All(Covers);
    }

    public bool Covers(ArgumentPath path) => Arguments.Any(own => own.Covers(path));

    /// <summary>Everything of both; a place that another one covers is left out.</summary>
    public ActionParts And(ActionParts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsNone ? this
            : IsNone ? other
            : new ActionParts(Widest([.. Arguments, .. other.Arguments]), Query || other.Query);
    }

    /// <summary>The places that no other one covers, in the order of their pointers.</summary>
    public static IReadOnlyList<ArgumentPath> Widest(IEnumerable<ArgumentPath> paths)
    {
        ArgumentPath[] all = [.. paths.Distinct()];
        return
        [
            .. all.Where(path => !all.Any(other => other.Steps.Count < path.Steps.Count && other.Covers(path)))
                .OrderBy(path => path.ToString(), StringComparer.Ordinal),
        ];
    }

    public bool Equals(ActionParts? other) => other is not null && Query == other.Query && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Arguments.Count, Query);
}

/// <summary>
/// Of an action's arguments and query what a decision may have read, for its record: enough to derive the decision again, and no more.
/// Immutable.
/// </summary>
public sealed record RecordedArguments
{
    /// <value>Bytes of arguments that are kept at most. A decision that rests on more can't be derived again from its record, which says
    /// so.</value>
    public const int MaxLength = 16 * 1024;

    /// <summary>Of an action without arguments and without a query.</summary>
    public static RecordedArguments Nothing { get; } = new();

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
