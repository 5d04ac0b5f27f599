using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

/// <summary>What would hide or turn round what a text says is spelt out; what is written is left as it is.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Ada Sample, Гендальф 漢字 é 😀 <b>", "Ada Sample, Гендальф 漢字 é 😀 <b>")]
    [InlineData("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}")]
    [InlineData("\u202eevil\u2066", "\\u{202e}evil\\u{2066}")]
    [InlineData("a\u200bb\ufeff\u00ad", "a\\u{200b}b\\u{feff}\\u{ad}")]
    [InlineData("\u2028\u2029", "\\u{2028}\\u{2029}")]
    [InlineData("\U000e0041\ue000", "\\u{e0041}\\u{e000}")]
    public void Text_IsShownWithWhatHidesSpeltOut(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void HalfACharacter_IsReplaced() => Assert.Equal("a\ufffdb", VisibleText.Of("a\ud800b"));
}
