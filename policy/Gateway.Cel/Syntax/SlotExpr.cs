namespace Gateway.Cel.Syntax;

/// <summary>A variable of the environment; with <see cref="IsTest"/> only whether it has a value.</summary>
internal sealed record SlotExpr(TextRange Range, int Slot, string Name, bool IsTest) : Expr(Range);
