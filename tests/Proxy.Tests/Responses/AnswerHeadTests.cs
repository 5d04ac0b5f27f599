using System.Net;
using System.Text.RegularExpressions;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Responses;

/// <summary>Which headers come back, and what Gateway says of itself on every answer.</summary>
public sealed class AnswerHeadTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    /// <summary>What a caller may see on any answer: the body's own, the server's clock, and what Gateway says.</summary>
    private static readonly string[] Expected =
    [
        "content-length",
        "content-type",
        "date",
        "gateway-decision",
        "gateway-decision-id",
        "gateway-receipt",
        "gateway-request-id",
        "server-timing",
    ];

    [Fact]
    public async Task Tools_answer_shows_nothing_of_the_systems_headers_that_isnt_declared()
    {
        using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/oddities/headers");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Expected, NamesOf(response));
        Assert.NotEqual("forged", Assert.Single(response.Headers.GetValues("Gateway-Decision-Id")));
    }

    [Fact]
    public async Task Declared_header_comes_back_and_no_more_than_that()
    {
        doors.Upstream.Answer(
            "declared",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Wanted: yes\r\nX-Unwanted: no\r\nGateway-Receipt: forged\r\nRetry-After: 7\r\n\r\n"
        );
        using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/odd/declared");

        Assert.Equal(
            Expected.Where(n => n != "content-type").Concat(["retry-after", "x-wanted"]).Order(StringComparer.Ordinal),
            NamesOf(response)
        );
        Assert.NotEqual("forged", Assert.Single(response.Headers.GetValues("Gateway-Receipt")));
    }

    [Fact]
    public async Task Header_that_holds_more_than_visible_ascii_is_left_out()
    {
        doors.Upstream.Answer("odd-bytes", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Wanted: a\tb\u00e9\r\n\r\n");
        using var response = await doors.ToolAsync(HttpMethod.Get, "/tools/odd/odd-bytes");

        Assert.DoesNotContain("x-wanted", NamesOf(response));
    }

    [Fact]
    public async Task Models_answer_shows_its_request_id_only()
    {
        using var response = await doors.ChatAsync("headers of a model");

        Assert.Equal([.. Expected, "x-request-id"], NamesOf(response));
    }

    [Fact]
    public async Task Every_kind_of_answer_says_what_was_decided_and_what_it_took()
    {
        doors.Upstream.Answer("marks-204", "HTTP/1.1 204 No Content\r\n\r\n");
        foreach (
            var (asked, decision) in new[]
            {
                (doors.ChatAsync("marks"), "allow"),
                (doors.ChatAsync("marks", ",\"stream\":true"), "allow"),
                (doors.ChatAsync("!error 500"), "allow"),
                (doors.ChatAsync("!reset"), "allow"),
                (doors.ToolAsync(HttpMethod.Get, "/tools/odd/marks-204"), "allow"),
                (doors.ChatAsync("marks", agent: "trial"), "degrade"),
                (doors.ChatAsync("marks", agent: "blocked"), "block"),
            }
        )
        {
            using var response = await asked;
            Assert.Equal(decision, Assert.Single(response.Headers.GetValues("Gateway-Decision")));
            Assert.Matches("^[0-9a-f]{32}$", Assert.Single(response.Headers.GetValues("Gateway-Decision-Id")));
            Assert.Matches("^[0-9a-f-]+\\.[0-9]+$", Assert.Single(response.Headers.GetValues("Gateway-Receipt")));
            AssertTiming(response);
        }
    }

    [Fact]
    public async Task Refusal_before_any_decision_still_says_block_and_names_the_request()
    {
        using var request = doors.Gateway.Request(HttpMethod.Get, "/no/such/door");
        using var response = await doors.Gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("block", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        Assert.NotEmpty(response.Headers.GetValues("Gateway-Request-Id"));
        AssertTiming(response);
    }

    [Fact]
    public async Task Model_list_says_it_too()
    {
        using var response = await doors.SendAsync("prober", doors.Gateway.Request(HttpMethod.Get, "/v1/models"));

        Assert.Equal("allow", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        AssertTiming(response);
    }

    private static void AssertTiming(HttpResponseMessage response) =>
        Assert.Matches(
            new Regex(@"^gateway;dur=[0-9.]+, policy;dur=[0-9.]+, upstream;dur=[0-9.]+$"),
            Assert.Single(response.Headers.GetValues("Server-Timing"))
        );

    private static IEnumerable<string> NamesOf(HttpResponseMessage response) =>
        response
            .Headers.Concat(response.Content.Headers)
            .Select(h => h.Key.ToLowerInvariant())
            .Where(n => n != "transfer-encoding")
            .Order(StringComparer.Ordinal);
}
