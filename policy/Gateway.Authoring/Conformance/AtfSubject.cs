using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Conformance;

/// <summary>One agent, and everything that its conformance is read from.</summary>
/// <param name="Records">Null where no journal was given.</param>
/// <param name="Day">In UTC: evidence has an age.</param>
public sealed record AtfSubject(TenantSnapshot Tenant, AgentDossier Dossier, AtfRecords? Records, DateOnly Day)
{
    public Agent Agent => Dossier.Agent;

    /// <summary>What it may use, in the order of names.</summary>
    public IReadOnlyList<GrantedOperation> Granted { get; } =
    [
        .. (
            from grant in Dossier.Permissions
            let connector = Tenant.Connectors[grant.Key.Item1]
            let operation = connector.Operations.Single(one => one.Id == grant.Key.Item2)
            select new GrantedOperation(grant.Value, connector, operation)
        ).OrderBy(granted => granted.Name, StringComparer.Ordinal),
    ];

    /// <summary>The triggers that watch it for one kind of event.</summary>
    internal IEnumerable<Trigger> Triggers(TriggerEvent on) =>
        Tenant.Triggers.Where(trigger => trigger.On == on && trigger.Watches(Agent.Id));

    /// <summary>Whether an owned playbook for the scenario was tested in time.</summary>
    internal bool Rehearsed(IncidentScenario scenario) =>
        (AgentEvidence.Rehearsed(Dossier.Playbooks, Dossier.Profile.Ages, Day) & (1 << (int)scenario)) != 0;

    /// <summary>Where the playbooks for a scenario stand; the agent's own document where there is none.</summary>
    internal IEnumerable<SourcePosition> PlaybooksFor(IncidentScenario scenario) =>
        Dossier.Playbooks.Where(playbook => playbook.Scenario == scenario).Select(playbook => playbook.Source).DefaultIfEmpty(Agent.Source);
}

/// <summary>One operation that an agent may use, with what allows it.</summary>
public sealed record GrantedOperation(ToolPermission Permission, Connector Connector, Operation Operation)
{
    /// <summary><c>connector/operation</c>.</summary>
    public string Name => Intent.ToolNameOf(Connector.Id, Operation.Id);

    public SourcePosition Source => Operation.Source;
}
