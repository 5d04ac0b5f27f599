using FsCheck;
using FsCheck.Fluent;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Tests.Identity.StructuredFields;

public sealed class StructuredFieldReaderTests
{
    [Theory]
    [InlineData("42", "Integer 42")]
    [InlineData("-7", "Integer -7")]
    [InlineData("0", "Integer 0")]
    [InlineData("999999999999999", "Integer 999999999999999")]
    [InlineData("1.5", "Decimal 1.5")]
    [InlineData("\"a\\\"b\\\\\"", "String a\\\"b\\\\")]
    [InlineData("\"\"", "String ")]
    [InlineData("a*/b:c", "Token a*/b:c")]
    [InlineData("*a", "Token *a")]
    [InlineData(":AQ==:", "Bytes AQ==")]
    [InlineData("::", "Bytes ")]
    [InlineData("?1", "Boolean ?1")]
    [InlineData("?0", "Boolean ?0")]
    public void Item_OfEachType_IsRead(string text, string expected)
    {
        var reader = new StructuredFieldReader(text);
        Assert.True(reader.TryReadBareItem(out var item));
        Assert.Equal(expected, $"{item.Kind} {item.Text}");
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("1234567890123456")]
    [InlineData("1.")]
    [InlineData("1.2345")]
    [InlineData("1234567890123.1")]
    [InlineData(".5")]
    [InlineData("\"a")]
    [InlineData("\"a\\\"")]
    [InlineData("\"a\\")]
    [InlineData("\"a\\n\"")]
    [InlineData("\"caf\u00e9\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("'a'")]
    [InlineData(":AQ")]
    [InlineData(":A Q=:")]
    [InlineData(":A-_=:")]
    [InlineData("?")]
    [InlineData("?2")]
    [InlineData("?true")]
    [InlineData("@1659578233")]
    [InlineData("%\"a\"")]
    public void Item_Malformed_IsNotRead(string text) => Assert.False(new StructuredFieldReader(text).TryReadBareItem(out _));

    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("a=1", "a")]
    [InlineData("a=1,b=2", "a b")]
    [InlineData("a=1 \t,\t  b=2  ", "a b")]
    [InlineData("*a-_.*9=1", "*a-_.*9")]
    [InlineData("a=(1 2);x;y=3, b=4;z", "a b")]
    [InlineData("a=(), b=( 1  2 )", "a b")]
    public void Dictionary_Good_GivesItsKeys(string text, string keys) => Assert.Equal(keys, Keys(text));

    [Theory]
    [InlineData("a=1,")]
    [InlineData(",a=1")]
    [InlineData("a=1,,b=2")]
    [InlineData("a=1 b=2")]
    [InlineData("A=1")]
    [InlineData("1a=1")]
    [InlineData("a =1")]
    [InlineData("a= 1")]
    [InlineData("a=1, a=2")]
    [InlineData("a=(1")]
    [InlineData("a=(1 2")]
    [InlineData("a=(1(2))")]
    [InlineData("a=(\"b\"\"c\")")]
    [InlineData("a=(1;x;x)")]
    [InlineData("a=(1);x;x")]
    [InlineData("a=1;")]
    [InlineData("a=1;X")]
    [InlineData("a=1 ;x")]
    [InlineData("a")]
    [InlineData("\ta=1")]
    public void Dictionary_Malformed_IsRefused(string text) => Assert.Null(Keys(text));

    [Theory]
    [InlineData("a=(\"b\" \"c\");d=1;e;f=?0;g=-3;h=0", true)]
    [InlineData("a=(\"b\"  \"c\")", false)]
    [InlineData("a=( \"b\")", false)]
    [InlineData("a=(\"b\" )", false)]
    [InlineData("a=( )", false)]
    [InlineData("a=(); d=1", false)]
    [InlineData("a=();d=01", false)]
    [InlineData("a=();d=-0", false)]
    [InlineData("a=();d=?1", false)]
    [InlineData("a=();d=1.50", false)]
    public void Reader_TextThatWouldBeWrittenOtherwise_IsNotCanonical(string text, bool canonical)
    {
        var reader = new StructuredFieldReader(text);
        Assert.Equal("a", Keys(text, ref reader));
        Assert.Equal(canonical, reader.IsCanonical);
    }

    [Fact]
    public void Reader_MoreParametersThanThereIsRoomFor_IsRefused() =>
        Assert.Null(Keys("a=1" + string.Concat(Enumerable.Range(0, 17).Select(i => $";p{i}"))));

    [Fact]
    public void Reader_AnyText_NeverThrowsAndNeverPassesTheEnd() =>
        Prop.ForAll(
                Text(),
                text =>
                {
                    var reader = new StructuredFieldReader(text);
                    Keys(text, ref reader);
                    return reader.Position <= text.Length;
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>Made of the grammar's own characters, so that it gets further than noise would.</summary>
    internal static FsCheck.Arbitrary<string> Text() =>
        Gen.Elements("ab=();,\" \t\\:?01-.@*A\u00e9%~".ToCharArray()).ArrayOf().Select(c => new string(c)).ToArbitrary();

    private static string? Keys(string text)
    {
        var reader = new StructuredFieldReader(text);
        return Keys(text, ref reader);
    }

    private static string? Keys(string text, ref StructuredFieldReader reader)
    {
        var keys = new List<string>();
        Span<Range> room = stackalloc Range[16];
        var seen = new SeenNames(text, stackalloc Range[16]);
        while (true)
        {
            var step = reader.NextMember(out var key);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End ? string.Join(' ', keys) : null;
            }

            keys.Add(text[key]);
            if (
                !seen.TryAdd(key)
                || !reader.TryTakeEquals()
                || !(reader.TrySkipInnerList(room) || reader.TryReadBareItem(out _))
                || !reader.TrySkipParameters(room)
            )
            {
                return null;
            }
        }
    }
}
