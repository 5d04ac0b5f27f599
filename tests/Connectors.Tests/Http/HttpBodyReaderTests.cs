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
    [InlineData("{\"a\":1,\"A\":2}")]
    [InlineData("{\"x\":[{\"k\":1,\"\u212a\":2}]}")]
    [InlineData("{\"x\":{\"s\":1,\"\\u017f\":2}}")]
    [InlineData("{\"\u00e4\":1,\"A\u0308\":2}")]
    [InlineData("{\"text\\u0000x\":1}")]
    [InlineData("{\"text\":1,\"text\\n\":2}")]
    public void Names_that_are_alike_are_one_unless_the_system_tells_them_apart(string body)
    {
        Assert.False(new HttpBodyReader().TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
        Assert.True(new HttpBodyReader(Spelling.Exact).TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
    }

    [Theory]
    [InlineData("{\"to\":{\"name\":1},\"x\":{\"To\":1,\"Name\":2}}", true)]
    [InlineData("{\"to\":{\"Name\":1}}", false)]
    [InlineData("{\"to\":[1,{\"Name\":1}],\"Name\":2}", true)]
    [InlineData("{\"x\":[{\"a\":[{}]}],\"To\":{}}", false)]
    [InlineData("{\"x\":{},\"list\":[[{\"Price\":1}]]}", false)]
    [InlineData("{\"list\":[[{\"price\":1}]],\"Price\":2}", true)]
    public void A_name_is_looked_for_in_its_place(string body, bool passes)
    {
        var read = ReadNames.Of([(["to", "name"], []), (["list"], ["price"])]);

        Assert.Equal(passes, new HttpBodyReader(Spelling.Loose, read).TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
        Assert.True(new HttpBodyReader(Spelling.Exact, read).TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
    }

    [Theory]
    [InlineData("{\"_method\":\"DELETE\"}", false)]
    [InlineData("{\"_Method\":\"DELETE\"}", false)]
    [InlineData("{\"x-http-method-override\":\"DELETE\"}", false)]
    [InlineData("{\"method\":\"tools/call\",\"http_method\":\"POST\"}", true)]
    [InlineData("{\"hook\":{\"_method\":\"DELETE\"}}", true)]
    public void A_member_that_some_take_for_the_method_is_refused(string body, bool passes)
    {
        Assert.Equal(passes, new HttpBodyReader().TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
        Assert.Equal(passes, new HttpBodyReader(Spelling.Exact).TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
    }

    [Fact]
    public void A_plain_body_costs_no_allocation()
    {
        var reader = new HttpBodyReader(Spelling.Loose, ReadNames.Of([(["text"], [])]));
        byte[] body = [.. """{"text":"hello","Other":{"a":[1,2,{"b":null}]},"user_id":"u-1"}"""u8];
        Assert.True(reader.TryRead(body, out _, out _));

        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.TryRead(body, out _, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/vnd.api+json", true)]
    [InlineData("text/json", true)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("application/jsonp", false)]
    public void Json_types_are_told_from_others(string type, bool isJson) => Assert.Equal(isJson, HttpBodyReader.IsJson(type));
}
