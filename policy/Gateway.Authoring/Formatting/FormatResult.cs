using Gateway.Policy.Model;

namespace Gateway.Authoring.Formatting;

/// <summary>A file in the one layout, or why it can't be given one; never both.</summary>
public sealed record FormatResult(string? Text, IReadOnlyList<GovernanceError> Errors);
