using Gateway.Connectors.Vaults;
using Gateway.Evidence.Journal;
using Gateway.Evidence.Receipts;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Evidence;

/// <summary>Registers the room and the journals that it writes.</summary>
public static class EvidenceSetup
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, Settings settings, DataOptions data) => services
        .AddSingleton(settings.Bind<EvidenceOptions>("Evidence"))
        .AddSingleton(settings.Bind("Journal", new JournalOptions { Root = JournalFolderOf(data) }))
        .AddSingleton(provider => LogSigningKeys.Of(provider.GetRequiredService<GatewayKeys>().LogSigning))
        .AddSingleton(provider => new ReceiptSource(provider.GetRequiredService<JournalOptions>().Root, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<EvidenceReading>()
        .AddSingleton<TenantJournals>()
        .AddSingleton<GovernanceKeeping>()
        .AddHostedService(provider => provider.GetRequiredService<TenantJournals>())
        .AddHostedService<UnreadableRequests>()
        .AddSingleton<EvidenceRoom>();

    /// <summary>Where the journal is unless its own setting says otherwise.</summary>
    public static string JournalFolderOf(DataOptions data) => Path.Combine(data.Path, "journal");
}
