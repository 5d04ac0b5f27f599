using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// A policy's canonical form (RFC 8785) and its digest. The member names are those that Gait digests a policy with, so that a decision over
/// the same file names the same policy digest everywhere. Formatting, comments, aliases, the order of rules and of lists never change it.
/// </summary>
public static class PolicyCanonicalForm
{
    public static byte[] Of(RulePolicy policy)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            Write(writer, policy);
        }

        return CanonicalJson.Canonicalise(json.WrittenSpan);
    }

    public static Sha256Digest Digest(RulePolicy policy) => Sha256Digest.Of(Of(policy));

    private static void Write(Utf8JsonWriter json, RulePolicy policy)
    {
        json.WriteStartObject();
        json.WriteString("SchemaID", RulePolicy.SchemaId);
        json.WriteString("SchemaVersion", RulePolicy.SchemaVersion);
        json.WriteString("DefaultVerdict", RuleVerdicts.Word(policy.DefaultVerdict));
        json.WriteStartObject("FailClosed");
        json.WriteBoolean("Enabled", policy.FailClosed.Enabled);
        json.WriteList("RiskClasses", policy.FailClosed.RiskClasses);
        json.WriteList("RequiredFields", policy.FailClosed.RequiredFields);
        json.WriteListIfAny("RequiredHighRiskFields", policy.FailClosed.RequiredHighRiskFields);
        json.WriteEndObject();
        WriteScripts(json, policy.Scripts);
        WriteTrust(json, policy.McpTrust);
        json.WriteStartArray("Rules");
        foreach (var rule in policy.Rules)
        {
            RuleCanonicalForm.Write(json, rule);
        }

        json.WriteEndArray();
        if (policy.Combine == RuleCombine.Strictest)
        {
            // Not a word of a bare file: the same rules judged in another way must not have the same digest.
            json.WriteString("Combine", "strictest");
        }

        json.WriteEndObject();
    }

    private static void WriteScripts(Utf8JsonWriter json, ScriptLimits scripts)
    {
        if (scripts.MaxSteps == 0 && scripts.RequireApprovalAbove == 0 && !scripts.BlockMixedRisk)
        {
            return;
        }

        json.WriteStartObject("Scripts");
        json.WriteNumber("MaxSteps", scripts.MaxSteps);
        json.WriteNumber("RequireApprovalAbove", scripts.RequireApprovalAbove);
        json.WriteBoolean("BlockMixedRisk", scripts.BlockMixedRisk);
        json.WriteEndObject();
    }

    private static void WriteTrust(Utf8JsonWriter json, McpTrustSection? trust)
    {
        if (trust is null)
        {
            return;
        }

        json.WriteStartObject("MCPTrust");
        json.WriteBoolean("Enabled", true);
        json.WriteString("SnapshotPath", trust.Snapshot);
        json.WriteString("Action", RuleVerdicts.Word(trust.Action));
        json.WriteList("RequiredRiskClasses", trust.RequiredRiskClasses);
        json.WriteNumber("MinScore", trust.MinScore);
        json.WriteString("MaxAge", trust.MaxAgeText);
        json.WriteList("PublisherAllowlist", trust.PublisherAllowlist);
        json.WriteBoolean("RequireRegistry", trust.RequireRegistry);
        json.WriteEndObject();
    }
}
