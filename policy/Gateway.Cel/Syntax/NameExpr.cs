namespace Gateway.Cel.Syntax;

/// <summary>A name. Rooted, with a leading point, it means no variable of a macro and nothing of the container.</summary>
internal sealed record NameExpr(TextRange Range, string Name, bool IsRooted) : Expr(Range);
