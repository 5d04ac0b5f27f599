namespace Gateway.Cel.Syntax;

/// <summary>Lines and columns of an expression's text.</summary>
internal sealed class TextPositions(string text)
{
    public CelError Error(CelErrorKind kind, TextRange range, string message, string? nearest = null)
    {
        var before = text.AsSpan(0, Math.Clamp(range.Start, 0, text.Length));
        return new CelError(kind, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), message, nearest);
    }
}
