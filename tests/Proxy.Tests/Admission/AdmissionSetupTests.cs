using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Admission;

public sealed class AdmissionSetupTests
{
    [Theory]
    [InlineData(2, "memory", "", "Gateway:State:Kind")]
    [InlineData(1, "redis", "", "Gateway:State:Endpoints")]
    [InlineData(1, "", "", "Gateway:State:Kind")]
    [InlineData(1, "Redis", "127.0.0.1:6379", "Gateway:State:Kind")]
    public void State_ThatCannotWork_StopsTheStart(int replicas, string kind, string endpoint, string said) =>
        Assert.StartsWith(said + ":", Assert.Single(ErrorsOf(replicas, kind, endpoint)), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "memory", "")]
    [InlineData(2, "redis", "127.0.0.1:6379")]
    public void State_ThatCanWork_IsFine(int replicas, string kind, string endpoint) => Assert.Empty(ErrorsOf(replicas, kind, endpoint));

    [Theory]
    [InlineData("Gateway:State:Cluster", "Gateway:State:Cluster=true", "Gateway:State:Sentinel=main")]
    [InlineData("Gateway:State:Tls", "Gateway:State:TlsCaFile=ca.pem")]
    [InlineData("Gateway:State:Tls", "Gateway:State:TlsCertificateFile=client.pem")]
    [InlineData("REDIS_PASSWORD", "REDIS_PASSWORD=horse", "REDIS_PASSWORD_FILE=horse.txt")]
    [InlineData("REDIS_SENTINEL_PASSWORD", "REDIS_SENTINEL_PASSWORD=horse", "REDIS_SENTINEL_PASSWORD_FILE=horse.txt")]
    public void Redis_WithSettingsThatDontGoTogether_StopsTheStart(string said, params string[] set)
    {
        var error = Assert.Single(ErrorsOf(1, "redis", "127.0.0.1:6379", set));

        Assert.StartsWith(said + ":", error, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Redis_WithAllThatGoesTogether_IsFine() =>
        Assert.Empty(
            ErrorsOf(
                1,
                "redis",
                "127.0.0.1:26379",
                "Gateway:State:Sentinel=main",
                "Gateway:State:User=gateway",
                "Gateway:State:Tls=true",
                "Gateway:State:TlsCaFile=ca.pem",
                "REDIS_PASSWORD_FILE=horse.txt"
            )
        );

    private static IReadOnlyList<string> ErrorsOf(int replicas, string kind, string endpoint, params string[] set)
    {
        var values = new Dictionary<string, string?> { ["Gateway:State:Kind"] = kind };
        foreach (var setting in set)
        {
            values[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] = setting[
                (setting.IndexOf('=', StringComparison.Ordinal) + 1)..
            ];
        }

        if (endpoint.Length > 0)
        {
            values["Gateway:State:Endpoints:0"] = endpoint;
        }

        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        new ServiceCollection().AddAdmission(settings, new DataOptions { Replicas = replicas });
        return Record.Exception(settings.Check) is ConfigurationException e ? e.Errors : [];
    }
}
