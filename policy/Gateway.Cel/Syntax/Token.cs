using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>A piece of an expression's text.</summary>
/// <param name="Text">As written; for a quoted identifier without its quotes.</param>
/// <param name="Value">Of a string, bytes or a double; unset for the others. Integers are read with their sign, by the parser.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextRange Range, CelValue Value = default)
{
    public bool Is(string punctuation) => Kind == TokenKind.Punctuation && Text == punctuation;
}
