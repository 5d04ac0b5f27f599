namespace Gateway.Policy.Model;

/// <summary>What one policy's rules came to for an intent: a step of the decision's path after the controls.</summary>
/// <param name="Policy">The name of the <c>Policy</c> document.</param>
/// <param name="Verdict">Allow where they add nothing.</param>
/// <param name="Rules">The names of the rules that counted, sorted.</param>
/// <param name="ReasonCodes">The policy's own codes, sorted: free words of whoever wrote it.</param>
/// <param name="Violations">The same for what it calls violations.</param>
/// <param name="Source">The document.</param>
public sealed record RuleEntry(
    string Policy,
    Verdict Verdict,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> ReasonCodes,
    IReadOnlyList<string> Violations,
    SourcePosition Source
);
