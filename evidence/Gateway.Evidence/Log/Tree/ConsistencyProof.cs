using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tree;

/// <summary>That a tree begins with another (RFC 6962, section 2.1.2; checked as RFC 9162, section 2.1.4.2 says).</summary>
internal static class ConsistencyProof
{
    /// <summary>Empty where the sizes are equal.</summary>
    public static IReadOnlyList<Sha256Digest> Make(long first, long second, SubtreeHash hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<Sha256Digest>();
        var (begin, end, isWhole) = (0L, second, true);
        while (first != end)
        {
            var split = begin + Subtrees.Split(end - begin);
            if (first <= split)
            {
                proof.Add(Subtrees.Root(split, end, hashes));
                end = split;
            }
            else
            {
                proof.Add(Subtrees.Root(begin, split, hashes));
                (begin, isWhole) = (split, false);
            }
        }

        if (!isWhole)
        {
            proof.Add(Subtrees.Root(begin, end, hashes)); // Where the first tree is a subtree from the left, the verifier has its root.
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Whether the proof leads from the first root to the second. Never throws.</summary>
    public static bool Verifies(
        ulong first,
        ulong second,
        Sha256Digest firstRoot,
        Sha256Digest secondRoot,
        IReadOnlyList<Sha256Digest> proof
    )
    {
        if (first > second)
        {
            return false;
        }

        if (first == second || first == 0)
        {
            // Every tree begins with the empty one, and nothing needs to be shown for it.
            return proof.Count == 0 && (first == second ? firstRoot == secondRoot : firstRoot == Merkle.Empty);
        }

        return proof.Count > 0 && Leads(first - 1, second - 1, firstRoot, secondRoot, proof);
    }

    private static bool Leads(ulong fn, ulong sn, Sha256Digest firstRoot, Sha256Digest secondRoot, IReadOnlyList<Sha256Digest> proof)
    {
        for (; (fn & 1) == 1; fn >>= 1)
        {
            sn >>= 1;
        }

        // A first tree that is one complete subtree is where both ways begin; the proof leaves it out.
        var next = fn == 0 ? 0 : 1;
        var (old, @new) = fn == 0 ? (firstRoot, firstRoot) : (proof[0], proof[0]);
        for (; next < proof.Count; next++)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (old, @new) = (Merkle.Node(proof[next], old), Merkle.Node(proof[next], @new));
                for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
                {
                    sn >>= 1;
                }
            }
            else
            {
                @new = Merkle.Node(@new, proof[next]);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && old == firstRoot && @new == secondRoot;
    }
}
