using Gateway.Policy.Rules;

namespace Gateway.Policy.Tests.Rules;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("*", "abc", true)]
    [InlineData("*c", "abc", true)]
    [InlineData("a*", "ab/c", false)]
    [InlineData("a*/b", "abc/b", true)]
    [InlineData("a*/b", "a/c/b", false)]
    [InlineData("a*b*c*d*e*/f", "axbxcxdxe/f", true)]
    [InlineData("a*b*c*d*e*/f", "axbxcxdxexxx/f", true)]
    [InlineData("a*b?c*x", "abxbbxdbxebxczzx", true)]
    [InlineData("a*b?c*x", "abxbbxdbxebxczzy", false)]
    [InlineData("ab[c]", "abc", true)]
    [InlineData("ab[b-d]", "abc", true)]
    [InlineData("ab[e-g]", "abc", false)]
    [InlineData("ab[^e-g]", "abc", true)]
    [InlineData("ab[^c]", "abc", false)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("a[^x]c", "a/c", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "ab", false)]
    [InlineData("[a-ζ]*", "α", true)]
    [InlineData("?", "😀", true)]
    [InlineData("[\\]a]", "]", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void Match_IsAsInGo(string pattern, string text, bool match) => Assert.Equal(match, GlobPattern.IsMatch(pattern, text));

    [Theory]
    [InlineData("[]a]")]
    [InlineData("[-]")]
    [InlineData("[x-]")]
    [InlineData("[-x]")]
    [InlineData("[a-b-c]")]
    [InlineData("[")]
    [InlineData("[^")]
    [InlineData("[^bc")]
    [InlineData("a[")]
    [InlineData("a\\")]
    public void Pattern_ThatIsMalformed_MatchesNothing(string pattern)
    {
        Assert.False(GlobPattern.IsWellFormed(pattern));
        Assert.False(GlobPattern.IsMatch(pattern, "a"));
    }
}
