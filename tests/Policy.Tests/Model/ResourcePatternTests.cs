using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class ResourcePatternTests
{
    [Theory]
    [InlineData("test://docs/one", "test://docs/one", true)]
    [InlineData("test://docs/one", "test://docs/One", false)]
    [InlineData("test://docs/one", "test://docs/one/", false)]
    [InlineData("test://docs/*", "test://docs/one", true)]
    [InlineData("test://docs/*", "test://docs/", false)]
    [InlineData("test://docs/*", "test://docs", false)]
    [InlineData("test://docs/*", "test://docs/one/two", false)]
    [InlineData("test://docs/*", "test://docs/one/", false)]
    [InlineData("test://docs/*.txt", "test://docs/a.txt", true)]
    [InlineData("test://docs/*.txt", "test://docs/.txt", false)]
    [InlineData("test://docs/*.txt", "test://docs/a.txt.exe", false)]
    [InlineData("test://docs/*/raw", "test://docs/a/raw", true)]
    [InlineData("test://docs/*/raw", "test://docs/a/b/raw", false)]
    [InlineData("test://docs/**", "test://docs/a", true)]
    [InlineData("test://docs/**", "test://docs/a/b/c", true)]
    [InlineData("test://docs/**", "test://docs", false)]
    [InlineData("test://docs/**", "test://docs/", false)]
    [InlineData("test://docs/**", "test://docs/a//b", false)]
    [InlineData("test://docs/**", "test://docsx/a", false)]
    [InlineData("test://docs/**", "TEST://docs/a", false)]
    [InlineData("note:*", "note:1", true)]
    [InlineData("db://t/rows?id=*", "db://t/rows?id=1", true)]
    [InlineData("db://t/rows?id=*", "db://t/rows?id=1&all=1", false)]
    public void Address_FitsWhatThePatternSaysAndNothingElse(string pattern, string address, bool fits) =>
        Assert.Equal(fits, Of(pattern).Matches(address));

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("%2e%2e")]
    [InlineData("%2E%2E/secret")]
    [InlineData(".%2e")]
    [InlineData("a%2fb")]
    [InlineData("a%5cb")]
    [InlineData("a\\b")]
    [InlineData("%252e%252e")]
    [InlineData("a%00b")]
    [InlineData("a%0ab")]
    [InlineData("a%7f")]
    [InlineData("%c0%ae%c0%ae")]
    [InlineData("%c0%af")]
    [InlineData("%ef%bc%8f")]
    [InlineData("%e2%80%a4%e2%80%a4")]
    [InlineData("%ff")]
    [InlineData("%c3")]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    [InlineData("a?b")]
    [InlineData("a%3fb")]
    [InlineData("a#b")]
    [InlineData("a;b")]
    [InlineData("a&b")]
    [InlineData("*")]
    [InlineData("%2a")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("{x}")]
    [InlineData("")]
    public void Star_TakesNothingThatAServerCouldReadInAnotherWay(string taken)
    {
        Assert.False(Of("test://docs/*").Matches($"test://docs/{taken}"));
        Assert.False(Of("test://docs/**").Matches($"test://docs/{taken}"));
        Assert.False(Of("test://docs/**").Matches($"test://docs/a/{taken}"));
        Assert.False(Of("test://docs/*/b").Matches($"test://docs/{taken}/b"));
    }

    [Theory]
    [InlineData("a-b_c~1.2")]
    [InlineData("a%20b")]
    [InlineData("%C3%A9t%c3%a9")]
    [InlineData("%E6%97%A5%E6%9C%AC")]
    [InlineData("%F0%90%8D%88")]
    [InlineData("...")]
    [InlineData(".hidden")]
    [InlineData("a:b@c")]
    public void Star_TakesWhatHasOneReading(string taken)
    {
        Assert.True(Of("test://docs/*").Matches($"test://docs/{taken}"));
        Assert.True(Of("test://docs/**").Matches($"test://docs/x/{taken}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("docs")]
    [InlineData("*://docs/a")]
    [InlineData("Test://docs")]
    [InlineData("1test://docs")]
    [InlineData("test:")]
    [InlineData("test://docs/*-*")]
    [InlineData("test://docs/**/a")]
    [InlineData("test://docs/a**")]
    [InlineData("test://docs/../a")]
    [InlineData("test://docs/./a")]
    [InlineData("test://docs/a b")]
    [InlineData("test://docs/é")]
    [InlineData("test://docs/%2")]
    [InlineData("test://docs/%2*")]
    [InlineData("test://docs/{id}")]
    [InlineData("test://docs/a\\b")]
    [InlineData("https://*/a")]
    [InlineData("https://*.example/a")]
    [InlineData("https://**")]
    [InlineData("file://*/a")]
    [InlineData("https:a")]
    [InlineData("https:*/a")]
    [InlineData("https:/a/*")]
    public void Text_ThatIsNoPattern_IsRefused(string text) => Assert.False(ResourcePattern.TryParse(text, out _));

    [Fact]
    public void Pattern_OfMoreThanTheMostCharacters_IsRefused()
    {
        var longest = "test:" + new string('a', ResourcePattern.MaxLength - 5);

        Assert.True(ResourcePattern.TryParse(longest, out _));
        Assert.False(ResourcePattern.TryParse(longest + "a", out _));
        Assert.False(Of("test:*").Matches(longest + "a"));
    }

    [Theory]
    [InlineData("x://a/b", "x://a/b", true)]
    [InlineData("x://a/b", "x://a/c", false)]
    [InlineData("x://a/*", "x://a/b", true)]
    [InlineData("x://a/*", "x://b/*", false)]
    [InlineData("x://a/*", "x://a/*/c", false)]
    [InlineData("x://a/**", "x://a/*/c", true)]
    [InlineData("x://a/**", "x://a", false)]
    [InlineData("x://a/**", "x://**", true)]
    [InlineData("x://a/**", "x://b/**", false)]
    [InlineData("x://*/b", "x://a/*", true)]
    [InlineData("x://a/*.txt", "x://a/*.md", false)]
    [InlineData("x://a/b*", "x://a/bc*", true)]
    [InlineData("x://a/b*", "x://a/b", false)]
    public void Patterns_ThatOneAddressCanFit_Meet(string one, string other, bool meet)
    {
        Assert.Equal(meet, Of(one).Meets(Of(other)));
        Assert.Equal(meet, Of(other).Meets(Of(one)));
    }

    [Theory]
    [InlineData("x://a/*", "x://a/b", true)]
    [InlineData("x://a/*", "x://a/b*", true)]
    [InlineData("x://a/b*", "x://a/*", false)]
    [InlineData("x://a/*", "x://a/**", false)]
    [InlineData("x://a/**", "x://a/**", true)]
    [InlineData("x://a/**", "x://a/*/b", true)]
    [InlineData("x://a/**", "x://**", false)]
    [InlineData("x://a/*", "x://a/?q=*", false)]
    [InlineData("x://a/**", "x://a/b/*?q=1", false)]
    [InlineData("x://a/b", "x://a/b", true)]
    public void Pattern_CoversWhatIsPartOfIt(string own, string other, bool covers) => Assert.Equal(covers, Of(own).Covers(Of(other)));

    /// <summary>Few letters, so that two often meet.</summary>
    [Fact]
    public void Address_ThatFitsTwo_ShowsThatTheyMeet() =>
        Prop.ForAll(
                Patterns().Two().ToArbitrary(),
                Addresses().ToArbitrary(),
                (patterns, address) =>
                {
                    var (one, other) = (Of(patterns.Item1), Of(patterns.Item2));
                    var fitsBoth = one.Matches(address) && other.Matches(address);
                    return (!fitsBoth || one.Meets(other)) && (!one.Covers(other) || !other.Matches(address) || one.Matches(address));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Address_OfAnyText_IsAnsweredWithoutAThrow() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text =>
                {
                    var rest = text ?? "";
                    var fits = Of("x://a/**").Matches("x://a/" + rest);
                    return !fits
                        || !rest.Split('/').Any(part => part is "" or "." or ".." || part.Contains('\\', StringComparison.Ordinal));
                }
            )
            .QuickCheckThrowOnFailure();

    private static ResourcePattern Of(string text) =>
        ResourcePattern.TryParse(text, out var pattern) ? pattern! : throw new InvalidOperationException(text);

    private static Gen<string> Patterns() =>
        from segments in Gen.Elements("a", "b", "*", "a*", "*b").NonEmptyListOf()
        from open in Gen.Elements("", "/**")
        select "x://" + string.Join('/', segments.Take(4)) + open;

    private static Gen<string> Addresses() =>
        from segments in Gen.Elements("a", "b", "ab", "aab", "..").NonEmptyListOf()
        select "x://" + string.Join('/', segments.Take(5));
}
