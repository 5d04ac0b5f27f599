namespace Gateway.Proxy.Identity.Signatures;

/// <summary>The algorithms' registered names.</summary>
internal static class HttpSignatureAlgorithms
{
    public const string HmacSha256 = "hmac-sha256";
    public const string EcdsaP256Sha256 = "ecdsa-p256-sha256";

    /// <summary>False for any other name, <c>none</c> among them.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out HttpSignatureAlgorithm algorithm)
    {
        algorithm = name switch
        {
            HmacSha256 => HttpSignatureAlgorithm.HmacSha256,
            EcdsaP256Sha256 => HttpSignatureAlgorithm.EcdsaP256Sha256,
            _ => HttpSignatureAlgorithm.None,
        };
        return algorithm != HttpSignatureAlgorithm.None;
    }
}
