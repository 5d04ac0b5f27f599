using Gateway.Proxy.Configuration;
using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class FrontDoorSetupTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("HTTP://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    public void Authorities_OfAServerForItsOwnMachine_AreItsNames(string urls)
    {
        var authorities = Set(("urls", urls));

        Assert.All(["127.0.0.1:8080", "localhost:8080", "[::1]:8080"], name => Assert.True(authorities.Contains("http", name)));
        Assert.False(authorities.Contains("http", "localhost:8081"));
    }

    [Fact]
    public void Authorities_OfTheSchemesOwnPort_AreNamedWithoutIt() =>
        Assert.True(Set(("urls", "http://127.0.0.1")).Contains("http", "localhost"));

    [Fact]
    public void Authorities_WhereSomeAreConfigured_AreOnlyThese()
    {
        var authorities = Set(("urls", "http://127.0.0.1:8080"), ("Gateway:FrontDoor:Authorities:0", "gateway.example"));

        Assert.True(authorities.Contains("https", "gateway.example"));
        Assert.False(authorities.Contains("http", "127.0.0.1:8080"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://192.0.2.1:8080")]
    [InlineData("http://127.0.0.1:8080;http://0.0.0.0:8081")]
    [InlineData("http://+:8081;http://localhost:8080")]
    public void Authorities_OfAServerForOthers_MustBeNamed(string urls) =>
        Assert.Contains("Gateway:FrontDoor:Authorities", Refused(("urls", urls)), StringComparison.Ordinal);

    [Theory]
    [InlineData("ftp://127.0.0.1:8080")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080/v1")]
    [InlineData("http://127.0.0.1:80800")]
    [InlineData("http://127.0.0.1:8080;https//127.0.0.1:8443")]
    public void Url_ThatCantBeListenedAt_StopsTheStart(string urls) =>
        Assert.StartsWith(
            "--urls: '",
            Refused(("urls", urls), ("Gateway:FrontDoor:Authorities:0", "gateway.example")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Kestrel:Endpoints:Other:Url")]
    [InlineData("kestrel:endpoints:other:url")]
    public void Endpoint_ThatIsNotAmongTheUrls_StopsTheStart(string key) =>
        Assert.Contains("--urls", Refused(("urls", "http://127.0.0.1:8080"), (key, "http://0.0.0.0:8081")), StringComparison.Ordinal);

    [Fact]
    public void AllowedHosts_WhichWouldRefuseUnrecorded_StopTheStart() =>
        Assert.Contains("Gateway:FrontDoor:Authorities", Refused(("AllowedHosts", "gateway.example")), StringComparison.Ordinal);

    [Fact]
    public void AllowedHosts_ThatAllowEveryHost_AreLetBe() => Assert.True(Set(("AllowedHosts", "*")).Contains("http", "localhost:8080"));

    [Theory]
    [InlineData("https://gateway.example")]
    [InlineData("gateway.example/v1")]
    public void Authority_ThatIsNone_StopsTheStart(string authority) =>
        Assert.Contains(authority, Refused(("Gateway:FrontDoor:Authorities:0", authority)), StringComparison.Ordinal);

    [Fact]
    public void TrustedProxy_ThatIsAName_StopsTheStart() =>
        Assert.Contains("proxy.example", Refused(("Gateway:FrontDoor:TrustedProxies:0", "proxy.example")), StringComparison.Ordinal);

    private static AllowedAuthorities Set(params (string Key, string Value)[] values)
    {
        var settings = Add(values, out var services);
        settings.Check();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<AllowedAuthorities>();
    }

    private static string Refused(params (string Key, string Value)[] values) =>
        Assert.Single(Assert.Throws<ConfigurationException>(Add(values, out _).Check).Errors);

    private static Settings Add((string Key, string Value)[] values, out IServiceCollection services)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(values.Select(v => KeyValuePair.Create<string, string?>(v.Key, v.Value)));
        var settings = new Settings(builder.Configuration);
        services = new ServiceCollection();
        services.AddFrontDoor(settings, builder.WebHost);
        return settings;
    }
}
