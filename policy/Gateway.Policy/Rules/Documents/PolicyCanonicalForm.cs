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
    public static byte[] Write(RulePolicy policy)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            Write(writer, policy);
        }

        return CanonicalJson.Canonicalise(json.WrittenSpan);
    }

    public static Sha256Digest Digest(RulePolicy policy) => Sha256Digest.Compute(Write(policy));

    private static void Write(Utf8JsonWriter json, RulePolicy policy)
    {
        json.WriteStartObject();
        json.WriteString("SchemaID", RulePolicy.SchemaId);
        json.WriteString("SchemaVersion", RulePolicy.SchemaVersion);
        json.WriteString("DefaultVerdict", RuleVerdicts.Word(policy.DefaultVerdict));
        policy.FailClosed.Write(json);
        policy.Scripts.Write(json);
        policy.McpTrust?.Write(json);
        json.WriteStartArray("Rules");
        foreach (var rule in policy.Rules)
        {
            rule.Write(json);
        }

        json.WriteEndArray();
        if (policy.Combine == RuleCombine.Strictest)
        {
            // Not a word of a bare file: the same rules judged in another way must not have the same digest.
            json.WriteString("Combine", "strictest");
        }

        json.WriteEndObject();
    }
}
