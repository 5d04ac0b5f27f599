using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>The cases, or every error; never both.</summary>
public sealed record PolicyCaseResult(IReadOnlyList<PolicyCase> Cases, IReadOnlyList<GovernanceError> Errors);
