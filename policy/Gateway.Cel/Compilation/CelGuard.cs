using Gateway.Cel.Evaluation;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>
/// What must be so for a condition to be anything but false: where the subject has a value that equals none of the constants, it is false.
/// Where the subject has no value, the condition must be asked.
/// </summary>
/// <param name="Constants">Each is one that <see cref="ConstantTable.Takes"/> knows; none where the condition never holds.</param>
public sealed record CelGuard(CelSubject Subject, IReadOnlyList<CelValue> Constants);

/// <summary>
/// Something that conditions compare with constants: a variable or a field below one. Equal ones, of one condition or of several, have the
/// same value. Immutable, for many threads.
/// </summary>
public sealed class CelSubject : IEquatable<CelSubject>
{
    private readonly VariableTable _variables;
    private readonly int _cost;
    private readonly Expr _expr;

    /// <summary>What the condition asked before: <c>has(a.b) &amp;&amp; a.b == 'c'</c> is false where there is no such field.</summary>
    private readonly IReadOnlyList<Expr> _tests;

    private Compiled? _compiled;

    internal CelSubject(VariableTable variables, int cost, Expr expr, IReadOnlyList<Expr> tests) =>
        (_variables, _cost, _expr, _tests) = (variables, cost, expr, tests);

    /// <summary>The one variable that it reads.</summary>
    public string Variable => _variables.Names[SubjectExpr.SlotOf(_expr)];

    /// <summary>
    /// Its value; an error, or unset, where it has none. Where a test of the condition fails, so that it is false, a value that equals no
    /// constant.
    /// </summary>
    public CelValue Read(CelActivation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        if (!activation.BelongsTo(_variables))
        {
            return default;
        }

        var (tests, step) = _compiled ??= new Compiled(
            [.. _tests.Select(test => ConditionCompiler.Compile(test))],
            StepCompiler.Compile(_expr)
        );
        activation.Start(0, _cost);
        try
        {
            foreach (var test in tests)
            {
                if (test(activation) == CelTruth.False)
                {
                    return CelOptional.None;
                }
            }

            return step(activation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return default; // Unreadable: the conditions will say so themselves.
        }
    }

    public bool Equals(CelSubject? other) =>
        other is not null
        && ReferenceEquals(_variables, other._variables)
        && SubjectExpr.AreSame(_expr, other._expr)
        && _tests.Count == other._tests.Count
        && _tests.Zip(other._tests).All(pair => SubjectExpr.AreSame(pair.First, pair.Second));

    public override bool Equals(object? obj) => Equals(obj as CelSubject);

    public override int GetHashCode() => HashCode.Combine(SubjectExpr.HashOf(_expr), _tests.Count);

    private sealed record Compiled(Condition[] Tests, Step Step);
}
