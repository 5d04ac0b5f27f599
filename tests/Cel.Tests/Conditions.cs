using System.Text;
using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Tests;

/// <summary>A small environment as policy has it, and short ways to compile and evaluate in it.</summary>
internal static class Conditions
{
    public static CelEnvironment Environment { get; } =
        new(
            new Dictionary<string, CelType>
            {
                ["intent.action"] = CelType.String,
                ["intent.model"] = CelType.String,
                ["agent.level"] = CelType.String,
                ["agent.groups"] = CelType.List(CelType.String),
                ["args"] = CelType.Map(CelType.String, CelType.Dyn),
                ["now"] = CelType.Timestamp,
            }
        );

    public static CelProgram Compile(string text) =>
        CelCompiler.Compile(text, Environment) is { Program: { } program }
            ? program
            : throw new InvalidOperationException(string.Join('\n', CelCompiler.Compile(text, Environment).Errors));

    public static CelActivation Activation(string args = "{}")
    {
        var activation = Environment.CreateActivation();
        activation.Set("intent.action", CelValue.From("write"));
        activation.Set("agent.level", CelValue.From("L2"));
        activation.Set("agent.groups", CelValue.From(["ops", "finance"]));
        activation.Set("args", Json(args));
        return activation;
    }

    public static CelResult Evaluate(string text, string args = "{}") => Compile(text).Evaluate(Activation(args));

    public static CelValue Json(string text) =>
        JsonValues.TryParse(Encoding.UTF8.GetBytes(text), out var value)
            ? value
            : throw new InvalidOperationException($"'{text}' is no JSON value.");
}
