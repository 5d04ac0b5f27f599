using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents reinstate</c>: lifts a demotion. The agent's document and its promotions still have their say.</summary>
internal sealed class AgentReinstateCommand : LeafCommand
{
    private readonly AgentLifecycle _change;

    public AgentReinstateCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "reinstate",
            "Lift an agent's demotion; its document says again which level it has.",
            "gateway agents reinstate --tenant acme --agent assistant --reason 'INC-42 closed'"
        ) => _change = new AgentLifecycle(this);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        _change.MakeAsync(
            parsed,
            Configuration,
            "demoted_to",
            AgentLifecycle.Nothing,
            evenUnseen: false,
            GovernedChange.LevelSet,
            (store, tenant, agent, at) => store.SetLevelAsync(tenant, agent, level: null, at, cancellationToken),
            cancellationToken
        );
}
