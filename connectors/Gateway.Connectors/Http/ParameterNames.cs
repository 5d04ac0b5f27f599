using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// The names of one query or form so far. Two are one where a system could take them for it: alike, in the flat spelling of a list or an
/// object (<c>a.b</c> and <c>a[b]</c>), or one the list or object that the other is a part of (<c>a</c>, <c>a[]</c>, <c>a[0]</c>).
/// </summary>
/// <param name="few">Room for as many as most have; beyond it they are held on the heap.</param>
internal ref struct ParameterNames(bool isLoose, Span<ParameterKey> few)
{
    /// <value>Names.</value>
    public const int Few = 32;

    private readonly Span<ParameterKey> _few = few;
    private List<ParameterKey>? _more;
    private List<string>? _structured;
    private List<string>? _several;
    private int _count;

    /// <summary>False where the name is there already.</summary>
    /// <param name="name">Decoded.</param>
    public bool TryAdd(scoped ReadOnlySpan<char> name, IReadOnlyList<string> repeated)
    {
        if (Listed(repeated, name) is { } listed)
        {
            if (_several?.Contains(listed) == true)
            {
                return true;
            }

            (_several ??= []).Add(listed);
        }

        var text = isLoose && !Ascii.IsValid(name) ? LooseText.Fold(name.ToString()) : name;
        var bracket = text.IndexOf('[');
        var key = new ParameterKey(Hash(text, skipsBrackets: true), Hash(bracket < 0 ? text : text[..bracket], skipsBrackets: false));
        for (var i = 0; i < _count; i++)
        {
            var other = i < Few ? _few[i] : _more![i - Few];
            if (other.Flat == key.Flat || (other.Beginning == key.Beginning && (bracket < 0 || Meets(text, other))))
            {
                return false;
            }
        }

        Add(bracket < 0 ? key : key with { Place = Keep(text) });
        return true;
    }

    /// <summary>Whether one of two structured names is a part of the other, or they are items of one list, counted in two ways.</summary>
    private readonly bool Meets(scoped ReadOnlySpan<char> name, ParameterKey other)
    {
        if (other.Place == 0)
        {
            return true; // A plain one.
        }

        var known = _structured![other.Place - 1].AsSpan();
        var (i, j) = (0, 0);
        while (true)
        {
            i = Next(name, i);
            j = Next(known, j);
            if (i == name.Length || j == known.Length)
            {
                return (i == name.Length ? known[j..] : name[i..]) is ['[', ..];
            }

            if (Lower(name[i]) != Lower(known[j]))
            {
                return IsEndOfEmpty(name, i) || IsEndOfEmpty(known, j);
            }

            (i, j) = (i + 1, j + 1);
        }
    }

    private static bool IsEndOfEmpty(ReadOnlySpan<char> name, int at) => at > 0 && name[at] == ']' && name[at - 1] == '[';

    private static string? Listed(IReadOnlyList<string> repeated, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < repeated.Count; i++)
        {
            if (name.SequenceEqual(repeated[i]))
            {
                return repeated[i];
            }
        }

        return null;
    }

    private int Keep(scoped ReadOnlySpan<char> name)
    {
        (_structured ??= []).Add(name.ToString());
        return _structured.Count;
    }

    private void Add(ParameterKey key)
    {
        if (_count < Few)
        {
            _few[_count] = key;
        }
        else
        {
            (_more ??= []).Add(key);
        }

        _count++;
    }

    private readonly ulong Hash(scoped ReadOnlySpan<char> name, bool skipsBrackets)
    {
        var hash = 14695981039346656037UL; // FNV-1a. Equal hashes are taken for equal names: that refuses, and hides nothing.
        for (var i = Next(name, 0); i < name.Length; i = Next(name, i + 1))
        {
            if (!skipsBrackets || name[i] is not ('[' or ']'))
            {
                hash = (hash ^ Lower(name[i])) * 1099511628211UL;
            }
        }

        return hash;
    }

    private readonly int Next(scoped ReadOnlySpan<char> name, int at)
    {
        while (at < name.Length && name[at] is '_' or '-' or '.' or ' ' && (isLoose || name[at] == '.'))
        {
            at++;
        }

        return at;
    }

    private readonly char Lower(char letter) => isLoose && letter is >= 'A' and <= 'Z' ? (char)(letter | 0x20) : letter;
}

/// <summary>What is kept of one name.</summary>
/// <param name="Flat">Of all of it but its brackets.</param>
/// <param name="Beginning">Of what stands before the first bracket.</param>
/// <param name="Place">Where a structured name is kept, from 1; 0 for a plain one.</param>
internal readonly record struct ParameterKey(ulong Flat, ulong Beginning, int Place = 0);
