using System.Text;
using Gateway.Connectors.Models;

namespace Gateway.Connectors.Tests.Models;

public sealed class SealedTextTests
{
    private static readonly Dictionary<string, string> Opened = new(StringComparer.Ordinal)
    {
        ["resp_1-gw1-AAAAAAAAAAAAAAAAAAAAAAAA"] = "resp_1",
        ["rs_2-gw1-BBBBBBBBBBBBBBBBBBBBBBBB"] = "rs_2",
    };

    [Theory]
    [InlineData("""{"a":"resp_1-gw1-AAAAAAAAAAAAAAAAAAAAAAAA"}""", """{"a":"resp_1"}""")]
    [InlineData("""["rs_2-gw1-BBBBBBBBBBBBBBBBBBBBBBBB", "resp_1-gw1-AAAAAAAAAAAAAAAAAAAAAAAA"]""", """["rs_2", "resp_1"]""")]
    [InlineData("""{"a":"see resp_1-gw1-AAAAAAAAAAAAAAAAAAAAAAAA"}""", null)]
    [InlineData("""{"a":"resp_9-gw1-AAAAAAAAAAAAAAAAAAAAAAAA"}""", null)]
    [InlineData("""{"a":"-gw1-","b":"-gw1-"}""", null)]
    [InlineData("-gw1-", null)]
    [InlineData("\"-gw1-", null)]
    [InlineData("", null)]
    public void Sealed_ids_are_replaced_where_they_are_a_whole_text(string json, string? opened) =>
        Assert.Equal(opened ?? json, Encoding.UTF8.GetString(SealedText.Open(Encoding.UTF8.GetBytes(json), Opened).Span));
}
