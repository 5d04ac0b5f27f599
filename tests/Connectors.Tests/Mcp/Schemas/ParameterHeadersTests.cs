using Gateway.Connectors.Mcp.Schemas;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

/// <summary>The rules of MCP 2026-07-28 for <c>x-mcp-header</c>, with the cases of the official conformance suite.</summary>
public sealed class ParameterHeadersTests
{
    [Fact]
    public void Annotations_are_found_with_path_and_type_at_any_depth_of_properties()
    {
        var headers = Schema
            .Of(
                """
                {"type":"object","properties":{
                  "region":{"type":"string","x-mcp-header":"Region"},
                  "options":{"type":"object","properties":{"a/b~c":{"type":"integer","x-mcp-header":"Limit"},"other":{"type":"string"}}},
                  "force":{"type":"boolean","x-mcp-header":"x-1!#$%&'*+.^_`|~"}}}
                """
            )
            .ParameterHeaders;

        Assert.True(headers.AreValid, headers.Reason);
        Assert.Equal(
            [
                ("Region", "/region", ParameterHeaderType.Text),
                ("Limit", "/options/a~1b~0c", ParameterHeaderType.Integer),
                ("x-1!#$%&'*+.^_`|~", "/force", ParameterHeaderType.Boolean),
            ],
            headers.Headers.Select(header => (header.Name, header.Pointer, header.Type))
        );
        Assert.Equal(["options", "a/b~c"], headers.Headers[1].Path);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"properties":{"x-mcp-header":{"type":"string"}}}""")]
    [InlineData(
        """{"properties":{"a":{"default":{"x-mcp-header":"A"},"enum":[{"x-mcp-header":"A"}],"examples":[{"x-mcp-header":"A"}]}}}"""
    )]
    public void What_only_looks_like_an_annotation_is_none(string schema)
    {
        var headers = Schema.Of(schema).ParameterHeaders;

        Assert.True(headers.AreValid, headers.Reason);
        Assert.Empty(headers.Headers);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"My Region\"")]
    [InlineData("\"Region:Primary\"")]
    [InlineData("\"Région\"")]
    [InlineData("\"Region\\r\\nX\"")]
    [InlineData("\"Region\\u0001\"")]
    public void A_name_is_a_token_of_HTTP(string name) =>
        Invalid(
            $$$"""{"properties":{"value":{"type":"string","x-mcp-header":{{{name}}} } } }""",
            "/properties/value/x-mcp-header",
            "token"
        );

    [Theory]
    [InlineData("Region", "Region")]
    [InlineData("MyField", "myfield")]
    public void A_name_is_there_once_whatever_its_case(string one, string other) =>
        Invalid(
            $$$"""
            {"properties":{"a":{"type":"string","x-mcp-header":"{{{one}}}"},
              "b":{"properties":{"c":{"type":"string","x-mcp-header":"{{{other}}}"} } } } }
            """,
            "/properties/b/properties/c/x-mcp-header",
            "there already"
        );

    [Theory]
    [InlineData("\"number\"")]
    [InlineData("\"object\"")]
    [InlineData("\"array\"")]
    [InlineData("\"null\"")]
    [InlineData("[\"string\",\"null\"]")]
    [InlineData("[\"string\"]")]
    public void A_type_is_string_integer_or_boolean(string type) =>
        Invalid($$$"""{"properties":{"a":{"type":{{{type}}},"x-mcp-header":"A"} } }""", "/properties/a/x-mcp-header", "type");

    [Fact]
    public void A_type_must_be_named() => Invalid("""{"properties":{"a":{"x-mcp-header":"A"}}}""", "/properties/a/x-mcp-header", "type");

    [Theory]
    [InlineData("""{"type":"string","x-mcp-header":"A"}""")]
    [InlineData("""{"items":{"type":"string","x-mcp-header":"A"}}""")]
    [InlineData("""{"additionalProperties":{"type":"string","x-mcp-header":"A"}}""")]
    [InlineData("""{"patternProperties":{"a":{"type":"string","x-mcp-header":"A"}}}""")]
    [InlineData("""{"oneOf":[{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}]}""")]
    [InlineData("""{"properties":{"a":{"items":{"properties":{"b":{"type":"string","x-mcp-header":"A"}}}}}}""")]
    [InlineData("""{"if":{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"string","x-mcp-header":"A"}}}""")]
    [InlineData("""{"$defs":{"unused":{"type":"string","x-mcp-header":"A"}}}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"a":{"x-mcp-header":"A"}}}""")]
    [InlineData(
        """{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","definitions":{"a":{"x-mcp-header":"A"}}}"""
    )]
    [InlineData(
        """
            {"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","definitions":{"a":true},
             "properties":{"a":{"type":"string","x-mcp-header":"A"}}}
            """
    )]
    public void An_annotation_anywhere_else_makes_the_tool_invalid(string schema)
    {
        var headers = Schema.Of(schema).ParameterHeaders;

        Assert.False(headers.AreValid);
        Assert.Empty(headers.Headers);
    }

    private static void Invalid(string schema, string pointer, string reason)
    {
        var headers = Schema.Of(schema).ParameterHeaders;

        Assert.False(headers.AreValid);
        Assert.Empty(headers.Headers);
        Assert.Equal(pointer, headers.Pointer);
        Assert.Contains(reason, headers.Reason, StringComparison.Ordinal);
    }
}
