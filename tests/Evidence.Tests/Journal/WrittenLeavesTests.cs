using Gateway.Evidence.Journal;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Journal;

public sealed class WrittenLeavesTests
{
    private static readonly Sha256Digest Leaf = Sha256Digest.Of("a"u8);

    private readonly WrittenLeaves _leaves = new();

    [Fact]
    public void Find_WhatWasNeverPut_IsNothing() => Assert.Null(_leaves.Find(0));

    [Fact]
    public void Find_WhatWasPut_GivesItUntilAnotherHasItsPlace()
    {
        _leaves.Put(7, Leaf);
        Assert.Equal(Leaf, _leaves.Find(7));

        _leaves.Put(7 + WrittenLeaves.Kept, Sha256Digest.Of("b"u8));

        Assert.Null(_leaves.Find(7));
        Assert.Equal(Sha256Digest.Of("b"u8), _leaves.Find(7 + WrittenLeaves.Kept));
    }

    [Fact]
    public void Put_OfAnIndexThatHasOne_CountsInsteadOfIt()
    {
        _leaves.Put(3, Leaf);
        _leaves.Put(3, Sha256Digest.Of("b"u8));

        Assert.Equal(Sha256Digest.Of("b"u8), _leaves.Find(3));
    }
}
