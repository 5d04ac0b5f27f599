using System.Numerics;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tree;

/// <summary>That a leaf is in a tree (RFC 6962, section 2.1.1; checked as RFC 9162, section 2.1.3.2 says).</summary>
internal static class InclusionProof
{
    /// <value>The longest path of any tree.</value>
    public const int MaxLength = 64;

    /// <summary>The path from a leaf's sibling up to the root's child.</summary>
    public static IReadOnlyList<Sha256Digest> Make(long index, long size, SubtreeHash hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<Sha256Digest>();
        var (begin, end) = (0L, size);
        while (end - begin > 1)
        {
            var split = begin + Subtrees.Split(end - begin);
            var isLeft = index < split;
            path.Add(isLeft ? Subtrees.Root(split, end, hashes) : Subtrees.Root(begin, split, hashes));
            (begin, end) = isLeft ? (begin, split) : (split, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether the path leads from the leaf to the root. Never throws.</summary>
    public static bool Verifies(ulong index, ulong size, Sha256Digest leaf, IReadOnlyList<Sha256Digest> path, Sha256Digest root)
    {
        if (index >= size)
        {
            return false;
        }

        // Below the height where the ways to this leaf and to the last one part, siblings are on both sides; above, only on the left.
        var inner = BitOperations.Log2(index ^ (size - 1)) + (index == size - 1 ? 0 : 1);
        var border = BitOperations.PopCount(inner < 64 ? index >> inner : 0);
        return path.Count == inner + border && Root(index, leaf, path, inner) == root;
    }

    private static Sha256Digest Root(ulong index, Sha256Digest hash, IReadOnlyList<Sha256Digest> path, int inner)
    {
        for (var i = 0; i < path.Count; i++)
        {
            var isLeft = i >= inner || ((index >> i) & 1) == 1;
            hash = isLeft ? Merkle.Node(path[i], hash) : Merkle.Node(hash, path[i]);
        }

        return hash;
    }
}
