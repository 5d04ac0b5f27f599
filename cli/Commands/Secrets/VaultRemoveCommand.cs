using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Secrets;

/// <summary><c>gateway vault remove</c>: what needs the secret is refused from then on.</summary>
internal sealed class VaultRemoveCommand : LeafCommand
{
    private readonly VaultSecret _secret;

    public VaultRemoveCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "remove",
            "Remove a secret for good.",
            "gateway vault remove --tenant acme --path crm/prod --field token --reason 'the CRM is gone'"
        ) => _secret = new VaultSecret(this, reasonRequired: true);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, reference) = _secret.Read(parsed);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.SecretRemoved,
            FullName,
            _secret.Reason(parsed),
            cancellationToken
        );
        var removed = await change.Vault.RemoveAsync(tenant, reference, cancellationToken);
        await change.RecordAsync(cancellationToken);
        return removed
            ? CommandResult.Ok(
                new() { ["tenant"] = tenant.ToString(), ["reference"] = reference.ToString() },
                $"Removed {reference} of {tenant}."
            )
            : CommandResult.Refused(
                ExitCode.Failed,
                $"There is no {reference} in the vault of {tenant}.",
                $"See 'gateway vault list --tenant {tenant}'."
            );
    }
}
