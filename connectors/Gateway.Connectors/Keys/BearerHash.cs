using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Keys;

/// <summary>
/// How a bearer key's secret is stored: <c>{pepper's id}:{base64 of HMAC-SHA256(pepper, secret)}</c>. The secret has 256 random
/// bits, so it needs no slow hash; without the pepper a stolen store can't even be used to check a guess.
/// </summary>
public static class BearerHash
{
    private const int Base64Length = 44;

    /// <summary>The hash under the current pepper.</summary>
    /// <exception cref="ArgumentException">The ring is for another purpose, or the secret isn't one of a key.</exception>
    public static string Compute(KeyRing pepper, ReadOnlySpan<char> secret)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return pepper.Purpose == KeyPurpose.BearerPepper && TryHash(pepper.Current, secret, hash)
            ? $"{pepper.Current.Id}:{Convert.ToBase64String(hash)}"
            : throw new ArgumentException("A bearer's hash takes a pepper and the secret part of a key.");
    }

    /// <summary>
    /// Whether the secret is the one that was stored; in constant time, without allocation. False too where the pepper is gone or the
    /// stored text is no hash.
    /// </summary>
    public static bool Verify(KeyRing pepper, ReadOnlySpan<char> stored, ReadOnlySpan<char> secret)
    {
        var colon = stored.IndexOf(':');
        if (
            pepper.Purpose != KeyPurpose.BearerPepper
            || colon < 0
            || stored.Length - colon - 1 != Base64Length
            || pepper.Find(stored[..colon]) is not { } key
        )
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64Chars(stored[(colon + 1)..], expected, out var written)
            && written == expected.Length
            && TryHash(key, secret, actual)
            && CryptographicOperations.FixedTimeEquals(expected, actual);
    }

    private static bool TryHash(NamedKey pepper, ReadOnlySpan<char> secret, Span<byte> hash)
    {
        Span<byte> ascii = stackalloc byte[AgentKeyText.SecretLength];
        if (
            secret.Length != AgentKeyText.SecretLength
            || Ascii.FromUtf16(secret, ascii, out var written) != System.Buffers.OperationStatus.Done
            || written != ascii.Length
        )
        {
            return false;
        }

        pepper.Hash.Compute(ascii, hash);
        CryptographicOperations.ZeroMemory(ascii);
        return true;
    }
}
