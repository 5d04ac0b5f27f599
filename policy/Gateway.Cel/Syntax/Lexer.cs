using System.Globalization;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>Cuts an expression into tokens (language definition, "Syntax").</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] LongPunctuation = ["&&", "||", "==", "!=", "<=", ">="];
    private const string ShortPunctuation = ".,:?()[]{}+-*/%!<>=&|";

    private int _at;

    /// <exception cref="SyntaxException">The text has something that is no token.</exception>
    public List<Token> Read()
    {
        var tokens = new List<Token>();
        for (SkipSpace(); _at < text.Length; SkipSpace())
        {
            tokens.Add(Next());
        }

        tokens.Add(new Token(TokenKind.End, "", new TextRange(text.Length, 0)));
        return tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void SkipSpace()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (text[_at] == '/' && Peek(1) == '/')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private Token Next()
    {
        var c = Peek();
        if (StringLiteral.PrefixAt(text, _at) is { } prefix)
        {
            return StringLiteral.Read(text, ref _at, prefix);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Identifier();
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return Number();
        }

        return c == '`' ? QuotedIdentifier() : Punctuation();
    }

    private Token Identifier()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            _at++;
        }

        return Taken(TokenKind.Identifier, start);
    }

    private Token QuotedIdentifier()
    {
        var start = _at++;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '.' or '-' or '/' or ' ')
        {
            _at++;
        }

        if (Peek() != '`' || _at == start + 1)
        {
            throw new SyntaxException(
                CelErrorKind.Syntax,
                new TextRange(start, _at - start),
                "a quoted name ends with ` and has only letters, digits and _ . - / or spaces"
            );
        }

        _at++;
        return new Token(TokenKind.QuotedIdentifier, text[(start + 1)..(_at - 1)], new TextRange(start, _at - start));
    }

    private Token Number()
    {
        var start = _at;
        var isHex = Peek() == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2));
        _at += isHex ? 2 : 0;
        Skip(isHex ? char.IsAsciiHexDigit : char.IsAsciiDigit);
        var isDouble = !isHex && (SkipFraction() | SkipExponent());
        if (isDouble)
        {
            return Taken(TokenKind.Double, start) with
            {
                Value = CelValue.From(double.Parse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture)),
            };
        }

        var isUnsigned = Peek() is 'u' or 'U';
        _at += isUnsigned ? 1 : 0;
        return Taken(isUnsigned ? TokenKind.Uint : TokenKind.Int, start);
    }

    private bool SkipFraction()
    {
        if (Peek() != '.' || !char.IsAsciiDigit(Peek(1)))
        {
            return false;
        }

        _at++;
        Skip(char.IsAsciiDigit);
        return true;
    }

    private bool SkipExponent()
    {
        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek() is not ('e' or 'E') || !char.IsAsciiDigit(Peek(1 + sign)))
        {
            return false;
        }

        _at += 1 + sign;
        Skip(char.IsAsciiDigit);
        return true;
    }

    private void Skip(Func<char, bool> wanted)
    {
        while (wanted(Peek()))
        {
            _at++;
        }
    }

    private Token Punctuation()
    {
        var start = _at;
        foreach (var pair in LongPunctuation)
        {
            if (string.CompareOrdinal(text, _at, pair, 0, pair.Length) == 0)
            {
                _at += pair.Length;
                return Taken(TokenKind.Punctuation, start);
            }
        }

        if (!ShortPunctuation.Contains(text[_at++], StringComparison.Ordinal))
        {
            throw new SyntaxException(
                CelErrorKind.Syntax,
                new TextRange(start, 1),
                $"the character U+{(int)text[start]:X4} has no meaning here"
            );
        }

        return Taken(TokenKind.Punctuation, start);
    }

    private Token Taken(TokenKind kind, int start) => new(kind, text[start.._at], new TextRange(start, _at - start));
}
