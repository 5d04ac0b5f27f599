using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>One document that a snapshot was made from.</summary>
/// <param name="Digest">Of its canonical form: what doesn't change its meaning doesn't change it.</param>
public sealed record GovernedDocument(Id<Tenant> Tenant, string Kind, string Name, Sha256Digest Digest)
{
    /// <summary>By tenant, kind and name.</summary>
    internal static int Compare(GovernedDocument left, GovernedDocument right)
    {
        var order = string.CompareOrdinal(left.Tenant.ToString(), right.Tenant.ToString());
        order = order != 0 ? order : string.CompareOrdinal(left.Kind, right.Kind);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }

    /// <summary>
    /// The digest of the documents' digests, of which each also says which document it is. Cheap enough to be made anew after every change.
    /// </summary>
    /// <param name="documents">In order.</param>
    internal static Sha256Digest Revision(IReadOnlyList<GovernedDocument> documents)
    {
        var digests = new byte[documents.Count * Sha256Digest.Length];
        for (var i = 0; i < documents.Count; i++)
        {
            documents[i].Digest.CopyTo(digests.AsSpan(i * Sha256Digest.Length));
        }

        return Sha256Digest.Compute(digests);
    }
}
