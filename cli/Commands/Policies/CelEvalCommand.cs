using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cel;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;
using Gateway.Cli.Conditions;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Policies;

/// <summary><c>gateway cel eval</c>: tries an expression out, as a rule's condition would be evaluated.</summary>
internal sealed class CelEvalCommand : LeafCommand
{
    private readonly Argument<string> _expression = new("EXPRESSION") { Description = "The expression." };

    private readonly Option<string[]> _variables = new("--var")
    {
        Description = "A variable and its value.",
        HelpName = "name=json",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _input = new("--input")
    {
        Description = "A JSON object: each member is a variable.",
        HelpName = "file",
    };

    private readonly Option<bool> _explain = new("--explain") { Description = "Show what each part gave." };

    public CelEvalCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "eval",
            "Evaluate an expression in CEL.",
            "gateway cel eval 'args.amount > 100' --var 'args={\"amount\": 250}' --explain",
            explains: false
        )
    {
        // '-x' is an expression; '--x' says nothing that 'x' doesn't, and is a misspelt option.
        _expression.Validators.Add(static result =>
        {
            if (result.Tokens is [var token, ..] && token.Value.StartsWith("--", StringComparison.Ordinal))
            {
                result.AddError($"Unrecognized option '{token.Value}'.");
            }
        });
        Add(_expression);
        Add(_variables);
        Add(_input);
        Add(_explain);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var variables = new CelVariables();
        if (parsed.GetValue(_input) is { } file)
        {
            variables.AddFile(file);
        }

        foreach (var assignment in parsed.GetValue(_variables) ?? [])
        {
            variables.AddOne(assignment);
        }

        var expression = parsed.GetRequiredValue(_expression);
        var environment = variables.Environment();
        var compilation = CelCompiler.Compile(expression, environment);
        return Task.FromResult(
            compilation.Program is { } program
                ? Evaluate(program, variables.Activation(environment), parsed.GetValue(_explain))
                : CommandResult.Refused(ExitCode.InvalidInput, [.. compilation.Errors.Select(error => CelMistake.Of(error, expression))])
        );
    }

    private static CommandResult Evaluate(CelProgram program, CelActivation activation, bool explain)
    {
        var trace = explain ? program.Explain(activation) : null;
        var result = trace?.Result ?? program.Evaluate(activation);
        var data = new JsonObject { ["expression"] = program.Text, ["type"] = program.ResultType.ToString() };
        if (result.IsSuccess)
        {
            data["value"] = CelJson.Of(result.Value);
        }

        if (trace is not null)
        {
            data["parts"] = new JsonArray([.. trace.Entries.Select(CelTraceJson.Of)]);
        }

        return new CommandResult
        {
            Exit = result.IsSuccess ? ExitCode.Ok : ExitCode.Failed,
            Data = data,
            Lines = result.IsSuccess && trace is null ? [ValueText.Of(result.Value)] : [],
            Views = trace is null ? [] : [CelTree.Of(trace, program.Text)],
            Errors = result.Error is { } error ? [CelMistake.Of(error, program.Text)] : [],
        };
    }
}
