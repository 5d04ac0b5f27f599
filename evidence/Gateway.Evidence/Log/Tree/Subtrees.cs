using System.Numerics;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tree;

/// <summary>Gives the root of a complete subtree.</summary>
/// <param name="height">0 for a leaf; a subtree has two to the power of it leaves.</param>
/// <param name="index">Which of that height, from the left and from 0.</param>
internal delegate Sha256Digest SubtreeHash(int height, long index);

/// <summary>Roots of ranges of leaves that begin where a complete subtree does.</summary>
internal static class Subtrees
{
    /// <summary>MTH(D[begin:end]) of RFC 6962, section 2.1.</summary>
    public static Sha256Digest Root(long begin, long end, SubtreeHash hashes)
    {
        var length = end - begin;
        if (BitOperations.IsPow2(length))
        {
            var height = BitOperations.Log2((ulong)length);
            return hashes(height, begin >> height);
        }

        var split = begin + Split(length);
        return Merkle.Node(Root(begin, split, hashes), Root(split, end, hashes));
    }

    /// <summary>The largest power of two that is smaller.</summary>
    public static long Split(long length) => 1L << BitOperations.Log2((ulong)length - 1);
}
