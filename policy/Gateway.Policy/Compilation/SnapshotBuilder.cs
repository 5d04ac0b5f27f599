using System.Collections.Frozen;
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
}
