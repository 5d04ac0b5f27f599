using System.Diagnostics;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Text;

namespace Gateway.Cel.Tests.Library;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData("^[a-z]+$", "abc", true)]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData("(?m)^b$", "a\nb\nc", true)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("(?s)a.c", "a\nc", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😂]+$", "😀😁😂", true)]
    [InlineData("^[^😀]$", "😀", false)]
    [InlineData("^😀{2}$", "😀😀", true)]
    [InlineData(@"^\d$", "٣", false)]
    [InlineData(@"^\w+$", "é", false)]
    [InlineData(@"^\D\W\S$", "é😀é", true)]
    [InlineData(@"^[\D]$", "5", false)]
    [InlineData(@"^[[:alpha:][:digit:]]+$", "a1", true)]
    [InlineData(@"^[[:^alpha:]]+$", "a", false)]
    [InlineData("(?i)straSSe", "STRASSE", true)]
    [InlineData("(?i)k", "\u212A", true)]
    [InlineData("(?i:A)b", "ab", true)]
    [InlineData("(?i:A)b", "aB", false)]
    [InlineData("^(?P<name>a)(?<other>b)(?:c)$", "abc", true)]
    [InlineData(@"^\Qa.b\E$", "a.b", true)]
    [InlineData(@"^\Qa.b\E$", "axb", false)]
    [InlineData(@"^\x41\x{1F600}\101$", "A😀A", true)]
    [InlineData("^a{2,3}?$", "aaa", true)]
    [InlineData("a{,2}", "a{,2}", true)]
    [InlineData("x{", "x{", true)]
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^[a-]+$", "a-", true)]
    [InlineData("^(|a)$", "", true)]
    [InlineData("[\\x{0}-\\x{10FFFF}]", "😀", true)]
    public void Matches_Pattern_MeansWhatItMeansInRe2(string pattern, string text, bool expected)
    {
        Assert.True(TextPattern.TryCompile(pattern, out var compiled, out var problem), problem);
        Assert.Equal(expected, compiled.IsMatch(Budget(), text).AsBool);
    }

    [Theory]
    [InlineData("(?=a)", "look-around")]
    [InlineData("(?<!a)b", "look-around")]
    [InlineData("(?>a)", "look-around")]
    [InlineData(@"(a)\1", "escape")]
    [InlineData(@"\bword\b", "word boundary")]
    [InlineData(@"\pL", "Unicode property")]
    [InlineData(@"a\Z", "escape")]
    [InlineData("a**", "repeated")]
    [InlineData("a++", "repeated")]
    [InlineData("a{2}{3}", "repeated")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("a{1001}", "more than 1000 times")]
    [InlineData("((a{100}){100}){100}", "more than 1000 times")]
    [InlineData("a{3,2}", "backwards")]
    [InlineData("[b-a]", "ends before it starts")]
    [InlineData("[a", "isn't closed")]
    [InlineData("(a", "isn't closed")]
    [InlineData("a)", "isn't open")]
    [InlineData("[[:nope:]]", "doesn't exist")]
    [InlineData(@"(?i)[\W]", "ignores case")]
    [InlineData(@"\", "ends in the middle")]
    public void Compile_WhatRe2LacksOrMeansOtherwise_IsRefused(string pattern, string why)
    {
        Assert.False(TextPattern.TryCompile(pattern, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TooLongOrTooDeep_IsRefused()
    {
        Assert.False(TextPattern.TryCompile(new string('a', 5000), out _, out _));
        Assert.False(TextPattern.TryCompile(new string('(', 2000) + new string(')', 2000), out _, out _));
    }

    [Fact]
    public void Matches_PatternThatTakesOthersExponentialTime_Ends()
    {
        var start = Stopwatch.GetTimestamp();
        var args = $$"""{"text": "{{new string('a', 30_000)}}!", "pattern": "^(a+)+$"}""";

        Assert.False(Conditions.Evaluate("args.text.matches('^(a+)+$') || args.text.matches(args.pattern)", args).IsTrue);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "It takes time that isn't linear.");
    }

    [Fact]
    public void Matches_PatternsFromValues_AreBoundedByCost()
    {
        var patterns = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"a{i}\""));

        Assert.Equal(
            CelErrorKind.Evaluation,
            Conditions.Evaluate("args.p.exists(p, 'x'.matches(p))", $$"""{"p": [{{patterns}}]}""").Error!.Kind
        );
    }

    [Fact]
    public void Matches_WrongPatternFromAValue_IsAnError() =>
        Assert.False(Conditions.Evaluate("'a'.matches(args.p)", """{"p": "("}""").IsSuccess);

    private static CelActivation Budget()
    {
        var activation = Conditions.Activation();
        activation.Start(0, 100_000);
        return activation;
    }
}
