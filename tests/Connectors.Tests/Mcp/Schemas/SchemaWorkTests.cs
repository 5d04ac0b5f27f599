using Gateway.Connectors.Mcp.Schemas;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

/// <summary>
/// Validating takes steps in proportion to what it is given, however hostile. Steps are counted, not timed: a step is some nanoseconds.
/// </summary>
public sealed class SchemaWorkTests
{
    private static readonly (string Name, Func<int, (string Schema, string Json)> Case)[] Growing =
    [
        ("items", n => ("""{"items":{"type":"integer","minimum":0}}""", $"[{Schema.Repeat(n, i => $"{i + 1000}")}]")),
        ("unique numbers", n => ("""{"uniqueItems":true}""", $"[{Schema.Repeat(n, i => $"{i + 1000}")}]")),
        ("unique objects", n => ("""{"uniqueItems":true}""", $"[{Schema.Repeat(n, i => $$"""{"a":{{i + 1000}},"b":[{{i + 1000}}]}""")}]")),
        ("members", n => ($$"""{"properties":{ {{Schema.Repeat(n, i => $"\"p{i + 1000}\":true")}} } }""", Members(n))),
        ("required", n => ($$"""{"required":[{{Schema.Repeat(n, i => $"\"p{i + 1000}\"")}}]}""", Members(n))),
        ("unevaluated", n => ("""{"anyOf":[{"patternProperties":{"^p":true}}],"unevaluatedProperties":false}""", Members(n))),
        ("names by pattern", n => ("""{"patternProperties":{"[0-9]+$":true},"additionalProperties":false}""", Members(n))),
        (
            "enum",
            n =>
                (
                    $$"""{"items":{"enum":[{{Schema.Repeat(n, i => $"\"v{i + 1000}\"")}}]} }""",
                    $"[{Schema.Repeat(n, i => $"\"v{i + 1000}\"")}]"
                )
        ),
        ("a large constant", n => ($$"""{"const":{{Members(n)}} }""", Members(n))),
        ("a text by a pattern", n => ("""{"pattern":"^(a|aa)*$"}""", $"\"{new string('a', n)}\"")),
        ("a text by a hostile pattern", n => ("""{"pattern":"^(([a-z])+.)+[A-Z]([a-z])+$"}""", $"\"{new string('a', n)}\"")),
        ("alternatives in a tree", n => (Tree, Nested(n))),
        ("contains", n => ("""{"contains":{"const":-1},"minContains":0}""", $"[{Schema.Repeat(n, i => $"{i + 1000}")}]")),
        ("long numbers", n => ("""{"multipleOf":7,"minimum":1}""", new string('7', n))),
    ];

    private const string Tree = """
        {"$ref":"#/$defs/node","$defs":{"node":{"anyOf":[{"type":"string"},{"type":"integer"},
          {"type":"array","items":{"$ref":"#/$defs/node"}},
          {"type":"object","required":["kind"],"additionalProperties":{"$ref":"#/$defs/node"}}]}}}
        """;

    public static TheoryData<string> Names => [.. Growing.Select(growing => growing.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_input_takes_at_most_twice_the_steps(string name)
    {
        var grow = Growing.Single(growing => growing.Name == name).Case;
        var (small, large) = (Work(grow(500)), Work(grow(1000)));

        Assert.True(small.IsChecked && large.IsChecked, $"{small} and {large}");
        Assert.InRange(large.Steps, small.Steps + 1, (long)(2.2 * small.Steps)); // A table of hashes has its luck.
    }

    /// <summary>Each would take longer than anybody waits; each ends within the bound, and as a refusal.</summary>
    [Fact]
    public void What_would_take_too_long_is_refused_when_it_is_used_up()
    {
        Spent(Doubling(24, "allOf"), "1");
        Spent(Doubling(24, "oneOf"), "1");
        Spent($$"""{"anyOf":[{{Doubling(24, "allOf")}},true]}""".Replace("#/", "#/anyOf/0/", StringComparison.Ordinal), "1");
        Spent("""{"not":""" + Doubling(24, "allOf").Replace("#/", "#/not/", StringComparison.Ordinal) + "}", "1");
        Spent("""{"anyOf":[{"items":{"$ref":"#"},"not":true},{"items":{"$ref":"#"}}]}""", new string('[', 64) + new string(']', 64));
        Spent($$"""{"items":{"pattern":"([a-z]?){500}X"} }""", $"[\"{new string('a', 50_000)}\"]");
        Spent(
            $$"""{"dependentRequired":{ {{Schema.Repeat(3000, i => $$"""
                "p{{i + 1000}}":["p3999","p3998","p3997","p3996","p3995"]
                """)}} } }""",
            Members(3000)
        );
    }

    [Fact]
    public void What_would_take_too_long_to_compile_is_refused()
    {
        var many = $$"""
            {"$dynamicAnchor":"a","$defs":{ {{Schema.Repeat(3500, i => $$"""
                "d{{i}}":{"$id":"r{{i}}","$dynamicAnchor":"a"}
                """)}} },"items":true}
            """;
        Schema.Of(many);

        var dynamic = many.Replace(
            "\"items\":",
            $"\"prefixItems\":[{Schema.Repeat(5000, _ => """{"$dynamicRef":"#a"}""")}],\"items\":",
            StringComparison.Ordinal
        );
        Assert.Contains("too much work", Schema.Fault(dynamic).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pattern":"(((a{100}){100}){100}){100}"}""")]
    [InlineData("""{"pattern":"((((){1000}){1000}){1000}){1000}"}""")]
    [InlineData("""{"pattern":"[a-z]{99999999999}"}""")]
    public void A_pattern_that_would_grow_too_large_is_refused(string schema) =>
        Assert.Contains("too large", Schema.Fault(schema).Reason, StringComparison.Ordinal);

    [Fact]
    public void All_patterns_of_a_schema_share_what_they_may_grow_to()
    {
        static string Many(int count) =>
            $$"""{"properties":{ {{Schema.Repeat(count, i => $$"""
                "p{{i}}":{"pattern":"^[a-z]{1000}$"}
                """)}} } }""";

        Schema.Of(Many(20));
        Assert.Contains("too large", Schema.Fault(Many(60)).Reason, StringComparison.Ordinal);
        Assert.Contains(
            "too large",
            Schema.Fault($$"""{"pattern":"{{string.Concat(Enumerable.Repeat("\\\\P{L}", 2000))}}"}""").Reason,
            StringComparison.Ordinal
        );
    }

    private static (bool IsChecked, long Steps) Work((string Schema, string Json) given) => Schema.Of(given.Schema).Work(given.Json);

    private static void Spent(string schema, string json)
    {
        var (isChecked, steps) = Schema.Of(schema).Work(json);

        Assert.False(isChecked, schema[..Math.Min(200, schema.Length)]);
        Assert.False(Schema.Of(schema).Takes(json));
        Assert.InRange(steps, 1, 2 * (ArgumentSchema.BaseSteps + (ArgumentSchema.StepsPerByte * (schema.Length + json.Length))));
    }

    /// <summary>A chain of schemas, each of which applies the one before twice.</summary>
    private static string Doubling(int length, string keyword)
    {
        var second = keyword == "oneOf" ? ",\"not\":true" : "";
        return $$"""{"$ref":"#/$defs/d{{length}}","$defs":{"d0":{"type":"integer"},{{Schema.Repeat(length, i => $$"""
            "d{{i + 1}}":{"{{keyword}}":[{"$ref":"#/$defs/d{{i}}"},{"$ref":"#/$defs/d{{i}}"{{second}}}]}
            """)}}} }""";
    }

    private static string Members(int count) => $"{{{Schema.Repeat(count, i => $"\"p{i + 1000}\":{i + 1000}")}}}";

    /// <summary>Objects of lists of objects, of about as many nodes as asked for.</summary>
    private static string Nested(int count) =>
        $$"""{"kind":"root","children":[{{Schema.Repeat(count / 5, i => $$"""{"kind":"leaf","at":[{{i + 1000}},"x"]}""")}}]}""";
}
