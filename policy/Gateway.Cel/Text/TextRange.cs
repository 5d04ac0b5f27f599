namespace Gateway.Cel.Text;

/// <summary>A part of an expression's text, in UTF-16 places from 0.</summary>
public readonly record struct TextRange(int Start, int Length)
{
    internal int End => Start + Length;

    /// <summary>From the start of one part to the end of another.</summary>
    internal static TextRange Between(TextRange first, TextRange last) => new(first.Start, last.End - first.Start);
}

/// <summary>Lines and columns of an expression's text.</summary>
internal sealed class TextPositions(string text)
{
    public CelError Error(CelErrorKind kind, TextRange range, string message, string? nearest = null)
    {
        var before = text.AsSpan(0, Math.Clamp(range.Start, 0, text.Length));
        return new CelError(kind, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), message, nearest);
    }
}
