using System.Net;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Proxy.Tests.Forwarding;

/// <summary>A system that says the credential again where no client can read an answer.</summary>
public sealed class UnreadableAnswerTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    [Theory]
    [InlineData("echoed-status", "{0}\r\n\r\n")]
    [InlineData("echoed-number", "HTTP/1.1 {0} OK\r\n\r\n")]
    [InlineData("echoed-version", "HTTP/{0} 200 OK\r\n\r\n")]
    [InlineData("echoed-line", "HTTP/1.1 200 OK\r\nAuthorization Bearer {0}\r\n\r\n")]
    [InlineData("echoed-name", "HTTP/1.1 200 OK\r\nBearer {0}: x\r\n\r\n")]
    [InlineData("echoed-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{0}\r\n\r\n")]
    public async Task What_of_an_answer_can_not_be_read_is_neither_shown_nor_logged(string word, string answer)
    {
        using var logs = new CapturedLogs();
        doors.Gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        doors.Upstream.Answer(word, answer.Replace("{0}", RunningStandIn.OpenAiKey, StringComparison.Ordinal));

        using var response = await doors.ChatAsync(word, model: "scripted-1");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("upstream_failed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(RunningStandIn.OpenAiKey, logs.Text, StringComparison.Ordinal);
    }
}
