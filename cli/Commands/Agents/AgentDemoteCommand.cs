using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents demote</c>: works with broken documents too, since reining an agent in must not wait for them.</summary>
internal sealed class AgentDemoteCommand : LeafCommand
{
    private readonly AgentLifecycle _change;
    private readonly Option<AtfLevel> _to = new("--to")
    {
        Description = "The highest ATF level that the agent keeps: L1, L2 or L3.",
        Required = true,
        HelpName = "level",
        CustomParser = Parse,
    };

    public AgentDemoteCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "demote",
            "Lower an agent's ATF level until it is reinstated. Never raises it.",
            "gateway agents demote --tenant acme --agent assistant --to L1 --reason 'INC-42: odd exports'"
        )
    {
        _change = new AgentLifecycle(this);
        Add(_to);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var level = parsed.GetRequiredValue(_to);
        return _change.MakeAsync(
            parsed,
            Configuration,
            "demoted_to",
            level.ToString(),
            evenUnseen: true,
            GovernedChange.LevelSet,
            async (store, tenant, agent, at) =>
            {
                if (await store.FindLevelAsync(tenant, agent, cancellationToken) is { } before && before < level)
                {
                    throw new InvalidInputException(
                        $"The agent is demoted to {before}, which is less than {level}.",
                        "Lift that first: gateway agents reinstate."
                    );
                }

                await store.SetLevelAsync(tenant, agent, level, at, cancellationToken);
            },
            cancellationToken
        );
    }

    private static AtfLevel Parse(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens[0].Value is "L1" or "L2" or "L3")
        {
            return Enum.Parse<AtfLevel>(result.Tokens[0].Value);
        }

        result.AddError($"'{result.Tokens[0].Value}' is not a level to demote to: use L1, L2 or L3.");
        return AtfLevel.Unassigned;
    }
}
