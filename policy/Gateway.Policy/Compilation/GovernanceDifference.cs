using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>How a tenant's documents differ from those before, by kind and name: <c>Agent assistant</c>.</summary>
/// <param name="Before">The digests of those that were, and are gone or changed.</param>
/// <param name="After">The digests of those that are, and are new or changed.</param>
public sealed record GovernanceDifference(SortedDictionary<string, Sha256Digest> Before, SortedDictionary<string, Sha256Digest> After)
{
    /// <param name="before">Null for none.</param>
    public static GovernanceDifference Between(CompiledGovernance? before, CompiledGovernance after)
    {
        ArgumentNullException.ThrowIfNull(after);
        return Of(before?.Real.InOrder ?? [], after.Real.InOrder);
    }

    internal static GovernanceDifference Of(IEnumerable<ReadDocument> before, IEnumerable<ReadDocument> after)
    {
        var (was, now) = (ByName(before), ByName(after));
        foreach (var (name, digest) in was.ToArray())
        {
            if (now.TryGetValue(name, out var same) && same == digest)
            {
                was.Remove(name);
                now.Remove(name);
            }
        }

        return new GovernanceDifference(was, now);
    }

    private static SortedDictionary<string, Sha256Digest> ByName(IEnumerable<ReadDocument> documents)
    {
        var named = new SortedDictionary<string, Sha256Digest>(StringComparer.Ordinal);
        foreach (var governed in documents.Select(document => document.Governed!))
        {
            named[$"{governed.Kind} {governed.Name}"] = governed.Digest;
        }

        return named;
    }
}
