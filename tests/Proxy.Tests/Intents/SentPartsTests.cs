using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Tests.Intents;

public sealed class SentPartsTests
{
    [Theory]
    [InlineData("/base/items", false, true)]
    [InlineData("/base/items?", false, false)]
    [InlineData("/base/items?a=b", false, false)]
    [InlineData("/base/items", true, false)]
    public void What_sends_nothing_has_no_query_and_no_body(string target, bool body, bool passes) =>
        Assert.Equal(passes, SentParts.ProblemOf(Of(Sends.Nothing), target, body) is null);

    [Theory]
    [InlineData("/items/c-1?page=2&ids[]=a,b&at=2030-01-02T12:00:00Z", true)]
    [InlineData("/items/ada%40acme.example", true)]
    [InlineData("/items?q=ada%2Cben%5B1%5D", true)]
    [InlineData("/items?q=two+words", false)]
    [InlineData("/items?q=two%20words", false)]
    [InlineData("/items?q=%0A", false)]
    [InlineData("/items?q=%C3%A4", false)]
    [InlineData("/items?q=%4", false)]
    [InlineData("/items?q=%+4", false)]
    [InlineData("/items?q={}", false)]
    public void What_sends_identifiers_has_no_texts(string target, bool passes)
    {
        Assert.Equal(passes, SentParts.ProblemOf(Of(Sends.Identifiers), target, hasBody: false) is null);
        Assert.NotNull(SentParts.ProblemOf(Of(Sends.Identifiers), target, hasBody: true));
        Assert.Null(SentParts.ProblemOf(Of(Sends.Content), target, hasBody: true));
        Assert.Null(SentParts.ProblemOf(Of(null), target, hasBody: true));
    }

    [Theory]
    [InlineData(128, 1, true)]
    [InlineData(129, 1, false)]
    [InlineData(100, 4, true)]
    [InlineData(100, 6, false)]
    public void Identifiers_are_short_and_few(int length, int count, bool passes) =>
        Assert.Equal(
            passes,
            SentParts.ProblemOf(
                Of(Sends.Identifiers),
                "/i?" + string.Join('&', Enumerable.Repeat("a=" + new string('x', length), count)),
                hasBody: false
            )
                is null
        );

    [Fact]
    public void Whatever_may_go_out_as_nothing_may_as_identifiers_and_content_if_it_is_short() =>
        Prop.ForAll(
                (
                    from characters in Gen.Elements("ab1-/?&=% +{}äZ.".ToCharArray()).ListOf()
                    from body in Gen.Elements(true, false)
                    select ("/" + string.Concat(characters), body)
                ).ToArbitrary(),
                request =>
                    SentParts.ProblemOf(Of(Sends.Content), request.Item1, request.body) is null
                    && (SentParts.ProblemOf(Of(Sends.Identifiers), request.Item1, request.body) is not null || !request.body)
                    && (SentParts.ProblemOf(Of(Sends.Nothing), request.Item1, request.body) is not null || !request.Item1.Contains('?'))
            )
            .Check(Config.QuickThrowOnFailure);

    private static Operation Of(Sends? sends) =>
        new()
        {
            Id = Id<Operation>.Parse("get"),
            Action = ActionType.Read,
            Risk = RiskTier.Low,
            Methods = ["GET"],
            Path = PathTemplate.TryParse("/items", out var path) ? path! : throw new InvalidOperationException(),
            Sends = sends,
            Source = new SourcePosition("a.yaml", 1, 1),
        };
}
