using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Connectors.Tests.Mcp.Messages;

public sealed class McpMethodsTests
{
    [Theory]
    [InlineData("initialize", McpEras.Modern)]
    [InlineData("ping", McpEras.Modern)]
    [InlineData("logging/setLevel", McpEras.Modern)]
    [InlineData("resources/subscribe", McpEras.Modern)]
    [InlineData("server/discover", McpEras.Legacy)]
    [InlineData("subscriptions/listen", McpEras.Legacy)]
    [InlineData("tasks/get", McpEras.Legacy)]
    [InlineData("tasks/result", McpEras.Legacy)]
    [InlineData("tasks/result", McpEras.Modern)]
    [InlineData("tasks/list", McpEras.Modern)]
    [InlineData("sampling/createMessage", McpEras.Legacy)]
    [InlineData("tools/Call", McpEras.Legacy)]
    [InlineData("tools/call ", McpEras.Modern)]
    [InlineData("", McpEras.Legacy)]
    [InlineData("tools/list", McpEras.None)]
    [InlineData("tools/list", McpEras.Legacy | McpEras.Modern)]
    public void A_method_of_no_table_or_of_another_era_or_side_is_not_found(string name, McpEras era)
    {
        var fault = NotFound(MessageText.Legacy(name), era);
        Assert.Same(McpFaults.MethodNotFound, fault);
        Assert.Equal((-32601, 404), (fault.Code, fault.Status));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"notifications/cancelled"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/list"}""")]
    public void A_request_sent_as_a_notification_and_the_reverse_are_not_found(string body) =>
        Assert.Same(McpFaults.MethodNotFound, NotFound(MessageText.Utf8(body), McpEras.Legacy));

    [Theory]
    [InlineData("tools/call", "{}")]
    [InlineData("tools/call", """{"name":""}""")]
    [InlineData("tools/call", """{"uri":"a"}""")]
    [InlineData("resources/read", """{"name":"a"}""")]
    [InlineData("completion/complete", "{}")]
    [InlineData("initialize", "{}")]
    public void A_request_that_does_not_name_what_it_acts_on_has_invalid_params(string name, string parameters) =>
        Assert.Same(McpFaults.NameMissing, NotFound(MessageText.Legacy(name, parameters), McpEras.Legacy));

    [Fact]
    public void A_method_is_found_however_it_is_escaped()
    {
        var body = MessageText.Legacy("t\\u006f\\u006fls\\/c\\u0061ll", """{"name":"a"}""");
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        Assert.True(McpMethods.TryFind(in message, body, McpEras.Legacy, out var method, out _));
        Assert.Equal(McpAct.CallTool, method.Act);
    }

    [Fact]
    public void Every_method_of_a_client_is_found_in_its_eras()
    {
        foreach (var row in McpMethods.All.Where(row => row.Senders.HasFlag(McpSenders.Client) && row.Kind == MessageKind.Request))
        {
            var body = MessageText.Modern(
                row.Name,
                """
                ,"name":"a","uri":"b","taskId":"c","ref":{"type":"ref/prompt","name":"d"},"level":"info","notifications":{},
                "protocolVersion":"e"
                """
            );
            Assert.True(McpMessageReader.TryRead(body, out var message, out _));
            foreach (var era in new[] { McpEras.Legacy, McpEras.Modern })
            {
                Assert.Equal(row.Eras.HasFlag(era), McpMethods.TryFind(in message, body, era, out var found, out _));
                Assert.Same(row.Eras.HasFlag(era) ? row : null, found);
            }
        }
    }

    [Fact]
    public void Every_method_is_judged_as_something() =>
        Assert.All(McpMethods.All, row => Assert.True(row.Judged != McpJudged.None && row.Act != McpAct.None && row.Eras != McpEras.None));

    [Fact]
    public void Only_the_six_that_the_specification_names_have_a_name_header() =>
        Assert.Equal(
            ["prompts/get", "resources/read", "tasks/cancel", "tasks/get", "tasks/update", "tools/call"],
            McpMethods.All.Where(row => row.HasNameHeader).Select(row => row.Name).Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("sampling/createMessage", McpEras.Legacy, McpAct.Sample)]
    [InlineData("elicitation/create", McpEras.Legacy, McpAct.Elicit)]
    [InlineData("roots/list", McpEras.Legacy, McpAct.ListRoots)]
    [InlineData("ping", McpEras.Legacy, McpAct.Ping)]
    [InlineData("sampling/createMessage", McpEras.Modern, McpAct.None)]
    [InlineData("tools/call", McpEras.Legacy, McpAct.None)]
    public void A_server_asks_in_the_legacy_era_only(string name, McpEras era, McpAct expected)
    {
        var text = MessageText.Legacy(name);
        Assert.True(McpAnswer.TryRead(text, out var answer, out _));
        Assert.Equal(expected, McpMethods.TryFind(in answer, text, era, out var method) ? method.Act : McpAct.None);
    }

    [Theory]
    [InlineData("""{"ref":{"type":"ref/prompt","name":"a"}}""", McpMember.RefName)]
    [InlineData("""{"ref":{"type":"ref/resource","uri":"a"}}""", McpMember.RefUri)]
    [InlineData("""{"ref":{"type":"ref/prompt","name":"a","uri":"b"}}""", McpMember.None)]
    [InlineData("""{"ref":{"type":"ref/prompt","uri":"b"}}""", McpMember.None)]
    [InlineData("""{"ref":{"type":"ref/prompt","name":""}}""", McpMember.None)]
    [InlineData("""{"ref":{"type":"ref/tool","name":"a"}}""", McpMember.None)]
    [InlineData("""{"ref":{"name":"a"}}""", McpMember.None)]
    [InlineData("{}", McpMember.None)]
    public void A_completion_is_of_the_one_thing_that_its_type_names(string parameters, McpMember expected)
    {
        var body = MessageText.Legacy("completion/complete", parameters);
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        Assert.Equal(expected != McpMember.None, CompletionSubject.TryTell(in message, body, out var subject));
        Assert.Equal(expected, subject);
    }

    private static McpFault NotFound(byte[] body, McpEras era)
    {
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        Assert.False(McpMethods.TryFind(in message, body, era, out var method, out var fault));
        Assert.Null(method);
        return fault;
    }
}
