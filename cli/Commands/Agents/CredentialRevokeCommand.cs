using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents credentials revoke</c>: a running instance follows within its poll of the store.</summary>
internal sealed class CredentialRevokeCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<string> _id = new("--id") { Description = "The credential's id, as 'list' shows it.", Required = true };

    public CredentialRevokeCommand(CommandConfiguration configuration)
        : base(configuration, "revoke", "End a credential for good.", "gateway agents credentials revoke --tenant acme --id abcdefgh23")
    {
        Add(_tenant);
        Add(_id);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, id) = (parsed.GetRequiredValue(_tenant), parsed.GetRequiredValue(_id));
        await using var store = LocalInstance.Open(Configuration).OpenStore();
        var revoked = await store.RevokeCredentialAsync(tenant, id, TimeProvider.System.GetUtcNow(), cancellationToken);
        if (!revoked && await store.FindCredentialAsync(tenant, id, cancellationToken) is null)
        {
            return CommandResult.Refused(
                ExitCode.Failed,
                $"The tenant '{tenant}' has no credential '{id}'.",
                $"See 'gateway agents credentials list --tenant {tenant}'."
            );
        }

        return CommandResult.Ok(
            new()
            {
                ["tenant"] = tenant.ToString(),
                ["id"] = id,
                ["changed"] = revoked,
            },
            revoked ? $"Revoked {tenant}.{id}." : $"{tenant}.{id} was revoked before."
        );
    }
}
