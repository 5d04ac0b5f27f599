using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Definitions;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

public sealed class ListPageTests
{
    private const string A = """{"name":"a","inputSchema":{"type":"object"}}""";
    private const string B = """{ "inputSchema" : {} , "name" : "b" , "description":"caf\u00e9 \/" }""";
    private const string C = """{"name":"c","inputSchema":{"minimum":1.0,"x":-0}}""";

    [Theory]
    [InlineData("abc", $"[{A} , {B},\n{C} ]")]
    [InlineData("bc", $"[{B},\n{C} ]")]
    [InlineData("ac", $"[{A},\n{C} ]")]
    [InlineData("ab", $"[{A} , {B} ]")]
    [InlineData("b", $"[{B} ]")]
    [InlineData("c", $"[{C} ]")]
    [InlineData("", "[ ]")]
    public void What_isnt_wanted_is_taken_out_with_one_comma_and_all_else_stays(string wanted, string list)
    {
        static string Message(string list) =>
            $$$"""{"jsonrpc":"2.0", "id":7,"result":{"x":1 ,"tools": {{{list}}} ,"nextCursor":"n\u0065xt","_meta":{"tools":[1]} } }""";
        Assert.Equal(Message(list), Cut(Message($"[{A} , {B},\n{C} ]"), wanted));
    }

    [Fact]
    public void A_cut_list_is_the_servers_bytes_with_pieces_missing() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var choices = new Choices(seed);
                    var message = AnyMessage(choices, out var names);
                    var wanted = names.Where(_ => choices.Below(2) == 0).ToHashSet();
                    var cut = Encoding.UTF8.GetString(Page(message).Cut(tool => wanted.Contains(tool.Name), isModern: false).Span);

                    var tree = JsonNode.Parse(message)!;
                    var list = tree["result"]!["tools"]!.AsArray();
                    foreach (var gone in list.Where(tool => !wanted.Contains((string)tool!["name"]!)).ToList())
                    {
                        list.Remove(gone);
                    }

                    return IsWithPiecesMissing(cut, message)
                        && JsonNode.DeepEquals(tree, JsonNode.Parse(cut))
                        && Page(message).Definitions.Where(tool => wanted.Contains(tool.Name)).All(tool => Holds(cut, tool));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Where_everything_is_wanted_not_a_byte_changes_and_nothing_is_copied()
    {
        ReadOnlyMemory<byte> message = Encoding.UTF8.GetBytes($"{{\"result\":{{\"tools\":[{A},{B}]}}}}");
        var cut = ListPage.Read(ListKind.Tools, message, out _)!.Cut(_ => true, isModern: false);
        Assert.True(cut.Equals(message)); // The same memory.
    }

    [Theory]
    [InlineData(ListKind.Prompts, """{"result":{"prompts":[{"name":"a"},{"name":"b"}]}}""", """{"result":{"prompts":[{"name":"a"}]}}""")]
    [InlineData(
        ListKind.Resources,
        """{"result":{"resources":[{"uri":"a","name":"b"},{"uri":"b","name":"a"}]}}""",
        """{"result":{"resources":[{"uri":"a","name":"b"}]}}"""
    )]
    [InlineData(
        ListKind.ResourceTemplates,
        """{"result":{"resourceTemplates":[{"uriTemplate":"b"},{"uriTemplate":"a"}]}}""",
        """{"result":{"resourceTemplates":[{"uriTemplate":"a"}]}}"""
    )]
    public void Each_kind_of_list_is_cut_by_its_own_name(ListKind kind, string message, string expected) =>
        Assert.Equal(expected, Cut(message, "a", kind));

    [Fact]
    public void What_isnt_sound_goes_out_whoever_wants_it_and_whoever_asks_hears_of_it()
    {
        const string Hidden = """{"name":"h","description":"a\u200bb","inputSchema":{}}""";
        var page = Page($"{{\"result\":{{\"tools\":[{Hidden},1,{A},{{}}]}}}}");
        var heard = new List<DefinitionFinding>();
        var cut = page.Cut(
            tool =>
            {
                heard.Add(tool.Finding);
                return true;
            },
            isModern: false
        );
        Assert.Equal($"{{\"result\":{{\"tools\":[{A}]}}}}", Encoding.UTF8.GetString(cut.Span));
        Assert.Equal(
            [DefinitionFinding.HiddenText, DefinitionFinding.IllFormed, DefinitionFinding.Sound, DefinitionFinding.IllFormed],
            heard
        );
    }

    [Theory]
    [InlineData("a", "a", DefinitionFinding.RepeatedName)]
    [InlineData("a", "\\u0061", DefinitionFinding.RepeatedName)]
    [InlineData("read_file", "Read_File", DefinitionFinding.AlikeName)]
    [InlineData("caf\u00e9", "cafe\u0301", DefinitionFinding.AlikeName)]
    [InlineData("abc", "\uff41bc", DefinitionFinding.AlikeName)]
    [InlineData("ﬁle", "file", DefinitionFinding.AlikeName)]
    [InlineData("read_file", "readfile", DefinitionFinding.Sound)]
    public void Of_tools_that_could_be_taken_for_one_another_none_is_shown(string one, string other, DefinitionFinding finding)
    {
        var page = Page(
            $$$"""{"result":{"tools":[{"name":"{{{one}}}","inputSchema":{}},{{{C}}},{"name":"{{{other}}}","inputSchema":{}}]}}"""
        );
        Assert.Equal([finding, DefinitionFinding.Sound, finding], page.Definitions.Select(tool => tool.Finding));
    }

    [Theory]
    [InlineData("file:///README.md", "file:///readme.md", DefinitionFinding.Sound, DefinitionFinding.Sound)]
    [InlineData("file:///a", "file:///a", DefinitionFinding.RepeatedName, DefinitionFinding.RepeatedName)]
    [InlineData("file:///caf\u00e9", "file:///cafe\u0301", DefinitionFinding.AlikeName, DefinitionFinding.AlikeName)]
    [InlineData("file:///a", "file:///\uff41", DefinitionFinding.AlikeName, DefinitionFinding.AlikeName)]
    public void Addresses_of_resources_may_differ_in_case_but_not_in_form(
        string one,
        string other,
        DefinitionFinding a,
        DefinitionFinding b
    )
    {
        var message = $$$"""{"result":{"resources":[{"uri":"{{{one}}}"},{"uri":"{{{other}}}"}]}}""";
        Assert.Equal([a, b], ListPage.Read(ListKind.Resources, Encoding.UTF8.GetBytes(message), out _)!.Definitions.Select(r => r.Finding));
    }

    [Theory]
    [InlineData("", """,  "ttlMs":0,"cacheScope":"private"}""", """,  "ttlMs":0,"cacheScope":"private"}""")]
    [InlineData("", "}", ""","cacheScope":"private","ttlMs":0}""")]
    [InlineData("", """,  "ttlMs" : 300000 , "cacheScope": "public" }""", """,  "ttlMs" : 60000 , "cacheScope": "private" }""")]
    [InlineData("", ""","ttlMs":60000}""", ""","ttlMs":60000,"cacheScope":"private"}""")]
    [InlineData("", ""","ttlMs":6e4,"cacheScope":"private"}""", ""","ttlMs":6e4,"cacheScope":"private"}""")]
    [InlineData("", ""","ttlMs":60000.5,"cacheScope":null}""", ""","ttlMs":60000,"cacheScope":"private"}""")]
    [InlineData("", ""","ttlMs":-1,"cacheScope":{"a":1}}""", ""","ttlMs":0,"cacheScope":"private"}""")]
    [InlineData("", ""","ttlMs":"9","cacheScope":"Public"}""", ""","ttlMs":0,"cacheScope":"private"}""")]
    [InlineData("", ""","ttlMs":1e999,"cacheScope":"private"}""", ""","ttlMs":60000,"cacheScope":"private"}""")]
    [InlineData("\"ttlMs\":99999,\"cacheScope\":\"public\",", "}", "\"ttlMs\":60000,\"cacheScope\":\"private\",")]
    public void A_modern_client_keeps_a_list_for_itself_and_a_minute_at_most(string before, string after, string expected)
    {
        var message = $"{{\"result\":{{{before}\"tools\":[{A}]{after}}}";
        var wanted =
            before.Length > 0 ? $"{{\"result\":{{{expected}\"tools\":[{A}]{after}}}" : $"{{\"result\":{{\"tools\":[{A}]{expected}}}";
        Assert.Equal(wanted, Cut(message, "a", isModern: true));
        Assert.Equal(message, Cut(message, "a"));
    }

    [Theory]
    [InlineData("""{"result":{"tools":[],"tools":[]}}""")]
    [InlineData("""{"result":{"tools":[],"t\u006fols":[]}}""")]
    [InlineData("""{"result":{"tools":[],"Tools":[]}}""")]
    [InlineData("""{"result":{"Tools":[]}}""")]
    [InlineData("""{"result":{"tools":[]},"Result":{"tools":[]}}""")]
    [InlineData("""{"result":{"tools":[],"CacheScope":"public"}}""")]
    [InlineData("""{"result":{"tools":[],"TTLMS":99999999}}""")]
    [InlineData("""{"result":{"tools":{}}}""")]
    [InlineData("""{"result":{"tools":null}}""")]
    [InlineData("""{"result":{"prompts":[]}}""")]
    [InlineData("""{"result":[]}""")]
    [InlineData("""{"result":{"tools":[]},"error":{}}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"result":{"tools":[{"name":"a","name":"b"}]}}""")]
    [InlineData("""{"result":{"tools":[]}}{}""")]
    [InlineData("""{"result":{"tools":[]}""")]
    [InlineData("""{"result":{"tools":[],}}""")]
    [InlineData("""[{"result":{"tools":[]}}]""")]
    [InlineData("")]
    public void An_answer_that_two_clients_could_read_in_two_ways_is_refused(string message)
    {
        Assert.Null(ListPage.Read(ListKind.Tools, Encoding.UTF8.GetBytes(message), out var problem));
        Assert.NotEmpty(problem!);
    }

    [Fact]
    public void An_error_passes_as_it_is()
    {
        const string Error = """{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}""";
        Assert.True(Page(Error).IsError);
        Assert.Empty(Page(Error).Definitions);
        Assert.Equal(Error, Cut(Error, "", isModern: true));
    }

    [Theory]
    [InlineData("""{"result":{"tools":[],"nextCursor":"a\u0062"}}""", "ab")]
    [InlineData("""{"result":{"tools":[],"nextCursor":null}}""", null)]
    [InlineData("""{"result":{"tools":[]}}""", null)]
    public void The_next_page_is_told(string message, string? cursor) => Assert.Equal(cursor, Page(message).NextCursor);

    [Fact]
    public void More_items_or_bytes_than_the_bounds_are_refused()
    {
        Assert.Equal(ListPage.MaxItems, Page(Many(ListPage.MaxItems)).Definitions.Count);
        Assert.Null(ListPage.Read(ListKind.Tools, Encoding.UTF8.GetBytes(Many(ListPage.MaxItems + 1)), out _));
        Assert.Null(ListPage.Read(ListKind.Tools, new byte[ListPage.MaxLength + 1], out _));
        static string Many(int count) =>
            "{\"result\":{\"tools\":["
            + string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"name\":\"t{i}\",\"inputSchema\":{{}}}}"))
            + "]}}";
    }

    [Fact]
    public void No_bytes_are_cut_into_something_else_than_json()
    {
        var message = Encoding.UTF8.GetBytes($"{{\"result\":{{\"tools\":[{A},{B}],\"ttlMs\":1}}}}");
        for (var at = 0; at < message.Length; at++)
        {
            for (var value = 0; value < 256; value += 3)
            {
                var changed = message.ToArray();
                changed[at] = (byte)value;
                var cut = ListPage.Read(ListKind.Tools, changed, out _)?.Cut(tool => tool.Name == "b", isModern: true);
                Assert.True(cut is null || Gateway.Connectors.Json.StrictJson.IsObject(cut.Value.Span));
            }
        }
    }

    private static string AnyMessage(Choices choices, out IReadOnlyList<string> names)
    {
        names = [.. Enumerable.Range(0, choices.Below(6)).Select(i => $"tool_{i}")];
        var tools = names.Select(name => new TestJson.Object([
            .. TestJson.AnyObject(choices, 2).Members.Where(member => member.Name != "z"),
            ("name", new TestJson.Leaf($"\"{name}\"")),
            ("inputSchema", new TestJson.Object([])),
        ]));
        var result = new TestJson.Object([("tools", new TestJson.Array([.. tools])), .. TestJson.AnyObject(choices, 2).Members]);
        var all = new TestJson.Object([("jsonrpc", new TestJson.Leaf("\"2.0\"")), ("id", new TestJson.Leaf("1")), ("result", result)]);
        return all.Write(choices);
    }

    /// <summary>Whether one comes out of the other by leaving out, and by nothing else.</summary>
    private static bool IsWithPiecesMissing(string cut, string whole)
    {
        var at = 0;
        foreach (var letter in whole)
        {
            at += at < cut.Length && cut[at] == letter ? 1 : 0;
        }

        return at == cut.Length;
    }

    private static bool Holds(string cut, Definition tool) =>
        Page(cut).Definitions.Any(other => other.Name == tool.Name && other.Digest == tool.Digest && other.Finding == tool.Finding);

    private static ListPage Page(string message) =>
        ListPage.Read(ListKind.Tools, Encoding.UTF8.GetBytes(message), out var problem) ?? throw new FormatException(problem);

    private static string Cut(string message, string wanted, ListKind kind = ListKind.Tools, bool isModern = false)
    {
        var page = ListPage.Read(kind, Encoding.UTF8.GetBytes(message), out var problem) ?? throw new FormatException(problem);
        return Encoding.UTF8.GetString(
            page.Cut(item => wanted.Contains(item.Name, StringComparison.Ordinal) && item.Name.Length > 0, isModern).Span
        );
    }
}
