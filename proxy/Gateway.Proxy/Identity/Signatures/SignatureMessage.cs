using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Identity.Signatures;

/// <summary>
/// A message as RFC 9421 sees it: the same for a request that came in, one about to go out, and a published vector. Everything is given
/// as it is on the wire; the signature base does all the normalising. It must not change between reading its signature and verifying it.
/// </summary>
internal abstract class SignatureMessage
{
    /// <summary>As sent: methods are case-sensitive (section 2.2.1).</summary>
    public abstract string Method { get; }

    /// <summary><c>http</c> or <c>https</c>, as the client used it.</summary>
    public abstract string Scheme { get; }

    /// <summary>The <c>Host</c> field or <c>:authority</c>, with the port if one was sent.</summary>
    public abstract string Authority { get; }

    /// <summary>The path as sent, nothing decoded, without the query. Empty counts as <c>/</c>.</summary>
    public abstract string Path { get; }

    /// <summary>The query as sent with its question mark, or empty where there is none.</summary>
    public abstract string Query { get; }

    /// <summary>The status of a response; 0 for a request.</summary>
    public virtual int Status => 0;

    /// <summary>Every line of a header field in the order of arrival; empty when there is none.</summary>
    /// <param name="name">In lower case; the look-up must not care about case.</param>
    public abstract StringValues Field(string name);
}

/// <summary>The algorithms of RFC 9421 section 6.2 that are accepted; a closed list. The zero value verifies nothing.</summary>
internal enum HttpSignatureAlgorithm
{
    None = 0,
    HmacSha256 = 1,
    EcdsaP256Sha256 = 2,
}

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
