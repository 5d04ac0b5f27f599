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

/// <summary>Every threat that a reason can answer, by its id, and the order of their lists.</summary>
internal static class KnownThreats
{
    public static readonly Dictionary<string, Threat> ById = new Threat[]
    {
        new("LLM01", "Prompt Injection"),
        new("LLM02", "Sensitive Information Disclosure"),
        new("LLM06", "Excessive Agency"),
        new("LLM10", "Unbounded Consumption"),
        new("ASI01", "Agent Goal Hijack"),
        new("ASI02", "Tool Misuse and Exploitation"),
        new("ASI03", "Identity and Privilege Abuse"),
        new("ASI05", "Unexpected Code Execution"),
        new("ASI08", "Cascading Failures"),
        new("ASI09", "Human-Agent Trust Exploitation"),
        new("ASI10", "Rogue Agents"),
        new("AML.T0012", "Valid Accounts"),
        new("AML.T0029", "Denial of AI Service"),
        new("AML.T0034", "Cost Harvesting"),
        new("AML.T0048", "External Harms"),
        new("AML.T0051", "LLM Prompt Injection"),
        new("AML.T0053", "AI Agent Tool Invocation"),
        new("AML.T0055", "Unsecured Credentials"),
        new("AML.T0057", "LLM Data Leakage"),
        new("AML.T0086", "Exfiltration via AI Agent Tool Invocation"),
    }.ToDictionary(t => t.Id, StringComparer.Ordinal);

    /// <summary>LLM, then ASI, then ATLAS.</summary>
    public sealed class ListOrder : IComparer<string>
    {
        public static ListOrder Instance { get; } = new();

        public int Compare(string? x, string? y) => Rank(x!) is var a && Rank(y!) is var b && a != b ? a - b : string.CompareOrdinal(x, y);

        private static int Rank(string id) =>
            id.StartsWith("LLM", StringComparison.Ordinal) ? 0
            : id.StartsWith("ASI", StringComparison.Ordinal) ? 1
            : 2;
    }
}
