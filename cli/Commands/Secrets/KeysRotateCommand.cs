using System.CommandLine;
using System.Globalization;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Keys;

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
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_signing) is { } folder)
        {
            // To the millisecond, and never over a pair that is there: two at once can't lose one.
            var stamp = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
            return SigningKeyFiles.Make(folder, $"{parsed.GetRequiredValue(_prefix)}_{stamp}", force: false).ToResult();
        }

        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        var vault = instance.OpenVault(keys);
        var (secrets, credentials) = (0, 0);
        foreach (var tenant in vault.Tenants())
        {
            secrets += await vault.RotateAsync(tenant, cancellationToken);
        }

        var bodies = instance.OpenBodies(keys);
        var bodyKeys = bodies.Tenants().Sum(bodies.Rotate);
        await using var store = instance.OpenStore();
        foreach (var tenant in store.Tenants())
        {
            credentials += await CredentialRotation.RotateAsync(
                store,
                keys.Envelope,
                tenant,
                TimeProvider.System.GetUtcNow(),
                cancellationToken
            );
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
}
