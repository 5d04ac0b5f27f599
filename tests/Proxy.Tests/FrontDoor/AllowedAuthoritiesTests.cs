using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class AllowedAuthoritiesTests
{
    private static readonly AllowedAuthorities Some = new([
        "gateway.example",
        "Inside.Example:8080",
        "[::1]:9000",
        "secure.example:443",
        "plain.example:80",
    ]);

    [Theory]
    [InlineData("https", "gateway.example")]
    [InlineData("https", "GATEWAY.example")]
    [InlineData("https", "gateway.example:443")]
    [InlineData("http", "gateway.example:80")]
    [InlineData("http", "inside.example:8080")]
    [InlineData("http", "[::1]:9000")]
    [InlineData("https", "secure.example")]
    [InlineData("http", "plain.example")]
    public void Authority_Configured_IsOneOfThem(string scheme, string authority) => Assert.True(Some.Contains(scheme, authority));

    [Theory]
    [InlineData("https", "")]
    [InlineData("https", "other.example")]
    [InlineData("https", "gateway.example:80")]
    [InlineData("http", "gateway.example:443")]
    [InlineData("https", "gateway.example:8443")]
    [InlineData("https", "gateway.example.")]
    [InlineData("https", "inside.example")]
    [InlineData("https", "user@gateway.example")]
    [InlineData("https", "gateway.example, gateway.example")]
    [InlineData("ftp", "gateway.example:443")]
    public void Authority_Other_IsNone(string scheme, string authority) => Assert.False(Some.Contains(scheme, authority));

    [Fact]
    public void Authority_OfAnEmptyList_IsNone() => Assert.False(new AllowedAuthorities([]).Contains("https", "gateway.example"));

    [Theory]
    [InlineData("https://gateway.example")]
    [InlineData("gateway.example/path")]
    [InlineData("")]
    public void List_WithWhatIsNoAuthority_SaysSo(string authority) =>
        Assert.Contains(
            "host:port",
            Assert.Throws<ArgumentException>(() => new AllowedAuthorities([authority])).Message,
            StringComparison.Ordinal
        );
}
