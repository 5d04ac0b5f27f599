using System.Text;
using Gateway.Connectors.Mcp.Definitions;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

/// <summary>The rules of MCP's revision 2026-07-28, "Custom Headers from Tool Parameters" (SEP-2243), one after another.</summary>
public sealed class HeaderParametersTests
{
    [Fact]
    public void An_annotation_is_read_with_its_path_and_type()
    {
        var found = Read(
            """
            {"type":"object","properties":{
              "region":{"type":"string","x-mcp-header":"Region"},
              "options":{"type":"object","properties":{
                "limit":{"x-mcp-header":"Row-Limit","type":"integer"},"deep":{"properties":{"dry":{"type":"boolean","x-mcp-header":"Dry"}}}}},
              "query":{"type":"string"}}}
            """
        );
        Assert.NotNull(found);
        Assert.Equal(
            ["region Region String", "options/limit Row-Limit Integer", "options/deep/dry Dry Boolean"],
            found.Select(p => $"{string.Join('/', p.Path)} {p.Name} {p.Type}")
        );
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"type":"object","properties":{"x-mcp-header":{"type":"string"}}}""")] // A property of that name.
    [InlineData("""{"$defs":{"x-mcp-header":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"default":{"x-mcp-header":"A"},"examples":[{"x-mcp-header":"A"}]}}}""")] // Data.
    [InlineData("""{"properties":{"a":{"enum":[{"x-mcp-header":1}],"const":{"x-mcp-header":1}}}}""")]
    [InlineData("""{"properties":true,"items":[1,"x-mcp-header"]}""")]
    public void A_schema_without_annotations_has_none(string schema) => Assert.Empty(Read(schema)!);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"A B\"")]
    [InlineData("\"A:\"")]
    [InlineData("\"A\\r\\nX: y\"")]
    [InlineData("\"Région\"")]
    [InlineData("\"A\\u0000\"")]
    [InlineData("\"(a)\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[\"A\"]")]
    [InlineData("{\"A\":1}")]
    public void A_header_is_one_token(string header) =>
        Assert.Null(Read("{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":" + header + "}}}"));

    [Fact]
    public void Every_letter_of_a_token_is_allowed() =>
        Assert.Single(Read("""{"properties":{"a":{"type":"string","x-mcp-header":"!#$%&'*+-.^_`|~09AZaz"}}}""")!);

    [Theory]
    [InlineData("\"number\"")]
    [InlineData("\"object\"")]
    [InlineData("\"array\"")]
    [InlineData("\"null\"")]
    [InlineData("[\"string\",\"null\"]")]
    [InlineData("\"String\"")]
    public void Only_a_string_an_integer_or_a_boolean_has_a_header(string type) =>
        Assert.Null(Read("{\"properties\":{\"a\":{\"x-mcp-header\":\"A\",\"type\":" + type + "}}}"));

    [Fact]
    public void What_has_no_type_has_no_header() =>
        Assert.Null(Read("""{"properties":{"a":{"x-mcp-header":"A","$ref":"#/$defs/s"}},"$defs":{"s":{"type":"string"}}}"""));

    [Fact]
    public void No_two_headers_are_alike_without_regard_to_case() =>
        Assert.Null(
            Read(
                """{"properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"properties":{"c":{"type":"string","x-mcp-header":"a"}}}}}"""
            )
        );

    [Theory]
    [InlineData("items")]
    [InlineData("prefixItems")]
    [InlineData("contains")]
    [InlineData("additionalProperties")]
    [InlineData("patternProperties")]
    [InlineData("propertyNames")]
    [InlineData("unevaluatedProperties")]
    [InlineData("dependentSchemas")]
    [InlineData("oneOf")]
    [InlineData("anyOf")]
    [InlineData("allOf")]
    [InlineData("not")]
    [InlineData("if")]
    [InlineData("then")]
    [InlineData("else")]
    [InlineData("$defs")]
    [InlineData("definitions")]
    [InlineData("x-unknown")]
    public void Nothing_but_properties_leads_to_a_header(string keyword)
    {
        const string Annotated = """{"type":"string","x-mcp-header":"A"}""";
        var isMap = keyword is "patternProperties" or "dependentSchemas" or "$defs" or "definitions"; // Whose own names are no keywords.
        string[] ways = [$"[{Annotated}]", $"{{\"a\":{Annotated}}}", $"{{\"a\":{{\"properties\":{{\"b\":{Annotated}}}}}}}"];
        foreach (var way in isMap ? ways : [Annotated, .. ways])
        {
            Assert.Null(Read($"{{\"{keyword}\":{way}}}"));
            Assert.Null(Read($"{{\"properties\":{{\"p\":{{\"{keyword}\":{way}}}}}}}"));
        }
    }

    [Fact]
    public void The_root_has_no_header() => Assert.Null(Read("""{"type":"string","x-mcp-header":"A"}"""));

    [Fact]
    public void There_are_at_most_64()
    {
        Assert.Equal(64, Read(Many(64))!.Count);
        Assert.Null(Read(Many(65)));
        static string Many(int count) =>
            "{\"properties\":{"
            + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\":{{\"type\":\"string\",\"x-mcp-header\":\"H{i}\"}}"))
            + "}}";
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("")]
    public void What_is_no_schema_isnt_read(string schema) => Assert.Null(Read(schema));

    private static IReadOnlyList<HeaderParameter>? Read(string schema) =>
        HeaderParameters.TryRead(Encoding.UTF8.GetBytes(schema), out var found) ? found : null;
}
