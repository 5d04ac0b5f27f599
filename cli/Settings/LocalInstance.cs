using Gateway.Cli.Results;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;
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
    ];

    private readonly CommandConfiguration _configuration;
    private readonly DataOptions _data;
    private readonly GovernanceOptions _governance;
    private readonly EvidenceOptions _evidence;

    private LocalInstance(CommandConfiguration configuration, DataOptions data, GovernanceOptions governance, EvidenceOptions evidence) =>
        (_configuration, _data, _governance, _evidence) = (configuration, data, governance, evidence);

    /// <summary>Where the governance documents are.</summary>
    public string GovernanceFolder => _governance.Path;

    /// <summary>The journal's root, unless <c>Journal:Root</c> names another.</summary>
    public string JournalFolder => EvidenceSetup.JournalFolderOf(_data);

    /// <summary>Where the durable store is, in full.</summary>
    public string StoreFolder => Path.GetFullPath(Path.Combine(_data.Path, "store"));

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
        settings.Check();
        return new LocalInstance(configuration, data, governance, evidence);
    }

    /// <exception cref="ConfigurationException">A key is missing or wrong.</exception>
    public InstanceKeys LoadKeys() => InstanceKeys.Load(_configuration, _data);

    /// <summary>Makes a credential and keeps its record. Its secret is in what comes back, and nowhere else.</summary>
    /// <exception cref="InvalidInputException">There is no such credential.</exception>
    public async Task<IssuedCredential> IssueAsync(InstanceKeys keys, CredentialOrder order, CancellationToken cancellationToken)
    {
        var issued = Make(keys, order);
        await using var store = OpenStore();
        await store.PrepareAsync([order.Tenant], cancellationToken);
        await store.AddCredentialAsync(issued.Record, cancellationToken);
        return issued;
    }

    /// <summary>Makes a credential in another's place; both hold for <paramref name="overlap"/>.</summary>
    /// <exception cref="InvalidInputException">There is no such credential, or the old one holds no more.</exception>
    public async Task<IssuedCredential> ReplaceAsync(
        InstanceKeys keys,
        CredentialOrder order,
        string previous,
        TimeSpan overlap,
        CancellationToken cancellationToken
    )
    {
        var issued = Make(keys, order);
        await using var store = OpenStore();
        return await store.ReplaceCredentialAsync(issued.Record, previous, issued.Record.CreatedAt + overlap, cancellationToken)
            ? issued
            : throw new InvalidInputException(
                $"{order.Tenant}.{previous} holds no more: it was revoked or has expired.",
                $"Issue a new one: 'gateway agents credentials create --tenant {order.Tenant} --agent {order.Agent}'."
            );
    }

    private static IssuedCredential Make(InstanceKeys keys, CredentialOrder order) =>
        keys.Issuer().TryIssue(order, out var issued, out var error) ? issued! : throw new InvalidInputException(error, "");

    public EncryptedFileVault OpenVault(InstanceKeys keys) => new(Path.Combine(_data.Path, "vault"), keys.Envelope);

    /// <param name="folder">Null for the instance's own.</param>
    public BodyStore OpenBodies(InstanceKeys keys, string? folder = null) => new(folder ?? _evidence.Bodies, keys.Envelope);

    public SqliteStore OpenStore() => new(StoreFolder);

    private static IEnumerable<KeyValuePair<string, string?>> Own(IConfiguration values) =>
        Read.SelectMany(section => values.GetSection(section).AsEnumerable()).Where(pair => pair.Value is not null);
}
