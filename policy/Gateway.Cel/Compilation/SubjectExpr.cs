using Gateway.Cel.Checking;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>
/// What a guard can be about: a variable, or a field below one that is named in the text, perhaps with a literal in its place where there
/// is none. Reading it takes few steps and calls nothing that could take many.
/// </summary>
internal static class SubjectExpr
{
    private const string OrValue = "orValue";

    public static bool Is(Expr expr) =>
        expr switch
        {
            SlotExpr { IsTest: false } => true,
            SelectExpr { IsTest: false } select => Is(select.Operand),
            InvokeExpr { Function.Function: Operators.Index or Operators.OptionalIndex, Arguments: [var operand, var field] } => IsText(
                field
            ) && Is(operand),
            OptionalOrExpr { Function.Function: OrValue, Alternative: LiteralExpr } or => Is(or.Target),
            _ => false,
        };

    public static int SlotOf(Expr subject) => subject is SlotExpr slot ? slot.Slot : SlotOf(Inner(subject)!);

    /// <summary>The same but for where in the text they stand.</summary>
    public static bool AreSame(Expr? one, Expr? other) =>
        (one, other) switch
        {
            (SlotExpr x, SlotExpr y) => x.Slot == y.Slot && x.IsTest == y.IsTest,
            (SelectExpr x, SelectExpr y) => x.Field == y.Field
                && x.IsOptional == y.IsOptional
                && x.IsTest == y.IsTest
                && AreSame(x.Operand, y.Operand),
            (InvokeExpr x, InvokeExpr y) => x.Function.Function == y.Function.Function
                && AreSame(x.Arguments[1], y.Arguments[1])
                && AreSame(x.Arguments[0], y.Arguments[0]),
            (OptionalOrExpr x, OptionalOrExpr y) => AreSame(x.Alternative, y.Alternative) && AreSame(x.Target, y.Target),
            (LiteralExpr x, LiteralExpr y) => x.Value.Kind == y.Value.Kind && ScalarEquality.AreEqual(x.Value, y.Value),
            _ => false,
        };

    public static int HashOf(Expr subject) =>
        subject switch
        {
            SlotExpr slot => slot.Slot,
            SelectExpr select => HashCode.Combine(HashOf(select.Operand), select.Field),
            _ => HashCode.Combine(HashOf(Inner(subject)!), 1),
        };

    /// <summary>Whether a subject lies below what a test asks for, or is it.</summary>
    public static bool IsBelow(Expr? subject, SelectExpr test)
    {
        var asked = test with { IsTest = false };
        while (subject is not null && !AreSame(subject, asked))
        {
            subject = Inner(subject);
        }

        return subject is not null;
    }

    private static bool IsText(Expr expr) => expr is LiteralExpr { Value.Kind: CelKind.String };

    /// <summary>What it is a part of; null for a variable.</summary>
    private static Expr? Inner(Expr subject) =>
        subject switch
        {
            SelectExpr select => select.Operand,
            InvokeExpr invoke => invoke.Arguments[0],
            OptionalOrExpr or => or.Target,
            _ => null,
        };
}
