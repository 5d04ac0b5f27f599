using Gateway.Connectors.Mcp.Schemas;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

public sealed class RefusedSchemaTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.com/a.json"}}}""", "/properties/a/$ref", "leads out of the document")]
    [InlineData("""{"$defs":{"a":{"$ref":"other.json#/x"}}}""", "/$defs/a/$ref", "leads out of the document")]
    [InlineData("""{"$ref":"file:///etc/passwd"}""", "/$ref", "leads out of the document")]
    [InlineData("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""", "/$ref", "leads out of the document")]
    [InlineData("""{"$ref":"#/$defs/a"}""", "/$ref", "leads to nothing")]
    [InlineData("""{"allOf":[true],"$ref":"#/allOf/00"}""", "/$ref", "leads to nothing")]
    [InlineData("""{"$ref":"#a"}""", "/$ref", "names an anchor that isn't in its resource")]
    [InlineData("""{"$dynamicRef":"#a"}""", "/$dynamicRef", "names an anchor that isn't in its resource")]
    [InlineData("""{"$ref":"#/title","title":"x"}""", "/title", "must be an object or a boolean")]
    public void A_reference_is_followed_inside_the_document_only(string schema, string pointer, string reason) =>
        Refused(schema, pointer, reason);

    [Theory]
    [InlineData("""{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}""", "/$defs/b", "there twice")]
    [InlineData("""{"$defs":{"a":{"$id":"x"},"b":{"$id":"./x"}}}""", "/$defs/b", "there twice")]
    [InlineData("""{"$anchor":"1"}""", "", "isn't a name")]
    [InlineData("""{"$id":"https://example.com/#a"}""", "", "has a fragment")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#"}""", "", "isn't known here")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema"}""", "", "isn't known here")]
    [InlineData("""{"items":{"$schema":"http://json-schema.org/draft-07/schema#"}}""", "/items", "changes the dialect")]
    public void What_has_no_meaning_or_two_is_refused(string schema, string pointer, string reason) => Refused(schema, pointer, reason);

    [Theory]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("""{"type":"text"}""", "/type")]
    [InlineData("""{"type":[]}""", "/type")]
    [InlineData("""{"type":["null","null"]}""", "/type/1")]
    [InlineData("""{"enum":"a"}""", "/enum")]
    [InlineData("""{"items":[true]}""", "/items")]
    [InlineData("""{"allOf":[]}""", "/allOf")]
    [InlineData("""{"anyOf":{"a":true}}""", "/anyOf")]
    [InlineData("""{"properties":[]}""", "/properties")]
    [InlineData("""{"properties":{"a":{"properties":{"b":1}}}}""", "/properties/a/properties/b")]
    [InlineData("""{"required":true}""", "/required")]
    [InlineData("""{"required":["a","a"]}""", "/required/1")]
    [InlineData("""{"dependentRequired":{"a":"b"}}""", "/dependentRequired/a")]
    [InlineData("""{"minLength":-1}""", "/minLength")]
    [InlineData("""{"maxItems":1.5}""", "/maxItems")]
    [InlineData("""{"maxLength":"8"}""", "/maxLength")]
    [InlineData("""{"exclusiveMinimum":true}""", "/exclusiveMinimum")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf")]
    [InlineData("""{"multipleOf":-1}""", "/multipleOf")]
    [InlineData("""{"multipleOf":1.234567890123456789}""", "/multipleOf")]
    [InlineData("""{"uniqueItems":"yes"}""", "/uniqueItems")]
    [InlineData("""{"pattern":1}""", "/pattern")]
    [InlineData("""{"pattern":"("}""", "/pattern")]
    [InlineData("""{"patternProperties":{"(?=a)":true}}""", "/patternProperties/(?=a)")]
    [InlineData("""{"$defs":{"unused":{"pattern":"(a)\\1"}}}""", "/$defs/unused/pattern")]
    [InlineData("""{"$ref":1}""", "/$ref")]
    [InlineData("""{"$id":1}""", "/$id")]
    [InlineData("""{"a":1,"a":2}""", "")]
    [InlineData("""{"const":1e1234567890}""", "")]
    public void A_keyword_with_a_value_that_it_cannot_have_is_refused_where_it_stands(string schema, string pointer) =>
        Assert.Equal(pointer, Schema.Fault(schema).Pointer);

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}}}""")]
    [InlineData("""{"not":{"$ref":"#"}}""")]
    [InlineData("""{"if":{"$ref":"#"}}""")]
    [InlineData("""{"dependentSchemas":{"a":{"$ref":"#"}}}""")]
    [InlineData("""{"$dynamicAnchor":"a","anyOf":[{"$dynamicRef":"#a"}]}""")]
    public void A_schema_that_refers_to_itself_without_going_into_the_value_is_refused(string schema) =>
        Assert.Contains("refers to itself", Schema.Fault(schema).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#"}}}""")]
    [InlineData("""{"items":{"$ref":"#"},"unevaluatedItems":{"$ref":"#"}}""")]
    [InlineData("""{"additionalProperties":{"$ref":"#"},"propertyNames":{"$ref":"#"}}""")]
    public void One_that_goes_into_the_value_is_taken(string schema) => Schema.Of(schema);

    [Fact]
    public void A_schema_is_taken_to_256_KiB_and_64_deep_and_no_further()
    {
        var padding = new string('x', ArgumentSchema.MaxBytes - 12);
        Schema.Of($$"""{"title":"{{padding}}"}""");
        Refused($$"""{"title":"{{padding}}x"}""", "", "bytes");

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"items":""", depth - 1)) + "{}" + new string('}', depth - 1);
        Schema.Of(Nested(64));
        Refused(Nested(65), "", "at most 64 deep");
    }

    [Fact]
    public void A_chain_of_references_is_taken_to_64_and_no_further()
    {
        static string Chain(int length) =>
            $$"""{"$defs":{"d0":true,{{Schema.Repeat(length - 1, i => $$"""
                "d{{i + 1}}":{"$ref":"#/$defs/d{{i}}"}
                """)}}} }""";

        Schema.Of(Chain(64));
        Assert.Contains("more than 64", Schema.Fault(Chain(65)).Reason, StringComparison.Ordinal);
        Assert.Contains("more than 64", Schema.Fault(Chain(4000)).Reason, StringComparison.Ordinal);
    }

    private static void Refused(string schema, string pointer, string reason)
    {
        var fault = Schema.Fault(schema);

        Assert.Equal(pointer, fault.Pointer);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }
}
