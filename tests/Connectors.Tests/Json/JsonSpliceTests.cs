using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Tests.Json;

public sealed class JsonSpliceTests
{
    [Theory]
    [InlineData("""{"store":1}""", """{}""", "1")]
    [InlineData("""{ "store" : [1] , "a":2}""", """{ "a":2}""", "[1]")]
    [InlineData("""{"a":1 , "store":{"x":"}"} ,"b":2}""", """{"a":1 ,"b":2}""", """{"x":"}"}""")]
    [InlineData("""{"a":1,"st\u006Fre":null }""", """{"a":1 }""", "null")]
    [InlineData("""{"a":{"store":1}}""", """{"a":{"store":1}}""", "")]
    [InlineData("""{}""", """{}""", "")]
    public void A_member_is_found_and_left_out_with_its_comma(string json, string expected, string value)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonSplice.Remove(Encoding.UTF8.GetBytes(json), "store"u8)));
        Assert.Equal(value, Encoding.UTF8.GetString(JsonSplice.Get(Encoding.UTF8.GetBytes(json), "store"u8)));
    }

    [Theory]
    [InlineData("""{}""", """{"store":false}""")]
    [InlineData("""{ }""", """{"store":false }""")]
    [InlineData("""{"a":1}""", """{"a":1,"store":false}""")]
    [InlineData("{\n  \"a\": [1, 2]\n}", "{\n  \"a\": [1, 2],\"store\":false\n}")]
    [InlineData("""{"store" : true ,"a":1}""", """{"store" : false ,"a":1}""")]
    [InlineData("""{"st\u006Fre":{"x":[1]},"a":1}""", """{"st\u006Fre":false,"a":1}""")]
    [InlineData("""{"a":{"store":true}}""", """{"a":{"store":true},"store":false}""")]
    public void A_member_is_replaced_in_place_or_put_at_the_end(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonSplice.Set(Encoding.UTF8.GetBytes(json), "store"u8, "false"u8)));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream_options":null}""", """{"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream_options":{ "x":1 },"a":1}""", """{"stream_options":{ "x":1,"include_usage":true },"a":1}""")]
    [InlineData("""{"stream_options":{"include_usage":false}}""", """{"stream_options":{"include_usage":true}}""")]
    public void A_member_one_level_down_is_set_and_its_object_made(string json, string expected) =>
        Assert.Equal(
            expected,
            Encoding.UTF8.GetString(JsonSplice.Set(Encoding.UTF8.GetBytes(json), "stream_options"u8, "include_usage"u8, "true"u8))
        );

    [Fact]
    public void Arguments_that_would_break_the_text_are_refused()
    {
        Assert.Throws<ArgumentException>(() => JsonSplice.Set("{}"u8, "a\"b"u8, "1"u8));
        Assert.Throws<ArgumentException>(() => JsonSplice.Set("{}"u8, ""u8, "1"u8));
        Assert.Throws<ArgumentException>(() => JsonSplice.Set("{}"u8, "a"u8, "1,\"b\":2"u8));
        Assert.Throws<ArgumentException>(() => JsonSplice.Set("[]"u8, "a"u8, "1"u8));
        Assert.ThrowsAny<JsonException>(() => JsonSplice.Set("{\"a\":"u8, "a"u8, "1"u8));
        Assert.Throws<ArgumentException>(() => JsonSplice.Set("{\"o\":[]}"u8, "o"u8, "a"u8, "1"u8));
    }

    [Fact]
    public void Setting_gives_what_a_tree_would_and_twice_gives_the_same() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<Dictionary<int, string?>>(),
                ArbMap.Default.ArbFor<int>(),
                (members, value) =>
                {
                    var tree = new JsonObject();
                    foreach (var (key, text) in members)
                    {
                        tree["k" + (key % 5)] = text is null ? null : JsonSerializer.Serialize(text);
                    }

                    var json = Encoding.UTF8.GetBytes(tree.ToJsonString(new JsonSerializerOptions { WriteIndented = value % 2 == 0 }));
                    var raw = Encoding.UTF8.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    var once = JsonSplice.Set(json, "k1"u8, raw);
                    tree["k1"] = value;
                    return StrictJson.IsObject(once)
                        && JsonNode.DeepEquals(tree, JsonNode.Parse(once))
                        && once.AsSpan().SequenceEqual(JsonSplice.Set(once, "k1"u8, raw));
                }
            )
            .QuickCheckThrowOnFailure();
}
