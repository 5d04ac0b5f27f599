using Gateway.Evidence.Log.Scanning;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Log.Scanning;

public sealed class WrittenLeavesTests
{
    private static readonly Sha256Digest Leaf = Sha256Digest.Compute("a"u8);

    private readonly WrittenLeaves _leaves = new();

    [Fact]
    public void Find_WhatWasNeverPut_IsNothing() => Assert.Null(_leaves.Find(0));

    [Fact]
    public void Find_WhatWasRead_GivesItUntilAnotherHasItsPlace()
    {
        _leaves.Put(7, Leaf);
        Assert.Equal(Leaf, _leaves.Find(7));
        Assert.Null(_leaves.Find(8));

        _leaves.Put(7 + WrittenLeaves.Usual, Sha256Digest.Compute("b"u8));

        Assert.Null(_leaves.Find(7));
        Assert.Equal(Sha256Digest.Compute("b"u8), _leaves.Find(7 + WrittenLeaves.Usual));
    }

    [Fact]
    public void Put_MoreThanWasRead_KeepsTheLastOfThemUpToTheBound()
    {
        const int Count = WrittenLeaves.Most + 100;
        for (var i = 0; i < Count; i++)
        {
            _leaves.Put(i, LeafOf(i));
        }

        Assert.All(Enumerable.Range(0, 100), i => Assert.Null(_leaves.Find(i)));
        Assert.All(Enumerable.Range(100, WrittenLeaves.Most), i => Assert.Equal(LeafOf(i), _leaves.Find(i)));
    }

    [Fact]
    public void Put_OfAnIndexThatHasOne_CountsInsteadOfIt()
    {
        _leaves.Put(3, Leaf);
        _leaves.Put(3, Sha256Digest.Compute("b"u8));

        Assert.Equal(Sha256Digest.Compute("b"u8), _leaves.Find(3));
    }

    private static Sha256Digest LeafOf(int i) => Sha256Digest.Compute(BitConverter.GetBytes(i));
}
