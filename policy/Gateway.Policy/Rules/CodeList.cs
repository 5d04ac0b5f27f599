using Gateway.Cel.Text;

namespace Gateway.Policy.Rules;

/// <summary>
/// Texts trimmed, without empty ones and repetitions, in the order of their bytes: how rule files, intents and results hold their lists.
/// </summary>
public static class CodeList
{
    public static string[] Normalise(IEnumerable<string> texts)
    {
        var sorted = new SortedSet<string>(CodePointOrder.Instance);
        foreach (var text in texts)
        {
            if (text.Trim() is { Length: > 0 } trimmed)
            {
                sorted.Add(trimmed);
            }
        }

        return [.. sorted];
    }

    public static string[] NormaliseLower(IEnumerable<string> texts) => Normalise(texts.Select(text => text.ToLowerInvariant()));

    /// <summary>Both lists as one. Gives back one of them, unchanged, where the other adds nothing.</summary>
    public static IReadOnlyList<string> Merge(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        right.Count == 0 ? left
        : left.Count == 0 ? right
        : Normalise(left.Concat(right));

    /// <summary>Whether the list has the text. A plain loop: the lists are short and this is on the path of a request.</summary>
    public static bool Contains(IReadOnlyList<string> list, string text)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (string.Equals(list[i], text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
