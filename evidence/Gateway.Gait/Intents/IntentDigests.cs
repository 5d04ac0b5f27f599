using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
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
        intent.IsScript ? Sha256Digest.Compute(Canonical(json => ScriptJson.Write(json, intent.Steps))) : null;

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
