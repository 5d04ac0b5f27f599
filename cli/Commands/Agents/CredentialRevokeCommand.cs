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
    private readonly Option<string> _reason = ReasonOption.Create(required: true);

    public CredentialRevokeCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "revoke",
            "End a credential for good.",
            "gateway agents credentials revoke --tenant acme --id abcdefgh23 --reason 'INC-42: found in a log'"
        )
    {
        Add(_tenant);
        Add(_id);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, id) = (parsed.GetRequiredValue(_tenant), parsed.GetRequiredValue(_id));
        var reason = ReasonOption.Read(parsed, _reason);
        var instance = LocalInstance.Open(Configuration);
        await using var store = instance.OpenStore();
        if (await store.FindCredentialAsync(tenant, id, cancellationToken) is null)
        {
            return CommandResult.Refused(
                ExitCode.Failed,
                $"The tenant '{tenant}' has no credential '{id}'.",
                $"See 'gateway agents credentials list --tenant {tenant}'."
            );
        }

        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.CredentialRevoked,
            FullName,
            reason,
            cancellationToken
        );
        var revoked = await change.Store.RevokeCredentialAsync(tenant, id, TimeProvider.System.GetUtcNow(), cancellationToken);
        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(
            new()
            {
                ["tenant"] = tenant.ToString(),
                ["id"] = id,
                ["changed"] = revoked,
            },
            revoked ? $"Revoked {tenant}.{id}." : $"{tenant}.{id} was revoked before."
        ) with
        {
            Warnings = keys.Warnings,
        };
    }
}
