using Gateway.Connectors.Vaults;
using Gateway.Evidence.Signing;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// The keys of <c>LOG_SIGNING_KEY</c> as the journal uses them: each is the seed of an Ed25519 key (RFC 8032, section 5.1.5).
/// </summary>
public static class LogSigningKeys
{
    /// <summary>The current key signs; all of them verify what they have signed.</summary>
    public static LogKeys Of(KeyRing ring)
    {
        var keys = ring
            .All.Select(key =>
                Ed25519PrivateKey.TryCreate(key.Bytes, out var made)
                    ? made
                    : throw new ArgumentException($"The key '{key.Id}' isn't a seed.", nameof(ring))
            )
            .ToArray();
        return new LogKeys(keys[0], keys[1..]);
    }
}
