using Gateway.Connectors.Contracts;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

/// <summary>
/// The key that a credential's record fixes, ready to verify with. Made from the record alone, never from what a request says, so the
/// algorithm isn't the client's choice. Thread-safe; may be cached for as long as the record may.
/// </summary>
internal abstract class VerificationKey(CredentialRecord record)
{
    public CredentialRecord Record { get; } = record;

    public abstract HttpSignatureAlgorithm Algorithm { get; }

    /// <summary>
    /// Whether the signature over the base was made with the key that this one verifies; false, never an exception, for any bytes.
    /// </summary>
    public abstract bool Verifies(ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature);
}
