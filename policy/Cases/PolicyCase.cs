using Gateway.Policy.Model;
using Gateway.Policy.Questions;

namespace Gateway.Policy.Cases;

/// <summary>What somebody wants to be decided about one or more actions under governance documents: questions with the wanted answer. Immutable.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Questions">At least one: all must get the wanted answer.</param>
/// <param name="Source">Where the case begins.</param>
public sealed record PolicyCase(string Name, IReadOnlyList<Question> Questions, WantedAnswer Wanted, SourcePosition Source);
