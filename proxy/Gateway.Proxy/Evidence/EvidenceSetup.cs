using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Signing;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence.Triggers;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// How the path waits for the journal, and where bodies are kept. Section <c>Gateway:Evidence</c>; the journal's own settings are
/// <c>Gateway:Journal</c>.
/// </summary>
public sealed class EvidenceOptions
{
    /// <value>How long a record may take to be written, or a body to be kept, before the action is refused. Default 2 s; from 100 ms to 30
    /// s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>The folder for the bodies that connectors want kept. Default <c>bodies</c> in the data folder.</value>
    [Required]
    public string Bodies { get; set; } = "";

    /// <value>The most that one tenant's journal and kept bodies may take of the disk, in bytes; 0 for no limit of its own. Beyond it that
    /// tenant's requests are refused, and no other's. Default 0; up to 2^50.</value>
    [Range(0, 1L << 50)]
    public long TenantBytes { get; set; }

    /// <value>The part of the disk that is kept free for all: below it a tenant that takes more than the average, and more than is left, is
    /// refused. Below twice as much there is an alarm. Default 0.05; from 0.01 to 0.5.</value>
    [Range(0.01, 0.5)]
    public double FreeReserve { get; set; } = 0.05;

    /// <value>Refusals before admission that one agent may provoke in a second, with a burst of ten times as many. Beyond it whatever it
    /// asks is refused before its body is read. Default 100; from 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int RefusalsPerAgent { get; set; } = 100;
}

/// <summary>Registers the stage, the journals that it writes and the bodies that it keeps.</summary>
public static class EvidenceSetup
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, Settings settings, DataOptions data) =>
        services
            .AddSingleton(settings.Bind("Evidence", new EvidenceOptions { Bodies = BodyFolderOf(data) }))
            .AddSingleton(JournalOf(settings, data))
            .AddSingleton(provider => LogSigningKeys.Of(provider.GetRequiredService<GatewayKeys>().LogSigning))
            .AddSingleton(provider =>
            {
                var journal = provider.GetRequiredService<JournalOptions>();
                return new ReceiptSource(journal.Root, provider.GetRequiredService<TimeProvider>())
                {
                    Archive = journal.Archive.Length == 0 ? null : new(journal.Archive, provider.GetRequiredService<LogKeys>().Public),
                };
            })
            .AddSingleton(provider => new BodyStore(
                provider.GetRequiredService<EvidenceOptions>().Bodies,
                provider.GetRequiredService<Envelope>(),
                DirectorySync.Flush
            ))
            .AddSingleton<KeptBodies>()
            .AddHostedService<BodyExpiry>()
            .AddSingleton<TenantJournals>()
            .AddSingleton<GovernanceKeeping>()
            .AddHostedService(provider => provider.GetRequiredService<TenantJournals>())
            .AddHostedService<UnreadableRequests>()
            .AddHostedService<ChangeRecording>()
            .AddHostedService<FollowedChanges>()
            .AddSingleton<PutBackStores>()
            .AddHostedService(provider => provider.GetRequiredService<PutBackStores>())
            .AddSingleton<DiskShares>()
            .AddHostedService(provider => provider.GetRequiredService<DiskShares>())
            .AddHostedService<SegmentShipping>()
            .AddSingleton<AgentRefusals>()
            .AddHostedService(provider => provider.GetRequiredService<AgentRefusals>())
            .AddSingleton(provider =>
            {
                var governance = provider.GetRequiredService<GovernanceState>();
                return new TriggerWatch(() => governance.Current, provider.GetRequiredService<TimeProvider>());
            })
            .AddHostedService<TriggerActions>()
            .AddSingleton<EvidenceStage>();

    /// <summary>Where and how the journal is kept, with what is wrong with it reported.</summary>
    public static JournalOptions JournalOf(Settings settings, DataOptions data)
    {
        var journal = settings.Bind("Journal", new JournalOptions { Root = JournalFolderOf(data) });
        foreach (var problem in journal.Problems())
        {
            settings.Report($"{Settings.Root}:Journal:{problem}");
        }

        return journal;
    }

    /// <summary>Where kept bodies are unless their own setting says otherwise.</summary>
    public static string BodyFolderOf(DataOptions data) => Path.Combine(data.Path, "bodies");

    /// <summary>Where the journal is unless its own setting says otherwise.</summary>
    public static string JournalFolderOf(DataOptions data) => Path.Combine(data.Path, "journal");
}
