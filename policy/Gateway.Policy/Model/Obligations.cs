namespace Gateway.Policy.Model;

/// <summary>
/// What must be done if the action goes ahead. One that can't be met refuses. Immutable; equal where the same is demanded.
/// </summary>
/// <param name="LogDetailed">Record the action in detail: shown as "allow and log".</param>
/// <param name="DryRun">Answer as if; nothing is sent.</param>
/// <param name="MaxTokens">Cap the output tokens of a model call; null for no cap.</param>
public sealed record Obligations(bool LogDetailed = false, bool DryRun = false, int? MaxTokens = null)
{
    /// <summary>What <see cref="Sample"/> counts in.</summary>
    public const int WholeSample = 1_000_000;

    public static Obligations None { get; } = new();

    /// <summary>The operation's declared read variant is sent in its place.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What must not leave; null for nothing.</summary>
    public RedactionTerms? RedactRequest { get; init; }

    /// <summary>What must not come back; null for nothing.</summary>
    public RedactionTerms? RedactResponse { get; init; }

    /// <summary>
    /// The model that is asked in place of the one named; empty for no other. Nothing says which of two models is the lesser, so two can't
    /// be met.
    /// </summary>
    public TermSet<string> ModelDowngrade { get; init; } = TermSet<string>.Empty;

    /// <summary>Null for no tools.</summary>
    public ToolStrip? StripTools { get; init; }

    /// <summary>Limits of the answer's arrays, one each.</summary>
    public TermSet<RowLimit> RowLimits { get; init; } = TermSet<RowLimit>.Empty;

    /// <summary>How many of a million calls go through; null for all. From 1 to 999,999.</summary>
    public int? Sample { get; init; }

    /// <summary>Whether the action is reduced, and not only watched more closely.</summary>
    public bool Reduces =>
        DryRun
        || ReadOnly
        || MaxTokens is not null
        || RedactRequest is not null
        || RedactResponse is not null
        || ModelDowngrade.Count > 0
        || StripTools is not null
        || RowLimits.Count > 0
        || Sample is not null;

    /// <summary>What both demand, the stricter of each: in any order and however often, the same.</summary>
    public Obligations Merge(Obligations other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(other, None) || ReferenceEquals(other, this) ? this
            : ReferenceEquals(this, None) ? other
            : MergeAll(other);
    }

    private Obligations MergeAll(Obligations other) =>
        new(LogDetailed || other.LogDetailed, DryRun || other.DryRun, Least(MaxTokens, other.MaxTokens))
        {
            ReadOnly = ReadOnly || other.ReadOnly,
            RedactRequest = RedactionTerms.Merge(RedactRequest, other.RedactRequest),
            RedactResponse = RedactionTerms.Merge(RedactResponse, other.RedactResponse),
            ModelDowngrade = ModelDowngrade.Union(other.ModelDowngrade),
            StripTools = ToolStrip.Merge(StripTools, other.StripTools),
            RowLimits = RowLimit.Merge(RowLimits, other.RowLimits),
            Sample = Least(Sample, other.Sample),
        };

    private static int? Least(int? one, int? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
