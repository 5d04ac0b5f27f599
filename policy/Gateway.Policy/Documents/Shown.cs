namespace Gateway.Policy.Documents;

/// <summary>Text from a document as an error may show it: short, on one line, without control characters.</summary>
internal static class Shown
{
    private const int MaxLength = 60;

    public static string Name(string text)
    {
        var shown = text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        return "'" + string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)) + "'";
    }
}
