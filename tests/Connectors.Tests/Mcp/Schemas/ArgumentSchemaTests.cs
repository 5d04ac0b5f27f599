using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Schemas;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

public sealed class ArgumentSchemaTests
{
    private const string Tool = """
        {"type":"object","properties":{
          "path":{"type":"string","minLength":1,"maxLength":8,"pattern":"^/"},
          "mode":{"enum":["read","write"]},
          "limit":{"type":"integer","minimum":1,"maximum":100,"multipleOf":5},
          "tags":{"type":"array","items":{"type":"string"},"uniqueItems":true,"minItems":1,"maxItems":2},
          "then":{"anyOf":[{"type":"null"},{"type":"object","required":["a~b/c"]}]}},
         "required":["path"],"additionalProperties":false}
        """;

    [Fact]
    public void The_zero_values_refuse()
    {
        Assert.False(default(ArgumentFit).IsValid);
        Assert.Empty(default(ArgumentFit).Failures);
        Assert.False(new SchemaCompilation(Schema: null, "", "").TryGet(out _));
    }

    [Theory]
    [InlineData("""{"path":"/a","mode":"read","limit":5,"tags":["x","y"],"then":null}""")]
    [InlineData("""{"path":"/😀😀😀😀😀😀😀","limit":1e1,"then":{"a~b/c":1}}""")]
    [InlineData("""{"p\u0061th":"\/a"}""")]
    public void Arguments_that_fit_are_taken(string json) => Assert.True(Schema.Of(Tool).Takes(json));

    [Theory]
    [InlineData("[]", "", "type", "object")]
    [InlineData("{}", "", "required", "a member 'path'")]
    [InlineData("""{"path":"/","other":1}""", "/other", "additionalProperties", "nothing")]
    [InlineData("""{"path":""}""", "/path", "minLength", "characters, at least 1")]
    [InlineData("""{"path":"/12345678"}""", "/path", "maxLength", "characters, at most 8")]
    [InlineData("""{"path":"a"}""", "/path", "pattern", "a match of ^/")]
    [InlineData("""{"path":"/","mode":"append"}""", "/mode", "enum", "'read', 'write'")]
    [InlineData("""{"path":"/","limit":0}""", "/limit", "minimum", "at least 1")]
    [InlineData("""{"path":"/","limit":105}""", "/limit", "maximum", "at most 100")]
    [InlineData("""{"path":"/","limit":7}""", "/limit", "multipleOf", "a multiple of 5")]
    [InlineData("""{"path":"/","limit":5.5}""", "/limit", "type", "integer")]
    [InlineData("""{"path":"/","tags":[]}""", "/tags", "minItems", "items, at least 1")]
    [InlineData("""{"path":"/","tags":["x","y","z"]}""", "/tags", "maxItems", "items, at most 2")]
    [InlineData("""{"path":"/","tags":["x","x"]}""", "/tags", "uniqueItems", "items, each of them once")]
    [InlineData("""{"path":"/","tags":["x",1]}""", "/tags/1", "type", "string")]
    [InlineData("""{"path":"/","then":{}}""", "/then", "anyOf", "something that fits one of its schemas, of which there are 2")]
    public void A_failure_says_where_by_which_keyword_and_what_was_expected(string json, string pointer, string keyword, string expected) =>
        Assert.Contains(new SchemaFailure(pointer, keyword, expected), Schema.Of(Tool).Check(json).Failures);

    [Fact]
    public void The_first_few_failures_are_told_at_once()
    {
        var fit = Schema.Of("""{"additionalProperties":{"type":"null"}}""").Check("""{"a":1,"b":2,"c":null,"d":3,"e":4,"f":5}""");

        Assert.Equal(["/a", "/b", "/d", "/e"], fit.Failures.Select(failure => failure.Pointer));
    }

    /// <summary>Whatever a keyword finds wrong with it, a value may be somebody's secret.</summary>
    [Theory]
    [InlineData("""{"type":"integer"}""")]
    [InlineData("""{"const":"x"}""")]
    [InlineData("""{"enum":["x","y"]}""")]
    [InlineData("""{"pattern":"^x$"}""")]
    [InlineData("""{"maxLength":1}""")]
    [InlineData("""{"not":{}}""")]
    [InlineData("""{"oneOf":[true,true]}""")]
    [InlineData("""{"if":true,"then":false}""")]
    [InlineData("false")]
    public void A_failure_never_tells_the_value(string schema)
    {
        var fit = Schema.Of($$"""{"properties":{"key":{{schema}} } }""").Check("""{"key":"hunter2"}""");

        var failure = Assert.Single(fit.Failures);
        Assert.Equal("/key", failure.Pointer);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pointer_escapes_names_spells_out_what_is_not_seen_and_is_cut()
    {
        var schema = Schema.Of("""{"additionalProperties":{"additionalProperties":false}}""");

        Assert.Equal("/a~1b~0c/\\u{202e}x", schema.Check("""{"a/b~c":{"\u202ex":1} }""").Failures[0].Pointer);
        Assert.InRange(schema.Check($$"""{"a":{"{{new string('x', 10_000)}}":1} }""").Failures[0].Pointer.Length, 200, 300);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":1e1234567890}""")]
    public void What_two_readers_could_take_differently_fits_nothing(string json)
    {
        var fit = Schema.Of("true").Check(json);

        Assert.False(fit.IsValid);
        Assert.Equal(("", ""), (fit.Failures[0].Pointer, fit.Failures[0].Keyword));
    }

    [Fact]
    public void Arguments_are_taken_to_64_deep_and_no_deeper()
    {
        Assert.True(Schema.Of("true").Takes(new string('[', 64) + new string(']', 64)));
        Assert.False(Schema.Of("true").Takes(new string('[', 65) + new string(']', 65)));
    }

    [Fact]
    public void Random_text_never_throws() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                ArbMap.Default.ArbFor<NonNull<string>>(),
                (schema, json) =>
                {
                    Schema.Of(Tool).Check(json.Get);
                    return !Schema.Compile(schema.Get).TryGet(out var compiled) || compiled.Check(json.Get).Failures.Count >= 0;
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>Half a schema, or one with a byte changed, is a schema or a fault, never an exception.</summary>
    [Fact]
    public void A_spoilt_schema_never_throws() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                ArbMap.Default.ArbFor<byte>(),
                (place, value) =>
                {
                    var text = System.Text.Encoding.UTF8.GetBytes(Tool);
                    text[Math.Abs((long)place * 7919) % text.Length] = value;
                    return !ArgumentSchema.Compile(text).TryGet(out var compiled) || !compiled.Takes("[]") || compiled.Takes("[]");
                }
            )
            .QuickCheckThrowOnFailure();
}
