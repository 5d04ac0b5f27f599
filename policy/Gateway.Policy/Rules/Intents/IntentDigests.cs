using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// The digests that tokens, traces and bindings name an intent by: SHA-256 of canonical JSON (RFC 8785). When the request was made, by
/// what, and its relationship graph aren't part of them.
/// </summary>
public static class IntentDigests
{
    public static Sha256Digest Of(RuleIntent intent) =>
        Sha256Digest.Of(Canonical(json => IntentJson.Write(json, intent, ScriptHash(intent))));

    public static Sha256Digest Args(RuleIntent intent) => Sha256Digest.Of(intent.Args.Span);

    /// <summary>Of the steps; null for a single action.</summary>
    public static Sha256Digest? ScriptHash(RuleIntent intent) =>
        intent.IsScript ? Sha256Digest.Of(Canonical(json => IntentJson.WriteScript(json, intent.Steps))) : null;

    /// <summary>What a credential's target binding must be: the digest of all targets.</summary>
    public static Sha256Digest Targets(IReadOnlyList<IntentTargetFact> targets) =>
        Sha256Digest.Of(Canonical(json => TargetJson.Write(json, targets)));

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
