using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary><c>gateway approvals list</c>: what people are asked to approve, and what became of it.</summary>
internal sealed class ApprovalsListCommand : LeafCommand
{
    private const int Most = 1000;

    private readonly ApprovalsOf _of;
    private readonly Option<bool> _all = new("--all") { Description = "Those that are decided too, the newest 1,000." };

    public ApprovalsListCommand(CommandConfiguration configuration)
        : base(configuration, "list", "Show what people are asked to approve.", "gateway approvals list --tenant acme")
    {
        _of = new ApprovalsOf(this);
        Add(_all);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var approvals = _of.Open(parsed, Configuration);
        var shown = await approvals.ListAsync(parsed.GetValue(_all), Most, cancellationToken);
        return CommandResult.Ok(new() { ["approvals"] = new JsonArray([.. shown.Select(ApprovalView.Json)]) }) with
        {
            Table = Columns.Of(
                ["Id", "State", "Agent", "Gates", "Said yes", "Ends"],
                shown.Select(one =>
                    new[]
                    {
                        one.Id,
                        ApprovalStates.Text(one.State),
                        one.Agent,
                        string.Join(' ', one.Gates),
                        $"{one.Votes.Count(vote => vote.Approves)} of {one.Needed}",
                        InstantText.Of(one.Ends),
                    }
                )
            ),
        };
    }
}
