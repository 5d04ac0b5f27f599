using System.Text;

namespace Gateway.Authoring.Changes;

/// <summary>Names as answers write them.</summary>
public static class Words
{
    /// <summary><c>RegisterAgent</c> is <c>register_agent</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary><c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}";
}
