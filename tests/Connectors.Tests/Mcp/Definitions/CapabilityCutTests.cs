using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Json;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

public sealed class CapabilityCutTests
{
    private const string Tasks = "io.modelcontextprotocol/tasks";

    private static readonly AllowedCapabilities Nothing = new();
    private static readonly AllowedCapabilities All = new()
    {
        Sampling = true,
        Elicitation = true,
        Roots = true,
        Extensions = [Tasks, "com.example/x"],
        Instructions = Pin("\"Use the tools.\""),
    };

    [Theory]
    [InlineData("""{"tools":{"listChanged":true}, "prompts" : {},"resources":{},"completions":{},"logging":{}}""", null, null)]
    [InlineData("""{"tools":{},"tasks":{"list":{}}}""", """{"tools":{}}""", """{"tools":{}}""")]
    [InlineData("""{ "tasks":{} , "tools":{} }""", """{ "tools":{} }""", """{ "tools":{} }""")]
    [InlineData("""{"t\u0061sks":{}}""", "{}", "{}")]
    [InlineData("""{"Tools":{},"tools":{},"sampling":{},"unknown":1}""", """{"tools":{}}""", """{"tools":{}}""")]
    [InlineData("""{"extensions":{"io.modelcontextprotocol/tasks":{}},"tools":{}}""", """{"extensions":{},"tools":{}}""", null)]
    [InlineData(
        """{"extensions":{ "a":{} , "com.example/x":{} , "b":{} }}""",
        """{"extensions":{  }}""",
        """{"extensions":{ "com.example/x":{} }}"""
    )]
    [InlineData("""{"experimental":{"com.example/x":{},"y":{}}}""", """{"experimental":{}}""", """{"experimental":{"com.example/x":{}}}""")]
    public void A_server_offers_only_what_the_connector_allows(string offered, string? ofNothing, string? ofAll)
    {
        static string Answer(string map) =>
            $$"""{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25" ,"capabilities": {{map}} ,"x":[1]} }""";
        Assert.Equal(Answer(ofNothing ?? offered), Initialize(Answer(offered), Nothing));
        Assert.Equal(Answer(ofAll ?? offered), Initialize(Answer(offered), All));
    }

    [Theory]
    [InlineData("""{"sampling":{"tools":{}},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}}""", "{}", null)]
    [InlineData("""{ "roots":{}, "tasks":{"requests":{}} , "sampling":{}}""", "{ }", """{ "roots":{} , "sampling":{}}""")]
    [InlineData(
        """{"Roots":{},"tools":{},"extensions":{"io.modelcontextprotocol/tasks":{},"z":{}}}""",
        """{"extensions":{}}""",
        """{"extensions":{"io.modelcontextprotocol/tasks":{}}}"""
    )]
    [InlineData("{}", null, null)]
    public void A_client_offers_only_what_the_connector_allows_in_both_eras(string offered, string? ofNothing, string? ofAll)
    {
        static string Legacy(string map) =>
            """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":#,"clientInfo":{}}}""".Replace(
                "#",
                map,
                StringComparison.Ordinal
            );
        static string Modern(string map) =>
            """
                {"method":"tools/call","params":{"name":"a","arguments":{"capabilities":{"roots":{}}},
                 "_meta":{"io.modelcontextprotocol/clientCapabilities" : # ,"x":1}},"id":1}
                """.Replace("#", map, StringComparison.Ordinal);
        foreach (var message in new Func<string, string>[] { Legacy, Modern })
        {
            Assert.Equal(message(ofNothing ?? offered), Request(message(offered), Nothing));
            Assert.Equal(message(ofAll ?? offered), Request(message(offered), All));
        }
    }

    [Theory]
    [InlineData(true, false, false, """{"sampling":{}}""")]
    [InlineData(false, true, false, """{"elicitation":{}}""")]
    [InlineData(false, false, true, """{"roots":{}}""")]
    public void Each_request_of_a_server_is_allowed_by_itself(bool sampling, bool elicitation, bool roots, string left)
    {
        var allowed = new AllowedCapabilities
        {
            Sampling = sampling,
            Elicitation = elicitation,
            Roots = roots,
        };
        static string Message(string map) => "{\"params\":{\"capabilities\":" + map + "}}";
        Assert.Equal(Message(left), Request(Message("""{"sampling":{},"elicitation":{},"roots":{}}"""), allowed));
    }

    [Fact]
    public void Where_both_places_say_something_both_are_cut_whichever_is_first()
    {
        const string Meta = "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}}";
        var left = Meta.Replace("\"roots\":{}", "", StringComparison.Ordinal);
        const string Tasks = "\"capabilities\":{\"tasks\":{}}";
        const string None = "\"capabilities\":{}";
        Assert.Equal($"{{\"params\":{{{left},{None}}}}}", Request($"{{\"params\":{{{Meta},{Tasks}}}}}", Nothing));
        Assert.Equal($"{{\"params\":{{{None},{left}}}}}", Request($"{{\"params\":{{{Tasks},{Meta}}}}}", Nothing));
    }

    [Theory]
    [InlineData("""{"method":"ping","id":1}""")]
    [InlineData("""{"method":"ping","params":{}}""")]
    [InlineData("""{"method":"ping","params":{"_meta":{"progressToken":1}}}""")]
    [InlineData("""{"params":{"_meta":{"io.modelcontextprotocol/clientCapabilities":{"roots":{}}}}}""")]
    public void Where_nothing_goes_nothing_is_copied_and_nothing_allocated(string text)
    {
        ReadOnlyMemory<byte> message = Encoding.UTF8.GetBytes(text);
        Assert.True(CapabilityCut.TryOfRequest(message, All, out var cut, out _) && cut.Equals(message));
        var before = GC.GetAllocatedBytesForCurrentThread();
        CapabilityCut.TryOfRequest(message, All, out _, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("\"Use the tools.\"", true)]
    [InlineData("\"Use \\u0074he tools.\"", true)]
    [InlineData("\"Use the tools. \"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    [InlineData("[\"Use the tools.\"]", false)]
    public void Instructions_pass_only_as_they_were_pinned(string instructions, bool passes)
    {
        foreach (
            var message in new[]
            {
                "\"instructions\": #,\"capabilities\":{},\"s\":1",
                "\"capabilities\":{},\"instructions\": #",
                "\"capabilities\":{},\"instructions\": #,\"s\":1",
            }
        )
        {
            var whole = "{\"result\":{" + message.Replace("#", instructions, StringComparison.Ordinal) + "}}";
            var without =
                "{\"result\":{"
                + message
                    .Replace("\"instructions\": #,", "", StringComparison.Ordinal)
                    .Replace(",\"instructions\": #", "", StringComparison.Ordinal)
                + "}}";
            Assert.Equal(passes ? whole : without, Initialize(whole, All));
            Assert.Equal(without, Initialize(whole, Nothing));
        }
    }

    [Fact]
    public void Instructions_with_hidden_text_dont_pass_whatever_their_pin()
    {
        var allowed = new AllowedCapabilities { Instructions = Pin("\"a\\u200bb\"") };
        Assert.Equal(
            """{"result":{"capabilities":{}}}""",
            Initialize("""{"result":{"capabilities":{},"instructions":"a\u200bb"}}""", allowed)
        );
    }

    [Fact]
    public void What_a_server_says_of_itself_is_for_this_client_alone()
    {
        const string Answer = """{"result":{"capabilities":{"tasks":{}},"instructions":"x","ttlMs":3600000,"cacheScope":"public"}}""";
        Assert.Equal("""{"result":{"capabilities":{},"ttlMs":3600000,"cacheScope":"private"}}""", Discover(Answer, Nothing));
        Assert.Equal(
            """{"result":{"capabilities":{},"cacheScope":"private"}}""",
            Discover("""{"result":{"capabilities":{},"instructions":"x"}}""", Nothing)
        );
    }

    [Theory]
    [InlineData("""{"result":{}}""")]
    [InlineData("""{"result":{"capabilities":null}}""")]
    [InlineData("""{"result":{"capabilities":[]}}""")]
    [InlineData("""{"result":{"capabilities":{},"Capabilities":{"tasks":{}}}}""")]
    [InlineData("""{"result":{"capabilities":{},"Instructions":"obey"}}""")]
    [InlineData("""{"result":{"capabilities":{"extensions":[]}}}""")]
    [InlineData("""{"result":{"capabilities":{"experimental":null}}}""")]
    [InlineData("""{"result":{"capabilities":{}},"RESULT":{}}""")]
    [InlineData("""{"result":{"capabilities":{},"capabilities":{}}}""")]
    [InlineData("""{"result":{"capabilities":{}},"error":{}}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void An_answer_that_two_clients_could_read_in_two_ways_is_refused(string answer)
    {
        Assert.False(CapabilityCut.TryOfInitialize(Encoding.UTF8.GetBytes(answer), All, out var cut, out var problem));
        Assert.True(cut.IsEmpty);
        Assert.NotEmpty(problem!);
        Assert.False(CapabilityCut.TryOfDiscover(Encoding.UTF8.GetBytes(answer), All, out cut, out problem));
        Assert.True(cut.IsEmpty);
        Assert.NotEmpty(problem!);
    }

    [Theory]
    [InlineData("""{"params":[]}""")]
    [InlineData("""{"params":{"capabilities":[]}}""")]
    [InlineData("""{"params":{"Capabilities":{}}}""")]
    [InlineData("""{"Params":{"capabilities":{"roots":{}}}}""")]
    [InlineData("""{"params":{"_meta":1}}""")]
    [InlineData("""{"params":{"_META":{}}}""")]
    [InlineData("""{"params":{"_meta":{"io.modelcontextprotocol/ClientCapabilities":{}}}}""")]
    [InlineData("""{"params":{"_meta":{"io.modelcontextprotocol/clientCapabilities":true}}}""")]
    [InlineData("""{"params":{"capabilities":{"extensions":1}}}""")]
    public void A_request_that_two_servers_could_read_in_two_ways_is_refused(string request)
    {
        Assert.False(CapabilityCut.TryOfRequest(Encoding.UTF8.GetBytes(request), All, out var cut, out var problem));
        Assert.True(cut.IsEmpty);
        Assert.NotEmpty(problem!);
    }

    [Fact]
    public void An_error_passes_as_it_is()
    {
        const string Error = """{"id":1,"error":{"code":-32602,"message":"no"}}""";
        Assert.Equal(Error, Initialize(Error, Nothing));
        Assert.Equal(Error, Discover(Error, Nothing));
    }

    [Fact]
    public void Whatever_is_offered_what_is_left_is_allowed_and_the_rest_is_as_it_was() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var choices = new Choices(seed);
                    string[] names = ["tools", "tasks", "roots", "sampling", "logging", "Roots", "elicitation", "x"];
                    var map = new TestJson.Object([
                        .. names.Where(_ => choices.Below(2) == 0).Select(name => (name, (TestJson)TestJson.AnyObject(choices, 2))),
                        ("extensions", TestJson.AnyObject(choices, 2)),
                    ]);
                    var parameters = new TestJson.Object([("capabilities", map), ("arguments", TestJson.Any(choices, 3))]);
                    var message = new TestJson.Object([("params", parameters), ("id", TestJson.Any(choices, 1))]).Write(choices);
                    var allowed = new AllowedCapabilities { Roots = choices.Below(2) == 0, Extensions = ["a", "é"] };

                    var cut = Request(message, allowed);
                    var expected = JsonNode.Parse(message)!;
                    var left = expected["params"]!["capabilities"]!.AsObject();
                    Keep(left, name => name == "extensions" || (name == "roots" && allowed.Roots));
                    Keep(left["extensions"]!.AsObject(), name => name is "a" or "é");
                    return StrictJson.IsObject(Encoding.UTF8.GetBytes(cut)) && JsonNode.DeepEquals(expected, JsonNode.Parse(cut));
                }
            )
            .QuickCheckThrowOnFailure();

    private static void Keep(JsonObject map, Func<string, bool> isKept)
    {
        foreach (var name in map.Select(member => member.Key).Where(name => !isKept(name)).ToList())
        {
            map.Remove(name);
        }
    }

    private static Sha256Digest Pin(string json) =>
        DefinitionDigest.TryOfValue(Encoding.UTF8.GetBytes(json), out var digest) ? digest : throw new FormatException(json);

    private static string Initialize(string answer, AllowedCapabilities allowed) =>
        CapabilityCut.TryOfInitialize(Encoding.UTF8.GetBytes(answer), allowed, out var cut, out var problem) ? Text(cut) : problem;

    private static string Discover(string answer, AllowedCapabilities allowed) =>
        CapabilityCut.TryOfDiscover(Encoding.UTF8.GetBytes(answer), allowed, out var cut, out var problem) ? Text(cut) : problem;

    private static string Request(string request, AllowedCapabilities allowed) =>
        CapabilityCut.TryOfRequest(Encoding.UTF8.GetBytes(request), allowed, out var cut, out var problem) ? Text(cut) : problem;

    private static string Text(ReadOnlyMemory<byte> message) => Encoding.UTF8.GetString(message.Span);
}
