using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Compiles documents of which most were compiled before: the shared ones, and those of the agents that a changed one is about. What is on
/// record about an agent rests on its own documents and on shared ones, and on nothing else.
/// </summary>
internal static class DocumentChange
{
    /// <summary>Null where this can't tell, such as for any error: all of them must be compiled then.</summary>
    /// <param name="before">What was compiled.</param>
    /// <param name="documents">All there are now, in any order.</param>
    public static DocumentSet? Apply(DocumentSet before, IReadOnlyList<ReadDocument> documents)
    {
        var gone = new HashSet<ReadDocument>(before.InOrder, ReferenceEqualityComparer.Instance);
        List<ReadDocument> added = [.. documents.Where(document => !IsNothing(document) && !gone.Remove(document))];
        if (gone.Count == 0 && added.Count == 0)
        {
            return before;
        }

        if (added.Exists(document => document.Record is null) || gone.Concat(added).Any(ChangesEveryAgent))
        {
            return null;
        }

        var agents = gone.Concat(added).Where(d => d.Agent is not null).Select(OwnerOf).ToHashSet();
        var isShared = gone.Concat(added).Any(document => document.Agent is null);
        var inOrder = MergedDocuments.Merge(before.InOrder, gone, added);
        return inOrder is not null && Check(inOrder, agents) is { } passed
            ? SnapshotBuilder.Build(inOrder, [.. Tenants(before.Snapshot, passed, agents, isShared)])
            : null;
    }

    private static bool IsNothing(ReadDocument document) => document is { Record: null, Governed: null, Fault: null };

    /// <summary>Of the shared kinds, agents rest on none of these.</summary>
    private static bool ChangesEveryAgent(ReadDocument document) =>
        document.Agent is null
        && document.Governed!.Kind
            is not (DocumentKinds.Policy or DocumentKinds.ApprovalGate or DocumentKinds.Trigger or DocumentKinds.NotificationChannel);

    private static (Id<Tenant> Tenant, Id<Agent> Agent) OwnerOf(ReadDocument document) =>
        (document.Governed!.Tenant, document.Agent.GetValueOrDefault());

    /// <summary>The shared documents and those of some agents; null where they have any error.</summary>
    private static CheckedDocuments? Check(ReadDocument[] inOrder, HashSet<(Id<Tenant>, Id<Agent>)> agents)
    {
        var (part, errors) = (new GovernanceDocuments(), new ErrorList());
        foreach (var document in inOrder)
        {
            if (document.Agent is null || agents.Contains(OwnerOf(document)))
            {
                part.Add(document, errors);
            }
        }

        IEnumerable<string> AgentsOf(Id<Tenant> tenant) =>
            inOrder
                .Select(document => document.Governed!)
                .Where(governed => governed.Kind == DocumentKinds.Agent && governed.Tenant == tenant)
                .Select(governed => governed.Name);

        return DocumentChecks.Run(part, AgentsOf, errors);
    }

    private static IEnumerable<TenantSnapshot> Tenants(
        Snapshot before,
        CheckedDocuments passed,
        HashSet<(Id<Tenant> Tenant, Id<Agent> Agent)> agents,
        bool isShared
    )
    {
        var changed = agents.ToLookup(agent => agent.Tenant, agent => agent.Agent);
        var dossiers = SnapshotBuilder.Dossiers(passed).ToLookup(dossier => dossier.Agent.Tenant);
        FrozenDictionary<Id<Agent>, AgentDossier> AgentsOf(Id<Tenant> tenant) =>
            Replace(before.Find(tenant)!.Agents, changed[tenant].ToHashSet(), dossiers[tenant]);

        return isShared
            ? SnapshotBuilder.Tenants(passed, AgentsOf)
            : before.Tenants.Select(tenant => before.Find(tenant)! with { Agents = AgentsOf(tenant) });
    }

    private static FrozenDictionary<Id<Agent>, AgentDossier> Replace(
        FrozenDictionary<Id<Agent>, AgentDossier> before,
        HashSet<Id<Agent>> changed,
        IEnumerable<AgentDossier> dossiers
    )
    {
        if (changed.Count == 0)
        {
            return before;
        }

        var agents = new Dictionary<Id<Agent>, AgentDossier>(before);
        foreach (var agent in changed)
        {
            agents.Remove(agent);
        }

        foreach (var dossier in dossiers)
        {
            agents.Add(dossier.Agent.Id, dossier);
        }

        return agents.ToFrozenDictionary();
    }
}
