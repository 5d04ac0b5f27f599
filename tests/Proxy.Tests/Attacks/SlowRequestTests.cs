using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Requests that never come to their end.</summary>
public sealed class SlowRequestTests(SlowRequestTests.ImpatientGateway attacked) : IClassFixture<SlowRequestTests.ImpatientGateway>
{
    [Theory]
    [InlineData("Content-Length: 16", "{\"te")]
    [InlineData("Transfer-Encoding: chunked", "10\r\n{\"te")]
    [InlineData("Content-Length: 16", "")]
    public async Task A_body_that_stops_is_refused(string framing, string part)
    {
        var request = attacked.WithKey("POST", AttackedGateway.Notes).And("Content-Type: application/json").And(framing);
        request.Body = System.Text.Encoding.ASCII.GetBytes(part);

        await attacked.AssertRefusedAsync(request, ReasonCode.RequestTimeout);
    }

    [Fact]
    public async Task Headers_that_stop_are_no_request() =>
        await attacked.AssertUnreadableAsync(
            attacked.WithKey("GET", AttackedGateway.Contacts).ToBytes()[..^2],
            408,
            ReasonCode.RequestTimeout
        );

    /// <summary>Waits as short as it can be told to.</summary>
    public sealed class ImpatientGateway()
        : AttackedGateway("--Gateway:FrontDoor:BodyTimeout=00:00:01", "--Gateway:FrontDoor:HeaderTimeout=00:00:01");
}
