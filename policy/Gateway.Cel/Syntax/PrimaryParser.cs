using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>
/// Reads what operators join: literals, names, lists, maps, brackets, and the selections, indexes and calls that follow them.
/// </summary>
internal sealed class PrimaryParser(TokenReader tokens, ParserLimits limits, Func<Expr> expression)
{
    private static readonly HashSet<string> Keywords = ["true", "false", "null", "in"];

    /// <summary>Words that may become part of the language; a field may have such a name, a variable may not.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    ];

    public Expr Member()
    {
        var member = Primary();
        using var chain = limits.Chain();
        while (true)
        {
            if (tokens.TryTake("."))
            {
                member = Selection(member);
            }
            else if (tokens.TryTake("["))
            {
                member = Index(member);
            }
            else if (tokens.Current.Is("{") && IsMessageName(member))
            {
                throw new SyntaxException(
                    CelErrorKind.Unsupported,
                    member.Range,
                    "messages are not supported; a map is written {'key': value}"
                );
            }
            else
            {
                return member;
            }

            chain.Deepen(member.Range);
        }
    }

    private static bool IsMessageName(Expr expr) => expr is NameExpr || (expr is SelectExpr select && IsMessageName(select.Operand));

    private Expr Selection(Expr operand)
    {
        var isOptional = tokens.TryTake("?");
        var field = tokens.Current;
        if (field.Kind == TokenKind.QuotedIdentifier || (field.Kind == TokenKind.Identifier && !Keywords.Contains(field.Text)))
        {
            tokens.Take();
        }
        else
        {
            throw tokens.Unexpected("a field's name");
        }

        return !isOptional && field.Kind == TokenKind.Identifier && tokens.TryTake("(")
            ? Call(operand.Range, field.Text, operand)
            : limits.Add(new SelectExpr(TextRange.Between(operand.Range, field.Range), operand, field.Text, isOptional, IsTest: false));
    }

    private Expr Index(Expr operand)
    {
        var isOptional = tokens.TryTake("?");
        var index = expression();
        tokens.Expect("]");
        return limits.Add(
            new CallExpr(From(operand.Range), isOptional ? Operators.OptionalIndex : Operators.Index, null, [operand, index])
        );
    }

    private Expr Call(TextRange start, string function, Expr? target)
    {
        var arguments = new List<Expr>();
        while (!tokens.Current.Is(")"))
        {
            arguments.Add(expression());
            if (!tokens.TryTake(","))
            {
                break;
            }
        }

        tokens.Expect(")");
        return limits.Add(Macros.Expand(new CallExpr(From(start), function, target, arguments)));
    }

    private Expr Primary()
    {
        var token = tokens.Current;
        return token.Kind switch
        {
            TokenKind.Int or TokenKind.Uint or TokenKind.Double or TokenKind.String or TokenKind.Bytes => Literal(),
            TokenKind.Identifier => Name(isRooted: false),
            _ when token.Is("-") => Literal(),
            _ when token.Is("(") => Bracketed(),
            _ when token.Is("[") => List(),
            _ when token.Is("{") => Map(),
            _ when token.Is(".") => Rooted(),
            _ => throw tokens.Unexpected("a value"),
        };
    }

    private Expr Literal()
    {
        var start = tokens.Current.Range;
        var isNegative = tokens.TryTake("-");
        var token = tokens.Take();
        return limits.Add(new LiteralExpr(From(start), NumberLiteral.Read(token, isNegative)));
    }

    private Expr Rooted()
    {
        tokens.Take();
        return tokens.Current.Kind == TokenKind.Identifier ? Name(isRooted: true) : throw tokens.Unexpected("a name");
    }

    private Expr Name(bool isRooted)
    {
        var token = tokens.Take();
        if (!isRooted && Constant(token.Text) is { IsError: false } constant)
        {
            return limits.Add(new LiteralExpr(token.Range, constant));
        }

        if (Keywords.Contains(token.Text) || Reserved.Contains(token.Text))
        {
            throw new SyntaxException(CelErrorKind.Syntax, token.Range, $"'{token.Text}' is a reserved word and can't be a name");
        }

        return tokens.TryTake("(")
            ? Call(token.Range, isRooted ? "." + token.Text : token.Text, null)
            : limits.Add(new NameExpr(token.Range, token.Text, isRooted));
    }

    private static CelValue Constant(string word) =>
        word switch
        {
            "true" => CelValue.True,
            "false" => CelValue.False,
            "null" => CelValue.Null,
            _ => default,
        };

    private Expr Bracketed()
    {
        tokens.Take();
        var inner = expression();
        tokens.Expect(")");
        return inner;
    }

    private Expr List()
    {
        var start = tokens.Take().Range;
        var items = new List<ListItem>();
        while (!tokens.Current.Is("]"))
        {
            var isOptional = tokens.TryTake("?");
            items.Add(new ListItem(expression(), isOptional));
            if (!tokens.TryTake(","))
            {
                break;
            }
        }

        tokens.Expect("]");
        return limits.Add(new ListExpr(From(start), items));
    }

    private Expr Map()
    {
        var start = tokens.Take().Range;
        var entries = new List<MapEntry>();
        while (!tokens.Current.Is("}"))
        {
            var isOptional = tokens.TryTake("?");
            var key = expression();
            tokens.Expect(":");
            entries.Add(new MapEntry(key, expression(), isOptional));
            if (!tokens.TryTake(","))
            {
                break;
            }
        }

        tokens.Expect("}");
        return limits.Add(new MapExpr(From(start), entries));
    }

    private TextRange From(TextRange start) => TextRange.Between(start, tokens.Previous);
}
