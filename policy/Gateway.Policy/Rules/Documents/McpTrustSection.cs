using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What is asked of an MCP server before its tools may be called.</summary>
public sealed record McpTrustSection
{
    private static readonly string[] Switches =
    [
        "snapshot",
        "action",
        "required_risk_classes",
        "min_score",
        "max_age",
        "publisher_allowlist",
        "require_registry",
    ];

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

    /// <summary>Reads <c>mcp_trust</c>. Any field but <c>enabled: false</c> switches it on.</summary>
    internal static McpTrustSection? Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled") || Switches.Any(fields.Has);
        var classes = fields.LowerList("required_risk_classes");
        var section = new McpTrustSection
        {
            Snapshot = fields.Text("snapshot"),
            Action = VerdictFields.Restriction(fields, "action", Verdict.Block),
            RequiredRiskClasses = classes.Length > 0 ? classes : RiskClasses.Highest,
            MinScore = fields.Fraction("min_score"),
            MaxAgeText = fields.Text("max_age"),
            MaxAge = ReadAge(fields),
            PublisherAllowlist = fields.LowerList("publisher_allowlist"),
            RequireRegistry = fields.Flag("require_registry"),
        };
        if (enabled && section.Snapshot.Length == 0)
        {
            fields.Fail("snapshot", "It is missing.", "Add snapshot: the path of the trust snapshot.");
        }

        return enabled ? section : null;
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("MCPTrust");
        json.WriteBoolean("Enabled", true);
        json.WriteString("SnapshotPath", Snapshot);
        json.WriteString("Action", RuleVerdicts.Word(Action));
        json.WriteList("RequiredRiskClasses", RequiredRiskClasses);
        json.WriteNumber("MinScore", MinScore);
        json.WriteString("MaxAge", MaxAgeText);
        json.WriteList("PublisherAllowlist", PublisherAllowlist);
        json.WriteBoolean("RequireRegistry", RequireRegistry);
        json.WriteEndObject();
    }

    private static TimeSpan ReadAge(RuleFields fields)
    {
        var text = fields.Text("max_age");
        if (text.Length > 0 && !GoDuration.TryParse(text, out _))
        {
            fields.Fail("max_age", "Expected a duration over 0.", "Write it like 24h or 1h30m.");
        }

        return GoDuration.TryParse(text, out var age) ? age : TimeSpan.Zero;
    }
}
