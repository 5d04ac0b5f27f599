using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Fields that name other things of the same tenant.</summary>
public static class MappingReferences
{
    /// <summary>The name of another document of the same tenant, which must exist.</summary>
    public static Id<T> Reference<T>(this MappingReader reader, string name, string kind)
    {
        var before = reader.Context.Errors.Count;
        var id = reader.Required(name, Formats.Id<T>());
        if (reader.Context.Errors.Count == before)
        {
            reader.Context.Refer(kind, id.ToString(), reader.PositionOf(name), reader.Child(name));
        }

        return id;
    }

    /// <summary>The same where the field may be left out.</summary>
    public static Id<T> Reference<T>(this MappingReader reader, string name, string kind, Id<T> fallback)
    {
        if (reader.Has(name))
        {
            return reader.Reference<T>(name, kind);
        }

        reader.Optional(name, Formats.Id<T>(), fallback);
        reader.Context.Refer(kind, fallback.ToString(), reader.Position, reader.Child(name));
        return fallback;
    }

    /// <summary>A list of names of other things of the same tenant, each of which must exist.</summary>
    public static IReadOnlyList<Id<T>> References<T>(
        this MappingReader reader,
        string name,
        string kind,
        IReadOnlyList<Id<T>>? fallback,
        IReadOnlyList<Id<Connector>>? connectors = null,
        int least = 0
    )
    {
        var before = reader.Context.Errors.Count;
        var ids = reader.List(name, Formats.Id<T>(), fallback, least, 500);
        if (reader.Context.Errors.Count == before && reader.FindNode(name) is SequenceNode list)
        {
            for (var i = 0; i < ids.Count; i++)
            {
                reader.Context.Refer(kind, ids[i].ToString(), list.Items[i].Position, $"{reader.Child(name)}[{i}]", connectors);
            }
        }

        return ids;
    }

    /// <summary>
    /// That a field, or an item of its list such as <c>operations[2]</c>, names another thing of the same tenant, which must exist.
    /// </summary>
    public static void Refer(
        this MappingReader reader,
        string kind,
        string name,
        string field,
        IReadOnlyList<Id<Connector>>? connectors = null
    )
    {
        var open = field.IndexOf('[', StringComparison.Ordinal);
        var position =
            open > 0 && reader.FindNode(field[..open]) is SequenceNode list
                ? list.Items[int.Parse(field.AsSpan(open + 1, field.Length - open - 2), CultureInfo.InvariantCulture)].Position
                : reader.PositionOf(field);
        reader.Context.Refer(kind, name, position, reader.Child(field), connectors);
    }
}
