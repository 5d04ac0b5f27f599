namespace Gateway.Policy.Model;

/// <summary>A family of models that a connector serves.</summary>
/// <param name="Match">A model's name, or its beginning followed by <c>*</c>.</param>
/// <param name="Names">The exact names to list to agents; the match itself when it has no star.</param>
/// <param name="MaxTokens">The most output tokens that one call can use: reserved when a call doesn't say. From 1 to 10,000,000.</param>
public sealed record ModelOffer(string Match, IReadOnlyList<string> Names, int MaxTokens)
{
    public bool Fits(ReadOnlySpan<char> model) =>
        Match.EndsWith('*') ? model.StartsWith(Match.AsSpan(0, Match.Length - 1), StringComparison.Ordinal) : model.SequenceEqual(Match);
}
