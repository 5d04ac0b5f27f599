using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>A snapshot or every error, never both: governance with an error in it isn't used at all.</summary>
/// <param name="Snapshot">Null when there is any error.</param>
/// <param name="Errors">By file, line and column.</param>
public sealed record CompilationResult(Snapshot? Snapshot, IReadOnlyList<GovernanceError> Errors);
