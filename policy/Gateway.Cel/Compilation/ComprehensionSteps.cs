using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>Macros over lists and maps.</summary>
internal static class ComprehensionSteps
{
    /// <summary>
    /// What is done with one element: a truth other than <see cref="CelTruth.True"/> ends the macro, an error with the error.
    /// </summary>
    private delegate CelTruth Visit(CelActivation frame, in CelValue key);

    public static Step Compile(ComprehensionExpr expr)
    {
        var (body, range, kind) = (StepCompiler.Compile(expr.Body), expr.Range, expr.Kind);
        var loop = Loop(expr);
        return frame =>
        {
            var (items, entries) = (new List<CelValue>(), new MapBuilder());
            var ended = loop(
                frame,
                (CelActivation inner, in CelValue key) =>
                {
                    var value = body(inner);
                    var problem = kind switch
                    {
                        ComprehensionKind.Map => entries.Add(key, value),
                        ComprehensionKind.MapEntries => entries.AddAll(inner, value),
                        _ => value.IsError ? value : default,
                    };
                    if (problem.Kind == CelKind.Error)
                    {
                        return ConditionCompiler.Fail(inner, problem.At(range));
                    }

                    items.Add(value);
                    return CelTruth.True;
                }
            );
            return ended == CelTruth.Error ? frame.Fault
                : kind == ComprehensionKind.List ? CelValue.From(new ArrayList([.. items]))
                : entries.Build().At(range);
        };
    }

    public static Condition CompileCondition(ComprehensionExpr expr)
    {
        var body = ConditionCompiler.Compile(expr.Body, "macro");
        var loop = Loop(expr);
        return expr.Kind == ComprehensionKind.ExistsOne ? ExactlyOne(loop, body)
            : expr.Kind == ComprehensionKind.All ? Quantify(loop, body, CelTruth.False, CelTruth.True)
            : Quantify(loop, body, CelTruth.True, CelTruth.False);
    }

    private static Condition Quantify(Func<CelActivation, Visit, CelTruth> loop, Condition body, CelTruth decisive, CelTruth otherwise) =>
        frame =>
        {
            var (result, error) = (otherwise, default(CelValue));
            var ended = loop(
                frame,
                (CelActivation inner, in CelValue _) =>
                {
                    var truth = body(inner);
                    if (truth == decisive)
                    {
                        result = decisive;
                        return CelTruth.False;
                    }

                    if (truth == CelTruth.Error && result != CelTruth.Error)
                    {
                        (result, error) = (CelTruth.Error, inner.Fault);
                    }

                    return CelTruth.True;
                }
            );
            return ended == CelTruth.Error ? CelTruth.Error
                : result == CelTruth.Error ? ConditionCompiler.Fail(frame, error)
                : result;
        };

    private static Condition ExactlyOne(Func<CelActivation, Visit, CelTruth> loop, Condition body) =>
        frame =>
        {
            var hits = 0;
            var ended = loop(
                frame,
                (CelActivation inner, in CelValue _) =>
                {
                    var truth = body(inner);
                    hits += truth == CelTruth.True ? 1 : 0;
                    return truth == CelTruth.Error ? CelTruth.Error : CelTruth.True;
                }
            );
            return ended == CelTruth.Error ? CelTruth.Error
                : hits == 1 ? CelTruth.True
                : CelTruth.False;
        };

    /// <summary>
    /// Goes over the elements that pass the filter, with the macro's variables set. Error where the source, the filter or a visit fails.
    /// </summary>
    private static Func<CelActivation, Visit, CelTruth> Loop(ComprehensionExpr expr)
    {
        var (source, place, isSole, range) = (StepCompiler.Compile(expr.Source), expr.Place, expr.SecondName is null, expr.Range);
        var filter = expr.Filter is null ? null : ConditionCompiler.Compile(expr.Filter, "macro");
        return (frame, visit) =>
        {
            if (!Elements.TryOf(source(frame), out var elements, out var problem))
            {
                return ConditionCompiler.Fail(frame, problem.At(range));
            }

            for (var i = 0; i < elements.Count; i++)
            {
                if (!frame.Charge(1))
                {
                    return ConditionCompiler.Fail(frame, Failures.TooCostly.At(range));
                }

                var key = elements.KeyAt(i);
                frame.Locals[place] = isSole ? elements.SoleAt(i) : key;
                if (!isSole)
                {
                    frame.Locals[place + 1] = elements.ValueAt(i);
                }

                var truth = filter?.Invoke(frame) ?? CelTruth.True;
                truth =
                    truth == CelTruth.True ? visit(frame, key)
                    : truth == CelTruth.False ? CelTruth.True
                    : CelTruth.Error;
                if (truth != CelTruth.True)
                {
                    return truth;
                }
            }

            return CelTruth.True;
        };
    }
}
