namespace Gateway.Policy.Documents;

/// <summary>Mappings and lists of mappings inside a mapping.</summary>
public static class MappingSections
{
    /// <summary>A mapping inside this one; null when it isn't there.</summary>
    public static T? Section<T>(this MappingReader reader, string name, Func<MappingReader, T> read)
        where T : class
    {
        if (reader.Find(name) is not { } node)
        {
            return null;
        }

        if (AsMapping(reader, node, reader.Child(name)) is not { } mapping)
        {
            return null;
        }

        reader.Context.Canonical.WritePropertyName(name);
        return ReadMapping(reader, mapping, reader.Child(name), read);
    }

    /// <summary>A mapping inside this one; where it isn't there its fields are reported as missing, or get their defaults.</summary>
    public static T? SectionOrEmpty<T>(this MappingReader reader, string name, Func<MappingReader, T> read)
        where T : class
    {
        if (reader.Find(name) is not null)
        {
            return reader.Section(name, read);
        }

        reader.Context.Canonical.WritePropertyName(name);
        return ReadMapping(reader, MappingNode.Empty(reader.Position), reader.Child(name), read);
    }

    /// <summary>A list of mappings.</summary>
    public static IReadOnlyList<T> Sections<T>(this MappingReader reader, string name, Func<MappingReader, T> read, int least, int most)
    {
        var items = new List<T>();
        reader.Context.Canonical.WriteStartArray(name);
        var nodes = reader.FindList(name, mayMiss: least == 0, least, most) ?? [];
        for (var i = 0; i < nodes.Count; i++)
        {
            var path = $"{reader.Child(name)}[{i}]";
            if (AsMapping(reader, nodes[i], path) is { } mapping)
            {
                items.Add(ReadMapping(reader, mapping, path, read));
            }
        }

        reader.Context.Canonical.WriteEndArray();
        return items;
    }

    private static T ReadMapping<T>(MappingReader outer, MappingNode node, string path, Func<MappingReader, T> read)
    {
        var reader = new MappingReader(node, path, outer.Context);
        outer.Context.Canonical.WriteStartObject();
        var value = read(reader);
        outer.Context.Canonical.WriteEndObject();
        reader.End();
        return value;
    }

    private static MappingNode? AsMapping(MappingReader reader, Node node, string path)
    {
        if (node is MappingNode mapping)
        {
            return mapping;
        }

        reader.Context.Errors.Add(node.Position, path, "Expected a mapping of fields.", "Write name: value, one a line, indented.");
        return null;
    }
}
