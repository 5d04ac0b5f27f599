using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>
/// Framings that two parsers read as different requests (RFC 9112 sections 6 and 11.2). Behind each stands a whole second request: it must
/// never be answered, since to the proxy in front it was somebody else's body.
/// </summary>
public sealed class RequestFramingTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    [Theory]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 6")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: CHUNKED")]
    public async Task A_length_and_a_transfer_encoding_are_refused_and_end_the_connection(string framing)
    {
        var answer = await attacked.AssertRefusedAsync(
            () => SendAsync(framing, "10\r\n" + AttackedGateway.Note + "\r\n0\r\n\r\n"),
            ReasonCode.AmbiguousRequest
        );

        Assert.Equal("close", answer.Header("Connection"));
        Assert.Equal("", answer.Behind);
    }

    [Theory]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: identity, chunked")]
    [InlineData("Transfer-Encoding: chunked, chunked")]
    [InlineData("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")]
    public async Task A_transfer_encoding_but_chunked_is_refused_and_ends_the_connection(string framing)
    {
        var answer = await attacked.AssertRefusedAsync(
            () => SendAsync(framing, "10\r\n" + AttackedGateway.Note + "\r\n0\r\n\r\n"),
            ReasonCode.AmbiguousRequest
        );

        Assert.Equal("close", answer.Header("Connection"));
        Assert.Equal("", answer.Behind);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: chunked")]
    public async Task A_transfer_encoding_in_a_protocol_that_has_none_is_refused_and_ends_the_connection(string framing)
    {
        var request = Encoding.Latin1.GetString(Bytes(framing, "10\r\n" + AttackedGateway.Note + "\r\n0\r\n\r\n"));
        var older = Encoding.Latin1.GetBytes(
            request.Replace(" HTTP/1.1\r\n", " HTTP/1.0\r\nConnection: keep-alive\r\n", StringComparison.Ordinal)
        );

        var answer = await attacked.AssertRefusedAsync(
            () => RawAnswer.SendAsync(attacked.Gateway.Address, older, toTheEnd: true),
            ReasonCode.AmbiguousRequest
        );

        Assert.Equal("close", answer.Header("Connection"));
        Assert.Equal("", answer.Behind);
    }

    [Theory]
    [InlineData("Content-Length: 16\r\nContent-Length: 17")]
    [InlineData("Content-Length: 16\r\nContent-Length: 16")]
    [InlineData("Content-Length: 16, 16")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 0x10")]
    [InlineData("Content-Length: +16")]
    [InlineData("Content-Length: -0")]
    [InlineData("Content-Length: +0")]
    [InlineData("Content-Length: 016")]
    [InlineData("Content-Length: 1_6")]
    [InlineData("Content-Length: 16,16")]
    [InlineData("Content-Length: 16.0")]
    [InlineData("Content-Length: 1e1")]
    [InlineData("Content-Length: 16;")]
    [InlineData("Content-Length: \"16\"")]
    [InlineData("Content-Length: \u000b16")]
    [InlineData("Content-Length: 16\u00a0")]
    [InlineData("Content-Length: 1 6")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length : 16")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding: chunked;q=1")]
    [InlineData("Transfer-Encoding: \"chunked\"")]
    [InlineData("Transfer-Encoding:\u000bchunked")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")]
    [InlineData("Transfer-Encoding:\r\n chunked")]
    [InlineData("X-Folded: a\r\n Transfer-Encoding: chunked")]
    [InlineData("X-Folded: a\r\n\tb")]
    [InlineData("Content-Length: 16\nX-Bare: feed")]
    [InlineData("X-Bare: a\rb")]
    [InlineData("X-Nul: a\0b")]
    [InlineData("X Space: a")]
    [InlineData(": nameless")]
    [InlineData("No-Colon")]
    [InlineData("Host: elsewhere.example")]
    public async Task A_framing_that_can_not_be_read_is_no_request(string framing) =>
        await attacked.AssertUnreadableAsync(Bytes(framing, AttackedGateway.Note));

    [Theory]
    [InlineData("GET /tools/crm/contacts HTTP/1.1\n")]
    [InlineData("GET  /tools/crm/contacts HTTP/1.1\r\n")]
    [InlineData("GET /tools/crm/contacts\r\n")]
    [InlineData("GET /tools/crm/contacts HTTP/1.12\r\n")]
    [InlineData(" GET /tools/crm/contacts HTTP/1.1\r\n")]
    [InlineData("G(T /tools/crm/contacts HTTP/1.1\r\n")]
    [InlineData("GET tools/crm/contacts HTTP/1.1\r\n")]
    [InlineData("GET /tools/crm/contacts\tHTTP/1.1\r\n")]
    [InlineData("\0\r\n")]
    public async Task A_request_line_that_can_not_be_read_is_no_request(string line) =>
        await attacked.AssertUnreadableAsync([
            .. Encoding.Latin1.GetBytes(line),
            .. Encoding.Latin1.GetBytes($"Host: {attacked.Authority}\r\n\r\n"),
            .. Second(),
        ]);

    [Theory]
    [InlineData("HTTP/3.0")]
    [InlineData("HTTP/0.9")]
    [InlineData("http/1.1")]
    public async Task A_protocol_that_is_not_spoken_is_no_request(string protocol) =>
        await attacked.AssertUnreadableAsync(
            Encoding.Latin1.GetBytes($"GET /tools/crm/contacts {protocol}\r\nHost: {attacked.Authority}\r\n\r\n"),
            505
        );

    [Theory]
    [InlineData("16\r\n", "a chunk that is longer than it says")]
    [InlineData("0x10\r\n", "a prefix")]
    [InlineData("-10\r\n", "a sign")]
    [InlineData("+10\r\n", "a sign")]
    [InlineData(" 10\r\n", "a blank before")]
    [InlineData("10 \r\n", "a blank behind")]
    [InlineData("10\n", "a bare line feed")]
    [InlineData("10;a\n", "a bare line feed behind an extension")]
    [InlineData("10;a=\"b\n\"\r\n", "a bare line feed in an extension")]
    [InlineData("10;a\rb\r\n", "a bare carriage return in an extension")]
    [InlineData("ffffffffffffffff\r\n", "a length past any number")]
    [InlineData("\r\n", "no length")]
    public async Task A_chunk_that_can_not_be_read_refuses_the_request(string size, string why)
    {
        var answer = await attacked.AssertRefusedAsync(
            () => SendAsync("Transfer-Encoding: chunked", size + AttackedGateway.Note + "\r\n0\r\n\r\n"),
            ReasonCode.MalformedRequest
        );

        Assert.True(answer.Behind.Length == 0, why);
    }

    [Fact]
    public async Task Trailers_are_refused_although_nothing_announces_them() =>
        await attacked.AssertRefusedAsync(
            () =>
                RawAnswer.SendAsync(
                    attacked.Gateway.Address,
                    Head("Transfer-Encoding: chunked", "10\r\n" + AttackedGateway.Note + "\r\n0\r\nX-Late: a\r\n\r\n")
                ),
            ReasonCode.UnsupportedFeature
        );

    [Fact]
    public async Task A_body_in_honest_chunks_passes()
    {
        var request = attacked
            .WithKey("POST", AttackedGateway.Notes)
            .And("Content-Type: application/json")
            .And("Transfer-Encoding: chunked");
        request.Body = Encoding.Latin1.GetBytes(
            "8\r\n" + AttackedGateway.Note[..8] + "\r\n8;extension=harmless\r\n" + AttackedGateway.Note[8..] + "\r\n0\r\n\r\n"
        );

        await attacked.AssertPassesAsync(request);
    }

    private Task<RawAnswer> SendAsync(string framing, string body) =>
        RawAnswer.SendAsync(attacked.Gateway.Address, Bytes(framing, body), toTheEnd: true);

    /// <summary>The attack with a second request behind it.</summary>
    private byte[] Bytes(string framing, string body) => [.. Head(framing, body), .. Second()];

    private byte[] Head(string framing, string body)
    {
        var request = attacked.WithKey("POST", AttackedGateway.Notes).And("Content-Type: application/json").And(framing);
        request.Body = Encoding.Latin1.GetBytes(body);
        return request.ToBytes();
    }

    private byte[] Second() => attacked.WithKey("GET", AttackedGateway.Contacts).ToBytes();
}
