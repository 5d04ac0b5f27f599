using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Connectors.Tests.Mcp.Messages;

public sealed class McpHeadersTests
{
    private static readonly McpParamHeader Region = new("Region", "/region", McpParamType.Text);
    private static readonly McpParamHeader Count = new("Count", "/page/count", McpParamType.Integer);
    private static readonly McpParamHeader Deep = new("Deep", ["page", "de/ep"], McpParamType.Boolean);

    [Fact]
    public void Headers_made_from_a_body_agree_with_it() =>
        Prop.ForAll(
                MessageText.AnyText,
                MessageText.AnyText,
                ArbMap.Default.ArbFor<int>(),
                (name, region, count) =>
                {
                    var body = MessageText.Call(
                        name,
                        new JsonObject
                        {
                            ["region"] = region,
                            ["page"] = new JsonObject { ["count"] = count },
                        }
                    );
                    var headers = Made(body);
                    return headers.All(line => line.Value.All(c => c is >= ' ' and <= '~' or '\t'))
                        && headers.Count == 5
                        && FaultOf(body, headers) is null;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_of_another_body_is_a_mismatch() =>
        Prop.ForAll(
                MessageText.AnyText,
                MessageText.AnyText,
                Gen.Choose(0, 4).ToArbitrary(),
                (one, other, at) =>
                {
                    if (one == other)
                    {
                        return true;
                    }

                    var headers = Made(Body(one, 1));
                    var others = Made(Body(other, 2));
                    headers[at] = others[at];
                    var isSame = at < 2; // Version and method are those of both.
                    return FaultOf(Body(one, 1), headers) is null == isSame;
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, -32020)]
    [InlineData(1, -32020)]
    [InlineData(2, -32020)]
    [InlineData(3, -32020)]
    [InlineData(4, -32020)]
    public void A_modern_request_must_have_each(int missing, int code)
    {
        var body = Body("a", 1);
        var headers = Made(body);
        headers.RemoveAt(missing);
        Assert.Equal(code, FaultOf(body, headers)?.Code);
    }

    [Fact]
    public void A_header_that_comes_twice_is_a_mismatch_even_with_one_value()
    {
        var body = Body("a", 1);
        foreach (var line in Made(body))
        {
            Assert.Equal(McpCodes.HeaderMismatch, FaultOf(body, [.. Made(body), line])?.Code);
        }
    }

    [Theory]
    [InlineData("mcp-method", "tools/call", true)]
    [InlineData("MCP-METHOD", " tools/call", false)]
    [InlineData("Mcp-Method", "TOOLS/CALL", false)]
    [InlineData("Mcp-Method", "=?base64?dG9vbHMvY2FsbA==?=", false)]
    [InlineData("Mcp-Method", "", false)]
    public void The_methods_name_is_compared_letter_by_letter_and_the_headers_without_case(string name, string value, bool agrees) =>
        Assert.Equal(agrees, FaultOf(Body("a", 1), Changed("Mcp-Method", name, value)) is null);

    [Theory]
    [InlineData("a", true)]
    [InlineData("  a\t", true)]
    [InlineData("=?base64?YQ==?=", true)]
    [InlineData("A", false)]
    [InlineData("a,a", false)]
    [InlineData("=?BASE64?YQ==?=", false)]
    [InlineData("=?base64?YQ?=", false)]
    [InlineData("=?base64?YR==?=", false)]
    [InlineData("=?base64?YQ= =?=", false)]
    [InlineData("=?base64?Y!Q==?=", false)]
    [InlineData("=?base64?YQ==", false)]
    [InlineData("=?base64?=", false)]
    [InlineData("\u0430", false)]
    [InlineData("a\u007f", false)]
    [InlineData("a\0", false)]
    [InlineData("", false)]
    public void A_name_may_be_encoded_in_one_form(string value, bool agrees) =>
        Assert.Equal(agrees, FaultOf(Body("a", 1), Changed("Mcp-Name", "Mcp-Name", value)) is null);

    [Theory]
    [InlineData("=?base64?SGVsbG8=")]
    [InlineData("SGVsbG8=")]
    [InlineData("=?BASE64?SGVsbG8=?=")]
    public void What_lacks_a_marker_is_taken_literally(string text)
    {
        var body = MessageText.Call("a", new JsonObject { ["region"] = text });
        Assert.Null(FaultOf(body, [.. Made(MessageText.Call("a")), new("Mcp-Param-Region", text)]));
    }

    [Theory]
    [InlineData("42", "42", true)]
    [InlineData("42", "42.0", true)]
    [InlineData("42.000", "4.2e1", true)]
    [InlineData("420", "42E+1", true)]
    [InlineData("-7", "-7", true)]
    [InlineData("0", "-0", true)]
    [InlineData("9007199254740991", "9007199254740991.0", true)]
    [InlineData("9007199254740991", "9007199254740991.00000000000000000000000001", false)]
    [InlineData("9007199254740992", "9007199254740992", false)]
    [InlineData("42", "43", false)]
    [InlineData("42", "+42", false)]
    [InlineData("42", "042", false)]
    [InlineData("42", "0x2a", false)]
    [InlineData("42", "4 2", false)]
    [InlineData("42", "42.", false)]
    [InlineData("42", "42,0", false)]
    [InlineData("42", "", false)]
    [InlineData("1.5", "1.5", false)]
    [InlineData("1e400", "1e400", false)]
    [InlineData("\"42\"", "42", false)]
    public void Integers_agree_by_value_and_nothing_is_rounded(string inBody, string inHeader, bool agrees)
    {
        var body = MessageText.Utf8(
            System
                .Text.Encoding.UTF8.GetString(MessageText.Call("a"))
                .Replace("\"arguments\":{}", "\"arguments\":{\"page\":{\"count\":" + inBody + "}}", StringComparison.Ordinal)
        );
        List<KeyValuePair<string, string>> headers = [.. Made(MessageText.Call("a")), new("Mcp-Param-Count", inHeader)];
        Assert.Equal(agrees, FaultOf(body, headers) is null);
    }

    [Fact]
    public void Integers_of_one_value_agree_however_they_are_written() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                Gen.Choose(0, 6).ToArbitrary(),
                (number, zeros) =>
                {
                    var text = number.ToString(CultureInfo.InvariantCulture);
                    var padded = text + "." + new string('0', zeros + 1);
                    var scaled = (number == 0 ? "0" : text + new string('0', zeros)) + "e-" + zeros.ToString(CultureInfo.InvariantCulture);
                    return Parsed(text) == number && Parsed(padded) == number && Parsed(scaled) == number;
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("true", "true", true)]
    [InlineData("false", "false", true)]
    [InlineData("true", "false", false)]
    [InlineData("true", "True", false)]
    [InlineData("\"true\"", "true", false)]
    [InlineData("1", "1", false)]
    public void Booleans_agree_in_lower_case(string inBody, string inHeader, bool agrees)
    {
        var body = MessageText.Utf8(
            System
                .Text.Encoding.UTF8.GetString(MessageText.Call("a"))
                .Replace("\"arguments\":{}", "\"arguments\":{\"page\":{\"de/ep\":" + inBody + "}}", StringComparison.Ordinal)
        );
        List<KeyValuePair<string, string>> headers = [.. Made(MessageText.Call("a")), new("mcp-param-DEEP", inHeader)];
        Assert.Equal(agrees, FaultOf(body, headers) is null);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"region":null}""")]
    [InlineData("""{"page":{"region":"x"}}""")]
    public void An_argument_that_is_absent_or_null_has_no_header(string arguments)
    {
        var body = MessageText.Call("a", JsonNode.Parse(arguments));
        Assert.Null(FaultOf(body, Made(MessageText.Call("a"))));
        Assert.Equal(McpCodes.HeaderMismatch, FaultOf(body, [.. Made(MessageText.Call("a")), new("Mcp-Param-Region", "x")])?.Code);
        Assert.Equal(McpCodes.HeaderMismatch, FaultOf(body, [.. Made(MessageText.Call("a")), new("Mcp-Param-Region", "")])?.Code);
    }

    [Fact]
    public void A_parameter_that_the_schema_does_not_name_goes_on() =>
        Assert.Null(FaultOf(MessageText.Call("a"), [.. Made(MessageText.Call("a")), new("Mcp-Param-Other", "x")]));

    [Fact]
    public void A_notification_needs_none_and_what_it_sends_must_agree()
    {
        var body = MessageText.Utf8("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"a"}}""");
        Assert.Null(FaultOf(body, [new("MCP-Protocol-Version", "2026-07-28")]));
        Assert.Null(FaultOf(body, [new("MCP-Protocol-Version", "2026-07-28"), new("Mcp-Method", "notifications/cancelled")]));
        Assert.NotNull(FaultOf(body, [new("MCP-Protocol-Version", "2026-07-28"), new("Mcp-Method", "tools/call")]));
    }

    [Fact]
    public void In_the_legacy_era_they_are_compared_where_they_are_sent()
    {
        var body = MessageText.Legacy("tools/call", """{"name":"a","arguments":{"region":"x"}}""");
        Assert.Null(FaultOf(body, []));
        Assert.Null(FaultOf(body, [new("Mcp-Method", "tools/call"), new("Mcp-Name", "a"), new("Mcp-Param-Region", "x")]));
        Assert.NotNull(FaultOf(body, [new("Mcp-Method", "tools/list")]));
        Assert.NotNull(FaultOf(body, [new("Mcp-Name", "b")]));
        Assert.NotNull(FaultOf(body, [new("Mcp-Param-Region", "y")]));
    }

    [Fact]
    public void A_name_header_belongs_to_the_methods_that_have_one()
    {
        var body = MessageText.Modern("tools/list");
        Assert.Null(FaultOf(body, [new("MCP-Protocol-Version", "2026-07-28"), new("Mcp-Method", "tools/list"), new("Mcp-Name", "any")]));
    }

    [Fact]
    public void Comparing_costs_no_allocation()
    {
        var body = Body("delete", 7);
        var lines = Lines(Made(body));
        McpParamHeader[] parameters = [Region, Count, Deep];
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        Assert.True(McpMethods.TryFind(in message, body, McpEras.Modern, out var method, out _));
        Assert.True(McpHeaders.TryAgree(in message, body, method, McpEras.Modern, in lines, parameters, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(McpHeaders.TryAgree(in message, body, method, McpEras.Modern, in lines, parameters, out _));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("", "/a")]
    [InlineData("A B", "/a")]
    [InlineData("A\r\nX", "/a")]
    [InlineData("A", "a")]
    [InlineData("A", "")]
    public void A_mirrored_parameter_needs_a_token_and_a_pointer(string name, string pointer) =>
        Assert.ThrowsAny<ArgumentException>(() => new McpParamHeader(name, pointer, McpParamType.Text));

    [Fact]
    public void A_pointer_and_a_path_of_the_same_steps_are_one() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyArray<NonNull<string>>>(),
                steps =>
                {
                    string[] path = [.. steps.Get.Select(step => step.Get)];
                    var pointer = new McpParamHeader("A", path, McpParamType.Text).Pointer;
                    return new McpParamHeader("A", pointer, McpParamType.Text).Pointer == pointer
                        && pointer.Count(c => c == '/') == path.Length;
                }
            )
            .QuickCheckThrowOnFailure();

    private static byte[] Body(string text, int count) =>
        MessageText.Call(
            text,
            new JsonObject
            {
                ["region"] = text,
                ["page"] = new JsonObject { ["count"] = count },
            }
        );

    private static long? Parsed(string text) => IntegerText.TryParse(MessageText.Utf8(text), out var value) ? value : null;

    private static List<KeyValuePair<string, string>> Changed(string header, string name, string value) =>
        [.. Made(Body("a", 1)).Where(line => line.Key != header), new(name, value)];

    private static List<KeyValuePair<string, string>> Made(byte[] body)
    {
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        Assert.True(McpMethods.TryFind(in message, body, McpEras.Modern, out var method, out _));
        var made = new List<KeyValuePair<string, string>>();
        McpHeaders.Write(in message, body, method, [Region, Count, Deep], made);
        return made;
    }

    private static McpHeaderLines Lines(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var lines = default(McpHeaderLines);
        foreach (var (name, value) in headers)
        {
            lines.Add(name, value);
        }

        lines.Add("Content-Type", "application/json");
        return lines;
    }

    private static McpFault? FaultOf(byte[] body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var lines = Lines(headers);
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        if (!McpEra.TryTell(in message, body, lines.ProtocolVersion, out var era, out var fault))
        {
            return fault;
        }

        Assert.True(McpMethods.TryFind(in message, body, era, out var method, out _));
        McpHeaders.TryAgree(in message, body, method, era, in lines, [Region, Count, Deep], out fault);
        return fault;
    }
}
