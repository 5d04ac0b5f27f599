using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>A node whose names and functions are resolved, and its type.</summary>
internal readonly record struct Checked(Expr Node, CelType Type);

/// <summary>A variable of the environment; with <see cref="IsTest"/> only whether it has a value.</summary>
internal sealed record SlotExpr(TextRange Range, int Slot, string Name, bool IsTest) : Expr(Range);

/// <summary>A variable of a macro; the name for the tree walker, the place for the compiled form.</summary>
internal sealed record LocalExpr(TextRange Range, string Name, int Place) : Expr(Range);

/// <summary>A call whose function is known. Of a member, what stands before the point is the first argument.</summary>
internal sealed record InvokeExpr(TextRange Range, OverloadSet Function, IReadOnlyList<Expr> Arguments) : Expr(Range);

/// <summary>A text against a pattern that is written in the expression, and so is compiled once.</summary>
internal sealed record MatchExpr(TextRange Range, Expr Operand, TextPattern Pattern) : Expr(Range);

/// <summary><c>a.or(b)</c> and <c>a.orValue(b)</c>: the alternative is evaluated only where <c>a</c> has no value.</summary>
internal sealed record OptionalOrExpr(TextRange Range, OverloadSet Function, Expr Target, Expr Alternative) : Expr(Range);

/// <summary>What is wrong for certain, in an expression that isn't type-checked: an error if it is reached.</summary>
internal sealed record FailExpr(TextRange Range, CelFault Fault) : Expr(Range);
