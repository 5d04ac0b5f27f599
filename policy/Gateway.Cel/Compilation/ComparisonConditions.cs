using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>
/// The comparisons that conditions mostly are: something with a literal, or whether it is in a list of literals. What isn't plain goes
/// through the function itself, so that there is one meaning.
/// </summary>
internal static class ComparisonConditions
{
    private static readonly Dictionary<string, (CelTruth Less, CelTruth Equal, CelTruth Greater)> Orders = new()
    {
        [Operators.Less] = (CelTruth.True, CelTruth.False, CelTruth.False),
        [Operators.LessOrEqual] = (CelTruth.True, CelTruth.True, CelTruth.False),
        [Operators.Greater] = (CelTruth.False, CelTruth.False, CelTruth.True),
        [Operators.GreaterOrEqual] = (CelTruth.False, CelTruth.True, CelTruth.True),
    };

    /// <summary>Whether a call is such a comparison. Functions of the environment's own never have these names.</summary>
    public static bool Fits(InvokeExpr invoke) =>
        invoke.Arguments.Count == 2
        && (
            invoke.Function.Function switch
            {
                Operators.EqualTo or Operators.NotEqualTo => invoke.Arguments[1]
                    is LiteralExpr { Value.Kind: CelKind.String or CelKind.Bool or CelKind.Null or CelKind.Int },
                Operators.In => (invoke.Arguments[1] as ListExpr)?.ToConstant() is not null,
                var name => Orders.ContainsKey(name) && invoke.Arguments[1] is LiteralExpr { Value.Kind: CelKind.Int },
            }
        );

    public static Condition Compile(InvokeExpr invoke) =>
        invoke.Function.Function switch
        {
            Operators.EqualTo => Equal(invoke, CelTruth.True, CelTruth.False),
            Operators.NotEqualTo => Equal(invoke, CelTruth.False, CelTruth.True),
            Operators.In => In(invoke),
            var name => Order(invoke, Orders[name]),
        };

    private static Condition Equal(InvokeExpr invoke, CelTruth same, CelTruth different)
    {
        var (operand, constant, range) = (
            StepCompiler.Compile(invoke.Arguments[0]),
            ((LiteralExpr)invoke.Arguments[1]).Value,
            invoke.Range
        );
        if (constant.Kind == CelKind.String)
        {
            return EqualText(operand, constant.AsString, range, same, different);
        }

        return frame =>
        {
            var value = operand(frame);
            frame.Budget--;
            return value.IsError ? ConditionCompiler.Fail(frame, value.At(range))
                : ScalarEquality.AreEqual(value, constant) ? same
                : different;
        };
    }

    private static Condition EqualText(Step operand, string constant, TextRange range, CelTruth same, CelTruth different) =>
        frame =>
        {
            var value = operand(frame);
            frame.Budget--;
            if (value.Kind == CelKind.String)
            {
                return string.Equals(value.AsString, constant) ? same : different;
            }

            return value.IsError ? ConditionCompiler.Fail(frame, value.At(range)) : different;
        };

    private static Condition Order(InvokeExpr invoke, (CelTruth Less, CelTruth Equal, CelTruth Greater) order)
    {
        var (operand, constant, function, range) = (
            StepCompiler.Compile(invoke.Arguments[0]),
            ((LiteralExpr)invoke.Arguments[1]).Value,
            invoke.Function,
            invoke.Range
        );
        var limit = constant.AsInt;
        return frame =>
        {
            var value = operand(frame);
            if (value.Kind == CelKind.Int)
            {
                // The call, and the text of no characters, as the function itself counts them.
                frame.Budget -= 2;
                var number = value.AsInt;
                return number < limit ? order.Less
                    : number == limit ? order.Equal
                    : order.Greater;
            }

            return ConditionCompiler.From(frame, function.Invoke(frame, [value, constant]), range);
        };
    }

    private static Condition In(InvokeExpr invoke)
    {
        var (operand, range) = (StepCompiler.Compile(invoke.Arguments[0]), invoke.Range);
        var list = ((ListExpr)invoke.Arguments[1]).ToConstant()!;
        return frame =>
        {
            var value = operand(frame);
            frame.Budget--;
            if (value.IsError)
            {
                return ConditionCompiler.Fail(frame, value.At(range));
            }

            for (var i = 0; i < list.Count; i++)
            {
                frame.Budget--;
                if (ScalarEquality.AreEqual(list[i], value))
                {
                    return CelTruth.True;
                }
            }

            return CelTruth.False;
        };
    }
}
