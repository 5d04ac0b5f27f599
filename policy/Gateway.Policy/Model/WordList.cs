using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Policy.Model;

/// <summary>The words that name an enumeration's values wherever they are read or written. Immutable.</summary>
/// <typeparam name="T">Of 32 bits, with small values.</typeparam>
public sealed class WordList<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _values;

    // By the value's number; null where no word names it.
    private readonly string?[] _words;
    private readonly byte[]?[] _utf8;
    private readonly byte[] _unsaidUtf8;

    /// <param name="noun">With its article: <c>an action type</c>.</param>
    public WordList(string noun, params (string Word, T Value)[] words)
        : this(noun, "unspecified", words) { }

    /// <param name="noun">With its article: <c>an action type</c>.</param>
    /// <param name="unsaid">For a value that has no word of its own. It can be written and isn't read.</param>
    public WordList(string noun, string unsaid, params (string Word, T Value)[] words)
    {
        ArgumentNullException.ThrowIfNull(unsaid);
        ArgumentNullException.ThrowIfNull(words);
        (Noun, Unsaid, _unsaidUtf8) = (noun, unsaid, Encoding.UTF8.GetBytes(unsaid));
        _values = words.ToFrozenDictionary(w => w.Word, w => w.Value, StringComparer.Ordinal);
        Words = [.. words.Select(w => w.Word)];
        Values = [.. words.Select(w => w.Value)];
        _words = new string?[words.Max(w => Number(w.Value)) + 1];
        _utf8 = new byte[]?[_words.Length];
        foreach (var (word, value) in words)
        {
            (_words[Number(value)], _utf8[Number(value)]) = (word, Encoding.UTF8.GetBytes(word));
        }
    }

    public string Noun { get; }

    /// <summary>What is written for a value that has no word of its own.</summary>
    public string Unsaid { get; }

    /// <summary>In the order of the documentation.</summary>
    public IReadOnlyList<string> Words { get; }

    public IReadOnlyList<T> Values { get; }

    /// <summary>The word for a value; <see cref="Unsaid"/> for one without.</summary>
    public string Text(T value) => (uint)Number(value) < (uint)_words.Length ? _words[Number(value)] ?? Unsaid : Unsaid;

    /// <summary>The same in UTF-8, without an allocation.</summary>
    public ReadOnlySpan<byte> Utf8(T value) => (uint)Number(value) < (uint)_utf8.Length ? _utf8[Number(value)] ?? _unsaidUtf8 : _unsaidUtf8;

    /// <summary>False, and the zero value, for anything but one of the words.</summary>
    public bool TryParse(string text, out T value) => _values.TryGetValue(text, out value);

    private static int Number(T value) => Unsafe.BitCast<T, int>(value);
}
