using System.Text;
using Gateway.Policy.Model;

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

/// <summary>Which published threats each reason answers, as data. A reason without one is about order, not about an attack.</summary>
public static class Threats
{
    private static readonly Dictionary<string, Threat> Known = new Threat[]
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

    private static readonly Threat[][] Table = [.. Enum.GetValues<ReasonCode>().Select(Describe)];

    /// <summary>In the order of the lists; empty for none.</summary>
    public static IReadOnlyList<Threat> Of(ReasonCode reason) => Table[(int)reason];

    /// <summary>The table as the documentation shows it.</summary>
    internal static string ToMarkdown()
    {
        var text = new StringBuilder("| reason | OWASP and MITRE ATLAS |\n| --- | --- |\n");
        foreach (var reason in Enum.GetValues<ReasonCode>().Where(r => r != ReasonCode.None && Of(r).Count > 0))
        {
            text.Append(null, $"| `{Reasons.Of(reason).Code}` | {string.Join("; ", Of(reason).Select(t => $"{t.Id} {t.Name}"))} |\n");
        }

        return text.ToString();
    }

    private static Threat[] Describe(ReasonCode reason) =>
        [
            .. new[] { Reasons.Of(reason).Owasp }
                .OfType<string>()
                .Concat(More(reason))
                .Distinct()
                .Order(Lists.Instance)
                .Select(id => Known[id]),
        ];

    /// <summary>Beside the one that the reason itself names.</summary>
    private static string[] More(ReasonCode reason) =>
        reason switch
        {
            ReasonCode.ProviderCredentialsInRequest or ReasonCode.CredentialInAnswer => ["AML.T0055"],
            ReasonCode.InvalidSignature
            or ReasonCode.ReplayedNonce
            or ReasonCode.RevokedCredential
            or ReasonCode.IdentityMismatch
            or ReasonCode.BearerNotAllowed => ["AML.T0012"],
            ReasonCode.AgentUnregistered => ["ASI03"],
            ReasonCode.HumanOwnerMissing or ReasonCode.SecurityOwnerMissing or ReasonCode.AuditLoggingOff => ["ASI10"],
            ReasonCode.AtfLevelMissing or ReasonCode.AtfLevelUnbacked or ReasonCode.AtfBoundary => ["LLM06"],
            ReasonCode.ToolNotPermitted or ReasonCode.CapabilityUndeclared or ReasonCode.UnsupportedFeature => ["LLM06", "AML.T0053"],
            ReasonCode.PurposeMismatch => ["ASI01", "LLM06"],
            ReasonCode.TransactionUnreadable or ReasonCode.TransactionOverLimit or ReasonCode.CumulativeLimitReached =>
            [
                "LLM06",
                "AML.T0048",
            ],
            ReasonCode.HumanApprovalMissing or ReasonCode.ApprovalGateMissing or ReasonCode.ApprovalRequired => ["LLM06", "ASI09"],
            ReasonCode.DataFlowMissing => ["AML.T0057", "AML.T0086"],
            ReasonCode.PlaybookMissing => ["ASI08"],
            ReasonCode.RedTeamMissing => ["LLM01", "AML.T0051"],
            ReasonCode.OpenFinding => ["ASI10"],
            ReasonCode.RateLimited or ReasonCode.ConcurrencyLimited => ["LLM10", "AML.T0029"],
            ReasonCode.BudgetExhausted => ["AML.T0034"],
            _ => [],
        };

    /// <summary>LLM, then ASI, then ATLAS.</summary>
    private sealed class Lists : IComparer<string>
    {
        public static Lists Instance { get; } = new();

        public int Compare(string? x, string? y) => Rank(x!) is var a && Rank(y!) is var b && a != b ? a - b : string.CompareOrdinal(x, y);

        private static int Rank(string id) =>
            id.StartsWith("LLM", StringComparison.Ordinal) ? 0
            : id.StartsWith("ASI", StringComparison.Ordinal) ? 1
            : 2;
    }
}
