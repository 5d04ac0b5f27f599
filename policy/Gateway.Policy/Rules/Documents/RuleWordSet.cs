using System.Collections.Frozen;
using Gateway.Cel.Text;

namespace Gateway.Policy.Rules.Documents;

/// <summary>A closed list of words that a field of a rule or an intent may hold. Immutable.</summary>
public sealed class RuleWordSet(string noun, params string[] words)
{
    private readonly FrozenDictionary<string, int> _bits = words
        .Select((word, i) => (word, Bit: 1 << i))
        .ToFrozenDictionary(w => w.word, w => w.Bit, StringComparer.Ordinal);

    /// <summary>With its article: <c>a target kind</c>.</summary>
    public string Noun { get; } = noun;

    /// <summary>In the order of the documentation.</summary>
    public IReadOnlyList<string> Words { get; } = words;

    public bool Contains(string word) => _bits.ContainsKey(word);

    /// <summary>The word's own bit; 0 for one that isn't in the list.</summary>
    public int Bit(string word) => _bits.GetValueOrDefault(word);

    /// <summary>What to write instead.</summary>
    public string Remedy(string word)
    {
        var all = "Use one of: " + string.Join(", ", Words) + ".";
        return NearestName.Find(word, Words) is { } nearest ? $"Did you mean '{nearest}'? {all}" : all;
    }
}
