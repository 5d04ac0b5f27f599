using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary>The options of a change in an agent's life, and the change itself.</summary>
internal sealed class AgentLifecycle
{
    /// <value>What an agent is demoted to that isn't.</value>
    public const string Nothing = "nothing";

    private readonly Option<Id<Tenant>> _tenant = NameOptions.TenantOrProfile();
    private readonly Option<Id<Agent>> _agent = NameOptions.Agent();
    private readonly Option<string> _reason = ReasonOption.Create(required: true);

    private readonly ProfileOption _profile;
    private readonly LeafCommand _command;

    public AgentLifecycle(LeafCommand command)
    {
        _command = command;
        command.Add(_tenant);
        command.Add(_agent);
        command.Add(_reason);
        _profile = new ProfileOption(command);
    }

    public Task<CommandResult> SetAsync(
        ParseResult parsed,
        CommandConfiguration configuration,
        LifecycleStatus status,
        bool evenUnseen,
        CancellationToken cancellationToken
    ) =>
        MakeAsync(
            parsed,
            configuration,
            "status",
            status.ToString().ToLowerInvariant(),
            evenUnseen,
            GovernedChange.LifecycleSet,
            (store, tenant, agent, at) => store.SetLifecycleAsync(tenant, agent, status, at, cancellationToken),
            cancellationToken
        );

    /// <param name="field">What is changed, as the result names it.</param>
    /// <param name="evenUnseen">Whether to go on, with a warning, where the documents can't be read. Never where they don't have the agent:
    /// a misspelt name would leave the real one as it is.</param>
    public async Task<CommandResult> MakeAsync(
        ParseResult parsed,
        CommandConfiguration configuration,
        string field,
        string value,
        bool evenUnseen,
        GovernedChange kind,
        Func<IDurableStore, Id<Tenant>, Id<Agent>, DateTimeOffset, Task> changeAsync,
        CancellationToken cancellationToken
    )
    {
        var (at, agent, reason) = (_profile.Find(parsed), parsed.GetRequiredValue(_agent), ReasonOption.Read(parsed, _reason));
        var tenant = ProfileOption.TenantOf(parsed, _tenant, at);
        if (at is not null)
        {
            await SetAtAsync(
                at,
                agent,
                field == "status" ? "status" : "level",
                value == Nothing ? "document" : value,
                reason,
                cancellationToken
            );
            return Made(tenant, agent, field, value, reason, []);
        }

        var instance = LocalInstance.Open(configuration);
        var warnings = Check(instance, tenant, agent, evenUnseen);
        await using var store = instance.OpenStore();
        if (!(await store.TenantsAsync(cancellationToken)).Contains(tenant))
        {
            // Made here, it would be a store that nobody follows, and the agent would go on.
            throw new InvalidInputException(
                $"There is no store of the tenant '{tenant}' in '{instance.StorePlace}', so no instance runs on that; nothing was changed.",
                "Name the instance's data folder by Gateway:Data:Path and its store by Gateway:Store, or run this where it runs."
            );
        }

        await store.PrepareAsync([tenant], cancellationToken);
        var keys = instance.LoadKeys();
        await using (var change = await instance.BeginChangeAsync(keys, tenant, kind, _command.FullName, reason, cancellationToken))
        {
            await changeAsync(change.Store, tenant, agent, TimeProvider.System.GetUtcNow());
            await change.RecordAsync(cancellationToken);
        }

        return Made(tenant, agent, field, value, reason, [.. warnings, .. keys.Warnings]);
    }

    private static CommandResult Made(
        Id<Tenant> tenant,
        Id<Agent> agent,
        string field,
        string value,
        string reason,
        IReadOnlyList<string> warnings
    ) =>
        CommandResult.Ok(
            new()
            {
                ["tenant"] = tenant.ToString(),
                ["agent"] = agent.ToString(),
                [field] = value,
                ["reason"] = reason,
            },
            $"The agent {agent} of {tenant} is {(field == "status" ? "" : field.Replace('_', ' ') + " ")}{value}."
        ) with
        {
            Warnings = warnings,
        };

    /// <summary>That there is such an agent is held against the documents there.</summary>
    private static async Task SetAtAsync(
        Endpoint at,
        Id<Agent> agent,
        string member,
        string value,
        string reason,
        CancellationToken cancellationToken
    )
    {
        using var api = OperatorsApi.Of(at);
        var body = new JsonObject { [member] = value, ["reason"] = reason };
        await api.SendAsync(HttpMethod.Put, $"/agents/{agent}/standing", body, version: null, cancellationToken);
    }

    private static string[] Check(LocalInstance instance, Id<Tenant> tenant, Id<Agent> agent, bool evenUnseen)
    {
        Policy.Compilation.Snapshot snapshot;
        try
        {
            snapshot = Governance.Compile(instance.GovernanceFolder);
        }
        catch (InvalidInputException) when (evenUnseen)
        {
            return
            [
                $"The governance documents in '{instance.GovernanceFolder}' can't be used, so nobody checked that there is "
                    + $"an agent '{agent}' in '{tenant}'.",
            ];
        }

        Governance.Demand(snapshot, tenant, agent);
        return [];
    }
}
