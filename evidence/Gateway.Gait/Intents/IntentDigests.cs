using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Intents;

/// <summary>
/// The digests that tokens, traces and bindings name an intent by: SHA-256 of canonical JSON (RFC 8785). When the request was made, by
/// what, and its relationship graph aren't part of them.
/// </summary>
public static class IntentDigests
{
    public static Sha256Digest Compute(RuleIntent intent) =>
        Sha256Digest.Compute(Canonical(json => IntentJson.Write(json, intent, ScriptHash(intent))));

    public static Sha256Digest Args(RuleIntent intent) => Sha256Digest.Compute(intent.Args.Span);

    /// <summary>Of the steps; null for a single action.</summary>
    public static Sha256Digest? ScriptHash(RuleIntent intent) =>
        intent.IsScript ? Sha256Digest.Compute(Canonical(json => IntentJson.WriteScript(json, intent.Steps))) : null;

    private static byte[] Canonical(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return CanonicalJson.Canonicalise(buffer.WrittenSpan);
    }
}

/// <summary>
/// An intent as it is digested: what says nothing is left out, but times of a delegation and an agent, which are always there.
/// </summary>
internal static class IntentJson
{
    public static void Write(Utf8JsonWriter json, RuleIntent intent, Sha256Digest? scriptHash)
    {
        json.WriteStartObject();
        json.WriteString("tool_name", intent.ToolName);
        json.WritePropertyName("args");
        json.WriteRawValue(intent.Args.Span, skipInputValidation: true);
        if (scriptHash is { } hash)
        {
            json.WriteString("script_hash", hash.ToString());
            json.WritePropertyName("script");
            WriteScript(json, intent.Steps);
        }

        json.WritePropertyName("targets");
        TargetDigest.Write(json, intent.Targets);
        WriteProvenance(json, intent.Provenance);
        WriteSkill(json, intent.Skill);
        WriteDelegation(json, intent.Delegation);
        ContextJson.Write(json, intent.Context);
        json.WriteEndObject();
    }

    public static void WriteScript(Utf8JsonWriter json, IReadOnlyList<IntentStep> steps)
    {
        json.WriteStartObject();
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("tool_name", step.ToolName);
            json.WritePropertyName("args");
            json.WriteRawValue(step.Args.Span, skipInputValidation: true);
            if (step.Targets.Count > 0)
            {
                json.WritePropertyName("targets");
                TargetDigest.Write(json, step.Targets);
            }

            WriteProvenance(json, step.Provenance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter json, IReadOnlyList<ArgProvenance> provenance)
    {
        if (provenance.Count == 0)
        {
            return;
        }

        json.WriteStartArray("arg_provenance");
        foreach (var entry in provenance)
        {
            json.WriteStartObject();
            json.WriteString("arg_path", entry.ArgPath);
            json.WriteString("source", entry.Source);
            json.WriteIfText("source_ref", entry.SourceRef);
            json.WriteIfText("integrity_digest", entry.IntegrityDigest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSkill(Utf8JsonWriter json, SkillProvenance? skill)
    {
        if (skill is null)
        {
            return;
        }

        json.WriteStartObject("skill_provenance");
        json.WriteString("skill_name", skill.Name);
        json.WriteIfText("skill_version", skill.Version);
        json.WriteString("source", skill.Source);
        json.WriteString("publisher", skill.Publisher);
        json.WriteIfText("digest", skill.Digest);
        json.WriteIfText("signature_key_id", skill.SignatureKeyId);
        json.WriteEndObject();
    }

    private static void WriteDelegation(Utf8JsonWriter json, IntentDelegation? delegation)
    {
        if (delegation is null)
        {
            return;
        }

        json.WriteStartObject("delegation");
        json.WriteString("requester_identity", delegation.Requester);
        json.WriteIfText("scope_class", delegation.ScopeClass);
        json.WriteListIfAny("token_refs", delegation.TokenRefs);
        if (delegation.Chain.Count > 0)
        {
            json.WriteStartArray("chain");
            foreach (var link in delegation.Chain)
            {
                WriteLink(json, link);
            }

            json.WriteEndArray();
        }

        json.WriteString("issued_at", delegation.IssuedAt.ToString());
        json.WriteString("expires_at", delegation.ExpiresAt.ToString());
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, DelegationLink link)
    {
        json.WriteStartObject();
        json.WriteString("delegator_identity", link.Delegator);
        json.WriteString("delegate_identity", link.Delegate);
        json.WriteIfText("scope_class", link.ScopeClass);
        json.WriteIfText("token_ref", link.TokenRef);
        json.WriteString("issued_at", link.IssuedAt.ToString());
        json.WriteString("expires_at", link.ExpiresAt.ToString());
        json.WriteEndObject();
    }
}
