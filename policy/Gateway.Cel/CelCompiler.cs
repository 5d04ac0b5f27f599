using Gateway.Cel.Checking;
using Gateway.Cel.Compilation;
using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel;

/// <summary>Turns the text of an expression into a program, or says what is wrong with it. Throws for no text.</summary>
public static class CelCompiler
{
    public static CelCompilation Compile(string text, CelEnvironment environment) => Compile(text, environment, isChecked: true);

    /// <summary>A condition: the same, and its result must be a bool.</summary>
    public static CelCompilation CompileCondition(string text, CelEnvironment environment)
    {
        var compilation = Compile(text, environment);
        return
            compilation.Program is not { } program || program.ResultType.Kind == CelTypeKind.Dyn || program.ResultType.IsSame(CelType.Bool)
            ? compilation
            : new CelCompilation(
                null,
                [new CelError(CelErrorKind.Type, 1, 1, $"a condition must be bool, and this is {program.ResultType}")]
            );
    }

    /// <param name="isChecked">False leaves types to the evaluation; only the conformance cases ask for it.</param>
    internal static CelCompilation Compile(string text, CelEnvironment environment, bool isChecked)
    {
        var positions = new TextPositions(text);
        try
        {
            var context = new CheckContext(environment, isChecked);
            var result = new Checker(context).CheckAll(Parser.Parse(text, environment.Limits));
            var errors = context.Errors.Select(e => positions.Error(e.Kind, e.Range, e.Message, e.Nearest)).ToList();
            return errors.Count > 0
                ? new CelCompilation(null, errors)
                : new CelCompilation(new CelProgram(text, environment, result, context.Places, ReadPaths.Collect(result.Node)), []);
        }
        catch (SyntaxException problem)
        {
            return new CelCompilation(null, [positions.Error(problem.Kind, problem.Range, problem.Message)]);
        }
    }
}

/// <summary>What compiling an expression gave: a program, or every mistake that was found.</summary>
/// <param name="Program">Null where there is an error.</param>
public sealed record CelCompilation(CelProgram? Program, IReadOnlyList<CelError> Errors);
