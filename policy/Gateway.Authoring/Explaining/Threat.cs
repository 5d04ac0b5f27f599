namespace Gateway.Authoring.Explaining;

/// <summary>A published threat or technique that a reason answers.</summary>
/// <param name="Id">As its list has it: <c>LLM06</c>, <c>ASI02</c>, <c>AML.T0053</c>.</param>
/// <param name="Name">Its title there.</param>
public sealed record Threat(string Id, string Name)
{
    /// <summary>Which list it is from: OWASP's for LLM applications (2025) or for agentic applications (2026), or MITRE ATLAS.</summary>
    public string List =>
        Id.StartsWith("LLM", StringComparison.Ordinal) ? "OWASP LLM 2025"
        : Id.StartsWith("ASI", StringComparison.Ordinal) ? "OWASP Agentic 2026"
        : "MITRE ATLAS";
}
