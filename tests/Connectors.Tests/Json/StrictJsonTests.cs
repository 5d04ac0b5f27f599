using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Tests.Json;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"a":1,"b":[{"a":1},{"a":2}],"c":{"a":{"a":null}}}""")]
    [InlineData(""" { "emoji" : "\uD83D\uDE00 \\uD800 😀" } """)]
    [InlineData("""{"a":1,"A":2,"á":3}""")]
    public void An_object_with_one_reading_is_accepted(string json) => Assert.True(StrictJson.IsObject(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"model":"x","mod\u0065l":"y"}""")]
    [InlineData("""{"x":{"y":[{"a":1,"b":{},"a":2}]}}""")]
    [InlineData("""{"":1,"":2}""")]
    [InlineData("""{"/":1,"\/":2}""")]
    public void A_name_that_is_there_twice_is_refused(string json) => Refused(json);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{/* c */}")]
    [InlineData("{} // c")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("\uFEFF{}")]
    public void What_other_parsers_would_repair_is_refused(string json) => Refused(json);

    [Theory]
    [InlineData("""{"a":"\uD800"}""")]
    [InlineData("""{"a":"\uDC00"}""")]
    [InlineData("""{"a":"\uD800x\uDC00"}""")]
    [InlineData("""{"a":"\uD800\n"}""")]
    [InlineData("""{"a":"\uD800\uD800\uDC00"}""")]
    [InlineData("""{"\uDC00":1}""")]
    public void Half_a_surrogate_pair_is_refused(string json) => Refused(json);

    [Theory]
    [InlineData(new byte[] { 0x22, 0xC0, 0xAF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xE2, 0x82, 0x22 })]
    public void Bytes_that_are_not_utf8_are_refused(byte[] json) => Assert.False(StrictJson.IsValue(json));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void A_value_that_is_no_object_is_only_accepted_where_any_value_is(string json)
    {
        Refused(json);
        Assert.True(StrictJson.IsValue(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Nesting_is_accepted_to_64_and_no_deeper()
    {
        Assert.True(StrictJson.IsValue(Nested(64)));
        Assert.False(StrictJson.IsValue(Nested(65)));
        Assert.True(StrictJson.IsObject(NestedObjects(64)));
        Assert.False(StrictJson.IsObject(NestedObjects(65)));
        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        static byte[] NestedObjects(int depth) =>
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(300)]
    [InlineData(50_000)]
    public void A_duplicate_is_found_among_many_names(int count)
    {
        var members = Enumerable.Range(0, count).Select(i => $"\"name_{i}\":{{\"a\":{i}}}").ToList();
        Assert.True(StrictJson.IsObject(Encoding.UTF8.GetBytes("{" + string.Join(',', members) + "}")));
        members.Add("\"name_7\":0");
        Refused("{" + string.Join(',', members) + "}");
    }

    [Fact]
    public void Accepts_exactly_what_has_no_duplicate_of_generated_objects() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<KeyValuePair<string, int>[]>(),
                members =>
                {
                    var named = members.Where(m => m.Key is not null && IsText(m.Key)).ToList();
                    var json =
                        "{"
                        + string.Join(
                            ',',
                            named.Select(m => JsonSerializer.Serialize(m.Key) + ":" + m.Value.ToString(CultureInfo.InvariantCulture))
                        )
                        + "}";
                    return StrictJson.IsObject(Encoding.UTF8.GetBytes(json))
                        == (named.Select(m => m.Key).Distinct(StringComparer.Ordinal).Count() == named.Count);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Never_throws_and_never_accepts_what_the_base_library_cannot_read() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes => !StrictJson.IsValue(bytes) || JsonNode.Parse(bytes) is not null || bytes.Length >= 4
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Cutting_or_changing_one_byte_never_throws()
    {
        var json = Encoding.UTF8.GetBytes("""{"a":"\uD83D\uDE00é","b":[1,{"c":null}],"d\u0061":true}""");
        for (var at = 0; at < json.Length; at++)
        {
            StrictJson.IsValue(json.AsSpan(0, at));
            for (var value = 0; value < 256; value++)
            {
                var changed = json.ToArray();
                changed[at] = (byte)value;
                StrictJson.IsValue(changed);
            }
        }
    }

    [Fact]
    public void An_ordinary_body_costs_no_allocation()
    {
        var json = Encoding.UTF8.GetBytes(
            "{\"messages\":[" + string.Join(',', Enumerable.Repeat("{\"role\":\"user\",\"content\":\"hello\"}", 100)) + "]}"
        );
        StrictJson.IsObject(json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        StrictJson.IsObject(json);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static void Refused(string json) => Assert.False(StrictJson.IsObject(Encoding.UTF8.GetBytes(json)));
}
