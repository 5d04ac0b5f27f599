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

    private static IReadOnlyList<string> ErrorsOf(int replicas, string kind, string endpoint)
    {
        var values = new Dictionary<string, string?> { ["Gateway:State:Kind"] = kind };
        if (endpoint.Length > 0)
        {
            values["Gateway:State:Endpoints:0"] = endpoint;
        }

        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        new ServiceCollection().AddAdmission(settings, new DataOptions { Replicas = replicas });
        return Record.Exception(settings.Check) is ConfigurationException e ? e.Errors : [];
    }
}
