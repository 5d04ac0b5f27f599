using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Judges an MCP server by a snapshot of known ones.</summary>
public static class McpTrust
{
    // The first that was found names the status.
    private static readonly (string Reason, string Status)[] Statuses =
    [
        ("mcp_trust_status_untrusted", "untrusted"),
        ("mcp_trust_publisher_untrusted", "untrusted"),
        ("mcp_trust_registry_unverified", "invalid"),
        ("mcp_trust_stale", "stale"),
        ("mcp_trust_below_threshold", "below_threshold"),
    ];

    /// <param name="riskClass">The intent's, so that a call can't escape by leaving it out.</param>
    public static McpTrustDecision Evaluate(McpTrustSection section, McpCall call, string riskClass, DateTimeOffset now)
    {
        var required = RiskClasses.Binds(section.RequiredRiskClasses, riskClass);
        if (call.Server is not { Key.Length: > 0 } server)
        {
            return new McpTrustDecision("missing", required, ["mcp_trust_identifier_missing"]);
        }

        return call.Snapshot.Status switch
        {
            McpSnapshotStatus.Unavailable => new McpTrustDecision("missing", required, ["mcp_trust_snapshot_unavailable"]),
            McpSnapshotStatus.Invalid => new McpTrustDecision("invalid", required, ["mcp_trust_snapshot_invalid"]),
            McpSnapshotStatus.Known => call.Snapshot.Entries.TryGetValue(server.Key, out var entry)
                ? Judge(section, entry, required, now)
                : new McpTrustDecision("unknown", required, ["mcp_trust_server_unknown"]),
        };
    }

    private static McpTrustDecision Judge(McpTrustSection section, McpTrustEntry entry, bool required, DateTimeOffset now)
    {
        bool[] failed =
        [
            entry.Status is not ("" or "trusted" or "allow" or "pass"),
            section.PublisherAllowlist.Count > 0 && !CodeList.Contains(section.PublisherAllowlist, entry.Publisher),
            section.RequireRegistry && !entry.RegistryVerified,
            section.MaxAge > TimeSpan.Zero && IsOlder(entry.UpdatedAt, section.MaxAge, now),
            !(entry.Score >= section.MinScore),
        ];
        var found = Statuses.Where((_, i) => failed[i]).ToArray();
        return found.Length == 0
            ? new McpTrustDecision("trusted", false, ["mcp_trust_verified"])
            : new McpTrustDecision(found[0].Status, required, CodeList.Normalise(found.Select(f => f.Reason)));
    }

    private static bool IsOlder(GoTime updated, TimeSpan most, DateTimeOffset now) =>
        updated.IsZero || now.UtcDateTime - updated.Utc > most;
}
