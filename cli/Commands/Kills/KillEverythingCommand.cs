using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary>
/// <c>gateway kill everything</c>: in every tenant of the store that can be changed. One is enough to stop all, so that a tenant whose
/// journal is lost doesn't keep the others at work.
/// </summary>
internal sealed class KillEverythingCommand : LeafCommand
{
    private readonly Option<bool> _graceful = KillView.Graceful();
    private readonly Option<string> _reason = ReasonOption.Create(required: true);
    private readonly ProfileOption _profile;

    public KillEverythingCommand(CommandConfiguration configuration)
        : base(configuration, "everything", "Stop all tenants.", "gateway kill everything --reason 'INC-42: keys are out'")
    {
        Add(_graceful);
        Add(_reason);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var reason = ReasonOption.Read(parsed, _reason);
        if (_profile.Find(parsed) is { } at)
        {
            using var api = OperatorsApi.Of(at);
            var set = await RemoteKills.SetAsync(api, KillScope.Everything, "", parsed.GetValue(_graceful), reason, cancellationToken);
            return Shown(set, tenants: null); // All that are there: which, is not this operator's to know.
        }

        var instance = LocalInstance.Open(Configuration);
        IReadOnlyList<Id<Tenant>> tenants;
        await using (var store = instance.OpenStore())
        {
            tenants = await store.TenantsAsync(cancellationToken);
        }

        var keys = instance.LoadKeys();
        await using var changes = await TenantChanges.BeginAsync(
            instance,
            keys,
            tenants,
            GovernedChange.KillSet,
            FullName,
            reason,
            evenSome: true,
            cancellationToken
        );
        var kill = changes.Begun[0].Kills.New(KillScope.Everything, "", parsed.GetValue(_graceful), TimeProvider.System.GetUtcNow());
        var (stopped, problems) = (new List<LocalChange>(), changes.Problems.ToList());
        foreach (var change in changes.Begun)
        {
            try
            {
                await change.Store.PrepareAsync([change.Tenant], cancellationToken); // A tenant may be from before there were kills.
                kill = await change.Kills.SetAsync(change.Tenant, kill, cancellationToken);
                stopped.Add(change);
            }
            catch (DurableStoreException e)
            {
                problems.Add($"{change.Tenant}: {e.Message}");
            }
        }

        if (stopped.Count == 0)
        {
            throw new InvalidInputException(string.Join(" ", problems), "Nothing was changed.");
        }

        foreach (var change in stopped)
        {
            await change.RecordAsync(cancellationToken);
        }

        return Shown(kill, new JsonArray([.. stopped.Select(change => (JsonNode)change.Tenant.ToString())])) with
        {
            Warnings = [.. problems.Select(problem => $"Not written for {problem}"), .. keys.Warnings],
        };
    }

    private static CommandResult Shown(Kill kill, JsonArray? tenants) =>
        CommandResult.Ok(
            new()
            {
                ["id"] = kill.Id,
                ["scope"] = Vocabulary.KillScope.Text(kill.Scope),
                ["mode"] = KillView.Mode(kill),
                ["tenants"] = tenants,
                ["reason"] = kill.Reason,
            },
            $"{kill.Id} stops everything, {KillView.Mode(kill).Replace('_', ' ')}. Lift it: gateway kill lift {kill.Id}."
        );
}
