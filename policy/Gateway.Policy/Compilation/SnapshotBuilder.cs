using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>Puts documents that passed every check together, each tenant's apart.</summary>
internal static class SnapshotBuilder
{
    public static Snapshot Build(
        GovernanceDocuments documents,
        Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> grants,
        PolicyConditions conditions
    )
    {
        var policies = documents.Of<NamedPolicy>().ToLookup(p => p.Tenant);
        var workspaces = documents.Of<Workspace>().ToLookup(w => w.Tenant);
        var agents = documents.Of<Agent>().ToLookup(a => a.Tenant);
        var connectors = documents.Of<Connector>().ToLookup(c => c.Tenant);
        var gates = documents.Of<ApprovalGate>().ToLookup(g => g.Tenant);
        var records = new AgentRecords(documents, grants);
        return new Snapshot(
            CanonicalDocument.Revision(documents.Canonical),
            documents
                .Of<Tenant>()
                .Select(tenant => new TenantSnapshot
                {
                    Tenant = tenant,
                    Workspaces = workspaces[tenant.Id].ToFrozenDictionary(w => w.Id),
                    Agents = agents[tenant.Id].ToFrozenDictionary(a => a.Id, records.DossierOf),
                    Connectors = connectors[tenant.Id].ToFrozenDictionary(c => c.Id),
                    Gates = [.. gates[tenant.Id].OrderBy(g => g.Name, StringComparer.Ordinal)],
                    Policies = PolicySet.Compile(policies[tenant.Id], connectors[tenant.Id], conditions),
                    ModelConnectors =
                    [
                        .. connectors[tenant.Id].Where(c => c.Models.Count > 0).OrderBy(c => c.Id.ToString(), StringComparer.Ordinal),
                    ],
                })
        )
        {
            Documents = CanonicalDocument.List(documents.Canonical),
        };
    }

    /// <summary>
    /// Everything on record by agent, each list in the order of names so that decisions don't depend on the order of files.
    /// </summary>
    private sealed class AgentRecords(
        GovernanceDocuments documents,
        Dictionary<(Id<Tenant>, Id<Agent>), Dictionary<(Id<Connector>, Id<Operation>), ToolPermission>> grants
    )
    {
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
            var evidence = new AgentEvidence([.. _playbooks[key]], [.. _tests[key]], [.. _findings[key]]);
            var profile = _profiles.Of(agent);
            return new AgentDossier
            {
                Agent = agent,
                Profile = profile,
                Backing = LevelBacking.Compute(agent, profile, evidence),
                Permissions = (grants.GetValueOrDefault(key) ?? []).ToFrozenDictionary(),
                DataFlows = [.. _flows[key]],
                Playbooks = evidence.Playbooks,
                RedTeamTests = evidence.Tests,
                OpenFindings = evidence.Open,
            };
        }
    }
}
