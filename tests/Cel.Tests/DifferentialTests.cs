using FsCheck;
using FsCheck.Fluent;
using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Text;
using Gateway.Cel.Values;
using Xunit.Abstractions;

namespace Gateway.Cel.Tests;

/// <summary>The two evaluators, one compiled and one walking the tree, must give the same for any expression and any values.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Cases = 10_000;

    private static readonly Arbitrary<int[]> Tapes = Gen.Choose(0, 9999).ArrayOf(60).ToArbitrary();

    private static readonly CelEnvironment Environment = new(
        new Dictionary<string, CelType>
        {
            ["x"] = CelType.Dyn,
            ["y"] = CelType.Dyn,
            ["missing"] = CelType.Dyn,
            ["text"] = CelType.Dyn,
            ["items"] = CelType.Dyn,
            ["args"] = CelType.Dyn,
        },
        limits: CelLimits.Default with
        {
            Cost = 3000,
        }
    );

    private static readonly CelValue[] Values =
    [
        CelValue.From(0L),
        CelValue.From(7L),
        CelValue.From(3UL),
        CelValue.From(2.5),
        CelValue.From("a"),
        CelValue.From("aab"),
        CelValue.True,
        CelValue.Null,
        CelValue.From(["b", "a", "a"]),
        Json("""{"amount": 12, "name": "a", "nested": {"amount": [1, 2.5, null]}}"""),
        Json("""[3, 1, 2, {"amount": true}]"""),
        CelValue.From(double.NaN),
        default,
    ];

    [Fact]
    public void Evaluators_AnyExpressionUnchecked_GiveTheSame()
    {
        var (values, errors) = (0, 0);
        Prop.ForAll(
                Tapes,
                tape =>
                {
                    var result = Compare(tape, isChecked: false);
                    (values, errors) = result is null or { IsSuccess: false } ? (values, errors + 1) : (values + 1, errors);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

        output.WriteLine($"{values} values, {errors} errors");
        Assert.True(values > 500 && errors > 500, "The expressions made are all of one sort.");
    }

    [Fact]
    public void Evaluators_AnyExpressionThatPassesTheCheck_GiveTheSame() =>
        Prop.ForAll(Tapes, tape => Compare(tape, isChecked: true) is not null || true).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    /// <summary>Null where the expression doesn't compile.</summary>
    private static CelResult? Compare(int[] tape, bool isChecked)
    {
        var (expression, seed) = (new RandomExpression(tape).Expression(), tape.Sum());
        var program = CelCompiler.Compile(expression, Environment, isChecked).Program;
        if (program is null)
        {
            return null;
        }

        var activation = Environment.CreateActivation();
        for (var slot = 0; slot < Environment.Names.Count; slot++)
        {
            activation[slot] = Values[(int)((uint)(seed + (slot * 5)) % (uint)Values.Length)];
        }

        activation.Set("missing", default);
        var compiled = program.Evaluate(activation);
        var left = activation.Budget;
        var walked = program.Walk(activation);
        Assert.True(
            left < 0 ? activation.Budget < 0 : left == activation.Budget,
            $"{expression}: {left} steps were left, and {activation.Budget} by walking"
        );
        Assert.True(Shown(compiled) == Shown(walked), $"{expression}: {Shown(compiled)}, and {Shown(walked)} by walking");
        var expected =
            !compiled.IsSuccess || compiled.Value.Kind != CelKind.Bool ? CelTruth.Error
            : compiled.Value.AsBool ? CelTruth.True
            : CelTruth.False;
        Assert.Equal(expected, program.Test(activation));
        return compiled;
    }

    private static string Shown(CelResult result) => result.Error?.ToString() ?? $"{result.Value.Kind} {ValueText.Of(result.Value)}";

    private static CelValue Json(string text) =>
        JsonValues.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var value) ? value : throw new InvalidOperationException(text);
}
