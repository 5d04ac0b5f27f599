using Gateway.Cel.Library;

namespace Gateway.Cel.Syntax;

/// <summary>A call whose function is known. Of a member, what stands before the point is the first argument.</summary>
internal sealed record InvokeExpr(TextRange Range, OverloadSet Function, IReadOnlyList<Expr> Arguments) : Expr(Range);
