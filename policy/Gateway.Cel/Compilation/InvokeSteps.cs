using System.Runtime.CompilerServices;
using Gateway.Cel.Checking;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>Calls: the arguments are evaluated in order, and the values choose the overload.</summary>
internal static class InvokeSteps
{
    public static Step Compile(InvokeExpr invoke)
    {
        var steps = invoke.Arguments.Select(StepCompiler.Compile).ToArray();
        var (function, range) = (invoke.Function, invoke.Range);
        return steps switch
        {
            [] => frame => function.Invoke(frame, []).At(range),
            [var only] => frame =>
            {
                var argument = only(frame);
                return function.Invoke(frame, new ReadOnlySpan<CelValue>(in argument)).At(range);
            },
            { Length: <= Arguments.Max } => frame =>
            {
                var arguments = default(Arguments);
                for (var i = 0; i < steps.Length; i++)
                {
                    arguments[i] = steps[i](frame);
                }

                return function.Invoke(frame, arguments[..steps.Length]).At(range);
            },
            _ => frame => function.Invoke(frame, Array.ConvertAll(steps, step => step(frame))).At(range),
        };
    }

    public static Step Compile(OptionalOrExpr or)
    {
        var (target, alternative, function, range) = (
            StepCompiler.Compile(or.Target),
            StepCompiler.Compile(or.Alternative),
            or.Function,
            or.Range
        );
        return frame =>
        {
            var first = target(frame);
            var isEmpty = first.Kind == CelKind.Optional && !first.AsOptional.HasValue;
            return function.Invoke(frame, [first, isEmpty ? alternative(frame) : CelOptional.None]).At(range);
        };
    }
}

/// <summary>Room for a call's arguments on the stack. No function has more.</summary>
[InlineArray(Max)]
internal struct Arguments
{
    public const int Max = 4;

    private CelValue _first;
}
