using System.Collections.Frozen;

namespace Gateway.Policy.Documents;

/// <summary>The words by which documents name an enumeration's values. Immutable.</summary>
public sealed class WordList<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _values;
    private readonly FrozenDictionary<T, string> _words;

    /// <param name="noun">With its article: <c>an action type</c>.</param>
    public WordList(string noun, params (string Word, T Value)[] words)
    {
        _values = words.ToFrozenDictionary(w => w.Word, w => w.Value, StringComparer.Ordinal);
        _words = words.ToFrozenDictionary(w => w.Value, w => w.Word);
        Words = [.. words.Select(w => w.Word)];
        Values = [.. words.Select(w => w.Value)];
        Format = new FieldFormat<T>(noun, Words[0], _values.TryGetValue, Text) { Words = Words };
    }

    /// <summary>In the order of the documentation.</summary>
    public IReadOnlyList<string> Words { get; }

    public IReadOnlyList<T> Values { get; }

    public FieldFormat<T> Format { get; }

    /// <summary>The word for a value; <c>unspecified</c> for one that documents can't say.</summary>
    public string Text(T value) => _words.GetValueOrDefault(value, "unspecified");
}
