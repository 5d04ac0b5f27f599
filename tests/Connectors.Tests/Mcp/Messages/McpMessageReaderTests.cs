using System.Text;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Connectors.Tests.Mcp.Messages;

public sealed class McpMessageReaderTests
{
    [Fact]
    public void A_call_is_read_as_slices_of_its_body()
    {
        var body = MessageText.Utf8(
            """
            {"method":"tools/call","params":{"name":"del\u0065te","arguments":{"id":"7","deep":[{"name":"other"}]},
            "_meta":{"progressToken":3,"io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/clientInfo":{"name":"kit"},
            "io.modelcontextprotocol/clientCapabilities":{"sampling":{}}},
            "requestState":"abc","inputResponses":{"a":{}}},"jsonrpc":"2.0","id":"x"}
            """
        );

        Assert.True(McpMessageReader.TryRead(body, out var message, out _));

        Assert.Equal(MessageKind.Request, message.Kind);
        Assert.Equal("\"x\"", Raw(message.Id));
        Assert.Equal("tools/call", message.Method.GetText(body));
        Assert.Equal("delete", message.Name.GetText(body));
        Assert.Equal("""{"id":"7","deep":[{"name":"other"}]}""", Raw(message.Arguments));
        Assert.Equal("3", Raw(message.ProgressToken));
        Assert.Equal("2026-07-28", message.MetaVersion.GetText(body));
        Assert.Equal("""{"name":"kit"}""", Raw(message[McpMember.MetaClientInfo]));
        Assert.Equal("""{"sampling":{}}""", Raw(message.MetaCapabilities));
        Assert.Equal("abc", message.RequestState.GetText(body));
        Assert.Equal("""{"a":{}}""", Raw(message.InputResponses));
        Assert.False(message.Uri.IsPresent || message.Cursor.IsPresent || message.Task.IsPresent || message.TaskId.IsPresent);
        string Raw(McpSlice slice) => Encoding.UTF8.GetString(slice.Of(body));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":0,"method":"ping"}""", MessageKind.Request)]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", MessageKind.Notification)]
    [InlineData("""{"jsonrpc":"2.0","id":"a","result":{"content":{"type":"text"},"isError":"odd"}}""", MessageKind.Response)]
    [InlineData("""{"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"User rejected"}}""", MessageKind.ErrorResponse)]
    public void The_kind_is_told_by_the_members(string body, MessageKind kind)
    {
        Assert.True(McpMessageReader.TryRead(MessageText.Utf8(body), out var message, out _));
        Assert.Equal(kind, message.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} x""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}{}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping",}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","m\u0065thod":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"b":[{"c":1,"c":2}]}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\uD800"}}""")]
    [InlineData("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")]
    public void What_is_not_strict_json_is_a_parse_error_without_an_id(string body) => Refused(body, McpFaults.NotJson, null);

    [Fact]
    public void Nesting_ends_at_64()
    {
        static string Nested(int depth) =>
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":{\"b\":"
            + new string('[', depth)
            + new string(']', depth)
            + "}}}";
        Assert.True(McpMessageReader.TryRead(MessageText.Utf8(Nested(61)), out _, out _));
        Refused(Nested(62), McpFaults.NotJson, null);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""")]
    public void Batches_are_refused(string body) => Refused(body, McpFaults.Batch, null);

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"ping\"")]
    public void What_is_no_object_is_refused(string body) => Refused(body, McpFaults.NotObject, null);

    [Theory]
    [InlineData("Method")]
    [InlineData("METHOD")]
    [InlineData("json-rpc")]
    [InlineData("ID")]
    [InlineData("Params")]
    [InlineData("me\\u200bthod")]
    public void Another_spelling_of_an_envelope_name_is_refused(string name) =>
        Refused($$"""{"jsonrpc":"2.0","id":1,"method":"ping","{{name}}":"x"}""", McpFaults.Spelling, "1");

    [Theory]
    [InlineData("Name")]
    [InlineData("ARGUMENTS")]
    [InlineData("meta")]
    [InlineData("_Meta")]
    [InlineData("request_state")]
    [InlineData("task_id")]
    [InlineData("input-responses")]
    public void Another_spelling_of_a_params_name_is_refused(string name) =>
        Refused($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"{{{name}}}":{},"name":"a"}}""", McpFaults.Spelling, "1");

    [Theory]
    [InlineData("ProgressToken")]
    [InlineData("progress_token")]
    [InlineData("io.modelcontextprotocol/protocol_version")]
    [InlineData("io.modelcontextprotocol/ProtocolVersion")]
    [InlineData("IO.modelcontextprotocol/clientCapabilities")]
    public void Another_spelling_of_a_meta_name_is_refused(string name) =>
        Refused($$$$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"{{{{name}}}}":"a"}}}""", McpFaults.Spelling, "1");

    [Fact]
    public void Names_of_arguments_that_differ_in_case_pass_only_to_a_server_that_tells_them_apart()
    {
        var body = MessageText.Utf8(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"Name":1,"name":2},"vendor":{"Uri":1}}}"""
        );

        Assert.True(McpMessageReader.TryRead(body, out _, out _, isLoose: false));
        Assert.False(McpMessageReader.TryRead(body, out _, out var fault));
        Assert.Same(McpFaults.NotJson, fault);
    }

    [Theory]
    [InlineData("trace")]
    [InlineData("session")]
    [InlineData("")]
    public void An_unknown_member_beside_the_envelope_is_refused(string name) =>
        Refused($$"""{"jsonrpc":"2.0","id":1,"method":"ping","{{name}}":1}""", McpFaults.Unknown, "1");

    [Theory]
    [InlineData("""{"id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""")]
    public void The_version_of_json_rpc_must_be_the_string_2_0(string body)
    {
        Assert.False(McpMessageReader.TryRead(MessageText.Utf8(body), out _, out var fault));
        Assert.Equal(McpCodes.InvalidRequest, fault.Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1.0")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("-0")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("99999999999999999999")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    public void An_id_that_readers_take_differently_is_refused_and_not_echoed(string id) =>
        Refused($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""", McpFaults.Id, null);

    [Fact]
    public void An_id_ends_at_256_bytes()
    {
        Assert.True(McpMessageReader.TryRead(WithId(256), out _, out _));
        Assert.False(McpMessageReader.TryRead(WithId(257), out _, out var fault));
        Assert.Same(McpFaults.Id, fault);
        static byte[] WithId(int length) => MessageText.Utf8($$"""{"jsonrpc":"2.0","id":"{{new string('a', length)}}","method":"ping"}""");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"ping","error":{"code":1,"message":""}}""")]
    public void Members_that_make_no_kind_of_message_are_refused(string body)
    {
        Assert.False(McpMessageReader.TryRead(MessageText.Utf8(body), out var message, out var fault));
        Assert.Same(McpFaults.Kind, fault);
        Assert.Equal(MessageKind.None, message.Kind);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":1,"message":""}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}}""")]
    public void A_clients_error_must_say_what_it_answers(string body) => Refused(body, McpFaults.Id, null);

    [Theory]
    [InlineData("\"method\":1")]
    [InlineData("\"method\":null")]
    [InlineData("\"method\":\"ping\",\"params\":null")]
    [InlineData("\"method\":\"ping\",\"params\":[]")]
    [InlineData("\"result\":null")]
    [InlineData("\"result\":[1]")]
    [InlineData("\"error\":\"broken\"")]
    public void An_envelope_member_of_another_type_is_refused(string member) =>
        Refused($$"""{"jsonrpc":"2.0","id":1,{{member}}}""", McpFaults.Shape, "1");

    [Theory]
    [InlineData("\"name\":1")]
    [InlineData("\"name\":null")]
    [InlineData("\"uri\":{}")]
    [InlineData("\"arguments\":null")]
    [InlineData("\"arguments\":[]")]
    [InlineData("\"arguments\":\"{}\"")]
    [InlineData("\"_meta\":null")]
    [InlineData("\"_meta\":{\"progressToken\":1.5}")]
    [InlineData("\"_meta\":{\"progressToken\":null}")]
    [InlineData("\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":1}")]
    [InlineData("\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":[]}")]
    [InlineData("\"cursor\":1")]
    [InlineData("\"taskId\":7")]
    [InlineData("\"requestState\":{}")]
    [InlineData("\"inputResponses\":[]")]
    [InlineData("\"task\":true")]
    [InlineData("\"ref\":\"ref/prompt\"")]
    [InlineData("\"ref\":{\"name\":1}")]
    [InlineData("\"notifications\":{\"resourceSubscriptions\":[\"a\",1]}")]
    [InlineData("\"notifications\":{\"taskIds\":\"a\"}")]
    [InlineData("\"requestId\":1.5")]
    public void A_params_member_of_another_type_is_refused(string member) =>
        Refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + member + "}}", McpFaults.Params, "1");

    [Fact]
    public void No_fault_quotes_the_message() =>
        Assert.All(
            [McpFaults.NotJson, McpFaults.Unknown, McpFaults.Spelling, McpFaults.Id, McpFaults.Params, McpFaults.NameMissing],
            fault => Assert.DoesNotContain("{", fault.Message, StringComparison.Ordinal)
        );

    private static void Refused(string body, McpFault expected, string? id)
    {
        var bytes = MessageText.Utf8(body);
        Assert.False(McpMessageReader.TryRead(bytes, out _, out _));
        Assert.False(McpMessageReader.TryRead(bytes, out var message, out var fault, isLoose: false));
        Assert.Same(expected, fault);
        Assert.Equal(MessageKind.None, message.Kind);
        Assert.Equal(id, message.Id.IsPresent ? Encoding.UTF8.GetString(message.Id.Of(bytes)) : null);
    }
}
