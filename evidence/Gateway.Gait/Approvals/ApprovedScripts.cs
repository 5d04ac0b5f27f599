using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Approvals;

/// <summary>
/// A registry of approved scripts: <c>{entries: […]}</c> or a list, each entry signed. It opens nothing here: a registry that isn't whole
/// is a reason to stop.
/// </summary>
public static class ApprovedScripts
{
    private static readonly ArtifactShape Entry = ArtifactShape.Record(
        "gait.gate.approved_script_entry",
        new("pattern_id", FieldKind.Word, true),
        new("policy_digest", FieldKind.Digest, true),
        new("script_hash", FieldKind.Digest, true),
        new("tool_sequence", FieldKind.Texts, true),
        new("scope", FieldKind.Texts, false),
        new("approver_identity", FieldKind.Word, true),
        new("expires_at", FieldKind.Time, true),
        new("signature", FieldKind.Object, true)
    );

    /// <summary>What is wrong first; null where every entry is in form and the key's. Never throws for any bytes.</summary>
    public static string? Problem(ReadOnlySpan<byte> json, Ed25519PublicKey key)
    {
        // A bare list is made an object, since only objects have a canonical form here.
        var wrapped = json.TrimStart(" \t\r\n"u8) is [(byte)'[', ..] ? [.. "{\"entries\":"u8, .. json, (byte)'}'] : json;
        if (!ArtifactJson.TryParse(wrapped, out var registry, out _) || registry["entries"] is not JsonArray entries)
        {
            return "the approved script registry isn't one: it must have entries";
        }

        for (var i = 0; i < entries.Count; i++)
        {
            if (
                entries[i] is not JsonObject entry
                || Entry.Check(entry) is not null
                || ArtifactSignature.Check(entry["signature"] as JsonObject, ArtifactJson.DigestWithout(entry, "signature"), key, "entry")
                    is not null
            )
            {
                return $"approved script registry verification failed at entry {i}";
            }
        }

        return null;
    }
}
