namespace Gateway.Cel;

/// <summary>
/// How an expression came to its result: each part that was evaluated, outer parts before the inner ones. It shows data of the request.
/// </summary>
/// <param name="IsCut">There were more parts than are kept.</param>
public sealed record CelTrace(CelResult Result, IReadOnlyList<CelTraceEntry> Entries, bool IsCut)
{
    /// <value>The most entries that are kept.</value>
    public const int MaxEntries = 1000;

    /// <summary>Shows the outcome only.</summary>
    public override string ToString() => $"{Entries.Count} entries";
}
