using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>
/// <c>gateway approvals break-glass</c>: in an emergency whoever runs it lets one action go ahead alone, where its gate names them for
/// that. It opens an incident, and lifts nothing but the missing approval.
/// </summary>
internal sealed class ApprovalBreakGlassCommand : LeafCommand
{
    private const int LongestTicket = 200;

    private readonly Argument<string> _id = ApprovalName.Argument();
    private readonly ApprovalsOf _of;
    private readonly Option<string> _view = ApprovalName.ViewOption();
    private readonly Option<string> _reason = ReasonOption.Create(required: true);
    private readonly Option<string> _ticket = new("--ticket")
    {
        Description = $"Where the emergency is dealt with, in at most {LongestTicket} characters.",
        Required = true,
        HelpName = "text",
    };

    public ApprovalBreakGlassCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "break-glass",
            "In an emergency, let exactly one action go ahead alone: it opens an incident.",
            "gateway approvals break-glass apr_… --tenant acme --view 4b53… --reason 'Payroll is late' --ticket INC-42"
        )
    {
        Add(_id);
        _of = new ApprovalsOf(this);
        Add(_view);
        Add(_reason);
        Add(_ticket);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (reason, ticket) = (ReasonOption.Read(parsed, _reason), Ticket(parsed.GetRequiredValue(_ticket)));
        await using var approvals = _of.Open(parsed, Configuration);
        var (id, view) = (parsed.GetRequiredValue(_id), parsed.GetRequiredValue(_view));
        var after = await approvals.BreakGlassAsync(id, view, reason, ticket, cancellationToken);
        return CommandResult.Ok(ApprovalView.Json(after), [.. ApprovalView.Lines(after)]) with { Warnings = approvals.Warnings };
    }

    private static string Ticket(string text) =>
        text.Trim() is { Length: > 0 and <= LongestTicket } ticket
            ? ticket
            : throw new InvalidInputException("There is no ticket, or it is too long.", $"Name it in 1 to {LongestTicket} characters.");
}
