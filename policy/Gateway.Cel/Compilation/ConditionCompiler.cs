using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>
/// A compiled part that is true or false. Where it is neither, the error is in <see cref="CelActivation.Fault"/>. It needs no room for a
/// value, so that a condition over set variables allocates nothing.
/// </summary>
internal delegate CelTruth Condition(CelActivation frame);

/// <summary>Compiles the parts that are true or false: they skip the making of values where they can.</summary>
internal static class ConditionCompiler
{
    /// <summary>Whether a call or a macro is compiled here; everything else that isn't is a step.</summary>
    public static bool IsCondition(Expr expr) =>
        expr switch
        {
            InvokeExpr invoke => ComparisonConditions.Fits(invoke) || IsNot(invoke),
            ComprehensionExpr comprehension => comprehension.Kind
                is ComprehensionKind.All
                    or ComprehensionKind.Exists
                    or ComprehensionKind.ExistsOne,
            AndExpr or OrExpr or MatchExpr or SelectExpr { IsTest: true } or SlotExpr { IsTest: true } => true,
            _ => false,
        };

    /// <param name="name">What wants a condition, for the error of a value that is none.</param>
    public static Condition Compile(Expr expr, string name = "condition") =>
        expr switch
        {
            AndExpr and => Decide(and.Terms, "&&", CelTruth.False, CelTruth.True),
            OrExpr or => Decide(or.Terms, "||", CelTruth.True, CelTruth.False),
            MatchExpr match => Match(match),
            SelectExpr { IsTest: true } test => FieldTest(test),
            SlotExpr { IsTest: true } test => SlotTest(test),
            InvokeExpr invoke when IsNot(invoke) => Not(invoke),
            InvokeExpr invoke when ComparisonConditions.Fits(invoke) => ComparisonConditions.Compile(invoke),
            ComprehensionExpr comprehension when IsCondition(comprehension) => ComprehensionSteps.CompileCondition(comprehension),
            _ => FromStep(StepCompiler.Compile(expr), expr.Range, name),
        };

    private static bool IsNot(InvokeExpr invoke) => invoke.Function.Function == Operators.Not && IsCondition(invoke.Arguments[0]);

    private static Condition FromStep(Step step, TextRange range, string name)
    {
        var noCondition = CelValue.From(CelFault.NoOverload(name) with { Range = range });
        return frame =>
        {
            var value = step(frame);
            if (value.Kind == CelKind.Bool)
            {
                return value.AsBool ? CelTruth.True : CelTruth.False;
            }

            return Fail(frame, value.IsError ? value : noCondition);
        };
    }

    /// <summary>One decisive term settles it; otherwise the first error counts.</summary>
    private static Condition Decide(IReadOnlyList<Expr> terms, string name, CelTruth decisive, CelTruth otherwise)
    {
        var conditions = terms.Select(term => Compile(term, name)).ToArray();
        return frame =>
        {
            var (result, error) = (otherwise, default(CelValue));
            foreach (var condition in conditions)
            {
                var truth = condition(frame);
                if (truth == decisive)
                {
                    return decisive;
                }

                if (truth == CelTruth.Error && result != CelTruth.Error)
                {
                    (result, error) = (CelTruth.Error, frame.Fault);
                }
            }

            return result == CelTruth.Error ? Fail(frame, error) : result;
        };
    }

    private static Condition Not(InvokeExpr invoke)
    {
        var inner = Compile(invoke.Arguments[0]);
        return frame =>
        {
            var truth = inner(frame);
            frame.Budget--;
            return truth switch
            {
                CelTruth.True => CelTruth.False,
                CelTruth.False => CelTruth.True,
                CelTruth.Error => CelTruth.Error,
            };
        };
    }

    private static Condition Match(MatchExpr match)
    {
        var (operand, pattern, range) = (StepCompiler.Compile(match.Operand), match.Pattern, match.Range);
        var noText = CelValue.From(CelFault.NoOverload(TextPattern.Function));
        return frame =>
        {
            var value = operand(frame);
            frame.Budget--;
            return From(
                frame,
                value.Kind == CelKind.String ? pattern.IsMatch(frame, value.AsString)
                    : value.IsError ? value
                    : noText,
                range
            );
        };
    }

    private static Condition FieldTest(SelectExpr test)
    {
        var (operand, field, range) = (StepCompiler.Compile(test.Operand), test.Field, test.Range);
        return frame =>
        {
            var value = operand(frame);
            frame.Budget--;
            return From(frame, Fields.Test(value, field), range);
        };
    }

    private static Condition SlotTest(SlotExpr test)
    {
        var slot = test.Slot;
        return frame => frame.Slots[slot].Kind != CelKind.Unset ? CelTruth.True : CelTruth.False;
    }

    /// <summary>A bool or an error, as a truth.</summary>
    internal static CelTruth From(CelActivation frame, in CelValue value, TextRange range) =>
        value.IsError ? Fail(frame, value.At(range))
        : value.AsBool ? CelTruth.True
        : CelTruth.False;

    internal static CelTruth Fail(CelActivation frame, in CelValue error)
    {
        frame.Fault = error;
        return CelTruth.Error;
    }
}
