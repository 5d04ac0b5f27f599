using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Redaction;

public sealed class JsonRedactorTests
{
    private const RedactionPatterns All =
        RedactionPatterns.Email | RedactionPatterns.Card | RedactionPatterns.Secret | RedactionPatterns.Phone | RedactionPatterns.Iban;

    [Theory]
    [InlineData("""{"a":"mail bob@example.com now"}""", """{"a":"mail [redacted:email] now"}""")]
    [InlineData("""{"a" : [ "x" , "bob@example.com" ] , "n":1.50}""", """{"a" : [ "x" , "[redacted:email]" ] , "n":1.50}""")]
    [InlineData("""{"a":"bob\u0040example.com","b":"\u00e4"}""", """{"a":"[redacted:email]","b":"\u00e4"}""")]
    [InlineData("""{"a":"say \"bob@example.com\"\n"}""", """{"a":"say \"[redacted:email]\"\n"}""")]
    [InlineData("{\"a\":\"€ bob@example.com \u007f\"}", "{\"a\":\"€ [redacted:email] \u007f\"}")]
    [InlineData(""" "bob@example.com, 4111 1111 1111 1111" """, """ "[redacted:email], [redacted:card]" """)]
    [InlineData("""{"card":4111111111111111,"id":4111111111111112}""", """{"card":"[redacted:card]","id":4111111111111112}""")]
    [InlineData("""{"arguments":"{\"to\":\"bob@example.com\"}"}""", """{"arguments":"{\"to\":\"[redacted:email]\"}"}""")]
    public void Find_IsReplacedAndNothingElse(string json, string expected) =>
        Assert.Equal(expected, Redacted(json, new(All, TermSet<ArgumentPointer>.Empty)));

    /// <summary>What a text says once it is read: a tool's arguments are JSON in a string of JSON.</summary>
    [Theory]
    [InlineData("""{"arguments":"{\"k\":\"line\\nAKIAIOSFODNN7EXAMPLE\"}"}""", """{"arguments":"{\"k\":\"line\\n[redacted:secret]\"}"}""")]
    [InlineData("""{"arguments":"{\"k\":\"\\u0041KIAIOSFODNN7EXAMPLE\"}"}""", """{"arguments":"{\"k\":\"[redacted:secret]\"}"}""")]
    [InlineData("""{"arguments":"{\"k\":\"\\nbob\\u0040example.com\"}"}""", """{"arguments":"{\"k\":\"\\n[redacted:email]\"}"}""")]
    [InlineData(
        """{"arguments":"{\"k\":\"\\nbob@example.com \\u00e9\"}"}""",
        """{"arguments":"{\"k\":\"\\n[redacted:email] \\u00e9\"}"}"""
    )]
    [InlineData(
        """{"a":"{\"b\":\"{\\\"c\\\":\\\"\\\\u0062ob@example.com\\\"}\"}"}""",
        """{"a":"{\"b\":\"{\\\"c\\\":\\\"[redacted:email]\\\"}\"}"}"""
    )]
    [InlineData("""{"a":"see ?mail=bob%40example.com&x=1"}""", """{"a":"see ?mail=[redacted:email]&x=1"}""")]
    [InlineData("""{"a":"bob&#64;example.com, 4111&nbsp;1111&nbsp;1111&nbsp;1111"}""", """{"a":"[redacted:email], [redacted:card]"}""")]
    [InlineData("""{"a":"4111\u00a01111\u00a01111\u00a01111"}""", """{"a":"[redacted:card]"}""")]
    [InlineData("{\"a\":\"4111\u00a01111\u00a01111\u00a01111 é\"}", "{\"a\":\"[redacted:card] é\"}")]
    [InlineData("{\"a\":\"４１１１－１１１１－１１１１－１１１１\"}", "{\"a\":\"[redacted:card]\"}")]
    [InlineData("{\"a\":\"٤١١١١١١١١١١١١١١١\"}", "{\"a\":\"[redacted:card]\"}")]
    [InlineData("{\"a\":\"4111–1111–1111–1111 x\"}", "{\"a\":\"[redacted:card] x\"}")]
    [InlineData("{\"a\":\"AK\u200bIAIOSFODNN7EXAMPLE\"}", "{\"a\":\"[redacted:secret]\"}")]
    [InlineData("{\"a\":\"bob＠example.com\"}", "{\"a\":\"[redacted:email]\"}")]
    [InlineData("{\"a\":\"DE89\u20113704\u20110044\u20110532\u20110130\u201100\"}", "{\"a\":\"[redacted:iban]\"}")]
    [InlineData("{\"a\":\"𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏 and ①\"}", "{\"a\":\"[redacted:card] and ①\"}")]
    [InlineData("{\"a\":4111111111111111.0}", "{\"a\":\"[redacted:card]\"}")]
    [InlineData("{\"a\":4.111111111111111e15,\"b\":-4111111111111111}", "{\"a\":\"[redacted:card]\",\"b\":\"[redacted:card]\"}")]
    [InlineData("{\"a\":41111111111111110E-1}", "{\"a\":\"[redacted:card]\"}")]
    public void Find_IsReplacedHoweverItIsWritten(string json, string expected) =>
        Assert.Equal(expected, Redacted(json, new(All, TermSet<ArgumentPointer>.Empty)));

    [Theory]
    [InlineData("""{"a":4111111111111111.5,"b":4.111111111111112e15,"c":4e15,"d":1e400,"e":0.4111111111111111,"f":41111111111111.11}""")]
    [InlineData("""{"a":"C:\\users\\new 100% & more","b":"é ü 日本語 · – “x” \\d+\\.\\d+","c":"v1.2.3.4000.5000.6000"}""")]
    [InlineData("""{"a":"2026-11-21T05:34:28.4111Z 10.0.0.1 5012.1 5.0.1-4111.1111+1111"}""")]
    public void Text_WithoutAFind_StaysAsItIs(string json) => Assert.Equal(json, Redacted(json, new(All, TermSet<ArgumentPointer>.Empty)));

    [Fact]
    public void Find_IsSeenInTextThatIsNoJson()
    {
        Assert.True(JsonRedactor.IsFound("bob%40example.com", All));
        Assert.True(JsonRedactor.IsFound("4111\u00a01111\u00a01111\u00a01111", All));
        Assert.False(JsonRedactor.IsFound("100% of it & more", All));
    }

    [Theory]
    [InlineData("/a", """{"a":{"x":[1]},"b":2}""", """{"a":"[redacted:field]","b":2}""")]
    [InlineData("/a/x", """{"a":{"x":[1],"y":3}}""", """{"a":{"x":"[redacted:field]","y":3}}""")]
    [InlineData("/rows/1/iban", """{"rows":[{"iban":1},{"iban":null}]}""", """{"rows":[{"iban":1},{"iban":"[redacted:field]"}]}""")]
    [InlineData(
        "/rows/*/iban",
        """{"rows":[{"iban":1},{"iban":2,"x":[3]}]}""",
        """{"rows":[{"iban":"[redacted:field]"},{"iban":"[redacted:field]","x":[3]}]}"""
    )]
    [InlineData("/*/iban", """[{"iban":1},{"IBAN":2}]""", """[{"iban":"[redacted:field]"},{"IBAN":"[redacted:field]"}]""")]
    [InlineData("/a~1b/~0", """{"a/b":{"~":1}}""", """{"a/b":{"~":"[redacted:field]"}}""")]
    [InlineData("/a", """{"\u0061":1}""", """{"\u0061":"[redacted:field]"}""")]
    [InlineData("/missing", """{"a":1}""", """{"a":1}""")]
    [InlineData("/a/b/c", """{"a":"text"}""", """{"a":"text"}""")]
    public void Field_IsReplacedWhole(string pointer, string json, string expected) =>
        Assert.Equal(expected, Redacted(json, new(RedactionPatterns.None, TermSet<ArgumentPointer>.Of(Pointer(pointer)))));

    [Fact]
    public void Fields_AreAllReplaced() =>
        Assert.Equal(
            """{"a":"[redacted:field]","b":["[redacted:field]",2],"c":"[redacted:email]"}""",
            Redacted(
                """{"a":1,"b":[1,2],"c":"b@x.org"}""",
                new(RedactionPatterns.Email, TermSet<ArgumentPointer>.Of(Pointer("/a"), Pointer("/b/0")))
            )
        );

    [Theory]
    [InlineData("""{"bob@example.com":1}""")]
    [InlineData("""{"a":{"bob\u0040example.com":1}}""")]
    [InlineData("""{"a":{"bob\\u0040example.com":1}}""")]
    [InlineData("{\"4111\u00a01111\u00a01111\u00a01111\":1}")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("""{"a":1}{"a":2}""")]
    [InlineData("""{"a":1,"a":"bob@example.com"}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public void Document_ThatCannotBeCleaned_IsRefused(string json) =>
        Assert.False(JsonRedactor.TryRedact(Encoding.UTF8.GetBytes(json), new(All, TermSet<ArgumentPointer>.Empty), out _));

    [Fact]
    public void Counts_SayHowOftenEachClassWasReplaced()
    {
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes(
            """{"a":{"b":1},"c":"b@x.org, c@x.org 4111 1111 1111 1111","d":[4111111111111111]}"""
        );

        using var output = new GrowingBuffer();
        Assert.True(JsonRedactor.TryRedact(json, new(All, TermSet<ArgumentPointer>.Of(Pointer("/a"))), output, out _, out var counts));
        Assert.Equal(new RedactionCounts(Email: 2, Card: 2, Secret: 0, Phone: 0, Iban: 0, Field: 1), counts);
        Assert.Equal(counts.All.Select(c => 2 * c.Count), (counts + counts).All.Select(c => c.Count));
    }

    [Fact]
    public void Document_WithoutAFind_IsNotCopied()
    {
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes("""{"a":"nothing of note","created":1700000000000}""");

        Assert.True(JsonRedactor.TryRedact(json, new(All, TermSet<ArgumentPointer>.Empty), out var redacted));
        Assert.True(json.Equals(redacted));
    }

    [Fact]
    public void Redaction_OfAnyText_LeavesAllButTheFindAndNothingToFind() =>
        Prop.ForAll(
                ArbMap
                    .Default.ArbFor<NonNull<string>>()
                    .Generator.Two()
                    .Where(pair => IsText(pair.Item1.Get) && IsText(pair.Item2.Get))
                    .ToArbitrary(),
                pair =>
                {
                    var (before, behind) = (pair.Item1.Get + " ", " " + pair.Item2.Get);
                    var json = new JsonObject { ["a"] = before + "bob@example.com" + behind }.ToJsonString();
                    var redacted = Redacted(json, new(RedactionPatterns.Email, TermSet<ArgumentPointer>.Empty));
                    return JsonNode.Parse(redacted)!["a"]!.GetValue<string>() == before + "[redacted:email]" + behind
                        && Redacted(redacted, new(All, TermSet<ArgumentPointer>.Empty)) == redacted;
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("1 ")]
    [InlineData("0 ")]
    [InlineData("4-")]
    [InlineData("+1(")]
    [InlineData("eyJ-")]
    [InlineData("eyJeyJeyJ.")]
    [InlineData("sk-")]
    [InlineData("DE89 ")]
    [InlineData("-----BEGIN ")]
    [InlineData("4111.")]
    [InlineData("4111\n\n\n\n")]
    [InlineData("\\")]
    [InlineData("\\u0031")]
    [InlineData("%2525")]
    [InlineData("&amp;")]
    [InlineData("\u200b1")]
    [InlineData("bob%40x.org ")]
    public void Time_GrowsWithTheLengthAndNotItsSquare(string piece)
    {
        Measure(piece, 20_000, times: 1); // The first run compiles.
        var (eightShort, oneLong) = (Measure(piece, 40_000, times: 8), Measure(piece, 320_000, times: 1));

        Assert.True(
            oneLong < eightShort * 5,
            $"One text took {oneLong / eightShort:F1} times as long as eight of an eighth of its length."
        ); // Its square would be 8.
    }

    /// <summary>
    /// The best of some. Both sides take about as long, so that what else the machine does interrupts both: a short one would often get
    /// through without.
    /// </summary>
    private static double Measure(string piece, int length, int times)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(string.Concat(Enumerable.Repeat(piece, length / piece.Length)));
        return Enumerable
            .Range(0, 5)
            .Min(_ =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < times; i++)
                {
                    JsonRedactor.TryRedact(json, new(All, TermSet<ArgumentPointer>.Empty), out var _);
                }

                return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            });
    }

    private static string Redacted(string json, RedactionTerms terms)
    {
        Assert.True(JsonRedactor.TryRedact(Encoding.UTF8.GetBytes(json), terms, out var redacted));
        return Encoding.UTF8.GetString(redacted.Span);
    }

    // Text that holds no find of its own, and can be written as JSON at all.
    private static bool IsText(string text) =>
        !text.Any(char.IsSurrogate)
        && !text.Contains('@', StringComparison.Ordinal)
        && !JsonRedactor.IsFound(Encoding.UTF8.GetBytes(text), All);

    private static ArgumentPointer Pointer(string text)
    {
        Assert.True(ArgumentPointer.TryParse(text, out var pointer));
        return pointer!;
    }
}
