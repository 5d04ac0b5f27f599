namespace Gateway.Policy.Documents;

/// <summary>
/// Documents that only shadow the real ones: <c>metadata.shadow: true</c>. They are no part of the governance in force. In the shadow's
/// governance one takes the place of the real document of its kind, tenant and name, or stands beside all of them.
/// </summary>
internal static class ShadowDocuments
{
    private const string Metadata = "metadata";
    private const string Field = "shadow";

    /// <summary>Whether a document says so. One that says it in no readable way is real, and its reader reports it.</summary>
    public static bool Is(Node document) =>
        document is MappingNode mapping
        && Child(mapping, Metadata) is MappingNode metadata
        && Child(metadata, Field) is ScalarNode { Plain: true, Text: "true" };

    /// <summary>
    /// That a real document says nothing of it, or plainly that it is none. Not part of the canonical form: a shadow that becomes real has
    /// the form that it had.
    /// </summary>
    public static void CheckReal(MappingReader metadata)
    {
        metadata.Ignore(Field);
        if (Child(metadata.Node, Field) is { } node && node is not ScalarNode { Plain: true, Text: "false" })
        {
            metadata.Fail(Field, "Expected true or false (without quotes), not this.", "Write true or false.");
        }
    }

    /// <summary>The real documents alone, or those that count in the shadow's governance.</summary>
    public static IEnumerable<ReadDocument> Choose(IReadOnlyList<ReadDocument> documents, bool shadow)
    {
        if (!shadow)
        {
            return documents.Where(document => !document.IsShadow);
        }

        var replaced = documents.Where(document => document.IsShadow).Select(document => document.Place).ToHashSet();
        return documents.Where(document => document.IsShadow || !replaced.Contains(document.Place));
    }

    /// <summary>The document without the field that says that it is none.</summary>
    public static Node AsReal(Node document)
    {
        var mapping = (MappingNode)document;
        var metadata = (MappingNode)Child(mapping, Metadata)!;
        var entries = metadata.Entries.Where(entry => entry.Key != Field).ToDictionary(StringComparer.Ordinal);
        return mapping with
        {
            Entries = new Dictionary<string, MappingEntry>(mapping.Entries, StringComparer.Ordinal)
            {
                [Metadata] = new(metadata with { Entries = entries }, mapping.Entries[Metadata].Position),
            },
        };
    }

    /// <summary>What a document says that it is, be it right or not.</summary>
    public static DocumentPlace PlaceOf(Node document)
    {
        var mapping = document as MappingNode;
        var kind = TextOf(mapping, "kind");
        var metadata = Child(mapping, Metadata) as MappingNode;
        return new DocumentPlace(kind, kind == DocumentKinds.Tenant ? "" : TextOf(metadata, "tenant"), TextOf(metadata, "name"));
    }

    private static string TextOf(MappingNode? mapping, string name) => Child(mapping, name) is ScalarNode scalar ? scalar.Text : "";

    private static Node? Child(MappingNode? mapping, string name) =>
        mapping?.Entries.TryGetValue(name, out var entry) == true ? entry.Value : null;
}
