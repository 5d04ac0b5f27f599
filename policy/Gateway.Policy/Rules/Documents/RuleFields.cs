using System.Globalization;
using Gateway.Cel.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// Reads the fields of one mapping of a rule file. Errors are collected, never thrown; a field that can't be read gives its type's default.
/// What nobody asked for is an unknown field. Unlike a governance document, a rule file may write a word in any case and a list with
/// repetitions: both are normalised.
/// </summary>
internal sealed class RuleFields(MappingNode node, string path, ErrorList errors)
{
    /// <value>Characters of one text.</value>
    public const int MaxText = 4096;

    /// <value>Items of one list.</value>
    public const int MaxItems = 1000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public SourcePosition Position => node.Position;

    /// <summary>Trimmed; empty when it isn't there.</summary>
    public string Text(string name) => Find(name) is { } found ? ReadText(found, Child(name)) : "";

    public string Lower(string name) => Text(name).ToLowerInvariant();

    /// <summary>One of the words, in any case; empty when it isn't there.</summary>
    public string Word(string name, RuleWordSet words)
    {
        var word = Lower(name);
        if (word.Length > 0 && !words.Contains(word))
        {
            Fail(name, $"Expected {words.Noun}, not {ErrorText.Quote(word)}.", words.Remedy(word));
        }

        return word;
    }

    public bool Flag(string name) => OptionalFlag(name) ?? false;

    public bool? OptionalFlag(string name)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        if (found is ScalarNode { Plain: true, Text: "true" or "True" or "TRUE" or "false" or "False" or "FALSE" } scalar)
        {
            return scalar.Text[0] is 't' or 'T';
        }

        Fail(name, "Expected true or false.", "Write true or false, without quotes.");
        return null;
    }

    public int Number(string name, int least, int fallback = 0) => (int)(OptionalNumber(name, least, int.MaxValue) ?? fallback);

    public long? OptionalNumber(string name, long least, long most)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        if (
            found is not ScalarNode { Plain: true } scalar
            || !long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        )
        {
            Fail(name, "Expected a whole number.", "Write digits without quotes.");
            return null;
        }

        if (number < least || number > most)
        {
            Fail(
                name,
                string.Create(CultureInfo.InvariantCulture, $"{Child(name)} must be >= {least} and <= {most}."),
                "Choose another number."
            );
            return null;
        }

        return number;
    }

    /// <summary>A number from 0 to 1.</summary>
    public double Fraction(string name)
    {
        if (Find(name) is not { } found)
        {
            return 0;
        }

        if (
            found is ScalarNode { Plain: true } scalar
            && double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and <= 1
        )
        {
            return number;
        }

        Fail(name, "Expected a number from 0 to 1.", "Write it like 0.8.");
        return 0;
    }

    /// <summary>Trimmed, without empty ones and repetitions, sorted.</summary>
    public string[] List(string name) => CodeList.Normalise(Items(name));

    public string[] LowerList(string name) => CodeList.NormaliseLower(Items(name));

    public string[] WordList(string name, RuleWordSet words)
    {
        var list = LowerList(name);
        foreach (var word in list)
        {
            if (!words.Contains(word))
            {
                Fail(name, $"Expected {words.Noun}, not {ErrorText.Quote(word)}.", words.Remedy(word));
            }
        }

        return list;
    }

    /// <summary>A mapping inside this one; null when it isn't there.</summary>
    public T? Section<T>(string name, Func<RuleFields, T?> read)
        where T : class => Find(name) is { } found ? ReadMapping(found, Child(name), read) : null;

    /// <summary>A list of mappings.</summary>
    public IReadOnlyList<T> Sections<T>(string name, int most, Func<RuleFields, T?> read)
        where T : class
    {
        var items = new List<T>();
        var nodes = FindList(name, most);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (ReadMapping(nodes[i], $"{Child(name)}[{i}]", read) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>
    /// A mapping inside this one that has fields of another kind, read by their own reader; its canonical form is written there. Null when
    /// it isn't there.
    /// </summary>
    public T? Section<T>(string name, ReadingContext context, Func<MappingReader, T> read)
        where T : class
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        if (found is not MappingNode mapping)
        {
            errors.Add(found.Position, Child(name), "Expected a mapping of fields.", "Write name: value, one a line, indented.");
            return null;
        }

        var reader = new MappingReader(mapping, Child(name), context);
        var value = read(reader);
        reader.End();
        return value;
    }

    /// <summary>What is wrong goes where everything else does.</summary>
    public ErrorList Errors => errors;

    /// <summary>Whether the field is written at all, be it as nothing.</summary>
    public bool Has(string name) => node.Entries.ContainsKey(name);

    /// <summary>Where the field's value stands; the mapping when it isn't there.</summary>
    public SourcePosition PositionOf(string name) => node.Entries.TryGetValue(name, out var entry) ? entry.Value.Position : node.Position;

    public void Fail(string name, string problem, string remedy) => errors.Add(PositionOf(name), Child(name), problem, remedy);

    /// <summary>Fields that were reported already.</summary>
    public void Ignore(IEnumerable<string> names) => _known.UnionWith(names);

    /// <summary>Every field that nobody asked for is an error. Called once, after the last read.</summary>
    public void End()
    {
        foreach (var (name, entry) in node.Entries)
        {
            if (!_known.Contains(name))
            {
                var nearest = errors.IsFull ? null : NearestName.Find(name, _known);
                var remedy = nearest is null ? $"Remove it; known here are: {string.Join(", ", _known)}." : $"Did you mean '{nearest}'?";
                errors.Add(
                    entry.Position,
                    Child(ErrorText.Quote(name).Trim('\'')),
                    $"This is an unknown field: {ErrorText.Quote(name)}.",
                    remedy
                );
            }
        }
    }

    private T? ReadMapping<T>(Node found, string at, Func<RuleFields, T?> read)
        where T : class
    {
        if (found is not MappingNode mapping)
        {
            errors.Add(found.Position, at, "Expected a mapping of fields.", "Write name: value, one a line, indented.");
            return null;
        }

        var fields = new RuleFields(mapping, at, errors);
        var value = read(fields);
        fields.End();
        return value;
    }

    private List<string> Items(string name)
    {
        var nodes = FindList(name, MaxItems);
        var items = new List<string>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            items.Add(nodes[i] is ScalarNode { IsNull: true } ? "" : ReadText(nodes[i], $"{Child(name)}[{i}]"));
        }

        return items;
    }

    private IReadOnlyList<Node> FindList(string name, int most)
    {
        if (Find(name) is not { } found)
        {
            return [];
        }

        if (found is SequenceNode list && list.Items.Count <= most)
        {
            return list.Items;
        }

        Fail(name, found is SequenceNode ? "The list is too long." : "It isn't a list.", $"Write a list of at most {most} items.");
        return [];
    }

    private string ReadText(Node found, string at)
    {
        if (found is ScalarNode scalar && scalar.Text.Length <= MaxText && !scalar.Text.Trim().Any(char.IsControl))
        {
            return scalar.Text.Trim();
        }

        errors.Add(
            found.Position,
            at,
            $"Expected text of at most {MaxText} characters, without control characters.",
            "Write it on one line."
        );
        return "";
    }

    /// <summary>Null when the field isn't there or is written as nothing.</summary>
    private Node? Find(string name)
    {
        _known.Add(name);
        return node.Entries.TryGetValue(name, out var entry) && entry.Value is not ScalarNode { IsNull: true } ? entry.Value : null;
    }

    private string Child(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
