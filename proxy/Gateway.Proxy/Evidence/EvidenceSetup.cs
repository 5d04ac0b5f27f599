using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Receipts;
using Gateway.Proxy.Configuration;

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
}

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
            .AddHostedService<BodyExpiry>()
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
