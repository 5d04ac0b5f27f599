using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Tests.Rules.Intents;

public sealed class IntentReaderTests
{
    [Theory]
    [InlineData(", \"script\": {\"steps\": [{\"tool_name\": \"t\", \"args\": {\"api_key\": \"A1B2C3D4E5F6G7H8\"}}]}")]
    [InlineData(", \"args\": {}")]
    [InlineData(", \"Delegation\": null")]
    [InlineData(", \"delegation\": \"agent\"")]
    [InlineData(", \"created_at\": \"yesterday\"")]
    [InlineData(", \"created_at\": \"2026-01-01T00:00:00\"")]
    [InlineData(", \"schema_version\": \"2.0.0\"")]
    [InlineData(", \"extra\": 9007199254740993")]
    [InlineData(", \"extra\": \"\\ud800\"")]
    public void Read_OfWhatIsDoubtful_Refuses(string more) => Assert.Null(Sample.Read(more: more).Intent);

    [Fact]
    public void Read_OfAFieldThatNobodyKnows_LetsItBe() =>
        Assert.NotNull(Sample.Read(more: ", \"relationship\": {\"x\": 1}, \"new\": true").Intent);

    [Fact]
    public void Read_OfMoreStepsThanAllowed_Refuses()
    {
        var steps = string.Join(",", Enumerable.Repeat("{\"tool_name\": \"t\"}", 65));

        Assert.Null(Sample.Read(more: $", \"script\": {{\"steps\": [{steps}]}}").Intent);
    }

    [Fact]
    public void Read_OfNamesThatDifferInWhiteSpaceOnly_Refuses() =>
        Assert.Null(
            IntentReader
                .Read(
                    """
                    {"tool_name":"t","args":{"a":1,"a ":2},"context":{"identity":"a","workspace":"/","risk_class":"low"}}
                    """u8
                )
                .Intent
        );

    [Fact]
    public void Read_OfABrokenIntent_StillSaysItsRiskClass()
    {
        var result = IntentReader.Read("{\"context\":{\"risk_class\":\" HIGH \"}}"u8);

        Assert.Null(result.Intent);
        Assert.Equal("high", result.RiskClass);
    }

    [Theory]
    [InlineData("https://api.example:8443/x", "api.example")]
    [InlineData("https://user:pw@api.example/x", "api.example")]
    [InlineData("https://API.example./x", "api.example")]
    [InlineData("https://[::1]:80/", "::1")]
    [InlineData("https://evil.example\\@api.example/", "")]
    [InlineData("api.example/x", "")]
    public void Read_OfAUrl_KnowsItsRealHost(string url, string host)
    {
        var value = System.Text.Json.JsonSerializer.Serialize(url);

        Assert.Equal(host, Sample.Intent(targets: $"[{{\"kind\": \"url\", \"value\": {value}}}]").Targets[0].ActualDomain);
    }
}
