using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Operators;

/// <summary><c>gateway operators add</c>: whoever is added can sign in where they have a password.</summary>
internal sealed class OperatorAddCommand : LeafCommand
{
    private readonly OperatorChange _change;
    private readonly OperatorTraits _traits;

    public OperatorAddCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "add",
            "Add an operator. Asks for your password, then for theirs, or reads a line each from the standard input.",
            "gateway operators add cleo --person 'Cleo Sample' --roles approver --password --reason 'joins finance' --profile prod"
        )
    {
        _change = new OperatorChange(this);
        _traits = new OperatorTraits(this, isNew: true);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _change.AddAsync(parsed, (body, questions) => _traits.PutAsync(parsed, body, questions, cancellationToken), cancellationToken);
}

/// <summary><c>gateway operators change</c>: what isn't said stays as it is.</summary>
internal sealed class OperatorChangeCommand : LeafCommand
{
    private readonly OperatorChange _change;
    private readonly OperatorTraits _traits;

    public OperatorChangeCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "change",
            "Change an operator's roles, person or password; never one's own. Asks for your password.",
            "gateway operators change cleo --roles approver,viewer --reason 'leads finance' --profile prod"
        )
    {
        _change = new OperatorChange(this);
        _traits = new OperatorTraits(this, isNew: false);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _traits.IsAny(parsed)
            ? _change.PatchAsync(
                parsed,
                (body, questions) => _traits.PutAsync(parsed, body, questions, cancellationToken),
                cancellationToken
            )
            : throw new InvalidInputException("Nobody says what to change.", "Give --roles, --person or --password.");
}
