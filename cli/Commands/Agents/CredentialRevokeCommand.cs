using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents credentials revoke</c>: a running instance follows within its poll of the store. By a name all that
/// hold are ended, also one that is being replaced.</summary>
internal sealed class CredentialRevokeCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly CredentialChoice _chosen;
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
        _chosen = new CredentialChoice(this);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var tenant = parsed.GetRequiredValue(_tenant);
        var reason = ReasonOption.Read(parsed, _reason);
        var instance = LocalInstance.Open(Configuration);
        await using var store = instance.OpenStore();
        var chosen = await _chosen.FindAsync(parsed, store, tenant, cancellationToken);
        if (chosen.Count == 0)
        {
            return CommandResult.Refused(
                ExitCode.Failed,
                $"The tenant '{tenant}' has no credential '{_chosen.Text(parsed)}'.",
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
        var revoked = new List<string>();
        foreach (var one in chosen)
        {
            if (await change.Store.RevokeCredentialAsync(tenant, one.Id, TimeProvider.System.GetUtcNow(), cancellationToken))
            {
                revoked.Add(one.Id);
            }
        }

        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(
            new()
            {
                ["tenant"] = tenant.ToString(),
                ["id"] = chosen[^1].Id,
                ["revoked"] = new JsonArray([.. revoked.Select(id => (JsonNode)id)]),
                ["changed"] = revoked.Count > 0,
            },
            [.. chosen.Select(one => revoked.Contains(one.Id) ? $"Revoked {tenant}.{one.Id}." : $"{tenant}.{one.Id} was revoked before.")]
        ) with
        {
            Warnings = keys.Warnings,
        };
    }
}
