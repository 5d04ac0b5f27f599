namespace Gateway.Policy.Model;

/// <summary>What must be done if the action goes ahead. One that can't be met refuses.</summary>
/// <param name="LogDetailed">Record the action in detail: shown as "allow and log".</param>
/// <param name="DryRun">Answer as if; nothing is sent.</param>
/// <param name="MaxTokens">Cap the output tokens of a model call; null for no cap.</param>
public sealed record Obligations(bool LogDetailed = false, bool DryRun = false, int? MaxTokens = null)
{
    public static Obligations None { get; } = new();

    /// <summary>Whether the action is reduced, and not only watched more closely.</summary>
    /// <summary>Both: of two caps the smaller counts.</summary>
    public Obligations Merge(Obligations other) => new(
        LogDetailed || other.LogDetailed,
        DryRun || other.DryRun,
        MaxTokens is { } a && other.MaxTokens is { } b ? Math.Min(a, b) : MaxTokens ?? other.MaxTokens);

    public bool Reduces => DryRun || MaxTokens is not null;
}
