namespace Gateway.Proxy.Identity.Signing;

/// <summary>A client's key. What it is made of is never shown.</summary>
/// <param name="keyId">As the credential was issued: tenant, a dot, the credential's public id.</param>
public abstract class SigningKey(string keyId)
{
    public string KeyId { get; } = keyId;

    /// <summary>The algorithm's registered name (RFC 9421 section 6.2).</summary>
    public abstract string Algorithm { get; }

    internal abstract byte[] Sign(ReadOnlySpan<byte> signatureBase);
}
