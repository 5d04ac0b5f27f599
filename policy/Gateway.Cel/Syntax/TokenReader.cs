namespace Gateway.Cel.Syntax;

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

    /// <exception cref="SyntaxProblem">Something else stands here.</exception>
    public void Expect(string punctuation)
    {
        if (!TryTake(punctuation))
        {
            throw Unexpected($"'{punctuation}'");
        }
    }

    public SyntaxProblem Unexpected(string wanted) =>
        new(
            CelErrorKind.Syntax,
            Current.Range,
            Current.Kind == TokenKind.End ? $"the expression ends where {wanted} is needed" : $"{wanted} is needed here"
        );
}
