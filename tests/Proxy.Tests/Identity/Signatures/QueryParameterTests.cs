namespace Gateway.Proxy.Tests.Identity.Signatures;

/// <summary>RFC 9421, the examples of section 2.2.8.</summary>
public sealed class QueryParameterTests
{
    private const string Published =
        "/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something";

    [Theory]
    [InlineData("var", "this%20is%20a%20big%0Amultiline%20value")]
    [InlineData("bar", "with%20plus%20whitespace")]
    [InlineData("fa%C3%A7ade%22%3A%20", "something")]
    public void Parameter_Published_HasThePublishedValue(string name, string value) =>
        Assert.StartsWith($"\"@query-param\";name=\"{name}\": {value}\n", Base(Published, name), StringComparison.Ordinal);

    [Fact]
    public void Parameter_WithoutAValue_IsEmpty() =>
        Assert.StartsWith("\"@query-param\";name=\"b\": \n", Base("/?a=1&b", "b"), StringComparison.Ordinal);

    [Fact]
    public void Parameter_OfANameThatIsThereTwice_HasNone() => Assert.Null(Base("/?a=1&b=2&a=3", "a"));

    [Fact]
    public void Parameter_OfANameThatIsThereTwiceInTwoSpellings_HasNone() => Assert.Null(Base("/?a=1&%61=3", "a"));

    [Fact]
    public void Parameter_ThatIsMissing_HasNone() => Assert.Null(Base("/?a=1", "b"));

    private static string? Base(string target, string name) =>
        Exchange.BaseOf(Exchange.Unsigned().With(target: target), $"(\"@query-param\";name=\"{name}\")");
}
