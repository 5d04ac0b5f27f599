using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Mcp.Messages;

public sealed class McpAnswerTests
{
    [Fact]
    public void A_result_is_read_as_slices_of_its_text()
    {
        var text = MessageText.Utf8(
            """
            {"jsonrpc":"2.0","id":"a","result":{"resultType":"complete","content":[{"type":"text","text":"x"}],
            "structuredContent":{"rows":[1,2]},"isError":true,"nextCursor":"n","requestState":"s",
            "_meta":{"io.modelcontextprotocol/serverInfo":{}}}}
            """
        );

        var answer = Read(text);

        Assert.Equal((MessageKind.Response, McpResultType.Complete, true), (answer.Kind, answer.ResultType, answer.IsError));
        Assert.Equal("""[{"type":"text","text":"x"}]""", Raw(answer.Content));
        Assert.Equal("""{"rows":[1,2]}""", Raw(answer.StructuredContent));
        Assert.Equal("n", answer.NextCursor.GetText(text));
        Assert.Equal("s", answer.RequestState.GetText(text));
        Assert.Equal("""{"type":"text","text":"x"}""", Raw(Items(text, answer.Content).Single()));
        string Raw(McpSlice slice) => Encoding.UTF8.GetString(slice.Of(text));
    }

    [Theory]
    [InlineData("", McpResultType.Unsaid)]
    [InlineData("\"resultType\":\"complete\"", McpResultType.Complete)]
    [InlineData("\"resultType\":\"input_requ\\u0069red\"", McpResultType.InputRequired)]
    [InlineData("\"resultType\":\"task\"", McpResultType.Task)]
    [InlineData("\"resultType\":\"Complete\"", McpResultType.Unknown)]
    [InlineData("\"resultType\":\"\"", McpResultType.Unknown)]
    [InlineData("\"resultType\":\"vendor/odd\"", McpResultType.Unknown)]
    public void The_type_of_a_result_is_told_and_an_unknown_one_is_not_complete(string member, McpResultType expected) =>
        Assert.Equal(expected, Read(MessageText.Utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{" + member + "}}")).ResultType);

    [Theory]
    [InlineData("\"isError\":\"true\"")]
    [InlineData("\"isError\":null")]
    [InlineData("\"IsError\":true")]
    [InlineData("\"is_error\":true")]
    [InlineData("\"resultType\":1")]
    [InlineData("\"content\":{}")]
    [InlineData("\"structured_content\":{}")]
    [InlineData("\"tools\":{}")]
    [InlineData("\"Tools\":[]")]
    [InlineData("\"nextCursor\":null")]
    [InlineData("\"inputRequests\":[]")]
    [InlineData("\"requestState\":{}")]
    [InlineData("\"taskId\":1")]
    [InlineData("\"content\":[],\"content\":[]")]
    [InlineData("\"_meta\":{\"Progress_Token\":1}")]
    public void A_result_that_readers_take_differently_is_refused(string member) =>
        Refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{" + member + "}}");

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":{}}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}} {}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"Result":{}}""")]
    [InlineData("""{"id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":"1","message":""}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":""}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"message":"x"}}""")]
    public void A_servers_message_is_read_as_strictly_as_a_clients(string text) => Refused(text);

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"a","result":{}}""", AnswerPlace.Answer)]
    [InlineData("""{"jsonrpc":"2.0","id":"\u0061","result":{}}""", AnswerPlace.Answer)]
    [InlineData("""{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"x"}}""", AnswerPlace.Answer)]
    [InlineData("""{"jsonrpc":"2.0","id":"A","result":{}}""", AnswerPlace.Unknown)]
    [InlineData("""{"jsonrpc":"2.0","id":"b","error":{"code":1,"message":"x"}}""", AnswerPlace.Unknown)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", AnswerPlace.Unknown)]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":1,"message":"x"}}""", AnswerPlace.Unaddressed)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x","odd":1}}""", AnswerPlace.Unaddressed)]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":"ping"}""", AnswerPlace.Aside)]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}""", AnswerPlace.Aside)]
    public void An_answer_is_told_from_all_else_by_the_value_of_its_id(string text, AnswerPlace expected)
    {
        var bytes = MessageText.Utf8(text);
        var answer = Read(bytes);
        Assert.Equal(expected, new McpExchange("\"a\""u8).Take(in answer, bytes));
    }

    [Fact]
    public void A_number_is_another_id_than_the_string_of_it()
    {
        var text = MessageText.Utf8("""{"jsonrpc":"2.0","id":"1","result":{}}""");
        var answer = Read(text);
        Assert.Equal(AnswerPlace.Unknown, new McpExchange("1"u8).Take(in answer, text));
    }

    [Fact]
    public void A_second_answer_is_told_from_the_first()
    {
        var text = MessageText.Utf8("""{"jsonrpc":"2.0","id":7,"result":{}}""");
        var answer = Read(text);
        var exchange = new McpExchange("7"u8);
        Assert.False(exchange.IsAnswered);
        Assert.Equal(AnswerPlace.Answer, exchange.Take(in answer, text));
        Assert.True(exchange.IsAnswered);
        Assert.Equal(AnswerPlace.Again, exchange.Take(in answer, text));
    }

    [Fact]
    public void Nothing_answers_an_exchange_without_an_id_or_with_no_message()
    {
        var text = MessageText.Utf8("""{"jsonrpc":"2.0","id":7,"result":{}}""");
        var answer = Read(text);
        Assert.Equal(AnswerPlace.Unknown, new McpExchange(default).Take(in answer, text));
        Assert.Equal(AnswerPlace.Unknown, new McpExchange("7"u8).Take(default, default));
    }

    [Fact]
    public void An_answer_to_any_id_is_that_requests_and_no_other() =>
        Prop.ForAll(
                MessageText.Ids,
                MessageText.Ids,
                (id, other) =>
                {
                    var text = MessageText.Utf8($$"""{"jsonrpc":"2.0","result":{},"id":{{id}} }""");
                    var answer = Read(text);
                    var isSame = JsonNode.DeepEquals(JsonNode.Parse(id), JsonNode.Parse(other));
                    return new McpExchange(MessageText.Utf8(id)).Take(in answer, text) == AnswerPlace.Answer
                        && new McpExchange(MessageText.Utf8(other)).Take(in answer, text)
                            == (isSame ? AnswerPlace.Answer : AnswerPlace.Unknown);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(McpAct.CallTool, McpEras.Modern, "Unsaid Complete InputRequired Task")]
    [InlineData(McpAct.GetPrompt, McpEras.Modern, "Unsaid Complete InputRequired")]
    [InlineData(McpAct.ReadResource, McpEras.Modern, "Unsaid Complete InputRequired")]
    [InlineData(McpAct.ListTools, McpEras.Modern, "Unsaid Complete")]
    [InlineData(McpAct.GetTask, McpEras.Modern, "Unsaid Complete")]
    [InlineData(McpAct.CallTool, McpEras.Legacy, "Unsaid Complete")]
    [InlineData(McpAct.GetPrompt, McpEras.Legacy, "Unsaid Complete")]
    [InlineData(McpAct.ReadResource, McpEras.Legacy, "Unsaid Complete")]
    public void A_method_allows_the_results_that_the_specification_gives_it(McpAct act, McpEras era, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', Enum.GetValues<McpResultType>().Where(type => McpMethods.All.Single(row => row.Act == act).Allows(type, era)))
        );

    [Fact]
    public void A_finished_tasks_result_is_read_as_strictly()
    {
        var text = MessageText.Utf8(
            """{"jsonrpc":"2.0","id":1,"result":{"taskId":"t","status":"completed","result":{"content":[1],"isError":true}}}"""
        );
        var answer = Read(text);
        var inner = answer[McpMember.TaskResult].Of(text);

        Assert.Equal("t", answer.TaskId.GetText(text));
        Assert.False(answer.IsError || answer.Content.IsPresent);
        Assert.True(McpAnswer.TryReadInner(inner, out var result, out _));
        Assert.True(result.IsError);
        Assert.Equal("[1]", Encoding.UTF8.GetString(result.Content.Of(inner)));
        Assert.False(McpAnswer.TryReadInner("""{"content":[],"Content":[]}"""u8, out _, out _));
        Assert.False(McpAnswer.TryReadInner("""{"content":[]} x"""u8, out _, out _));
        Assert.False(McpAnswer.TryReadInner("[]"u8, out _, out _));
    }

    [Fact]
    public void Input_requests_are_read_by_key_with_what_they_send_the_user_to()
    {
        var requests = MessageText.Utf8(
            """
            {"k\u0031":{"method":"elicitation/create","params":{"mode":"url","url":"https://a.example/x","message":"Go"}},
             "k2":{"method":"sampling/createMessage","params":{"messages":[]}},"k3":{"method":"roots/list"}}
            """
        );

        Assert.True(McpInputRequests.TryRead(requests, out var read));

        Assert.Equal([("k1", McpAct.Elicit), ("k2", McpAct.Sample), ("k3", McpAct.ListRoots)], read.Select(one => (one.Key, one.Act)));
        Assert.Equal("https://a.example/x", read[0].Url.GetText(requests));
        Assert.Equal("url", read[0].Mode.GetText(requests));
        Assert.Equal("""{"messages":[]}""", Encoding.UTF8.GetString(read[1].Params.Of(requests)));
        Assert.False(read[2].Params.IsPresent || read[1].Url.IsPresent);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"a":{"method":"tools/call"}}""")]
    [InlineData("""{"a":{"method":"roots/list"},"b":{"method":"vendor/odd"}}""")]
    [InlineData("""{"a":{"method":"roots/list"},"a":{"method":"roots/list"}}""")]
    [InlineData("""{"a":{"method":"roots/list","Method":"x"}}""")]
    [InlineData("""{"a":{"method":"elicitation/create","params":{"url":1}}}""")]
    [InlineData("""{"a":{"method":"elicitation/create","params":{"Url":"https://b.example","url":"https://a.example"}}}""")]
    [InlineData("""{"a":{"method":"elicitation/create","params":[]}}""")]
    public void Input_requests_of_which_one_cannot_be_read_are_refused(string requests) =>
        Assert.False(McpInputRequests.TryRead(MessageText.Utf8(requests), out _));

    [Fact]
    public void Items_are_those_of_the_array_and_of_nothing_else() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string[]>(),
                texts =>
                {
                    var known = texts.Where(text => text is not null).ToArray();
                    var text = MessageText.Utf8(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":" + JsonSerializer.Serialize(known) + "}}"
                    );
                    var answer = Read(text);
                    return Items(text, answer.Content).Select(item => item.GetText(text)).SequenceEqual(known.Select(Repaired))
                        && Items(text, answer.Result).Count == 0
                        && Items(text, default).Count == 0;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_gateway_answers_is_read_back()
    {
        var output = new ArrayBufferWriter<byte>();
        McpReply.FailedCall(output, "\"a\\u0062\""u8, McpEras.Modern, "No: \"x\" \u00e9", """{"id":"d1"}"""u8);
        var text = output.WrittenSpan.ToArray();
        var answer = Read(text);

        Assert.Equal((McpResultType.Complete, true), (answer.ResultType, answer.IsError));
        Assert.Equal(AnswerPlace.Answer, new McpExchange("\"ab\""u8).Take(in answer, text));
        var result = JsonNode.Parse(answer.Result.Of(text))!;
        Assert.Equal("No: \"x\" \u00e9", (string?)result["content"]![0]!["text"]);
        Assert.Equal("d1", (string?)result["_meta"]!["gateway/decision"]!["id"]);
    }

    [Fact]
    public void A_legacy_result_has_no_type() =>
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":{}}""", Written(output => McpReply.Done(output, "1"u8, McpEras.Legacy)));

    [Fact]
    public void A_modern_result_has_one() =>
        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete"}}""",
            Written(output => McpReply.Done(output, "1"u8, McpEras.Modern))
        );

    [Fact]
    public void An_error_echoes_the_id_or_has_none()
    {
        Assert.StartsWith(
            """{"jsonrpc":"2.0","id":"x\u0061","error":{"code":-32601,""",
            Written(output => McpReply.Error(output, "\"x\\u0061\""u8, McpFaults.MethodNotFound)),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            """{"jsonrpc":"2.0","error":{"code":-32700,""",
            Written(output => McpReply.Error(output, default, McpFaults.NotJson)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Errors_carry_their_data() =>
        Assert.EndsWith(
            "\"data\":{\"requiredCapabilities\":{\"sampling\":{}}}}}",
            Written(output => McpReply.Error(output, "1"u8, McpFaults.MissingCapability("{\"sampling\":{}}"u8))),
            StringComparison.Ordinal
        );

    [Fact]
    public void No_fault_uses_a_code_that_is_reserved_for_others() =>
        Assert.All(
            [
                McpFaults.NotThere("tool"),
                McpFaults.Refused(403, "x", ReasonCode.PolicyRule),
                McpFaults.UnsupportedVersion("x"),
                McpFaults.Id,
            ],
            fault => Assert.True(fault.Code is > 0 or -32700 or (>= -32603 and <= -32600) or (>= -32022 and <= -32020), $"{fault.Code}")
        );

    [Fact]
    public void A_legacy_client_gets_no_404_for_a_method_since_it_would_take_it_for_the_session()
    {
        Assert.Equal((404, 200), (McpFaults.MethodNotFound.StatusIn(McpEras.Modern), McpFaults.MethodNotFound.StatusIn(McpEras.Legacy)));
        Assert.Equal((400, 200), (McpFaults.Params.StatusIn(McpEras.Modern), McpFaults.Params.StatusIn(McpEras.Legacy)));
        Assert.Equal((404, 400), (McpFaults.MethodNotFound.StatusIn(McpEras.None), McpFaults.NotJson.StatusIn(McpEras.Legacy)));
    }

    [Fact]
    public void A_legacy_client_is_sent_to_a_page_by_an_error() =>
        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":-32042,"message":"Approve","data":{"elicitations":[{"mode":"url"}]}}}""",
            Written(output =>
                McpReply.Error(output, "1"u8, McpFaults.UrlElicitation("""[{"mode":"url"}]"""u8, "Approve", ReasonCode.ApprovalRequired))
            )
        );

    [Fact]
    public void A_question_asks_for_something()
    {
        var text = MessageText.Utf8(
            Written(output => McpReply.InputRequired(output, "1"u8, """{"a":{"method":"roots/list"}}"""u8, "sealed"))
        );
        var answer = Read(text);
        Assert.Equal(McpResultType.InputRequired, answer.ResultType);
        Assert.Equal("sealed", answer.RequestState.GetText(text));
        Assert.True(McpInputRequests.TryRead(answer.InputRequests.Of(text), out _));
        Assert.Throws<ArgumentException>(() => Written(output => McpReply.InputRequired(output, "1"u8, default, null)));
        Assert.Throws<ArgumentException>(() => Written(output => McpReply.Done(output, default, McpEras.Modern)));
    }

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Repaired(string text) => JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text))!;

    private static List<McpSlice> Items(byte[] text, McpSlice array)
    {
        var items = new List<McpSlice>();
        foreach (var item in new McpItems(text, array))
        {
            items.Add(item);
        }

        return items;
    }

    private static McpAnswer Read(byte[] text)
    {
        Assert.True(McpAnswer.TryRead(text, out var answer, out var fault), fault?.Message);
        return answer;
    }

    private static void Refused(string text)
    {
        Assert.False(McpAnswer.TryRead(MessageText.Utf8(text), out var answer, out _));
        Assert.Equal(MessageKind.None, answer.Kind);
        Assert.False(answer.Result.IsPresent);
    }
}
