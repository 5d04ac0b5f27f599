using System.Security.Cryptography;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>Counts and digests what goes to the caller.</summary>
internal sealed class Delivered : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Bytes { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
    }

    /// <summary>The digest so far; once.</summary>
    public Sha256Digest Digest()
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        _hash.GetHashAndReset(digest);
        return new Sha256Digest(digest);
    }

    public void Dispose() => _hash.Dispose();
}
