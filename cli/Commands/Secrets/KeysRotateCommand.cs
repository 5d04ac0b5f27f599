using System.CommandLine;
using System.Globalization;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Secrets;

/// <summary>
/// <c>gateway keys rotate</c>: seals everything that is stored under the current key, the vault, agents' keys and those of kept bodies, so
/// that the older one can be dropped. Safe to repeat, and while the instance runs.
/// </summary>
internal sealed class KeysRotateCommand : LeafCommand
{
    private readonly Option<string> _signing = new("--out-dir")
    {
        Description =
            "Instead, make the next pair of keys that packs, traces and tokens are signed with, beside the older ones in this folder.",
        HelpName = "folder",
        DefaultValueFactory = _ => SigningKeyFiles.DefaultFolder!,
    };

    private readonly Option<string> _prefix = new("--prefix")
    {
        Description = "What the names of the pair's files begin with; the moment stands behind it.",
        DefaultValueFactory = _ => "gait",
    };

    private readonly Option<string> _reason = ReasonOption.Create(required: false);

    public KeysRotateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "rotate",
            "Seal the vault, the agents' keys and those of kept bodies under the current data encryption key.",
            "gateway keys rotate    # after putting a new key in front: DATA_ENCRYPTION_KEY=new:…,old:…"
        )
    {
        Add(_signing);
        Add(_prefix);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_signing) is { } folder)
        {
            // To the millisecond, and never over a pair that is there: two at once can't lose one.
            var stamp = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
            return SigningKeyFiles.Make(folder, $"{parsed.GetRequiredValue(_prefix)}_{stamp}", force: false).ToResult();
        }

        var reason = ReasonOption.Read(parsed, _reason);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        var (secrets, credentials, bodyKeys) = (0, 0, 0);
        foreach (var tenant in await TenantsAsync(instance, keys))
        {
            await using var change = await instance.BeginChangeAsync(
                keys,
                tenant,
                GovernedChange.SecretsResealed,
                FullName,
                reason,
                cancellationToken
            );
            secrets += await change.Vault.RotateAsync(tenant, cancellationToken);
            credentials += await CredentialRotation.RotateAsync(
                change.Store,
                keys.Envelope,
                tenant,
                TimeProvider.System.GetUtcNow(),
                cancellationToken
            );
            bodyKeys += await RotateBodiesAsync(instance, keys, change, cancellationToken);
            await change.RecordAsync(cancellationToken);
        }

        var ring = keys.Keys.DataEncryption;
        return CommandResult.Ok(
            new()
            {
                ["key"] = ring.Current.Id,
                ["secrets"] = secrets,
                ["credentials"] = credentials,
                ["body_keys"] = bodyKeys,
            },
            $"Sealed {secrets} secrets, {credentials} agents' keys and {bodyKeys} keys of kept bodies under the key {ring.Current.Id}.",
            ring.All.Count > 1
                ? "Every replica must have the new key first; then the older ones can be dropped from DATA_ENCRYPTION_KEY."
                : "There is no older key."
        ) with
        {
            Warnings = keys.Warnings,
        };
    }

    private static async Task<IReadOnlyList<Id<Tenant>>> TenantsAsync(LocalInstance instance, InstanceKeys keys)
    {
        await using var store = instance.OpenStore();
        return
        [
            .. instance
                .OpenVault(keys)
                .Tenants()
                .Concat(instance.OpenBodies(keys).Tenants())
                .Concat(await store.TenantsAsync(CancellationToken.None))
                .DistinctBy(tenant => tenant.ToString()),
        ];
    }

    /// <summary>On record first: each day's key is sealed anew by itself; a kill between two leaves the rest for the next time.</summary>
    private static async Task<int> RotateBodiesAsync(
        LocalInstance instance,
        InstanceKeys keys,
        LocalChange change,
        CancellationToken cancellationToken
    )
    {
        var bodies = instance.OpenBodies(keys);
        if (!bodies.Tenants().Contains(change.Tenant))
        {
            return 0;
        }

        var key = keys.Keys.DataEncryption.Current.Id.ToString();
        await change.AnnounceAsync(GovernedChange.BodyKeysResealed, key, cancellationToken);
        return bodies.Rotate(change.Tenant);
    }
}
