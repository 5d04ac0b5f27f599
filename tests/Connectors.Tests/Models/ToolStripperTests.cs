using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Models;

public sealed class ToolStripperTests
{
    [Theory]
    [InlineData(
        "a",
        """{"tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}],"x":1}""",
        """{"tools":[{"type":"function","function":{"name":"b"}}],"x":1}"""
    )]
    [InlineData("a", """{"tools":[ {"name":"b"} , {"name":"c"} ]}""", """{"tools":[ {"name":"b"} , {"name":"c"} ]}""")]
    [InlineData(
        "a",
        """{"tools":[{"name":"a"}],"tool_choice":"auto","parallel_tool_calls":false,"max_tool_calls":3,"x":1}""",
        """{"x":1}"""
    )]
    [InlineData(
        "a",
        """{"tools":[{"name":"b","parameters":{"properties":{"name":"a"},"name":"a"}}]}""",
        """{"tools":[{"name":"b","parameters":{"properties":{"name":"a"},"name":"a"}}]}"""
    )]
    [InlineData("a", """{"tools":[{"type":"namespace","name":"n","tools":[{"name":"a"}]},{"name":"b"}]}""", """{"tools":[{"name":"b"}]}""")]
    [InlineData(
        "srv",
        """{"mcp_servers":[{"type":"url","name":"srv"}],"tools":[{"type":"mcp_toolset","mcp_server_name":"srv"},{"name":"b"}]}""",
        """{"tools":[{"name":"b"}]}"""
    )]
    [InlineData("mcp_servers", """{"mcp_servers":[{"type":"url","name":"srv"}],"x":1}""", """{"x":1}""")]
    [InlineData("web_search", """{"web_search_options":{},"x":1}""", """{"x":1}""")]
    [InlineData(
        "a",
        """{"functions":[{"name":"a"},{"name":"b"}],"function_call":{"name":"a"}}""",
        """{"functions":[{"name":"b"}],"function_call":"none"}"""
    )]
    [InlineData(
        "a",
        """{"tools":[{"name":"a"},{"name":"b"}],"tool_choice":{"type":"allowed_tools","allowed_tools":{"tools":[{"name":"a"}]}}}""",
        """{"tools":[{"name":"b"}],"tool_choice":"none"}"""
    )]
    [InlineData(
        "a",
        """{"tools":[{"name":"a"},{"name":"b"}],"tool_choice":"required"}""",
        """{"tools":[{"name":"b"}],"tool_choice":"required"}"""
    )]
    [InlineData("a", """{"tools":[{"n\u0061me":"\u0061"}],"x":1}""", """{"x":1}""")]
    [InlineData("a", """{"tools":null,"x":1}""", """{"tools":null,"x":1}""")]
    public void Named_tool_is_stripped_and_the_others_stay(string name, string body, string expected) =>
        Assert.Equal(expected, Stripped(body, new ToolStrip(TermSet<string>.Of(name))));

    [Theory]
    [InlineData(
        """{"tools":[{"name":"a"}],"functions":[{"name":"b"}],"mcp_servers":[{"name":"c"}],"web_search_options":"""
            + """{},"tool_choice":"auto","function_call":"auto","x":1}""",
        """{"x":1}"""
    )]
    [InlineData("""{"tools":[],"x":1}""", """{"x":1}""")]
    [InlineData("""{"x":1}""", """{"x":1}""")]
    [InlineData("""{"messages":[{"content":"x","tools":[]}]}""", """{"messages":[{"content":"x","tools":[]}]}""")]
    public void All_tools_are_stripped(string body, string expected) => Assert.Equal(expected, Stripped(body, ToolStrip.Everything));

    [Fact]
    public void Choice_of_what_is_gone_becomes_none_in_the_dialects_own_words() =>
        Assert.Equal(
            """{"tools":[{"name":"b"}],"tool_choice":{"type":"none"}}""",
            Stripped(
                """{"tools":[{"name":"a"},{"name":"b"}],"tool_choice":{"type":"tool","name":"a"}}""",
                new ToolStrip(TermSet<string>.Of("a")),
                ConnectorType.Anthropic
            )
        );

    [Theory]
    [InlineData("""{"input":[{"tools":[{"name":"a"}]}]}""")]
    [InlineData("""{"messages":[{"content":[{"x":{"tools":[{"type":"a"}]}}]}]}""")]
    public void Tool_inside_of_content_refuses(string body)
    {
        Assert.False(ToolStripper.TryStrip(Encoding.UTF8.GetBytes(body), ToolStrip.Everything, ConnectorType.OpenAi, out _));
        Assert.False(
            ToolStripper.TryStrip(Encoding.UTF8.GetBytes(body), new ToolStrip(TermSet<string>.Of("a")), ConnectorType.OpenAi, out _)
        );
        Assert.True(
            ToolStripper.TryStrip(Encoding.UTF8.GetBytes(body), new ToolStrip(TermSet<string>.Of("b")), ConnectorType.OpenAi, out _)
        );
    }

    [Fact]
    public void Stripping_any_tools_leaves_exactly_the_others() =>
        Prop.ForAll(
                Gen.ListOf(Gen.Elements("a", "b", "c", "d")).ToArbitrary(),
                Gen.NonEmptyListOf(Gen.Elements("a", "b", "c")).ToArbitrary(),
                (tools, strip) =>
                {
                    var body = JsonSerializer.Serialize(new { model = "m", tools = tools.Select(name => new { type = "function", name }) });
                    var left = JsonDocument.Parse(Stripped(body, new ToolStrip(TermSet<string>.Of(strip)))).RootElement;
                    var names = left.TryGetProperty("tools", out var kept)
                        ? kept.EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!).ToList()
                        : [];
                    return names.SequenceEqual(tools.Where(name => !strip.Contains(name)));
                }
            )
            .QuickCheckThrowOnFailure();

    private static string Stripped(string body, ToolStrip strip, ConnectorType dialect = ConnectorType.OpenAi)
    {
        Assert.True(ToolStripper.TryStrip(Encoding.UTF8.GetBytes(body), strip, dialect, out var stripped));
        return Encoding.UTF8.GetString(stripped.Span);
    }

    [Fact]
    public void A_models_own_search_cannot_be_stripped()
    {
        ReadOnlyMemory<byte> body = """{"model":"gpt-4o-search-preview","messages":[]}"""u8.ToArray();

        Assert.False(ToolStripper.TryStrip(body, ToolStrip.Everything, ConnectorType.OpenAi, out _));
        Assert.True(
            ToolStripper.TryStrip("""{"model":"gpt-4o","messages":[]}"""u8.ToArray(), ToolStrip.Everything, ConnectorType.OpenAi, out _)
        );
    }
}
