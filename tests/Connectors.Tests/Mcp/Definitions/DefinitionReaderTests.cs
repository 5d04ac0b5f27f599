using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Definitions;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

public sealed class DefinitionReaderTests
{
    private const string Schema = "\"inputSchema\":{\"type\":\"object\"}";

    [Fact]
    public void A_tool_is_read_with_all_that_a_call_needs()
    {
        const string Text = """
            {"name":"Delete.Row",
             "inputSchema":{ "type":"object","properties":{"r":{"type":"string","x-mcp-header":"R"}}},
             "outputSchema":{"type":"object"},"annotations":{"readOnlyHint":false,"destructiveHint":true,"idempotentHint":"yes"}}
            """;
        var tool = Tool(Text);

        Assert.Equal(DefinitionFinding.Sound, tool.Finding);
        Assert.Equal("Delete.Row", tool.Name);
        Assert.True(DefinitionDigest.TryOfListed(Encoding.UTF8.GetBytes(Text), out var digest));
        Assert.Equal(digest, tool.Digest);
        Assert.Equal(
            """{ "type":"object","properties":{"r":{"type":"string","x-mcp-header":"R"}}}""",
            Encoding.UTF8.GetString(tool.InputSchema.Span)
        );
        Assert.True(tool.HasOutputSchema);
        Assert.Equal(new ToolClaims(ReadOnly: false, Destructive: true, Idempotent: null, OpenWorld: null), tool.Claims);
        Assert.Equal("R", Assert.Single(tool.Headers).Name);
    }

    [Theory]
    [InlineData(ListKind.Prompts, """{"name":"p","description":"d"}""", "p")]
    [InlineData(ListKind.Resources, """{"uri":"file:///a b","name":"n"}""", "file:///a b")]
    [InlineData(ListKind.ResourceTemplates, """{"uriTemplate":"file:///{p}","name":"n"}""", "file:///{p}")]
    public void Anything_else_goes_by_its_own_name(ListKind kind, string json, string name)
    {
        var definition = DefinitionReader.Read(kind, Encoding.UTF8.GetBytes(json));
        Assert.Equal((DefinitionFinding.Sound, name), (definition.Finding, definition.Name));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"name\"")]
    [InlineData("{}")]
    [InlineData("{" + Schema + "}")]
    [InlineData("{\"name\":1," + Schema + "}")]
    [InlineData("{\"name\":\"\"," + Schema + "}")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"," + Schema + "}")]
    [InlineData("{\"name\":\"a\",\"Name\":\"b\"," + Schema + "}")]
    [InlineData("{\"Name\":\"b\"," + Schema + "}")]
    [InlineData("{\"name\":\"a\",\"description\":\"x\",\"DESCRIPTION\":\"y\"," + Schema + "}")]
    [InlineData("{\"name\":\"a\"}")]
    [InlineData("{\"name\":\"a\",\"inputSchema\":null}")]
    [InlineData("{\"name\":\"a\",\"inputSchema\":true}")]
    [InlineData("{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\",\"type\":\"string\"}}")]
    public void What_two_readers_could_take_for_two_things_is_ill_formed(string json) => Finds(DefinitionFinding.IllFormed, json);

    [Theory]
    [InlineData("\"description\":\"Reads\\u200b a file\"")]
    [InlineData("\"title\":\"\\udb40\\udc61\"")]
    [InlineData("\"inputSchema\":{\"properties\":{\"a\\u202e\":{}}}")]
    [InlineData("\"inputSchema\":{\"properties\":{\"a\\n\":{}}}")]
    [InlineData("\"inputSchema\":{\"enum\":[\"x\",[\"\\u2066\"]]}")]
    [InlineData("\"_meta\":{\"a\":\"\\u200d\"}")]
    [InlineData("\"icons\":[{\"src\":\"\\u200d\"}]")]
    public void Hidden_text_is_found_in_any_string_and_name(string member) =>
        Finds(
            DefinitionFinding.HiddenText,
            "{\"name\":\"a\"," + (member.StartsWith("\"input", StringComparison.Ordinal) ? member : member + "," + Schema) + "}"
        );

    [Theory]
    [InlineData("a\\n")]
    [InlineData("a\\u00ad")]
    [InlineData("a\\t")]
    public void Hidden_text_is_found_in_the_name_itself(string name) =>
        Finds(DefinitionFinding.HiddenText, "{\"name\":\"" + name + "\"," + Schema + "}");

    [Theory]
    [InlineData("{\"$ref\":\"https://example.com/s.json\"}")]
    [InlineData("{\"properties\":{\"a\":{\"$ref\":\"other.json#/a\"}}}")]
    [InlineData("{\"allOf\":[{\"$ref\":\"\"}]}")]
    [InlineData("{\"properties\":{\"a\":{\"$\\u0072ef\":\"//host/s\"}}}")]
    [InlineData("{\"items\":{\"$dynamicRef\":\"urn:x#n\"}}")]
    [InlineData("{\"items\":{\"$recursiveRef\":\"x\"}}")]
    public void A_reference_out_of_the_definition_is_found(string schema)
    {
        Finds(DefinitionFinding.ExternalRef, "{\"name\":\"a\",\"inputSchema\":" + schema + "}");
        Finds(DefinitionFinding.ExternalRef, "{\"name\":\"a\",\"outputSchema\":" + schema + "," + Schema + "}");
    }

    [Theory]
    [InlineData("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{}}}")]
    [InlineData("{\"$ref\":\"\\u0023\"}")]
    [InlineData("{\"$dynamicRef\":\"#node\"}")]
    [InlineData("{\"properties\":{\"$ref\":{\"type\":\"string\",\"description\":\"https://example.com\"}}}")]
    [InlineData("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"https://example.com/a\"}")]
    public void A_local_reference_passes(string schema) =>
        Finds(DefinitionFinding.Sound, "{\"name\":\"a\",\"inputSchema\":" + schema + "}");

    [Fact]
    public void An_invalid_header_an_integer_beyond_doubles_and_a_long_name_are_found()
    {
        Finds(
            DefinitionFinding.InvalidHeader,
            """{"name":"a","inputSchema":{"properties":{"a":{"type":"object","x-mcp-header":"A B"}}}}"""
        );
        Finds(DefinitionFinding.NotCanonical, """{"name":"a","inputSchema":{"maximum":9223372036854775807}}""");
        Finds(DefinitionFinding.Sound, $"{{\"name\":\"{new string('a', Definition.MaxNameLength)}\",{Schema}}}");
        Finds(DefinitionFinding.IllFormed, $"{{\"name\":\"{new string('a', Definition.MaxNameLength + 1)}\",{Schema}}}");
    }

    [Fact]
    public void Any_bytes_are_read_and_none_is_taken_for_sound() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                Gen.Elements(ListKind.Tools, ListKind.Prompts, ListKind.Resources, ListKind.ResourceTemplates).ToArbitrary(),
                (bytes, kind) => DefinitionReader.Read(kind, bytes).Finding != DefinitionFinding.Sound
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_finding_has_a_word_of_its_own()
    {
        var words = Enum.GetValues<DefinitionFinding>().Select(DefinitionFindings.WordOf).ToList();
        Assert.Equal(words.Distinct(), words);
        Assert.All(words, word => Assert.Matches("^[a-z_]+$", word));
    }

    private static Definition Tool(string json) => DefinitionReader.Read(ListKind.Tools, Encoding.UTF8.GetBytes(json));

    private static void Finds(DefinitionFinding finding, string json) => Assert.Equal(finding, Tool(json).Finding);
}
