using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules;

namespace Gateway.Gait.Packs.Runs;

/// <summary>The verdict that a recorded result tells of: its own where it has one, else what its status means.</summary>
public static class RecordedVerdict
{
    /// <summary>What a result that tells of none counts as.</summary>
    public const string Error = "error";

    public static string Parse(JsonObject result)
    {
        if (result["result"] is JsonObject payload && payload.Text("verdict") is var word && RuleVerdicts.TryParse(word, out _))
        {
            return word;
        }

        return result.Text("status").ToLowerInvariant() switch
        {
            "ok" or "pass" or "passed" or "success" or "allow" or "allowed" => "allow",
            "block" or "blocked" or "deny" or "denied" => "block",
            "require_approval" or "approval_required" or "needs_approval" => "require_approval",
            "dry_run" or "simulated" => "dry_run",
            _ => Error,
        };
    }
}
