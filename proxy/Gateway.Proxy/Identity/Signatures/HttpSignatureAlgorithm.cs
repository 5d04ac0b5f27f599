namespace Gateway.Proxy.Identity.Signatures;

/// <summary>The algorithms of RFC 9421 section 6.2 that are accepted; a closed list. The zero value verifies nothing.</summary>
internal enum HttpSignatureAlgorithm
{
    None = 0,
    HmacSha256 = 1,
    EcdsaP256Sha256 = 2,
}
