using System.Buffers;
using Gateway.Connectors.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// What a pin is: SHA-256 over the canonical form (RFC 8785) of a listed object without its own <c>_meta</c> and <c>icons</c>. Every other
/// member counts, those that nobody knows too. The order of members and the layout don't.
/// </summary>
public static class DefinitionDigest
{
    /// <summary>The digest of one listed object.</summary>
    /// <returns>
    /// False where it is no object, two readers could take it for two things (<see cref="StrictJson"/>), or it has a number that
    /// <see cref="CanonicalJson"/> refuses. Never throws on any bytes.
    /// </returns>
    public static bool TryOfListed(ReadOnlySpan<byte> listed, out Sha256Digest digest)
    {
        digest = default;
        if (!StrictJson.IsObject(listed))
        {
            return false;
        }

        return TryOfValue(JsonSplice.Remove(JsonSplice.Remove(listed, "_meta"u8), "icons"u8), out digest);
    }

    /// <summary>The digest of any JSON value in its canonical form: what <c>instructions</c>, a string with its quotes, is pinned
    /// by.</summary>
    public static bool TryOfValue(ReadOnlySpan<byte> json, out Sha256Digest digest)
    {
        var canonical = new ArrayBufferWriter<byte>(json.Length + 1);
        var isGood = CanonicalJson.TryCanonicalise(json, canonical, out _);
        digest = isGood ? Sha256Digest.Compute(canonical.WrittenSpan) : default;
        return isGood;
    }
}
