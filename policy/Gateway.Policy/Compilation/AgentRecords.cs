using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Everything on record by agent, each list in the order of names so that decisions don't depend on the order of files.
/// </summary>
internal sealed class AgentRecords(
    GovernanceDocuments documents,
    Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> grants
)
{
    private static readonly FrozenDictionary<(Id<Connector>, Id<Operation>), ToolPermission> None = FrozenDictionary<
        (Id<Connector>, Id<Operation>),
        ToolPermission
    >.Empty;

    private readonly Dictionary<Id<Tenant>, StatedLimits?> _defaults = documents.Of<Tenant>().ToDictionary(t => t.Id, t => t.AgentDefaults);

    private readonly ProfileChoice _profiles = new(documents);

    private readonly ILookup<(Id<Tenant>, Id<Agent>), DataFlow> _flows = documents
        .Of<DataFlow>()
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .ToLookup(f => (f.Tenant, f.Agent));

    private readonly ILookup<(Id<Tenant>, Id<Agent>), Playbook> _playbooks = documents
        .Of<Playbook>()
        .OrderBy(p => p.Name, StringComparer.Ordinal)
        .ToLookup(p => (p.Tenant, p.Agent));

    private readonly ILookup<(Id<Tenant>, Id<Agent>), RedTeamTest> _tests = documents
        .Of<RedTeamTest>()
        .OrderBy(t => t.Name, StringComparer.Ordinal)
        .ToLookup(t => (t.Tenant, t.Agent));

    private readonly ILookup<(Id<Tenant>, Id<Agent>), Finding> _findings = documents
        .Of<Finding>()
        .Where(f => f.Open)
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .ThenBy(f => f.IsRisk)
        .ToLookup(f => (f.Tenant, f.Agent));

    public AgentDossier DossierOf(Agent agent)
    {
        var key = (agent.Tenant, agent.Id);
        var evidence = new AgentEvidence(Of(_playbooks, key), Of(_tests, key), Of(_findings, key));
        var profile = _profiles.Of(agent);
        return new AgentDossier
        {
            Agent = agent,
            Limits = new AgentLimits(agent, _defaults.GetValueOrDefault(agent.Tenant)),
            Profile = profile,
            Backing = LevelBacking.Compute(agent, profile, evidence),
            Permissions = grants.TryGetValue(key, out var own) ? own.ToFrozenDictionary() : None,
            DataFlows = Of(_flows, key),
            Playbooks = evidence.Playbooks,
            RedTeamTests = evidence.Tests,
            OpenFindings = evidence.Open,
        };
    }

    /// <summary>Most agents have nothing of most kinds, and share it.</summary>
    private static IReadOnlyList<T> Of<T>(ILookup<(Id<Tenant>, Id<Agent>), T> records, (Id<Tenant>, Id<Agent>) key)
    {
        var own = records[key].ToArray();
        return own.Length == 0 ? Array.Empty<T>() : own;
    }
}
