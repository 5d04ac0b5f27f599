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
    /// <summary>
    /// The shortest that the store knows: a request with an unknown key, and the following of revocations, wait for this.
    /// </summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddIdentity(this IServiceCollection services, Settings settings, DataOptions data) =>
        services
            .AddSingleton(settings.Bind<IdentityOptions>("Identity"))
            .AddSingleton<IDurableStore>(new SqliteStore(StoreFolderOf(data), BusyWait))
            .AddSingleton<KeyOpener>()
            .AddSingleton<AgentDirectory>()
            .AddHostedService<ExpiryWatch>()
            .AddSingleton<IdentityStage>();

    /// <summary>Where the embedded durable store is.</summary>
    public static string StoreFolderOf(DataOptions data) => Path.Combine(data.Path, "store");
}
