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

    /// <summary>The real documents alone, or those that count in the shadow's governance, as real ones.</summary>
    public static IEnumerable<Node> Choose(IEnumerable<Node> documents, bool shadow)
    {
        if (!shadow)
        {
            return documents.Where(document => !Is(document));
        }

        Node[] all = [.. documents];
        var replaced = all.Where(Is).Select(KeyOf).ToHashSet();
        return all.Where(document => Is(document) || !replaced.Contains(KeyOf(document)))
            .Select(document => Is(document) ? AsReal(document) : document);
    }

    private static Node AsReal(Node document)
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

    private static (string Kind, string Tenant, string Name) KeyOf(Node document)
    {
        var mapping = document as MappingNode;
        var kind = TextOf(mapping, "kind");
        var metadata = Child(mapping, Metadata) as MappingNode;
        return (kind, kind == DocumentKinds.Tenant ? "" : TextOf(metadata, "tenant"), TextOf(metadata, "name"));
    }

    private static string TextOf(MappingNode? mapping, string name) => Child(mapping, name) is ScalarNode scalar ? scalar.Text : "";

    private static Node? Child(MappingNode? mapping, string name) =>
        mapping?.Entries.TryGetValue(name, out var entry) == true ? entry.Value : null;
}
