using System.Text;
using Gateway.Cel;
using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A text compiles or says where it doesn't; what compiles gives the same compiled, walked and as a condition, in the same steps, and the
/// same in parentheses. What passes the check means the same unchecked.
/// </summary>
internal static class CelTarget
{
    private static readonly CelEnvironment Environment = new(
        new Dictionary<string, CelType>
        {
            ["x"] = CelType.Dyn,
            ["text"] = CelType.String,
            ["count"] = CelType.Int,
            ["args"] = CelType.Dyn,
            ["intent.action"] = CelType.String,
            ["missing"] = CelType.Dyn,
        },
        limits: CelLimits.Default with
        {
            Cost = 3000,
        }
    );

    public static void Check(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var isChecked = Compile(text, isChecked: true);
        var loose = Compile(text, isChecked: false);
        Promise.That(isChecked is null || loose is not null, "What passes the check compiles without it.");
        if (loose is null)
        {
            return;
        }

        var result = Evaluate(loose);
        if (isChecked is not null)
        {
            Promise.Same(result, Evaluate(isChecked), "The check changes no result.");
        }

        // A line of its own: the text may end with a comment.
        if (Compile($"({text}\n)", isChecked: false) is { } inParentheses && loose.Test(Activation()) is not CelTruth.Error)
        {
            Promise.Same(loose.Test(Activation()), inParentheses.Test(Activation()), "Parentheses change nothing.");
        }
    }

    private static CelProgram? Compile(string text, bool isChecked)
    {
        var compilation = CelCompiler.Compile(text, Environment, isChecked);
        Promise.Same(compilation.Program is null, compilation.Errors.Count > 0, "There is a program, or an error.");
        foreach (var error in compilation.Errors)
        {
            Promise.That(error.Line >= 1 && error.Column >= 1 && error.Line <= text.Count(c => c == '\n') + 1, "An error is in the text.");
        }

        return compilation.Program;
    }

    private static string Evaluate(CelProgram program)
    {
        var activation = Activation();
        var compiled = program.Evaluate(activation);
        var left = activation.Budget;
        var walked = program.Walk(activation);
        Promise.That(left < 0 ? activation.Budget < 0 : left == activation.Budget, "Walked, it takes as many steps.");
        Promise.Same(Shown(compiled), Shown(walked), "Walked, it gives the same.");
        var expected =
            !compiled.IsSuccess || compiled.Value.Kind != CelKind.Bool ? CelTruth.Error
            : compiled.Value.AsBool ? CelTruth.True
            : CelTruth.False;
        Promise.Same(expected, program.Test(activation), "As a condition it gives the same.");
        Promise.That(!Shown(compiled).Contains("a value can't be read", StringComparison.Ordinal), "Nothing inside throws.");
        _ = program.FindGuards();
        return Shown(compiled);
    }

    private static CelActivation Activation()
    {
        var activation = Environment.CreateActivation();
        activation.Set("x", CelValue.From(7L));
        activation.Set("text", CelValue.From("aab é 𝄞 1h"));
        activation.Set("count", CelValue.From(3L));
        activation.Set(
            "args",
            JsonValues.TryParse("""{"amount":12.5,"name":"a","nested":{"items":[1,null,"b"]}}"""u8.ToArray(), out var v) ? v : default
        );
        activation.Set("intent.action", CelValue.From("delete"));
        activation.Set("missing", default);
        return activation;
    }

    private static string Shown(CelResult result) => result.Error?.ToString() ?? $"{result.Value.Kind} {ValueText.Of(result.Value)}";
}
