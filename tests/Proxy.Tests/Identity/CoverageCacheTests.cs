using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.StructuredFields;
using Gateway.Proxy.Tests.Identity.StructuredFields;

namespace Gateway.Proxy.Tests.Identity;

/// <summary>A list that is kept must never be taken for another, nor change what a request is judged as.</summary>
public sealed class CoverageCacheTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Fact]
    public void List_OfAProvenSignature_IsKept()
    {
        var profile = _exchange.Profile;
        Assert.Null(profile.Coverages.Find(Exchange.Covered));
        Assert.Null(_exchange.Judge(profile, _exchange.Sign(Exchange.Unsigned())));
        Assert.Equal(Exchange.Covered, profile.Coverages.Find(Exchange.Covered + _exchange.Parameters())!.Components.Text);
    }

    [Fact]
    public void List_OfASignatureThatIsNotProven_IsNotKept()
    {
        var profile = _exchange.Profile;
        var forged = _exchange.Sign(Exchange.Unsigned()).Replacing("Signature", $"g=:{Convert.ToBase64String(new byte[32])}:");
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(profile, forged)?.Reason);
        Assert.Null(profile.Coverages.Find(Exchange.Covered));
    }

    [Fact]
    public void List_ThatIsNearlyAKeptOne_IsNotFound()
    {
        var cache = Keeping(Exchange.Covered);
        for (var i = 0; i < Exchange.Covered.Length; i++)
        {
            Assert.Null(cache.Find(Exchange.Covered.AsSpan(0, i)));
            Assert.Null(cache.Find(Exchange.Covered.AsSpan(i + 1)));
            Assert.Null(cache.Find(Exchange.Covered.Remove(i, 1)));
            Assert.Null(cache.Find(Exchange.Covered.Insert(i, " ")));
            Assert.Null(cache.Find($"{Exchange.Covered[..i]}{(char)(Exchange.Covered[i] ^ 32)}{Exchange.Covered[(i + 1)..]}"));
        }
    }

    [Fact]
    public void Request_WithAnyChangeToAKeptList_IsJudgedAsByAFreshProfile()
    {
        var warm = _exchange.Profile;
        Assert.Null(_exchange.Judge(warm, _exchange.Sign(Exchange.Unsigned())));
        var edits =
            from start in Gen.Choose(0, Exchange.Covered.Length)
            from length in Gen.Choose(0, Math.Min(14, Exchange.Covered.Length - start))
            from text in StructuredFieldReaderTests.Text().Generator
            from value in Gen.Elements("a", "a, b", "")
            select (List: Exchange.Covered.Remove(start, length).Insert(start, text), Accept: value);
        Prop.ForAll(
                edits.ToArbitrary(),
                edit =>
                {
                    var message = _exchange.Sign(Exchange.Unsigned().Replacing("accept", edit.Accept), edit.List);
                    return _exchange.Judge(_exchange.Profile, message) == _exchange.Judge(warm, message);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Field_WithAnythingBehindAKeptList_IsJudgedAsByAFreshProfile()
    {
        var warm = _exchange.Profile;
        Assert.Null(_exchange.Judge(warm, _exchange.Sign(Exchange.Unsigned())));
        var others =
            from before in Gen.Elements("", "o=(), ", "o=( 1 );x;tag=\"o\", ", "o=1, ")
            from list in Gen.Elements(Exchange.Covered, Exchange.Covered[..^1])
            from after in StructuredFieldReaderTests.Text().Generator
            select (Before: before, List: list, After: after);
        Prop.ForAll(
                others.ToArbitrary(),
                other =>
                {
                    var signed = _exchange.Sign(Exchange.Unsigned());
                    var message = signed.Replacing("Signature-Input", $"{other.Before}g={other.List}{other.After}{_exchange.Parameters()}");
                    return _exchange.Judge(_exchange.Profile, message) == _exchange.Judge(warm, message);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Header_ThatAKeptListDoesNotCover_IsStillLookedForInEachRequest()
    {
        var profile = _exchange.Profile;
        Assert.Null(_exchange.Judge(profile, _exchange.Sign(Exchange.Unsigned())));
        Assert.Equal("accept isn't covered", _exchange.Judge(profile, _exchange.Sign(Exchange.Unsigned().Adding("accept", "a")))?.Note);
        Assert.Equal(
            ReasonCode.InvalidSignature,
            _exchange.Judge(profile, _exchange.Sign(Exchange.Unsigned().Adding("x-crm", "a")), null, "x-crm")?.Reason
        );
        Assert.Equal(
            ReasonCode.AmbiguousRequest,
            _exchange.Judge(profile, _exchange.Sign(Exchange.Unsigned().Adding("content-type", "a")))?.Reason
        );
        Assert.Equal(
            ReasonCode.InvalidSignature,
            _exchange.Judge(profile, _exchange.Sign(Exchange.Unsigned().Without("content-type")))?.Reason
        );
    }

    [Fact]
    public void Cache_OfMoreListsThanItHolds_KeepsTheLastAndNoMore()
    {
        var lists = Enumerable.Range(0, 3 * CoverageCache.Size).Select(i => $"(\"x-{i:D3}\")").ToArray();
        var cache = Keeping(lists);
        Assert.Equal(lists[^CoverageCache.Size..], lists.Where(list => cache.Find(list) is not null));
        cache.Keep(Read(lists[^1]));
        Assert.Equal(CoverageCache.Size, lists.Count(list => cache.Find(list) is not null));
    }

    [Fact]
    public void Lists_KeptAndSoughtByManyThreads_AreNeverTakenForOneAnother()
    {
        var cache = new CoverageCache();
        var lists = Enumerable.Range(0, 2 * CoverageCache.Size).Select(i => Read($"(\"x-{i}\" \"y-{i % 3}\")")).ToArray();
        var found = 0;
        Parallel.For(
            0,
            20_000,
            i =>
            {
                var own = lists[i % lists.Length];
                cache.Keep(own);
                if (cache.Find(own.Components.Text + ";created=1") is { } kept)
                {
                    Interlocked.Increment(ref found);
                    Assert.Equal(own.Components.Text, kept.Components.Text);
                    Assert.True(kept.Components.Contains($"x-{i % lists.Length}"));
                }
            }
        );
        Assert.NotEqual(0, found);
    }

    [Fact]
    public void Requests_WithDifferentLists_AreJudgedSideBySide()
    {
        var profile = _exchange.Profile;
        var good = _exchange.Sign(Exchange.Unsigned().Adding("accept", "a"), Exchange.Covered[..^1] + " \"accept\")");
        var bad = _exchange.Sign(Exchange.Unsigned().Adding("accept", "a"));
        var key = _exchange.HmacKey;
        Parallel.For(
            0,
            2000,
            i =>
                Assert.Equal(
                    i % 2 == 0 ? ReasonCode.None : ReasonCode.InvalidSignature,
                    _exchange.Judge(profile, i % 2 == 0 ? good : bad, key)?.Reason ?? ReasonCode.None
                )
        );
    }

    public void Dispose() => _exchange.Dispose();

    private static CoverageCache Keeping(params IEnumerable<string> lists)
    {
        var cache = new CoverageCache();
        foreach (var list in lists)
        {
            cache.Keep(Read(list));
        }

        return cache;
    }

    private static Coverage Read(string list)
    {
        var reader = new StructuredFieldReader(list);
        Assert.True(Coverage.TryRead(ref reader, list, out var coverage));
        return coverage;
    }
}
