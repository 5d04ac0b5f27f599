using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>What a token is. Punctuation is told apart by its text.</summary>
internal enum TokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Punctuation,
}

/// <summary>A piece of an expression's text.</summary>
/// <param name="Text">As written; for a quoted identifier without its quotes.</param>
/// <param name="Value">Of a string, bytes or a double; unset for the others. Integers are read with their sign, by the parser.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextRange Range, CelValue Value = default)
{
    public bool Is(string punctuation) => Kind == TokenKind.Punctuation && Text == punctuation;
}

/// <summary>Walks over the tokens of an expression.</summary>
internal sealed class TokenReader(List<Token> tokens)
{
    private int _at;

    public Token Current => tokens[_at];

    /// <summary>The one after the current; the end after the end.</summary>
    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>The end of what was read so far.</summary>
    public TextRange Previous => tokens[Math.Max(0, _at - 1)].Range;

    public Token Take() => tokens[_at < tokens.Count - 1 ? _at++ : _at];

    public bool TryTake(string punctuation)
    {
        var found = Current.Is(punctuation);
        _at += found ? 1 : 0;
        return found;
    }

    /// <exception cref="SyntaxException">Something else stands here.</exception>
    public void Expect(string punctuation)
    {
        if (!TryTake(punctuation))
        {
            throw Unexpected($"'{punctuation}'");
        }
    }

    public SyntaxException Unexpected(string wanted) =>
        new(
            CelErrorKind.Syntax,
            Current.Range,
            Current.Kind == TokenKind.End ? $"the expression ends where {wanted} is needed" : $"{wanted} is needed here"
        );
}
