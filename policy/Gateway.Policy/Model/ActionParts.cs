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
