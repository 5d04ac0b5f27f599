using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Log.Tree;

public sealed class ProofTests
{
    private const int Most = 70;
    private static readonly Sha256Digest[] Leaves = [.. Enumerable.Range(0, Most).Select(i => Merkle.Leaf([(byte)i]))];

    [Fact]
    public void Range_OfEverySize_HasTheRootThatTheDefinitionGives()
    {
        var range = new CompactRange();
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", range.Root().ToString());
        for (var size = 1; size <= Most; size++)
        {
            range.Append(Leaves[size - 1]);
            Assert.Equal(Root(Leaves.AsSpan(0, size)), range.Root());
            Assert.Equal(range.Root(), Subtrees.Root(0, size, Hash));
        }
    }

    [Fact]
    public void Inclusion_OfEveryLeafOfEverySize_Verifies()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Subtrees.Root(0, size, Hash);
            for (var index = 0; index < size; index++)
            {
                var path = InclusionProof.Make(index, size, Hash);
                Assert.True(InclusionProof.Verifies((ulong)index, (ulong)size, Leaves[index], path, root));
                Assert.False(InclusionProof.Verifies((ulong)index, (ulong)size, Leaves[(index + 1) % Most], path, root));
                Assert.False(InclusionProof.Verifies((ulong)index, (ulong)size, Leaves[index], [.. path, root], root));
            }
        }
    }

    [Fact]
    public void Consistency_OfEveryTwoSizes_Verifies()
    {
        for (var second = 1; second <= Most; second++)
        {
            for (var first = 1; first <= second; first++)
            {
                var (old, @new) = (Subtrees.Root(0, first, Hash), Subtrees.Root(0, second, Hash));
                var proof = ConsistencyProof.Make(first, second, Hash);
                Assert.True(ConsistencyProof.Verifies((ulong)first, (ulong)second, old, @new, proof));
                Assert.False(ConsistencyProof.Verifies((ulong)first, (ulong)second, Leaves[0], Leaves[1], proof));
            }
        }
    }

    [Fact]
    public void Proofs_OfAnything_NeverThrow() =>
        Prop.ForAll<ulong, ulong, int>(
                (a, b, count) =>
                {
                    var path = Enumerable.Repeat(Leaves[0], Math.Abs(count % 70)).ToArray();
                    InclusionProof.Verifies(a, b, Leaves[1], path, Leaves[2]);
                    InclusionProof.Verifies(ulong.MaxValue - a, ulong.MaxValue - b, Leaves[1], path, Leaves[2]);
                    return !ConsistencyProof.Verifies(a + 1, ulong.MaxValue - b, Leaves[1], Leaves[2], path);
                }
            )
            .QuickCheckThrowOnFailure();

    private static Sha256Digest Hash(int height, long index) => Root(Leaves.AsSpan((int)(index << height), 1 << height));

    /// <summary>As RFC 6962, section 2.1, defines it.</summary>
    private static Sha256Digest Root(ReadOnlySpan<Sha256Digest> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return Merkle.Node(Root(leaves[..split]), Root(leaves[split..]));
    }
}
