using System.Security.Cryptography;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>Counts and digests what goes to the caller.</summary>
internal sealed class Delivered : IDisposable
{
    private IncrementalHash? _hash;
    private Sha256Digest? _whole;

    public long Bytes { get; private set; }

    /// <summary>All of it at once, which takes no context of its own.</summary>
    public void Whole(ReadOnlySpan<byte> bytes) => (_whole, Bytes) = (Sha256Digest.Of(bytes), bytes.Length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
    }

    /// <summary>The digest so far; once.</summary>
    public Sha256Digest Digest()
    {
        if (_whole is { } whole)
        {
            return whole;
        }

        if (_hash is null)
        {
            return Sha256Digest.Of([]);
        }

        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        _hash.GetHashAndReset(digest);
        return new Sha256Digest(digest);
    }

    public void Dispose() => _hash?.Dispose();
}
