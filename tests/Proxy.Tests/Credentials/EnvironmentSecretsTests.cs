using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Credentials;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Credentials;

/// <summary>Secrets from this process' own environment.</summary>
public sealed class EnvironmentSecretsTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["GATEWAY_SECRET_TWINx2dB_KEY"] = "of the tenant twin-b",
        ["GATEWAY_SECRET_TWINX2DB_KEY"] = "of the tenant twinx2db",
    };

    [Fact]
    public async Task Two_tenants_whose_variables_differ_in_case_only_each_have_their_own()
    {
        try
        {
            foreach (var (name, value) in Variables)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            var services = new ServiceCollection();
            services.AddCredentials(new Settings(new ConfigurationBuilder().AddEnvironmentVariables().Build()), new DataOptions());
            var source = services
                .Select(service => service.ImplementationInstance)
                .OfType<ICredentialSource>()
                .Single(s => s.Provider == "environment");

            foreach (var (name, value) in Variables)
            {
                var secret = await source.FetchAsync(Id<Tenant>.Parse(value[14..]), new("environment", name, ""), CancellationToken.None);
                Assert.Equal(value, secret?.Reveal());
            }
        }
        finally
        {
            foreach (var name in Variables.Keys)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }
}
