using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Secrets;

/// <summary><c>gateway vault rotate</c>: seals the vault's secrets under the current key.</summary>
internal sealed class VaultRotateCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Of<Tenant>("--tenant", "One tenant only; all of them where it isn't given.");

    private readonly Option<string> _reason = ReasonOption.Create(required: false);

    public VaultRotateCommand(CommandConfiguration configuration)
        : base(configuration, "rotate", "Seal what is stored under the current data encryption key.", "gateway vault rotate --tenant acme")
    {
        Add(_tenant);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        var vault = instance.OpenVault(keys);
        var tenant = parsed.GetValue(_tenant);
        var sealedAnew = 0;
        foreach (var each in tenant.IsEmpty ? vault.Tenants() : [tenant])
        {
            await using var change = await instance.BeginChangeAsync(
                keys,
                each,
                GovernedChange.SecretsResealed,
                FullName,
                ReasonOption.Read(parsed, _reason),
                cancellationToken
            );
            sealedAnew += await change.Vault.RotateAsync(each, cancellationToken);
            await change.RecordAsync(cancellationToken);
        }

        var key = keys.Keys.DataEncryption.Current.Id;
        return CommandResult.Ok(new() { ["key"] = key, ["secrets"] = sealedAnew }, $"Sealed {sealedAnew} secrets under the key {key}.") with
        {
            Warnings = keys.Warnings,
        };
    }
}
