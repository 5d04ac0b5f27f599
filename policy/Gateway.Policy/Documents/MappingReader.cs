using Gateway.Cel.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>
/// Reads the fields of one mapping by name and type. Errors are collected, never thrown: a field that can't be read gives its type's
/// default, and the document is dropped at the end. What nobody asked for is an unknown field. Writes the canonical form on the way.
/// </summary>
public sealed class MappingReader
{
    private readonly MappingNode _node;
    private readonly string _path;
    private readonly ReadingContext _context;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public MappingReader(MappingNode node, string path, ReadingContext context)
    {
        _node = node;
        _path = path;
        _context = context;
    }

    public SourcePosition Position => _node.Position;

    public ReadingContext Context => _context;

    /// <summary>What it reads, for the fields that another reader reads.</summary>
    public MappingNode Node => _node;

    public string Path => _path;

    public T Required<T>(string name, FieldFormat<T> format)
    {
        if (Find(name) is { } node)
        {
            return ReadScalar(node, Child(name), name, format);
        }

        Fail(name, "It is missing.", $"Add {name}: {format.Expected}.");
        return default!;
    }

    public T Optional<T>(string name, FieldFormat<T> format, T fallback)
    {
        if (Find(name) is { } node)
        {
            return ReadScalar(node, Child(name), name, format);
        }

        _context.Canonical.WriteString(name, format.Canonical(fallback));
        return fallback;
    }

    public T? OptionalValue<T>(string name, FieldFormat<T> format)
        where T : struct => Find(name) is { } node ? ReadScalar(node, Child(name), name, format) : null;

    public string? OptionalText(string name, FieldFormat<string> format) =>
        Find(name) is { } node ? ReadScalar(node, Child(name), name, format) : null;

    /// <summary>
    /// A list of scalars without repetitions. No list of scalars gives its order a meaning, so the canonical form sorts it.
    /// </summary>
    /// <param name="fallback">When the field isn't there; null when it must be.</param>
    public IReadOnlyList<T> List<T>(string name, FieldFormat<T> format, IReadOnlyList<T>? fallback, int least = 0, int most = 100)
    {
        var nodes = FindList(name, fallback is not null, least, most);
        var items = new List<T>(nodes is null ? fallback ?? [] : []);
        for (var i = 0; i < nodes?.Count; i++)
        {
            AddItem(items, nodes[i], $"{Child(name)}[{i}]", format);
        }

        _context.Canonical.WriteStartArray(name);
        foreach (var item in items.Select(format.Canonical).Order(StringComparer.Ordinal))
        {
            _context.Canonical.WriteStringValue(item);
        }

        _context.Canonical.WriteEndArray();
        return items;
    }

    /// <summary>Whether the field is one scalar of exactly this text, such as <c>"*"</c>; it is then read.</summary>
    public bool Is(string name, string text)
    {
        if (!_node.Entries.TryGetValue(name, out var entry) || entry.Value is not ScalarNode scalar || scalar.Text != text)
        {
            return false;
        }

        _known.Add(name);
        _context.Canonical.WriteString(name, text);
        return true;
    }

    /// <summary>Whether the field is a mapping, where it may be a scalar too. Reads nothing.</summary>
    public bool IsMapping(string name) => FindNode(name) is MappingNode;

    public bool Has(string name) => _node.Entries.ContainsKey(name);

    /// <summary>Reports a field that reads well but can't be; at the mapping itself when the field isn't there.</summary>
    /// <param name="position">Where, if the caller knows better.</param>
    public void Fail(string name, string problem, string remedy, SourcePosition? position = null) =>
        _context.Errors.Add(position ?? PositionOf(name), Child(name), problem, remedy);

    public void FailUnlessPresent(string name, string remedy)
    {
        if (!Has(name))
        {
            Fail(name, "It is missing.", remedy);
        }
    }

    /// <summary>Fields that can't be judged after an error elsewhere.</summary>
    public void Ignore(params IEnumerable<string> names) => _known.UnionWith(names);

    /// <summary>Reads fields of any name, all of one format, in the order of their names.</summary>
    public IReadOnlyDictionary<string, T> ReadAll<T>(FieldFormat<T> format, int most)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        if (_node.Entries.Count > most)
        {
            Fail("", $"There are {_node.Entries.Count} of them.", $"Keep {most}.");
            Ignore(_node.Entries.Keys);
            return all;
        }

        foreach (var name in _node.Entries.Keys.Order(StringComparer.Ordinal))
        {
            all[name] = Required(name, format);
        }

        return all;
    }

    /// <summary>Every field that nobody asked for is an error. Called once, after the last read.</summary>
    public void End()
    {
        foreach (var (name, entry) in _node.Entries)
        {
            if (!_known.Contains(name))
            {
                var nearest = _context.Errors.IsFull ? null : NearestName.Find(name, _known);
                var remedy = nearest is null ? $"Remove it; known here are: {string.Join(", ", _known)}." : $"Did you mean '{nearest}'?";
                _context.Errors.Add(entry.Position, Child(ErrorText.Quote(name).Trim('\'')), "There is no such field.", remedy);
            }
        }
    }

    private void AddItem<T>(List<T> items, Node node, string path, FieldFormat<T> format)
    {
        if (!format.TryReadNode(node, path, _context.Errors, out var value))
        {
            return;
        }

        if (items.Contains(value))
        {
            _context.Errors.Add(node.Position, path, "It is in the list twice.", "Keep one.");
        }

        items.Add(value);
    }

    private T ReadScalar<T>(Node node, string path, string name, FieldFormat<T> format)
    {
        if (format.TryReadNode(node, path, _context.Errors, out var value))
        {
            _context.Canonical.WriteString(name, format.Canonical(value));
        }

        return value;
    }

    /// <summary>The items of a list; null where it isn't there and needn't be, none where it was reported.</summary>
    internal IReadOnlyList<Node>? FindList(string name, bool mayMiss, int least, int most)
    {
        var node = Find(name);
        if (node is null && mayMiss)
        {
            return null;
        }

        if (node is SequenceNode list && list.Items.Count >= least && list.Items.Count <= most)
        {
            return list.Items;
        }

        Fail(
            name,
            node is SequenceNode ? $"It has {((SequenceNode)node).Items.Count} items."
                : node is null ? "It is missing."
                : "It isn't a list.",
            $"Write a list of {least} to {most} items."
        );
        return [];
    }

    /// <summary>The field's value, which is then known; null where it isn't there.</summary>
    internal Node? Find(string name)
    {
        _known.Add(name);
        return FindNode(name);
    }

    /// <summary>The same, without knowing it.</summary>
    internal Node? FindNode(string name) => _node.Entries.TryGetValue(name, out var entry) ? entry.Value : null;

    internal SourcePosition PositionOf(string name) => FindNode(name)?.Position ?? _node.Position;

    /// <summary>A field's path inside the document.</summary>
    internal string Child(string name) =>
        _path.Length == 0 ? name
        : name.Length == 0 ? _path
        : $"{_path}.{name}";
}
