using Gateway.Policy.Model;

namespace Gateway.Authoring.Questions;

/// <summary>The questions, or every error; never both.</summary>
public sealed record QuestionResult(IReadOnlyList<Question> Questions, IReadOnlyList<GovernanceError> Errors);
