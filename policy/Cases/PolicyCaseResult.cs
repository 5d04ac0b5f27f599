using Gateway.Policy.Model;

namespace Gateway.Policy.Cases;

/// <summary>The cases, or every error; never both.</summary>
public sealed record PolicyCaseResult(IReadOnlyList<PolicyCase> Cases, IReadOnlyList<GovernanceError> Errors);
