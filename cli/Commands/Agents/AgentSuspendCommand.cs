using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents suspend</c>: works with broken documents too, since stopping an agent must not wait for them.</summary>
internal sealed class AgentSuspendCommand : LeafCommand
{
    private readonly AgentLifecycle _lifecycle;

    public AgentSuspendCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "suspend",
            "Stop an agent: every request of it is refused until it is activated.",
            "gateway agents suspend --tenant acme --agent assistant --reason 'INC-42: odd exports'"
        ) => _lifecycle = new AgentLifecycle(this);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _lifecycle.SetAsync(parsed, Configuration, LifecycleStatus.Suspended, evenUnseen: true, cancellationToken);
}
