using System.Net;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>What an operation says that it sends, held against requests on their way.</summary>
public sealed class SentPartsDoorTests(ReducedDoors doors) : IClassFixture<ReducedDoors>
{
    [Theory]
    [InlineData("GET", "/tools/rows/stand?note=unsent-1", null, "sends nothing, so its request has no query")]
    [InlineData("POST", "/tools/rows/stand", "{\"note\":\"unsent-2\"}", "sends no content, so its request has no body")]
    [InlineData("GET", "/tools/rows/named/a?note=all%20of%20it", null, "sends identifiers only")]
    [InlineData("GET", "/tools/rows/named/all%20of%20it", null, "sends identifiers only")]
    public async Task A_request_that_carries_more_out_than_its_operation_says_is_refused(
        string method,
        string path,
        string? body,
        string why
    )
    {
        using var response = await doors.SendAsync("reader", new HttpMethod(method), path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(why, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tools/rows/stand", "/base/stand")]
    [InlineData("/tools/rows/named/sent-1?page=2", "sent-1")]
    public async Task A_request_that_carries_no_more_goes_out(string path, string word)
    {
        var script = doors.Upstream.Expect(word);
        script.Begin = connection => connection.EndAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var response = await doors.SendAsync("reader", HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
