using Gateway.Cel.Checking;
using Gateway.Cel.Compilation;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Interpretation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel;

/// <summary>
/// A compiled expression. Immutable, for many threads; each thread brings its own <see cref="CelActivation"/>. Evaluation does no I/O,
/// knows no clock, takes a bounded number of steps and never throws.
/// </summary>
public sealed class CelProgram
{
    private static readonly CelFault Foreign = new("the variables are those of another environment");
    private static readonly CelFault Unreadable = new("a value can't be read");

    private readonly CelEnvironment _environment;
    private readonly VariableTable _variables;
    private readonly int _cost;
    private readonly Expr _expr;
    private readonly int _places;
    private readonly Step _step;
    private readonly Condition _condition;

    internal CelProgram(string text, CelEnvironment environment, Checked expr, int places, IReadOnlyList<CelPath> reads)
    {
        (Text, _environment, _variables, _cost) = (text, environment, environment.Variables, environment.Limits.Cost);
        (_expr, _places) = (expr.Node, places);
        (ResultType, Reads) = (expr.Type, reads);
        _step = StepCompiler.Compile(_expr);
        _condition = ConditionCompiler.Compile(_expr);
    }

    public string Text { get; }

    /// <summary>As far as it is known before the expression runs.</summary>
    public CelType ResultType { get; }

    /// <summary>Every variable that it may read.</summary>
    public IReadOnlyList<CelPath> Reads { get; }

    /// <summary>
    /// Every field that it names and every text that is written in it, each once: what it may look for below what it reads. Found anew each
    /// time.
    /// </summary>
    public IReadOnlyList<string> FindWords() => ReadPaths.CollectWords(_expr);

    /// <summary>
    /// By what it can be told to be false without asking it, where its variables are such that reading a field never throws. Found anew
    /// each time: most who compile don't ask, and the others ask once.
    /// </summary>
    public IReadOnlyList<CelGuard> FindGuards() => Guards.Find(_expr, _environment);

    public CelResult Evaluate(CelActivation activation) => Result(activation, Guarded(activation, _step));

    /// <summary>
    /// The fast way for a condition: nothing is allocated unless there is an error, which <see cref="ErrorOf"/> then tells.
    /// </summary>
    public CelTruth Test(CelActivation activation)
    {
        if (!activation.BelongsTo(_variables))
        {
            return ConditionCompiler.Fail(activation, CelValue.From(Foreign));
        }

        activation.Start(_places, _cost);
        try
        {
            var truth = _condition(activation);
            return activation.Budget >= 0 ? truth : ConditionCompiler.Fail(activation, Failures.TooCostly);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The outer wall: values can come from documents that turn out unreadable, and a mistake in here must refuse, not let through.
            return ConditionCompiler.Fail(activation, CelValue.From(Unreadable));
        }
    }

    /// <summary>Why the last <see cref="Test"/> with these variables was an error.</summary>
    public CelError ErrorOf(CelActivation activation) => Error(activation.Fault.AsFault);

    /// <summary>Evaluates step by step, slowly, and keeps what each part gave.</summary>
    public CelTrace Explain(CelActivation activation)
    {
        var trace = new TraceBuilder(Text);
        var value = Guarded(activation, frame => new TreeWalker(frame, trace).Walk(_expr));
        return new CelTrace(Result(activation, value), trace.Entries, trace.IsCut);
    }

    /// <summary>What the tree walker gives, for the tests that compare.</summary>
    internal CelResult Walk(CelActivation activation) =>
        Result(activation, Guarded(activation, frame => new TreeWalker(frame).Walk(_expr)));

    private CelValue Guarded(CelActivation activation, Step step)
    {
        if (!activation.BelongsTo(_variables))
        {
            return CelValue.From(Foreign);
        }

        activation.Start(_places, _cost);
        try
        {
            return step(activation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return CelValue.From(Unreadable);
        }
    }

    private CelResult Result(CelActivation activation, in CelValue value)
    {
        var result = activation.Budget >= 0 ? value : Failures.TooCostly;
        return result.IsError ? new CelResult(result, Error(result.AsFault)) : new CelResult(result, null);
    }

    private CelError Error(CelFault fault) =>
        new TextPositions(Text).Error(CelErrorKind.Evaluation, fault.Range ?? new TextRange(0, Text.Length), fault.Message);
}
