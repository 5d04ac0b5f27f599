using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Secrets;

/// <summary><c>gateway vault remove</c>: what needs the secret is refused from then on.</summary>
internal sealed class VaultRemoveCommand : LeafCommand
{
    private readonly VaultSecret _secret;

    public VaultRemoveCommand(CommandConfiguration configuration)
        : base(configuration, "remove", "Remove a secret for good.", "gateway vault remove --tenant acme --path crm/prod --field token") =>
        _secret = new VaultSecret(this);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, reference) = _secret.Read(parsed);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        return await instance.OpenVault(keys).RemoveAsync(tenant, reference, cancellationToken)
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
