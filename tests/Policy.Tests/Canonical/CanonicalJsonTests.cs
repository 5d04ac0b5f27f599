using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Canonical;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Canonical;

public sealed class CanonicalJsonTests
{
    /// <summary>RFC 8785 section 3.2.2 and 3.2.4.</summary>
    [Fact]
    public void Canonicalise_TheExampleOfTheRfc_GivesItsBytes()
    {
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected =
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";

        Assert.Equal(expected, Canonical(input));
    }

    /// <summary>RFC 8785 section 3.2.3: an emoji, as surrogates, sorts before U+FB33.</summary>
    [Fact]
    public void Canonicalise_NamesBeyondAscii_AreOrderedByUtf16()
    {
        const string input = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;

        using var document = JsonDocument.Parse(Canonical(input));
        Assert.Equal(
            [
                "Carriage Return",
                "One",
                "Control",
                "Latin Small Letter O With Diaeresis",
                "Euro Sign",
                "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ],
            document.RootElement.EnumerateObject().Select(m => m.Value.GetString()!)
        );
    }

    /// <summary>RFC 8785 appendix B: the bits of a double and its one text.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Number_OfTheRfcsTable_IsWrittenAsThere(ulong bits, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        new CanonicalJsonWriter(output).Number(BitConverter.UInt64BitsToDouble(bits));

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(CanonicalJson.IsCanonical(output.WrittenSpan));
        Assert.Equal(expected, Canonical(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"b\":1,\"a\":{\"c\":1,\"c\":2}}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("1e999")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("100000000000000000000000")]
    [InlineData("// comment\n1")]
    public void Canonicalise_TextThatIsNotStrictJson_IsRefused(string text)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.False(CanonicalJson.TryCanonicalise(Encoding.UTF8.GetBytes(text), output, out var error));
        Assert.NotEmpty(error);
        Assert.Equal(0, output.WrittenCount);
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Canonicalise_BytesThatAreNotUtf8_AreRefused()
    {
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalise([(byte)'"', 0xFF, (byte)'"']));
        Assert.Throws<FormatException>(() =>
            CanonicalJson.Canonicalise([(byte)'{', (byte)'"', 0xC0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}'])
        );
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalise([0xEF, 0xBB, 0xBF, (byte)'1']));
    }

    [Fact]
    public void Canonicalise_MoreLevelsThanAllowed_IsRefused()
    {
        var deep = new string('[', CanonicalJson.MaxDepth) + new string(']', CanonicalJson.MaxDepth);

        Assert.Equal(deep, Canonical(deep));
        Assert.True(IsCanonical(deep));
        Assert.Throws<FormatException>(() => Canonical($"[{deep}]"));
        Assert.False(IsCanonical($"[{deep}]"));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":[true,false,null,-1,1.5],\"c\":\"x\\n\\u001f\\\"\"}", true)]
    [InlineData("{\"\\n\":1,\"\\r\":2,\"A\":3}", true)]
    [InlineData("{ \"a\":1}", false)]
    [InlineData("{\"a\":1} ", false)]
    [InlineData("{\"b\":1,\"a\":1}", false)]
    [InlineData("{\"a\":1,\"a\":1}", false)]
    [InlineData("{\"\\r\":1,\"\\n\":2}", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("[1,]", false)]
    [InlineData("[,1]", false)]
    [InlineData("1.0", false)]
    [InlineData("-0", false)]
    [InlineData("01", false)]
    [InlineData("1E2", false)]
    [InlineData("+1", false)]
    [InlineData("\"\\u000a\"", false)]
    [InlineData("\"\\u001F\"", false)]
    [InlineData("\"\\u0041\"", false)]
    [InlineData("\"\\/\"", false)]
    [InlineData("\"\\u00\"", false)]
    [InlineData("\"\\", false)]
    [InlineData("\"a", false)]
    [InlineData("", false)]
    [InlineData("tru", false)]
    [InlineData("{\"a\"", false)]
    public void IsCanonical_OfAnyText_KnowsTheOneForm(string text, bool expected) => Assert.Equal(expected, IsCanonical(text));

    [SharedDataFact("gait/v1.0.4/core/jcs/testdata")]
    public void Canonicalise_PublishedSamples_GivesTheirBytes()
    {
        var folder = Repository.Shared("gait/v1.0.4/core/jcs/testdata");
        foreach (var name in new[] { "rfc_sample1", "rfc_sample2" })
        {
            var expected = File.ReadAllText(Path.Combine(folder, name + "_canonical.json")).TrimEnd('\n');
            Assert.Equal(expected, Canonical(File.ReadAllText(Path.Combine(folder, name + ".json"))));
        }
    }

    [Fact]
    public void Canonicalise_AnyValue_IsCanonicalAndKeepsItsMeaning() =>
        Prop.ForAll<string[], double[], int>(
                (names, numbers, seed) =>
                {
                    var value = new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["seed"] = seed,
                        ["numbers"] = numbers.Where(double.IsFinite).ToArray(),
                    };
                    foreach (var name in names.Where(n => n is not null && IsWellFormed(n)))
                    {
                        value[name] = new Dictionary<string, object?>(StringComparer.Ordinal)
                        {
                            [name + "b"] = name,
                            [name] = seed,
                            [""] = null,
                        };
                    }

                    var text = JsonSerializer.SerializeToUtf8Bytes(value);
                    var canonical = CanonicalJson.Canonicalise(text);
                    using var before = JsonDocument.Parse(text);
                    using var after = JsonDocument.Parse(canonical);
                    return CanonicalJson.IsCanonical(canonical)
                        && CanonicalJson.Canonicalise(canonical).AsSpan().SequenceEqual(canonical)
                        && JsonElement.DeepEquals(before.RootElement, after.RootElement);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void IsCanonical_OfAnyBytes_AgreesWithCanonicalising() =>
        Prop.ForAll<byte[], byte>(
                (noise, at) =>
                {
                    var text = CanonicalJson.Canonicalise("""{"a":[1,2.5,"x\u0001"],"b":{"c":null,"d":"é😀"},"e":true}"""u8).ToList();
                    text.InsertRange(at % text.Count, noise.Take(2));
                    var bytes = text.ToArray();
                    var output = new ArrayBufferWriter<byte>();
                    var same = CanonicalJson.TryCanonicalise(bytes, output, out _) && output.WrittenSpan.SequenceEqual(bytes);
                    return CanonicalJson.IsCanonical(bytes) == same;
                }
            )
            .QuickCheckThrowOnFailure();

    private static bool IsWellFormed(string text)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static string Canonical(string text) => Encoding.UTF8.GetString(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(text)));

    private static bool IsCanonical(string text) => CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(text));
}
