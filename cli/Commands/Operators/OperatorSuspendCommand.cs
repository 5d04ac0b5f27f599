using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Operators;

/// <summary><c>gateway operators suspend</c> and <c>activate</c>: ends every session at once, and lets tokens and passwords rest.</summary>
internal sealed class OperatorSuspendCommand : LeafCommand
{
    private readonly bool _suspends;
    private readonly OperatorChange _change;

    public OperatorSuspendCommand(CommandConfiguration configuration, bool suspends)
        : base(
            configuration,
            suspends ? "suspend" : "activate",
            (suspends ? "Keep an operator out until they are activated." : "Let a suspended operator work again.")
                + " Asks for your password.",
            $"gateway operators {(suspends ? "suspend" : "activate")} cleo --reason 'INC-42' --profile prod"
        )
    {
        _suspends = suspends;
        _change = new OperatorChange(this);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _change.PatchAsync(
            parsed,
            (body, _) =>
            {
                body["suspended"] = _suspends;
                return Task.CompletedTask;
            },
            cancellationToken
        );
}

/// <summary><c>gateway operators remove</c>: for good, with all keys.</summary>
internal sealed class OperatorRemoveCommand : LeafCommand
{
    private readonly OperatorChange _change;

    public OperatorRemoveCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "remove",
            "Remove an operator with every token and session; never oneself. Asks for your password.",
            "gateway operators remove cleo --reason 'left' --profile prod"
        ) => _change = new OperatorChange(this);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _change.RemoveAsync(parsed, cancellationToken);
}
