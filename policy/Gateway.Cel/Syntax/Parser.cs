using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>
/// Reads an expression by recursive descent (language definition, "Grammar"). Depth and size are limited while it reads, so that no text
/// can exhaust the stack, here or in what walks the tree later.
/// </summary>
internal sealed class Parser
{
    private static readonly string[] Relations = ["<", "<=", ">", ">=", "==", "!="];

    private readonly TokenReader _tokens;
    private readonly ParserLimits _limits;
    private readonly PrimaryParser _primary;

    private Parser(string text, CelLimits limits)
    {
        _tokens = new TokenReader(new Lexer(text).Read());
        _limits = new ParserLimits(limits);
        _primary = new PrimaryParser(_tokens, _limits, Expression);
    }

    /// <exception cref="SyntaxException">The text is no expression, or exceeds a limit.</exception>
    public static Expr Parse(string text, CelLimits limits)
    {
        if (text.Length > limits.TextLength)
        {
            throw new SyntaxException(CelErrorKind.Limit, default, $"the expression is longer than {limits.TextLength} characters");
        }

        var parser = new Parser(text, limits);
        var expression = parser.Expression();
        return parser._tokens.Current.Kind == TokenKind.End ? expression : throw parser._tokens.Unexpected("an operator or the end");
    }

    private Expr Expression()
    {
        using var level = _limits.Enter(_tokens.Current.Range);
        var condition = Or();
        if (!_tokens.TryTake("?"))
        {
            return condition;
        }

        var whenTrue = Or();
        _tokens.Expect(":");
        var whenFalse = Expression();
        return _limits.Add(new ConditionalExpr(Across(condition, whenFalse), condition, whenTrue, whenFalse));
    }

    private Expr Or()
    {
        var first = And();
        if (!_tokens.Current.Is("||"))
        {
            return first;
        }

        var terms = new List<Expr> { first };
        while (_tokens.TryTake("||"))
        {
            terms.Add(And());
        }

        return _limits.Add(new OrExpr(Across(first, terms[^1]), terms));
    }

    private Expr And()
    {
        var first = Relation();
        if (!_tokens.Current.Is("&&"))
        {
            return first;
        }

        var terms = new List<Expr> { first };
        while (_tokens.TryTake("&&"))
        {
            terms.Add(Relation());
        }

        return _limits.Add(new AndExpr(Across(first, terms[^1]), terms));
    }

    private Expr Relation()
    {
        var left = Sum();
        using var chain = _limits.Chain();
        while (IsRelation(_tokens.Current))
        {
            var name = _tokens.Take().Text;
            left = Operator(name == "in" ? Operators.In : $"_{name}_", left, Sum(), chain);
        }

        return left;
    }

    private static bool IsRelation(Token token) =>
        token.Kind == TokenKind.Punctuation
            ? Array.IndexOf(Relations, token.Text) >= 0
            : token is { Kind: TokenKind.Identifier, Text: "in" };

    private Expr Sum()
    {
        var left = Product();
        using var chain = _limits.Chain();
        while (_tokens.Current.Is("+") || _tokens.Current.Is("-"))
        {
            left = Operator($"_{_tokens.Take().Text}_", left, Product(), chain);
        }

        return left;
    }

    private Expr Product()
    {
        var left = Unary();
        using var chain = _limits.Chain();
        while (_tokens.Current.Is("*") || _tokens.Current.Is("/") || _tokens.Current.Is("%"))
        {
            left = Operator($"_{_tokens.Take().Text}_", left, Unary(), chain);
        }

        return left;
    }

    /// <summary>A run of one sign: an even number of them cancels out for the type checker too, so each is kept as a call.</summary>
    private Expr Unary()
    {
        var token = _tokens.Current;
        var isLiteral = token.Is("-") && _tokens.Following.Kind is TokenKind.Int or TokenKind.Double;
        if (isLiteral || !(token.Is("!") || token.Is("-")))
        {
            return _primary.Member();
        }

        using var level = _limits.Enter(token.Range);
        _tokens.Take();
        var operand = Unary();
        var range = TextRange.Between(token.Range, operand.Range);
        return _limits.Add(new CallExpr(range, token.Text == "!" ? Operators.Not : Operators.Negate, null, [operand]));
    }

    private Expr Operator(string name, Expr left, Expr right, ParserLimits.Level chain)
    {
        chain.Deepen(right.Range);
        return _limits.Add(new CallExpr(Across(left, right), name, null, [left, right]));
    }

    private static TextRange Across(Expr first, Expr last) => TextRange.Between(first.Range, last.Range);
}
