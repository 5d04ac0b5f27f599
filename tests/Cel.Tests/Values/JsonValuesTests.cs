using System.Text;
using System.Text.Json;
using Gateway.Cel.Values;

namespace Gateway.Cel.Tests.Values;

public sealed class JsonValuesTests
{
    [Theory]
    [InlineData("9223372036854775807", CelKind.Int)]
    [InlineData("9223372036854775808", CelKind.Double)]
    [InlineData("1.0", CelKind.Double)]
    [InlineData("1e2", CelKind.Double)]
    [InlineData("1e999", CelKind.Error)]
    [InlineData("\"a\"", CelKind.String)]
    [InlineData("null", CelKind.Null)]
    [InlineData("[]", CelKind.List)]
    [InlineData("{}", CelKind.Map)]
    public void Value_OfJson_HasTheKindThatItIsWrittenAs(string json, CelKind kind) => Assert.Equal(kind, Conditions.Json(json).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData("""{"a": {"b": 1, "b": 2}}""")]
    [InlineData("""{"a": {"\ud800": 1}}""")]
    public void Parse_Malformed_Refuses(string json) => Assert.False(JsonValues.TryParse(Encoding.UTF8.GetBytes(json), out _));

    [Theory]
    [InlineData("""{"a": "\ud800"}""")]
    [InlineData("""{"\ud800": 1, "a": "x"}""")]
    [InlineData("""{"a": "x", "a": "x"}""")]
    public void Evaluate_DocumentThatTurnsOutUnreadable_IsAnError(string json)
    {
        using var document = JsonDocument.Parse(json);
        var activation = Conditions.Activation();
        activation.Set("args", JsonValues.From(document.RootElement));

        Assert.False(Conditions.Compile("args.a == 'x' || args.a != 'x'").Evaluate(activation).IsSuccess);
    }

    [Fact]
    public void Evaluate_DocumentThatIsGone_IsAnError()
    {
        var document = JsonDocument.Parse("""{"a": 1}""");
        var activation = Conditions.Activation();
        activation.Set("args", JsonValues.From(document.RootElement));
        document.Dispose();

        Assert.False(Conditions.Compile("args.a == 1").Evaluate(activation).IsSuccess);
    }

    [Fact]
    public void Map_OfManyNames_FindsEach()
    {
        var map = Conditions.Json("{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"k{i}\": {i}")) + "}").AsMap;

        Assert.Equal(100, map.Count);
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(map.TryGet($"k{i}", out var value) && value.AsInt == i));
        Assert.False(map.TryGet("k100", out _));
    }
}
