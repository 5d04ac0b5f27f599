using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary>
/// <c>gateway kill lift</c>: in every tenant that has it, which are several where it stops everything. All of them or none: where one can't
/// be changed, nothing goes on.
/// </summary>
internal sealed class KillLiftCommand : LeafCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The kill's, such as kill_…." };
    private readonly Option<string> _reason = ReasonOption.Create(required: true);
    private readonly ProfileOption _profile;

    public KillLiftCommand(CommandConfiguration configuration)
        : base(configuration, "lift", "Let go on what was stopped.", "gateway kill lift kill_… --reason 'INC-42: mended'")
    {
        Add(_id);
        Add(_reason);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (id, reason) = (parsed.GetRequiredValue(_id), ReasonOption.Read(parsed, _reason));
        if (_profile.Find(parsed) is { } at)
        {
            using var api = OperatorsApi.Of(at);
            await RemoteKills.LiftAsync(api, id, reason, cancellationToken);
            return CommandResult.Ok(
                new()
                {
                    ["id"] = id,
                    ["tenants"] = new JsonArray(at.Tenant.ToString()),
                    ["changed"] = true,
                },
                $"{id} is lifted."
            );
        }

        var instance = LocalInstance.Open(Configuration);
        var tenants = await FindAsync(instance, id, cancellationToken);
        if (tenants.Count == 0)
        {
            return CommandResult.Refused(ExitCode.Failed, $"No tenant has a kill '{id}'.", "See 'gateway kill list'.");
        }

        var keys = instance.LoadKeys();
        await using var changes = await TenantChanges.BeginAsync(
            instance,
            keys,
            tenants,
            GovernedChange.KillLifted,
            FullName,
            reason,
            evenSome: false,
            cancellationToken
        );
        Kill? lifted = null;
        foreach (var change in changes.Begun)
        {
            lifted = await change.Kills.LiftAsync(change.Tenant, id, TimeProvider.System.GetUtcNow(), cancellationToken) ?? lifted;
        }

        foreach (var change in changes.Begun)
        {
            await change.RecordAsync(cancellationToken);
        }

        return CommandResult.Ok(
            new()
            {
                ["id"] = id,
                ["tenants"] = new JsonArray([.. tenants.Select(tenant => (JsonNode)tenant.ToString())]),
                ["changed"] = lifted is not null,
            },
            lifted is null ? $"{id} was lifted before." : $"{id} is lifted: {KillView.What(lifted)} can go on."
        ) with
        {
            Warnings = keys.Warnings,
        };
    }

    private static async Task<IReadOnlyList<Id<Tenant>>> FindAsync(LocalInstance instance, string id, CancellationToken cancellationToken)
    {
        await using var store = instance.OpenStore();
        var (kills, found) = (LocalInstance.KillsIn(store), new List<Id<Tenant>>());
        foreach (var tenant in await store.TenantsAsync(cancellationToken))
        {
            if ((await kills.ListAsync(tenant, cancellationToken)).Any(kill => kill.Id == id))
            {
                found.Add(tenant);
            }
        }

        return found;
    }
}
