using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>Puts documents that passed every check together, each tenant's apart.</summary>
internal static class SnapshotBuilder
{
    /// <param name="all">All of a governance.</param>
    public static DocumentSet Build(CheckedDocuments all)
    {
        ReadDocument[] inOrder = [.. all.Documents.Good];
        Array.Sort(inOrder, MergedDocuments.Compare);
        var agents = Dossiers(all).ToLookup(dossier => dossier.Agent.Tenant);
        return Build(inOrder, [.. Tenants(all, tenant => agents[tenant].ToFrozenDictionary(dossier => dossier.Agent.Id))]);
    }

    public static DocumentSet Build(ReadDocument[] inOrder, IReadOnlyList<TenantSnapshot> tenants)
    {
        GovernedDocument[] governed = Array.ConvertAll(inOrder, document => document.Governed!);
        var revisions = Revisions(governed);
        var revised = tenants.Select(tenant => tenant with { Revision = revisions.GetValueOrDefault(tenant.Tenant.Id) });
        return new DocumentSet(inOrder, new Snapshot(GovernedDocument.Revision(governed), revised) { Documents = governed });
    }

    /// <summary>Each tenant's: its documents stand together, since they are in order.</summary>
    private static Dictionary<Id<Tenant>, Sha256Digest> Revisions(GovernedDocument[] governed)
    {
        var revisions = new Dictionary<Id<Tenant>, Sha256Digest>();
        for (var (from, at) = (0, 1); at <= governed.Length; at++)
        {
            if (at == governed.Length || governed[at].Tenant != governed[from].Tenant)
            {
                revisions[governed[from].Tenant] = GovernedDocument.Revision(new ArraySegment<GovernedDocument>(governed, from, at - from));
                from = at;
            }
        }

        return revisions;
    }

    /// <summary>Everything on record about the agents among them.</summary>
    public static IEnumerable<AgentDossier> Dossiers(CheckedDocuments passed)
    {
        var records = new AgentRecords(passed.Documents, passed.Grants);
        return passed.Documents.Of<Agent>().Select(records.DossierOf);
    }

    /// <param name="agents">A tenant's.</param>
    public static IEnumerable<TenantSnapshot> Tenants(
        CheckedDocuments passed,
        Func<Id<Tenant>, FrozenDictionary<Id<Agent>, AgentDossier>> agents
    )
    {
        var documents = passed.Documents;
        var policies = documents.Of<NamedPolicy>().ToLookup(p => p.Tenant);
        var workspaces = documents.Of<Workspace>().ToLookup(w => w.Tenant);
        var connectors = documents.Of<Connector>().ToLookup(c => c.Tenant);
        var gates = documents.Of<ApprovalGate>().ToLookup(g => g.Tenant);
        var groups = documents.Of<ApproverGroup>().ToLookup(g => g.Tenant);
        var channels = documents.Of<NotificationChannel>().ToLookup(c => c.Tenant);
        var triggers = documents.Of<Trigger>().ToLookup(t => t.Tenant);
        var kills = documents.Of<DocumentedKill>().ToLookup(k => k.Tenant, k => k.Kill);
        return documents
            .Of<Tenant>()
            .Select(tenant => new TenantSnapshot
            {
                Tenant = tenant,
                Workspaces = workspaces[tenant.Id].ToFrozenDictionary(w => w.Id),
                Agents = agents(tenant.Id),
                Connectors = connectors[tenant.Id].ToFrozenDictionary(c => c.Id),
                Gates = [.. gates[tenant.Id].OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => Peopled(g, groups[tenant.Id]))],
                Triggers = [.. triggers[tenant.Id].OrderBy(t => t.Name, StringComparer.Ordinal)],
                Kills = KillSet.Of(kills[tenant.Id]),
                Channels = [.. channels[tenant.Id].OrderBy(c => c.Name, StringComparer.Ordinal)],
                Policies = PolicySet.Compile(policies[tenant.Id], connectors[tenant.Id], passed.Conditions),
                ModelConnectors =
                [
                    .. connectors[tenant.Id].Where(c => c.Models.Count > 0).OrderBy(c => c.Id.ToString(), StringComparer.Ordinal),
                ],
            });
    }

    private static ApprovalGate Peopled(ApprovalGate gate, IEnumerable<ApproverGroup> groups) =>
        gate with
        {
            Approvers = PeopleOf(gate.ApproverGroups, groups),
            BreakGlass = gate.BreakGlass is { } glass ? glass with { People = PeopleOf(glass.Groups, groups) } : null,
        };

    private static FrozenSet<string> PeopleOf(IReadOnlyList<string> names, IEnumerable<ApproverGroup> groups) =>
        groups
            .Where(group => names.Contains(group.Name))
            .SelectMany(group => group.Members)
            .Select(PersonName.Of)
            .ToFrozenSet(StringComparer.Ordinal);
}
