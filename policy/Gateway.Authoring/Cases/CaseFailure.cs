using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>One action of a case that got another answer than wanted.</summary>
/// <param name="Source">Where the action is written.</param>
public sealed record CaseFailure(SourcePosition Source, IReadOnlyList<CaseDifference> Differences);
