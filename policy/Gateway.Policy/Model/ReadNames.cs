using System.Text;

namespace Gateway.Policy.Model;

/// <summary>
/// The names that conditions look for in the members of a request's JSON, or among its parameters: a member that is called alike and not
/// the same would be read by a system that doesn't look closely, and by no condition. A tree, by the way to each name. Immutable once
/// built.
/// </summary>
public sealed class ReadNames
{
    private const int LongestName = 128;

    /// <summary>All spellings of one name stand together.</summary>
    private readonly Dictionary<ulong, List<(byte[] Name, ReadNames Below)>> _names = [];
    private bool _isRegion;

    private ReadNames() { }

    public bool IsEmpty => _names.Count == 0;

    /// <param name="paths">The ways that are known, each with the words that may be names anywhere below its end.</param>
    /// <returns>Null where there is nothing to look for.</returns>
    public static ReadNames? Of(IEnumerable<(IReadOnlyList<string> Steps, IReadOnlyList<string> Words)> paths)
    {
        var root = new ReadNames();
        foreach (var (steps, words) in paths.OrderBy(path => path.Steps.Count))
        {
            root.Add(steps, words);
        }

        return root.IsEmpty ? null : root;
    }

    /// <summary>What is looked for below a member; null for nothing.</summary>
    /// <param name="name">In UTF-8, unescaped.</param>
    /// <param name="isOther">Whether it could be a spelling of a name that is looked for, and is none of them.</param>
    public ReadNames? Step(ReadOnlySpan<byte> name, out bool isOther)
    {
        isOther = false;
        if (_names.TryGetValue(LooseText.SpellingHash(name), out var alike))
        {
            foreach (var (known, below) in alike)
            {
                if (name.SequenceEqual(known))
                {
                    isOther = false;
                    return below;
                }

                isOther |= LooseText.IsSpelling(name, known);
            }
        }

        return Item;
    }

    /// <summary>Whether this very name is looked for.</summary>
    public bool IsName(ReadOnlySpan<byte> name)
    {
        if (_names.TryGetValue(LooseText.SpellingHash(name), out var alike))
        {
            foreach (var (known, _) in alike)
            {
                if (name.SequenceEqual(known))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>What is looked for in an item of a list, or in a member that isn't named.</summary>
    public ReadNames? Item => _isRegion ? this : null;

    private void Add(IReadOnlyList<string> steps, IReadOnlyList<string> words)
    {
        var at = this;
        for (var i = 0; i < steps.Count; i++)
        {
            if (at._isRegion)
            {
                at.AddWords(steps.Skip(i).Concat(words));
                return;
            }

            at = at.Child(steps[i]);
        }

        at._isRegion = true;
        at.AddWords(words);
    }

    private ReadNames Child(string step)
    {
        var name = Encoding.UTF8.GetBytes(step);
        return Find(name) ?? Add(name, new ReadNames());
    }

    /// <summary>What is below is looked at alike, so that each word leads back here.</summary>
    private void AddWords(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var name = Encoding.UTF8.GetBytes(word);
            if (name.Length is > 0 and <= LongestName && Find(name) is null)
            {
                Add(name, this);
            }
        }
    }

    private ReadNames? Find(byte[] name) =>
        _names.TryGetValue(LooseText.SpellingHash(name), out var alike)
            ? alike.Find(known => known.Name.AsSpan().SequenceEqual(name)).Below
            : null;

    private ReadNames Add(byte[] name, ReadNames below)
    {
        var hash = LooseText.SpellingHash(name);
        (_names.TryGetValue(hash, out var alike) ? alike : _names[hash] = []).Add((name, below));
        return below;
    }
}
