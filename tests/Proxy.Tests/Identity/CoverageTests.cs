using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Identity;

/// <summary>What a signature must cover, and may. Each request here is rightly signed but for the one thing.</summary>
public sealed class CoverageTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Theory]
    [InlineData("@method")]
    [InlineData("@authority")]
    [InlineData("@path")]
    [InlineData("@query")]
    [InlineData("content-digest")]
    [InlineData("gateway-tenant")]
    [InlineData("gateway-workspace")]
    [InlineData("gateway-agent")]
    [InlineData("content-type")]
    public void Component_ThatMustBeCovered_IsMissed(string name)
    {
        var covered = Exchange
            .Covered.Replace($"\"{name}\"", "", StringComparison.Ordinal)
            .Replace("  ", " ", StringComparison.Ordinal)
            .Replace("( ", "(", StringComparison.Ordinal)
            .Replace(" )", ")", StringComparison.Ordinal);
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), covered)));
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("gateway-session")]
    [InlineData("gateway-approval")]
    [InlineData("gateway-child")]
    [InlineData("idempotency-key")]
    [InlineData("prefer")]
    public void Header_ThatIsRead_MustBeCoveredWhenItIsThere(string name)
    {
        var message = Exchange.Unsigned().Adding(name, "v");
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(message)));
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(message, Exchange.Covered[..^1] + $" \"{name}\")")));
    }

    [Fact]
    public void Header_ThatTheOperationDeclares_MustBeCoveredWhenItIsThere()
    {
        var message = Exchange.Unsigned().Adding("X-Crm-Region", "eu");
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(message)));
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(message), declared: "x-crm-region"));
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(Exchange.Unsigned()), declared: "x-crm-region"));
        Assert.Equal(
            ReasonCode.None,
            _exchange.Judge(_exchange.Sign(message, Exchange.Covered[..^1] + " \"x-crm-region\")"), declared: "x-crm-region")
        );
    }

    [Fact]
    public void Header_ForTracing_NeedNotBeCovered() =>
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Adding("traceparent", "00-1-1-01"))));

    [Theory]
    [InlineData("content-digest")]
    [InlineData("gateway-tenant")]
    [InlineData("gateway-workspace")]
    [InlineData("gateway-agent")]
    [InlineData("content-type")]
    public void Header_ThatIsOneValue_IsAmbiguousTwice(string name)
    {
        var message = Exchange.Unsigned();
        Assert.Equal(ReasonCode.AmbiguousRequest, _exchange.Judge(_exchange.Sign(message.Adding(name, message.Field(name)[0]!))));
    }

    [Theory]
    [InlineData("gateway-session")]
    [InlineData("gateway-approval")]
    [InlineData("gateway-child")]
    [InlineData("idempotency-key")]
    public void OptionalHeader_ThatIsOneValue_IsAmbiguousTwice(string name) =>
        Assert.Equal(
            ReasonCode.AmbiguousRequest,
            _exchange.Judge(
                _exchange.Sign(Exchange.Unsigned().Adding(name, "v").Adding(name, "v"), Exchange.Covered[..^1] + $" \"{name}\")")
            )
        );

    [Theory]
    [InlineData("\"@method\";req")]
    [InlineData("\"accept\";bs")]
    [InlineData("\"accept\";tr")]
    [InlineData("\"accept\";sf")]
    [InlineData("\"accept\";key=\"a\"")]
    [InlineData("\"@query-param\";name=\"page\"")]
    [InlineData("\"@path\"")]
    [InlineData("\"Accept\"")]
    [InlineData("accept")]
    [InlineData("1")]
    public void Component_WithAParameterOrTwiceOrMisspelt_IsMalformed(string component) =>
        Assert.Equal(
            ReasonCode.MalformedRequest,
            _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Adding("accept", "a=1"), Exchange.Covered[..^1] + $" {component})"))
        );

    [Theory]
    [InlineData("@status")]
    [InlineData("@signature-params")]
    [InlineData("x-not-there")]
    public void Component_ThatTheRequestDoesNotHave_IsInvalid(string name) =>
        Assert.Equal(
            ReasonCode.InvalidSignature,
            _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), Exchange.Covered[..^1] + $" \"{name}\")"))
        );

    public void Dispose() => _exchange.Dispose();
}
