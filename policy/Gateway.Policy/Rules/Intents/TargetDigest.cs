using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// The digest of all targets of an intent, which a credential's target binding must be: SHA-256 of their canonical JSON (RFC 8785).
/// </summary>
public static class TargetDigest
{
    public static Sha256Digest Compute(IReadOnlyList<IntentTargetFact> targets)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, targets);
        }

        return Sha256Digest.Compute(CanonicalJson.Canonicalise(buffer.WrittenSpan));
    }

    /// <summary>The targets as they are digested.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<IntentTargetFact> targets)
    {
        json.WriteStartArray();
        foreach (var target in targets)
        {
            json.WriteStartObject();
            json.WriteString("kind", target.Kind);
            json.WriteString("value", target.Value);
            json.WriteIfText("operation", target.Operation);
            json.WriteIfText("sensitivity", target.Sensitivity);
            json.WriteIfText("endpoint_class", target.EndpointClass);
            json.WriteIfText("endpoint_domain", target.EndpointDomain);
            json.WriteIfTrue("destructive", target.Destructive);
            json.WriteIfText("discovery_method", target.DiscoveryMethod);
            json.WriteIfTrue("read_only_hint", target.ReadOnlyHint);
            json.WriteIfTrue("destructive_hint", target.DestructiveHint);
            json.WriteIfTrue("idempotent_hint", target.IdempotentHint);
            json.WriteIfTrue("open_world_hint", target.OpenWorldHint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
