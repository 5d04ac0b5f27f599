using System.Security.Cryptography;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>
/// One document's canonical form: JSON in UTF-8 with the fields in the order of the reader, every value in its one spelling and every
/// default written out. Positions, comments and layout aren't part of it.
/// </summary>
internal sealed record CanonicalDocument(DocumentKey Key, ReadOnlyMemory<byte> Json)
{
    /// <summary>The digest of all documents, whatever order they came in.</summary>
    public static Sha256Digest Revision(IEnumerable<CanonicalDocument> documents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var document in InOrder(documents))
        {
            hash.AppendData(document.Json.Span);
            hash.AppendData("\n"u8); // JSON on one line never holds a line feed, so no two lists of documents run together alike.
        }

        return new Sha256Digest(hash.GetHashAndReset());
    }

    /// <summary>The digest of each, in the order of the revision.</summary>
    public static IReadOnlyList<GovernedDocument> List(IEnumerable<CanonicalDocument> documents) =>
        [.. InOrder(documents).Select(d => new GovernedDocument(d.Key.Tenant, d.Key.Kind, d.Key.Name, Sha256Digest.Compute(d.Json.Span)))];

    private static IEnumerable<CanonicalDocument> InOrder(IEnumerable<CanonicalDocument> documents) =>
        documents
            .OrderBy(d => d.Key.Tenant.ToString(), StringComparer.Ordinal)
            .ThenBy(d => d.Key.Kind, StringComparer.Ordinal)
            .ThenBy(d => d.Key.Name, StringComparer.Ordinal);
}

/// <summary>One document that a snapshot was made from.</summary>
/// <param name="Digest">Of its canonical form: what doesn't change its meaning doesn't change it.</param>
public sealed record GovernedDocument(Id<Tenant> Tenant, string Kind, string Name, Sha256Digest Digest);
