using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Identity;

/// <summary>How identity is proven. Section <c>Gateway:Identity</c>.</summary>
public sealed class IdentityOptions
{
    /// <value> How far an agent's clock may be ahead, and for how long signatures are refused after the shared state lost its memory.
    /// Default 5 s; from 0 s to 60 s. </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan AllowedClockSkew { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Registers the stage and the durable store that it asks.</summary>
public static class IdentitySetup
{
    public static IServiceCollection AddIdentity(this IServiceCollection services, Settings settings, DataOptions data)
    {
        var store = settings.Bind<StoreOptions>("Store");
        string? Find(string name) => settings.Configuration[name];
        foreach (var problem in store.Problems(Find))
        {
            settings.Report(problem);
        }

        return services
            .AddSingleton(settings.Bind<IdentityOptions>("Identity"))
            .AddSingleton(store)
            .AddSingleton(_ => store.Open(data, Find))
            .AddSingleton<IDurableStore>(provider => provider.GetRequiredService<SqlStore>())
            .AddSingleton(provider => new ApprovalStore(
                provider.GetRequiredService<SqlStore>().Databases,
                ChangeOrigin.Local("gateway", "")
            ))
            .AddSingleton(provider => new KillStore(provider.GetRequiredService<SqlStore>().Databases, ChangeOrigin.Local("gateway", "")))
            .AddSingleton<KeyOpener>()
            .AddSingleton<AgentDirectory>()
            .AddHostedService<ExpiryWatch>()
            .AddSingleton<IdentityStage>();
    }
}
