namespace Gateway.Cel.Syntax;

/// <summary>A part of an expression's text, in UTF-16 places from 0.</summary>
public readonly record struct TextRange(int Start, int Length)
{
    internal int End => Start + Length;

    /// <summary>From the start of one part to the end of another.</summary>
    internal static TextRange Between(TextRange first, TextRange last) => new(first.Start, last.End - first.Start);
}
