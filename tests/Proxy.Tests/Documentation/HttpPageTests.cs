using System.Globalization;
using System.Text;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.Doors.Models;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Tests.Doors;
using Gateway.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>The page has every refusal, door and header of the code. Run once with GATEWAY_WRITE_DOCS=1 to write the table anew.</summary>
public sealed class HttpPageTests
{
    private static readonly GeneratedPage Page = new("http.md");

    [Fact]
    public void Page_ShowsEveryReasonOfTheCode() => Page.AssertShows("refusals", Table());

    [Fact]
    public void Page_NamesEveryModelDoor() =>
        Assert.All(
            ModelOperations.All,
            operation => Assert.Contains($"`POST {ModelCall.PathOf(operation)}`", Page.Text, StringComparison.Ordinal)
        );

    [Fact]
    public void Page_NamesEveryHeaderThatTheFrontDoorLooksAt() =>
        Assert.All(
            HeaderRules.OurOwn.Concat(HeaderRules.Refused).Concat(HeaderRules.Single),
            name => Assert.Contains($"`{name}`", Page.Text, StringComparison.OrdinalIgnoreCase)
        );

    [Fact]
    public void Page_NamesEveryHeaderOfAnAnswer()
    {
        var headers = new HeaderDictionary();

        new ResponseMetadata
        {
            RequestId = "r",
            DecisionId = "d",
            Receipt = "e",
        }.WriteTo(headers);

        Assert.All(headers.Keys, name => Assert.Contains($"`{name}`", Page.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Door.Tool)]
    [InlineData(Door.OpenAi)]
    [InlineData(Door.Anthropic)]
    public void Page_NamesEveryMemberOfARefusal(Door door)
    {
        using var body = new MemoryStream();
        var decision = new Decision
        {
            Reasons = [ReasonCode.ToolNotPermitted],
            Path = [new PathEntry(Control.ToolPermission, CheckOutcome.Fail, ReasonCode.ToolNotPermitted, "", Source: null)],
        };

        RefusalWriter.Write(
            body,
            EveryDoor.Of(door),
            new RefusalText(new Refusal(ReasonCode.ToolNotPermitted), decision, new RefusedAction("d", "d"))
        );

        using var json = System.Text.Json.JsonDocument.Parse(body.ToArray());
        Assert.All(NamesIn(json.RootElement), name => Assert.Contains(name, Page.Text, StringComparison.Ordinal));
    }

    private static string Table()
    {
        var table = new StringBuilder("| status | code | message | remedy |\n| --- | --- | --- | --- |\n");
        foreach (
            var reason in Enum.GetValues<ReasonCode>()
                .Where(code => code != ReasonCode.None)
                .Select(Reasons.Of)
                .OrderBy(reason => reason.Status)
        )
        {
            table.Append(CultureInfo.InvariantCulture, $"| {reason.Status} | `{reason.Code}` | {reason.Message} | {reason.Remedy} |\n");
        }

        return table.ToString();
    }

    private static IEnumerable<string> NamesIn(System.Text.Json.JsonElement element) =>
        element.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Object => element.EnumerateObject().SelectMany(p => NamesIn(p.Value).Prepend($"`{p.Name}`")),
            System.Text.Json.JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
            _ => [],
        };
}
