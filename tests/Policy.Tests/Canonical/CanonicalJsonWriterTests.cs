using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Canonical;

public sealed class CanonicalJsonWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void Writer_EveryKindOfValue_GivesCanonicalBytes()
    {
        var writer = new CanonicalJsonWriter(_output);
        writer.StartObject();
        writer.Name("a"u8);
        writer.StartArray();
        writer.Number(-1L);
        writer.Number(0.5);
        writer.Bool(true);
        writer.Bool(false);
        writer.Null();
        writer.StartObject();
        writer.EndObject();
        writer.StartArray();
        writer.EndArray();
        writer.EndArray();
        writer.Name("b\n"u8);
        writer.String("é\u0001\"\\😀");
        writer.Name("c"u8);
        writer.String("plain"u8);
        writer.Name("d"u8);
        writer.Digest(Sha256Digest.Compute(default));
        writer.Name("e"u8);
        writer.Raw("[1]"u8);
        writer.EndObject();

        Assert.Equal(
            "{\"a\":[-1,0.5,true,false,null,{},[]],\"b\\n\":\"é\\u0001\\\"\\\\😀\",\"c\":\"plain\","
                + "\"d\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"e\":[1]}",
            Encoding.UTF8.GetString(_output.WrittenSpan)
        );
        Assert.True(CanonicalJson.IsCanonical(_output.WrittenSpan));
    }

    [Fact]
    public void Reset_AfterAnUnfinishedValue_BeginsAnew()
    {
        var writer = new CanonicalJsonWriter(_output);
        writer.StartObject();
        writer.Name("z"u8);
        writer.Number(1);
        var second = new ArrayBufferWriter<byte>();

        writer.Reset(second);
        writer.StartObject();
        writer.Name("a"u8);
        writer.Number(2);
        writer.EndObject();

        Assert.Equal("{\"a\":2}", Encoding.UTF8.GetString(second.WrittenSpan));
    }

#if DEBUG
    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("\uFB33", "\U0001F600")]
    public void Name_OutOfOrder_ThrowsInADebugBuild(string first, string second)
    {
        var writer = new CanonicalJsonWriter(_output);
        writer.StartObject();
        writer.Name(Encoding.UTF8.GetBytes(first));
        writer.Null();

        Assert.Throws<InvalidOperationException>(() => writer.Name(Encoding.UTF8.GetBytes(second)));
    }
#endif

    /// <summary>As names and as values, from UTF-16 and from UTF-8, behind a comma and without one.</summary>
    [Fact]
    public void Text_OfAnyKind_IsAsTheCanonicaliserWritesIt() =>
        Prop.ForAll(
                Gen.ArrayOf(
                        Gen.Elements(
                            "a",
                            "b7",
                            " ",
                            "\"",
                            "\\",
                            "\u0000",
                            "\u001f",
                            "\n",
                            "\u007f",
                            "\u0080",
                            "é",
                            "\u2028",
                            "\ufffd",
                            "😀",
                            new string('x', 70)
                        )
                    )
                    .Select(string.Concat)
                    .ToArbitrary(),
                text =>
                {
                    var output = new ArrayBufferWriter<byte>();
                    var (writer, utf8) = (new CanonicalJsonWriter(output), Encoding.UTF8.GetBytes(text));
                    writer.StartArray();
                    writer.String(text);
                    writer.String(utf8);
                    writer.StartObject();
                    writer.Name(utf8);
                    writer.String(text);
                    writer.EndObject();
                    writer.StartObject();
                    writer.Name([.. "\0"u8]);
                    writer.StartArray();
                    writer.String(utf8);
                    writer.Digest(default);
                    writer.Digest(default);
                    writer.EndArray();
                    writer.Name([.. "\0"u8, .. utf8, .. "z"u8]);
                    writer.Raw("1"u8);
                    writer.EndObject();
                    writer.EndArray();

                    var zeros = new string('0', 64);
                    var json = JsonSerializer.Serialize(
                        new object[]
                        {
                            text,
                            text,
                            new Dictionary<string, string> { [text] = text },
                            new Dictionary<string, object> { ["\0"] = new[] { text, zeros, zeros }, ["\0" + text + "z"] = 1 },
                        }
                    );
                    return output.WrittenSpan.SequenceEqual(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(json)));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void String_ThatIsNotUnicode_IsRefused()
    {
        var writer = new CanonicalJsonWriter(_output);

        Assert.Throws<ArgumentException>(() => writer.String("\ud800x"));
        Assert.Throws<ArgumentException>(() => writer.String([0xFF]));
    }

    [Fact]
    public void Number_ThatReadersWouldChange_IsRefused()
    {
        var writer = new CanonicalJsonWriter(_output);

        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Number(CanonicalJson.MaxInteger + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Number(long.MinValue));
        Assert.Throws<ArgumentException>(() => writer.Number(double.NaN));
    }
}
