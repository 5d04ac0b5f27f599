namespace Gateway.Connectors.Tests.Mcp.Schemas;

/// <summary>What draft-07, which many servers still name, has otherwise than 2020-12.</summary>
public sealed class Draft07Tests
{
    [Theory]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema")]
    [InlineData("https://json-schema.org/draft-07/schema#")]
    public void It_is_known_by_its_names(string name) =>
        Assert.True(Schema.Of($$"""{"$schema":"{{name}}","items":[{"type":"null"}]}""").Takes("[null,1]"));

    [Theory]
    [InlineData("[1,\"a\",true]", true)]
    [InlineData("[1]", true)]
    [InlineData("[\"a\"]", false)]
    [InlineData("[1,\"a\",2]", false)]
    public void A_list_of_items_goes_place_by_place_and_additional_items_take_the_rest(string json, bool fits) =>
        Check("""{"items":[{"type":"integer"},{"type":"string"}],"additionalItems":{"type":"boolean"}}""", json, fits);

    [Theory]
    [InlineData("""{"items":{"type":"integer"},"additionalItems":false}""", "[1,2,3]", true)]
    [InlineData("""{"items":{"type":"integer"}}""", "[\"a\"]", false)]
    [InlineData("""{"additionalItems":false}""", "[1]", true)]
    [InlineData("""{"items":[]}""", "[1]", true)]
    [InlineData("""{"items":[],"additionalItems":false}""", "[1]", false)]
    public void Additional_items_count_beside_a_list_only(string schema, string json, bool fits) => Check(schema, json, fits);

    [Theory]
    [InlineData("""{"a":1}""", false)]
    [InlineData("""{"a":1,"b":1}""", true)]
    [InlineData("""{"c":1}""", true)]
    [InlineData("""{"c":1,"d":1}""", false)]
    public void Dependencies_are_names_or_schemas(string json, bool fits) =>
        Check("""{"dependencies":{"a":["b"],"c":{"maxProperties":1}}}""", json, fits);

    [Theory]
    [InlineData(
        """{"properties":{"a":{"$ref":"#/definitions/n","maximum":5}},"definitions":{"n":{"type":"integer"}}}""",
        """{"a":9}""",
        true
    )]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/n"}},"definitions":{"n":{"type":"integer"}}}""", """{"a":"x"}""", false)]
    [InlineData("""{"$ref":"#/definitions/n","definitions":{"n":{"type":"integer"}},"type":"string"}""", "1", true)]
    [InlineData("""{"$ref":"#/definitions/n","definitions":{"n":{"type":"integer"}},"type":"string"}""", "\"a\"", false)]
    public void Nothing_beside_a_reference_counts(string schema, string json, bool fits) => Check(schema, json, fits);

    [Fact]
    public void Definitions_beside_a_reference_are_compiled_too() =>
        Assert.Equal(
            "/definitions/unused/pattern",
            Schema.Fault("{" + Schema.Draft07 + ""","$ref":"#/definitions/n","definitions":{"n":true,"unused":{"pattern":"("}}}""").Pointer
        );

    [Theory]
    [InlineData("1", true)]
    [InlineData("\"a\"", false)]
    public void An_id_that_is_a_fragment_is_an_anchor(string json, bool fits) =>
        Check("""{"allOf":[{"$ref":"#n"}],"definitions":{"x":{"$id":"#n","type":"integer"}}}""", json, fits);

    [Theory]
    [InlineData("""{"prefixItems":[false]}""")]
    [InlineData("""{"unevaluatedItems":false}""")]
    [InlineData("""{"contains":{"const":1},"minContains":2}""")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""")]
    public void Keywords_that_came_later_count_for_nothing(string schema)
    {
        Check(schema, "[1]", true);
        Check(schema, """{"a":1}""", true);
    }

    [Fact]
    public void In_2020_12_what_stands_beside_a_reference_counts_and_a_list_of_items_is_refused()
    {
        Assert.False(Schema.Of("""{"$ref":"#/$defs/n","maximum":5,"$defs":{"n":{"type":"integer"}}}""").Takes("9"));
        Assert.Equal("/items", Schema.Fault("""{"items":[true]}""").Pointer);
    }

    [Theory]
    [InlineData("[1]", true)]
    [InlineData("[\"a\"]", false)]
    [InlineData("[1,1]", true)]
    public void A_resource_inside_has_a_dialect_of_its_own(string json, bool fits) =>
        Assert.Equal(
            fits,
            Schema
                .Of(
                    $$"""{"$ref":"old","$defs":{"o":{"$id":"old",{{Schema.Draft07}},"items":[{"type":"integer"}],"prefixItems":[false]} } }"""
                )
                .Takes(json)
        );

    private static void Check(string schema, string json, bool fits) =>
        Assert.Equal(fits, Schema.Of("{" + Schema.Draft07 + "," + schema[1..]).Takes(json));
}
