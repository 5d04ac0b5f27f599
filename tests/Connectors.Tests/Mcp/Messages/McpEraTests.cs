using System.Text;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Connectors.Tests.Mcp.Messages;

public sealed class McpEraTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public void Without_meta_a_legacy_version_or_none_is_legacy(string? header) =>
        Told(MessageText.Legacy("server/discover"), header, McpEras.Legacy);

    [Fact]
    public void Meta_and_header_of_the_modern_version_are_modern_whatever_the_method()
    {
        Told(MessageText.Modern("initialize"), "2026-07-28", McpEras.Modern);
        Told(MessageText.Modern("server/discover"), "2026-07-28", McpEras.Modern);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28 ")]
    [InlineData("2026-07-28, 2026-07-28")]
    [InlineData("2026\u201307\u201328")]
    [InlineData("")]
    public void A_modern_request_whose_header_is_missing_or_says_another_version_is_a_mismatch(string? header) =>
        Refused(MessageText.Modern("tools/list"), header, McpCodes.HeaderMismatch);

    [Fact]
    public void A_version_that_both_say_and_nobody_speaks_is_unsupported_and_comes_back()
    {
        var fault = Refused(MessageText.Call("a", version: "v999.0.0"), "v999.0.0", McpCodes.UnsupportedVersion);

        Assert.Equal("v999.0.0", fault.Requested);
        Assert.Equal(
            """{"supported":["2026-07-28","2025-11-25"],"requested":"v999.0.0"}""",
            Encoding.UTF8.GetString(fault.WithSupported(["2026-07-28", "2025-11-25"]).Data.Span)
        );
    }

    [Fact]
    public void The_header_is_compared_before_the_version_is_looked_at() =>
        Refused(MessageText.Call("a", version: "v999.0.0"), "2026-07-28", McpCodes.HeaderMismatch);

    [Fact]
    public void A_legacy_version_in_meta_is_no_modern_request() =>
        Refused(MessageText.Call("a", version: "2025-11-25"), "2025-11-25", McpCodes.UnsupportedVersion);

    [Theory]
    [InlineData("1999-01-01")]
    [InlineData("2024-11-05")]
    [InlineData("latest")]
    public void An_unknown_version_in_the_header_alone_is_unsupported(string header) =>
        Refused(MessageText.Legacy("tools/list"), header, McpCodes.UnsupportedVersion);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"_meta":{}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}""")]
    public void A_modern_request_must_carry_version_and_capabilities(string parameters)
    {
        var fault = Refused(MessageText.Legacy("server/discover", parameters), "2026-07-28", McpCodes.InvalidParams);
        Assert.Equal(400, fault.Status);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""", "2026-07-28")]
    [InlineData(
        """{"jsonrpc":"2.0","method":"notifications/x","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""",
        null
    )]
    public void A_notification_needs_neither_header_nor_meta(string body, string? header) =>
        Told(MessageText.Utf8(body), header, McpEras.Modern);

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}""")]
    public void Clients_send_responses_in_the_legacy_era_only(string body)
    {
        Told(MessageText.Utf8(body), "2025-11-25", McpEras.Legacy);
        Refused(MessageText.Utf8(body), "2026-07-28", McpCodes.InvalidRequest);
    }

    private static void Told(byte[] body, string? header, McpEras expected)
    {
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        Assert.True(McpEra.TryTell(in message, body, header, out var era, out _));
        Assert.Equal(expected, era);
    }

    private static McpFault Refused(byte[] body, string? header, int code)
    {
        Assert.True(McpMessageReader.TryRead(body, out var message, out _));
        Assert.False(McpEra.TryTell(in message, body, header, out var era, out var fault));
        Assert.Equal(McpEras.None, era);
        Assert.Equal(code, fault.Code);
        Assert.Equal(400, fault.Status);
        return fault;
    }
}
