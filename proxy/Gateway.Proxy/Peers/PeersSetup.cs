using Gateway.Connectors.Stores;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Peers;

/// <summary>Registers what replicas ask each other, and the listener where there is one.</summary>
public static class PeersSetup
{
    public static IServiceCollection AddPeers(this IServiceCollection services, Settings settings, DataOptions data)
    {
        var options = settings.Bind<PeersOptions>("Peers");
        options.Check(settings);
        if (!options.IsOn && data.Replicas > 1 && settings.Configuration[$"{Settings.Root}:Store:Kind"] == "postgres")
        {
            settings.Warn(
                $"{Settings.Root}:Peers:Url is empty: where the replicas have volumes of their own, each knows the receipts of its own "
                    + "only. Set it and Address on each, unless they share one data folder."
            );
        }

        if (options.IsOn)
        {
            services.AddHostedService<PeerListener>();
        }

        return services
            .AddSingleton(options)
            .AddSingleton<ProcessName>()
            .AddSingleton<EndedEarly>()
            .AddSingleton<PeerAnswers>()
            .AddSingleton<PeerClient>()
            .AddSingleton<TenantReceipts>()
            .AddSingleton(provider => new LogStore(provider.GetRequiredService<SqlStore>().Databases))
            .AddSingleton<LogClaims>()
            .AddHostedService(provider => provider.GetRequiredService<LogClaims>());
    }
}
