using System.Text;
using Gateway.Connectors.Http;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Http;

public sealed class HttpBodyReaderTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    public void Any_strict_json_value_is_accepted(string body) =>
        Assert.True(new HttpBodyReader().TryRead(Encoding.UTF8.GetBytes(body), out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":1,\"id\":2}")]
    [InlineData("[{\"id\":1,\"\\u0069d\":2}]")]
    [InlineData("id=1")]
    public void A_body_with_two_readings_is_refused(string body)
    {
        Assert.False(new HttpBodyReader().TryRead(Encoding.UTF8.GetBytes(body), out _, out var refusal));
        Assert.Equal(ReasonCode.MalformedRequest, refusal.Reason);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/vnd.api+json", true)]
    [InlineData("text/json", true)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("application/jsonp", false)]
    public void Json_types_are_told_from_others(string type, bool isJson) => Assert.Equal(isJson, HttpBodyReader.IsJson(type));
}
