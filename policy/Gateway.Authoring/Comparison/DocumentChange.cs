using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>One document that means something else, or is there in one snapshot only.</summary>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
public sealed record DocumentChange(Id<Tenant> Tenant, string Kind, string Name, string Change)
{
    /// <summary>By tenant, kind and name. Layout, comments and the division into files change nothing.</summary>
    public static IReadOnlyList<DocumentChange> Between(Snapshot before, Snapshot after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (Index(before), Index(after));
        var changes =
            from key in old.Keys.Union(now.Keys)
            let change = !now.TryGetValue(key, out var later) ? "removed"
            : !old.TryGetValue(key, out var earlier) ? "added"
            : earlier == later ? null
            : "changed"
            where change is not null
            orderby key.Tenant.ToString(), key.Kind, key.Name
            select new DocumentChange(key.Tenant, key.Kind, key.Name, change);
        return [.. changes];
    }

    private static Dictionary<(Id<Tenant> Tenant, string Kind, string Name), Sha256Digest> Index(Snapshot snapshot) =>
        snapshot.Documents.ToDictionary(d => (d.Tenant, d.Kind, d.Name), d => d.Digest);
}
