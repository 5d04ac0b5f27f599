using Gateway.Policy.Model;

namespace Gateway.Authoring.Questions;

/// <summary>An intent with facts, as somebody wrote it down to ask what would be decided.</summary>
/// <param name="Name">Where it is shown; its place in the file where it has none.</param>
public sealed record Question(string Name, Intent Intent, Facts Facts, SourcePosition Source);
