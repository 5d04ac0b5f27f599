using System.Security.Cryptography;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tree;

/// <summary>The hashes of a Merkle tree (RFC 6962, section 2.1): SHA-256 of a zero byte and a leaf, of a one and two nodes.</summary>
internal static class Merkle
{
    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Sha256Digest Empty { get; } = Sha256Digest.Compute([]);

    /// <param name="record">The leaf's bytes, without the prefix.</param>
    public static Sha256Digest Leaf(ReadOnlySpan<byte> record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(record);
        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        hash.GetHashAndReset(digest);
        return new Sha256Digest(digest);
    }

    public static Sha256Digest Node(Sha256Digest left, Sha256Digest right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Sha256Digest.Length)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Sha256Digest.Length)..]);
        return Sha256Digest.Compute(input);
    }

    /// <summary>The root of a complete tree over hashes that are its lowest level here.</summary>
    /// <param name="hashes">A power of two of them; used up.</param>
    public static Sha256Digest RootOf(Span<Sha256Digest> hashes)
    {
        for (var count = hashes.Length; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                hashes[i] = Node(hashes[2 * i], hashes[(2 * i) + 1]);
            }
        }

        return hashes[0];
    }
}
