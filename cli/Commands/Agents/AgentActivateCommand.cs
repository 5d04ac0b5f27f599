using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents activate</c>: lifts a suspension. The agent's document still has its say.</summary>
internal sealed class AgentActivateCommand : LeafCommand
{
    private readonly AgentLifecycle _lifecycle;

    public AgentActivateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "activate",
            "Let a suspended agent act again, as far as its document lets it.",
            "gateway agents activate --tenant acme --agent assistant --reason 'INC-42 closed'"
        ) => _lifecycle = new AgentLifecycle(this);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _lifecycle.SetAsync(parsed, Configuration, LifecycleStatus.Active, evenUnseen: false, cancellationToken);
}
