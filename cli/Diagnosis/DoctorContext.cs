using Gateway.Cli.Settings;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Cli.Diagnosis;

/// <summary>
/// What an instance would be started with here. Made even where much of it is wrong, so that the rest can be looked at too.
/// </summary>
internal sealed record DoctorContext(
    CommandConfiguration Configuration,
    DataOptions Data,
    GovernanceOptions Governance,
    JournalOptions Journal,
    EvidenceOptions Evidence,
    StateOptions State,
    StoreOptions Store,
    KeyLoadResult Keys
)
{
    public static DoctorContext Read(CommandConfiguration configuration)
    {
        // What is wrong with these settings is said by the check of all settings; here they count as far as they can be read.
        var settings = new Proxy.Configuration.Settings(configuration.Values);
        var data = settings.Bind<DataOptions>("Data");
        var journal = settings.Bind("Journal", new JournalOptions { Root = EvidenceSetup.JournalFolderOf(data) });
        var evidence = settings.Bind("Evidence", new EvidenceOptions { Bodies = EvidenceSetup.BodyFolderOf(data) });
        var keys = KeyLoader.Load(KeysSetup.Read(configuration.Values), createMissing: configuration.IsDevelopment, data.Path);
        return new DoctorContext(
            configuration,
            data,
            settings.Bind<GovernanceOptions>("Governance"),
            journal,
            evidence,
            settings.Bind<StateOptions>("State"),
            settings.Bind<StoreOptions>("Store"),
            keys
        );
    }

    public IReadOnlyList<string> Urls =>
        FrontDoorOptions.UrlsOf(Configuration.Values).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
