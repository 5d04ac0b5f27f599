using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>What is wrong for certain, in an expression that isn't type-checked: an error if it is reached.</summary>
internal sealed record FailExpr(TextRange Range, CelFault Fault) : Expr(Range);
