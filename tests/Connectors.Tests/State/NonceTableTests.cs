using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class NonceTableTests
{
    [Fact]
    public void Marks_AreEqual_ForTheSameKeyAndNonceOnly() =>
        Prop.ForAll(Pairs(), Pairs(), (one, other) => (NonceTable.MarkOf(Nonce(one)) == NonceTable.MarkOf(Nonce(other))) == (one == other))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Marks_DifferWhereOnlyTheBoundaryDoes() =>
        Assert.NotEqual(NonceTable.MarkOf(Nonce(("ab", "c"))), NonceTable.MarkOf(Nonce(("a", "bc"))));

    [Fact]
    public void Marks_OfTheLongestNames_AreOfAllOfThem()
    {
        var longest = new string('k', AdmissionValidation.MaxName);

        Assert.NotEqual(NonceTable.MarkOf(Nonce((longest, longest))), NonceTable.MarkOf(Nonce((longest, longest[1..] + "n"))));
    }

    [Fact]
    public void Remembered_KeepNothingOfTheirRequestsAlive()
    {
        var table = new NonceTable(capacity: 10);
        var forgotten = Remember(table);

        GC.Collect();

        Assert.False(forgotten.IsAlive);
        Assert.True(table.Contains(NonceTable.MarkOf(Nonce(("key", "nonce")))));
    }

    [Fact]
    public void OverTime_EachIsForgottenAtItsOwn_AFewAtOnce()
    {
        var table = new NonceTable(capacity: 10);
        foreach (var until in Enumerable.Range(1, 10))
        {
            table.Add((UInt128)until, until);
        }

        Assert.False(table.HasRoom(now: 0));
        Assert.True(table.HasRoom(now: 2));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10], Enumerable.Range(1, 10).Where(mark => table.Contains((UInt128)mark)));
        Assert.True(table.HasRoom(now: 10));
        Assert.Equal(4, table.Count);
    }

    // A frame of its own, so that nothing on the stack holds the text.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Remember(NonceTable table)
    {
        var nonce = Nonce(("key", new string("nonce")));
        table.Add(NonceTable.MarkOf(nonce), until: 1);
        return new WeakReference(nonce.Value);
    }

    private static NonceUse Nonce((string KeyId, string Value) parts) => new(parts.KeyId, parts.Value, default, default);

    /// <summary>Few and short, so that many are equal or differ by their boundary alone.</summary>
    private static Arbitrary<(string KeyId, string Value)> Pairs()
    {
        var text = Gen.Elements("a", "b", "ab", "ba", "aa", "bb");
        return (from key in text from value in text select (key, value)).ToArbitrary();
    }
}
