using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class LooseTextTests
{
    [Theory]
    [InlineData("text", "TEXT")]
    [InlineData("price_cents", "price_cent\u017F")]
    [InlineData("key", "\u212Aey")]
    [InlineData("straße", "STRASSE")]
    [InlineData("id", "\u0130d")]
    [InlineData("id", "\u0131d")]
    [InlineData("σ", "ς")]
    [InlineData("µ", "μ")]
    [InlineData("\u00E9", "E\u0301")]
    [InlineData("text", "\uFF34\uFF25\uFF38\uFF34")]
    [InlineData("text", "te\u00ADxt\u200B")]
    [InlineData("fi", "\uFB01")]
    [InlineData("\u1E9B\u0323", "\u1E69")]
    public void Names_ThatASystemMayTakeForOne_AreAlike(string one, string other)
    {
        Assert.True(LooseText.AreAlike(one, other));
        Assert.True(LooseText.AreAlike(Encoding.UTF8.GetBytes(other), Encoding.UTF8.GetBytes(one)));
        Assert.True(LooseText.IsSpelling(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other)));
        Assert.Equal(LooseText.SpellingHash(Encoding.UTF8.GetBytes(one)), LooseText.SpellingHash(Encoding.UTF8.GetBytes(other)));
    }

    [Theory]
    [InlineData("text", "texts")]
    [InlineData("ano", "año")]
    [InlineData("a", "\u0430")]
    [InlineData("", "a")]
    public void Names_ThatDiffer_AreTwo(string one, string other)
    {
        Assert.False(LooseText.AreAlike(one, other));
        Assert.False(LooseText.AreAlike(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other)));
    }

    [Theory]
    [InlineData("unit_price", "unitPrice", true)]
    [InlineData("unit-price", "UNIT_PRICE", true)]
    [InlineData("unit.price", "unit_price", false)]
    [InlineData("unitprices", "unit_price", false)]
    public void Spelling_OfAName_MayLackItsSeparators(string one, string other, bool isSpelling) =>
        Assert.Equal(isSpelling, LooseText.IsSpelling(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other)));

    [Fact]
    public void AnyText_IsFoldedOnce() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => LooseText.Fold(LooseText.Fold(text.Get)) == LooseText.Fold(text.Get))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void PlainNames_CostNoAllocation()
    {
        byte[] one = [.. "price_cents"u8];
        byte[] other = [.. "Price_Cents"u8];
        Assert.True(LooseText.AreAlike(one, other) && LooseText.IsSpelling(one, other) && LooseText.SpellingHash(one) != 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var all = LooseText.AreAlike(one, other) & LooseText.IsSpelling(one, other) & LooseText.SpellingHash(one) != 0;

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(all);
    }
}
