using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Models;

namespace Gateway.Connectors.Tests.Models;

public sealed class AnswerIdsTests
{
    [Theory]
    [InlineData("""{"id":"a","object":"response","output":[{"id":"b","content":[{"id":"x"}]},7,{"id":"c"}]}""", "a,b,c")]
    [InlineData("""{"type":"response.created","response":{"id":"a","previous_response_id":"b","output":[{"id":"c"}]}}""", "a,b,c")]
    [InlineData("""{"type":"response.output_item.added","item":{"id":"a","action":{"id":"x"}}}""", "a")]
    [InlineData("""{"type":"response.output_text.delta","item_id":"a","delta":"b"}""", "a")]
    [InlineData("""{"id":"a","conversation":{"id":"b"},"previous_response_id":null}""", "a,b")]
    [InlineData("""{"\u0069d":"a"}""", "a")]
    public void Ids_that_the_provider_gives_out_are_sealed_where_they_stand(string json, string ids)
    {
        var expected = ids.Split(',').Aggregate(json, (text, id) => text.Replace($"\"{id}\"", $"\"{id}!\"", StringComparison.Ordinal));

        Assert.Equal(expected, Sealed(json));
    }

    [Theory]
    [InlineData("""{"metadata":{"id":"resp_victim","item_id":"x"}}""")]
    [InlineData("""{"instructions":[{"id":"msg_victim"}],"input":[{"id":"msg_victim"}]}""")]
    [InlineData("""{"tools":[{"id":"x"}],"text":{"id":"x"},"prompt":{"id":"x"},"error":{"id":"x"}}""")]
    [InlineData("""{"response":{"metadata":{"id":"resp_victim"},"item_id":"x","item":{"id":"x"},"response":{"id":"x"}}}""")]
    [InlineData("""{"output":[{"arguments":"{\"id\":\"x\"}","output":[{"id":"x"}],"previous_response_id":"x"}]}""")]
    [InlineData("""{"id":7,"output":{"x":[{"id":"x"}]}}""")]
    [InlineData("""[{"id":"x"}]""")]
    [InlineData("""{"id":"a"} trailing""")]
    [InlineData("""{"id":"a",""")]
    [InlineData("no JSON")]
    [InlineData("")]
    public void What_the_caller_may_have_written_is_never_sealed(string text) => Assert.Equal(text, Sealed(text));

    [Fact]
    public void No_bytes_break_it() =>
        Prop.ForAll<byte[]>(bytes => Sealed(Encoding.Latin1.GetString(bytes)) is not null).QuickCheckThrowOnFailure();

    private static string Sealed(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        AnswerIds.Seal(Encoding.UTF8.GetBytes(json), id => id + "!", output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
