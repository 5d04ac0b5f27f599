using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Schemas.Patterns;

namespace Gateway.Connectors.Tests.Mcp.Schemas.Patterns;

public sealed class EcmaPatternTests
{
    [Theory]
    [InlineData("^abc$", "abc", "abc\n")]
    [InlineData("^a$|^b$", "b", "ab")]
    [InlineData("b", "abc", "ac")]
    [InlineData("", "", null)]
    [InlineData("^$", "", "a")]
    [InlineData("^a{2,3}$", "aa", "a")]
    [InlineData("^a{2,3}$", "aaa", "aaaa")]
    [InlineData("^a{2,}$", "aaaaa", "a")]
    [InlineData("^a{0}b$", "b", "ab")]
    [InlineData("^(a|b)*?c+$", "abbacc", "abba")]
    [InlineData("^(?:a*)*$", "aaaa", "ab")]
    [InlineData("^(?<name>x)$", "x", "y")]
    [InlineData("^[^a-c]$", "d", "b")]
    [InlineData("^[\\d\\-x]+$", "1-x", "a")]
    [InlineData("^[a-]$", "-", "b")]
    [InlineData("^[]$", null, "a")]
    [InlineData("^[^]$", "\n", "")]
    [InlineData("^[\\b]$", "\b", "b")]
    [InlineData("^.$", "😀", "\u2028")]
    [InlineData("^😀{2}$", "😀😀", "😀")]
    [InlineData("^[😀-😎]$", "😃", "😏")]
    [InlineData("^\\u{1F600}\\uD83D\\uDE00$", "😀😀", "😀")]
    [InlineData("^\\x41\\u0042\\cA\\0$", "AB\u0001\0", "AB")]
    [InlineData("^\\p{Lu}\\p{gc=Nd}\\P{L}$", "É৪!", "é1!")]
    [InlineData("^\\p{Letter}+$", "𝒜é字", "1")]
    [InlineData("^\\p{General_Category=Decimal_Number}$", "٣", "x")]
    [InlineData("^\\p{ASCII}$", "a", "é")]
    [InlineData("\\bcat\\b", "a cat.", "concat")]
    [InlineData("\\bcat\\b", "écaté", "_cat")]
    [InlineData("\\Bcat", "concat", "cat")]
    [InlineData("^\\w\\W\\d\\D\\s\\S$", "aé1x\u3000y", "éa1x y")]
    [InlineData("^\\-\\@\\\\\\.\\/$", "-@\\./", "-@\\x/")]
    [InlineData("(^|,)x(,|$)", "a,x", "ax")]
    public void A_pattern_means_what_ECMA_262_says(string pattern, string? taken, string? refused)
    {
        Assert.True(taken is null || IsMatch(pattern, taken));
        Assert.False(refused is not null && IsMatch(pattern, refused));
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)")]
    [InlineData("(?<!a)")]
    [InlineData("(a)\\1")]
    [InlineData("(?<n>a)\\k<n>")]
    [InlineData("(?i:a)")]
    [InlineData("(?>a)")]
    [InlineData("(?")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("a]")]
    [InlineData("a}")]
    [InlineData("{")]
    [InlineData("a{")]
    [InlineData("a{x}")]
    [InlineData("a{,3}")]
    [InlineData("a{3,2}")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("a*+")]
    [InlineData("^*")]
    [InlineData("\\")]
    [InlineData("\\a")]
    [InlineData("\\A")]
    [InlineData("\\z")]
    [InlineData("\\Q")]
    [InlineData("\\_")]
    [InlineData("\\é")]
    [InlineData("\\01")]
    [InlineData("\\x4")]
    [InlineData("\\u004")]
    [InlineData("\\uD83D")]
    [InlineData("\\uD83Dx")]
    [InlineData("\\u{110000}")]
    [InlineData("\\u{}")]
    [InlineData("\\c1")]
    [InlineData("\\p")]
    [InlineData("\\p{L")]
    [InlineData("\\p{Greek}")]
    [InlineData("\\p{Script=Greek}")]
    [InlineData("\\p{gc=Any}")]
    [InlineData("[z-a]")]
    [InlineData("[\\d-z]")]
    [InlineData("(?<>a)")]
    [InlineData("(?<1>a)")]
    public void What_is_no_pattern_or_takes_more_than_linear_time_is_refused(string pattern) =>
        Assert.Throws<PatternFault>(() => Compile(pattern));

    [Fact]
    public void Groups_are_taken_to_63_deep_and_no_deeper()
    {
        Compile(new string('(', 63) + new string(')', 63));
        Assert.Throws<PatternFault>(() => Compile(new string('(', 64) + new string(')', 64)));
        Assert.Throws<PatternFault>(() => Compile(new string('(', 100_000)));
    }

    /// <summary>The base library's engine, which goes back and tries again, finds the same in short texts.</summary>
    [Fact]
    public void Generated_patterns_match_what_the_base_library_matches()
    {
        var atoms = Gen.Elements("a", "b", "c", ".", "[ab]", "[^a]", "\\d", "\\w", "\\b", "\\B", "^", "$", "(?:)", "-");
        var pattern = Gen.Sized(size => Patterns(atoms, Math.Min(size, 12)));
        var text = Gen.Elements("a", "b", "c", "1", "-", " ", "_").ArrayOf().Select(string.Concat);

        Prop.ForAll(
                pattern.ToArbitrary(),
                text.ToArbitrary(),
                (p, t) => IsMatch(p, t) == Regex.IsMatch(t, p.Replace("$", "\\z", StringComparison.Ordinal), RegexOptions.CultureInvariant)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static Gen<string> Patterns(Gen<string> atoms, int size)
    {
        if (size <= 1)
        {
            return atoms;
        }

        var half = Patterns(atoms, size / 2);
        var counted =
            from part in half
            from count in Gen.Elements("*", "+", "?", "*?", "{2}", "{1,3}", "{0,2}?", "{2,}")
            select $"(?:{part}){count}";
        var joined = from left in half from right in half select left + right;
        var either = from left in half from right in half select $"({left}|{right})";
        return Gen.OneOf(atoms, counted, joined, joined, either);
    }

    private static EcmaPattern Compile(string pattern) =>
        EcmaPattern.Compile(Encoding.UTF8.GetBytes(pattern), new PatternAllowance(EcmaPattern.Allowance));

    private static bool IsMatch(string pattern, string text)
    {
        var steps = 1_000_000L;
        var isMatch = Compile(pattern).IsMatch(Encoding.UTF8.GetBytes(text), ref steps);
        Assert.True(steps >= 0);
        return isMatch;
    }
}
