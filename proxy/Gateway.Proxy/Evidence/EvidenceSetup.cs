using Gateway.Connectors.Bodies;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Journal;
using Gateway.Evidence.Receipts;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Evidence;

/// <summary>Registers the stage, the journals that it writes and the bodies that it keeps.</summary>
public static class EvidenceSetup
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, Settings settings, DataOptions data) =>
        services
            .AddSingleton(settings.Bind("Evidence", new EvidenceOptions { Bodies = BodyFolderOf(data) }))
            .AddSingleton(settings.Bind("Journal", new JournalOptions { Root = JournalFolderOf(data) }))
            .AddSingleton(provider => LogSigningKeys.Of(provider.GetRequiredService<GatewayKeys>().LogSigning))
            .AddSingleton(provider => new ReceiptSource(
                provider.GetRequiredService<JournalOptions>().Root,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton(provider => new BodyStore(
                provider.GetRequiredService<EvidenceOptions>().Bodies,
                provider.GetRequiredService<Envelope>(),
                DirectorySync.Flush
            ))
            .AddSingleton<KeptBodies>()
            .AddHostedService<BodyRetention>()
            .AddSingleton<EvidenceReading>()
            .AddSingleton<TenantJournals>()
            .AddSingleton<GovernanceKeeping>()
            .AddHostedService(provider => provider.GetRequiredService<TenantJournals>())
            .AddHostedService<UnreadableRequests>()
            .AddSingleton<EvidenceStage>();

    /// <summary>Where kept bodies are unless their own setting says otherwise.</summary>
    public static string BodyFolderOf(DataOptions data) => Path.Combine(data.Path, "bodies");

    /// <summary>Where the journal is unless its own setting says otherwise.</summary>
    public static string JournalFolderOf(DataOptions data) => Path.Combine(data.Path, "journal");
}
