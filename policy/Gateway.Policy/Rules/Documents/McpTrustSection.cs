using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What is asked of an MCP server before its tools may be called.</summary>
public sealed record McpTrustSection
{
    /// <summary>Where the snapshot of known servers is; whoever reads it decides what the path may be.</summary>
    public string Snapshot { get; init; } = "";

    /// <summary>Block or require_approval, for a server that isn't trusted.</summary>
    public Verdict Action { get; init; }

    /// <summary>Default critical and high.</summary>
    public IReadOnlyList<string> RequiredRiskClasses { get; init; } = Rules.RiskClasses.Highest;

    /// <value>From 0 to 1; 0 asks for no score.</value>
    public double MinScore { get; init; }

    /// <summary>As the file has it, such as <c>24h</c>; empty for none.</summary>
    public string MaxAgeText { get; init; } = "";

    /// <summary>How old an entry may be; zero for any age.</summary>
    public TimeSpan MaxAge { get; init; }

    public IReadOnlyList<string> PublisherAllowlist { get; init; } = [];

    public bool RequireRegistry { get; init; }
}
