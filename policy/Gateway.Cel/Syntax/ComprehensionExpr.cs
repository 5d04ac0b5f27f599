namespace Gateway.Cel.Syntax;

/// <summary>
/// A macro over a list or map. With one name it is the element or the key, with two they are index and element, or key and value.
/// </summary>
internal sealed record ComprehensionExpr(
    TextRange Range,
    ComprehensionKind Kind,
    Expr Source,
    string Name,
    string? SecondName,
    Expr? Filter,
    Expr Body,
    int Place = 0
) : Expr(Range);
