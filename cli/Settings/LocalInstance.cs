using Gateway.Cli.Results;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Identity;
using Microsoft.Extensions.Configuration;

namespace Gateway.Cli.Settings;

/// <summary>The instance whose files a command works on: where they are, and the keys that they are sealed with.</summary>
internal sealed class LocalInstance
{
    private static readonly string[] Read =
    [
        $"{Proxy.Configuration.Settings.Root}:Data",
        $"{Proxy.Configuration.Settings.Root}:Governance",
        $"{Proxy.Configuration.Settings.Root}:Evidence",
        $"{Proxy.Configuration.Settings.Root}:Journal",
        $"{Proxy.Configuration.Settings.Root}:Store",
    ];

    private readonly CommandConfiguration _configuration;
    private readonly DataOptions _data;
    private readonly GovernanceOptions _governance;
    private readonly EvidenceOptions _evidence;
    private readonly JournalOptions _journal;
    private readonly StoreOptions _store;

    private LocalInstance(
        CommandConfiguration configuration,
        DataOptions data,
        GovernanceOptions governance,
        EvidenceOptions evidence,
        JournalOptions journal,
        StoreOptions store
    ) => (_configuration, _data, _governance, _evidence, _journal, _store) = (configuration, data, governance, evidence, journal, store);

    /// <summary>Where the governance documents are.</summary>
    public string GovernanceFolder => _governance.Path;

    /// <summary>The journal's root.</summary>
    public string JournalFolder => _journal.Root;

    /// <summary>Where the journal is shipped to; empty for nowhere.</summary>
    public string JournalArchive => _journal.Archive;

    /// <summary>Where the durable store is: SQLite's folder in full, or PostgreSQL's host and database.</summary>
    public string StorePlace => _store.Place(_data);

    /// <exception cref="ConfigurationException">The settings that it is read from have errors; all of them are said.</exception>
    public static LocalInstance Open(CommandConfiguration configuration)
    {
        // Only the sections read here: a misspelt key in one of them is found, and the server's other ones aren't called unknown.
        var settings = new Proxy.Configuration.Settings(
            new ConfigurationBuilder().AddInMemoryCollection(Own(configuration.Values)).Build()
        );
        var data = settings.Bind<DataOptions>("Data");
        var governance = settings.Bind<GovernanceOptions>("Governance");
        var evidence = settings.Bind("Evidence", new EvidenceOptions { Bodies = EvidenceSetup.BodyFolderOf(data) });
        var journal = EvidenceSetup.JournalOf(settings, data);
        var store = settings.Bind<StoreOptions>("Store");
        foreach (var problem in store.Problems(configuration.Find))
        {
            settings.Report(problem);
        }

        settings.Check();
        return new LocalInstance(configuration, data, governance, evidence, journal, store);
    }

    /// <exception cref="ConfigurationException">A key is missing or wrong.</exception>
    public InstanceKeys LoadKeys() => InstanceKeys.Load(_configuration, _data);

    /// <summary>Begins a change of a tenant's: nothing is changed where its record can't be kept.</summary>
    /// <param name="program">What runs, as it is typed, without arguments.</param>
    /// <exception cref="InvalidInputException">The tenant wants a reason, and there is none; or the journal can't be written.</exception>
    public Task<LocalChange> BeginChangeAsync(
        InstanceKeys keys,
        Id<Tenant> tenant,
        GovernedChange kind,
        string program,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ChangeReasons.Demand(GovernanceFolder, tenant, kind, reason);
        var origin = ChangeOrigin.Local(program, reason);
        return LocalChange.BeginAsync(_journal, keys, origin, OpenStore(), OpenVault(keys), tenant, kind, cancellationToken);
    }

    /// <summary>A tenant's store beside this instance's journal.</summary>
    public Task<StoreComparison> CompareAsync(SqlStore store, Id<Tenant> tenant, CancellationToken cancellationToken) =>
        StoreComparison.FindAsync(store, _journal, ArchiveKeys(), tenant, cancellationToken);

    /// <summary>What proves the archive's part of the journal. Without an archive no key is needed.</summary>
    private IReadOnlyList<Ed25519PublicKey> ArchiveKeys() =>
        _journal.Archive.Length == 0 ? [] : LogSigningKeys.Of(LoadKeys().Keys.LogSigning).Public;

    /// <summary>What changed for a tenant and isn't known to be on record.</summary>
    public async Task<IReadOnlyList<ChangeNote>> UnrecordedAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        await using var store = OpenStore();
        return [.. await store.UnrecordedAsync(tenant, cancellationToken), .. EncryptedFileVault.Unrecorded(VaultFolder, tenant)];
    }

    /// <summary>Makes a credential. Its secret is in what comes back, and nowhere else.</summary>
    /// <exception cref="InvalidInputException">There can be none such.</exception>
    public static IssuedCredential Make(InstanceKeys keys, CredentialOrder order) =>
        keys.Issuer().TryIssue(order, out var issued, out var error) ? issued! : throw new InvalidInputException(error, "");

    public EncryptedFileVault OpenVault(InstanceKeys keys) => new(VaultFolder, keys.Envelope);

    /// <param name="folder">Null for the instance's own.</param>
    public BodyStore OpenBodies(InstanceKeys keys, string? folder = null) => new(folder ?? _evidence.Bodies, keys.Envelope);

    private string VaultFolder => Path.Combine(_data.Path, "vault");

    public SqlStore OpenStore() => _store.OpenForCommand(_data, _configuration.Find);

    /// <summary>The kills beside the rest of a store, to look at.</summary>
    public static KillStore KillsIn(SqlStore store) => new(store.Databases, ChangeOrigin.Local("gateway kill", ""));

    /// <summary>The approvals beside the rest of a store, to look at.</summary>
    public static ApprovalStore ApprovalsIn(SqlStore store) => new(store.Databases, ChangeOrigin.Local("gateway approvals", ""));

    /// <summary>What people are told, beside the rest of a store, to look at.</summary>
    public static NoticeStore NoticesIn(SqlStore store) => new(store.Databases, ChangeOrigin.Local("gateway notices", ""));

    private static IEnumerable<KeyValuePair<string, string?>> Own(IConfiguration values) =>
        Read.SelectMany(section => values.GetSection(section).AsEnumerable()).Where(pair => pair.Value is not null);
}
