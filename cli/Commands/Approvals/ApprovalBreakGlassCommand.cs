using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>
/// <c>gateway approvals break-glass</c>: in an emergency whoever runs it lets one action go ahead alone, where its gate names them for
/// that. It opens an incident, and lifts nothing but the missing approval.
/// </summary>
internal sealed class ApprovalBreakGlassCommand : LeafCommand
{
    private const int LongestTicket = 200;

    private readonly Argument<string> _id = ApprovalName.Argument();
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
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
        Add(_tenant);
        Add(_view);
        Add(_reason);
        Add(_ticket);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, id) = (parsed.GetRequiredValue(_tenant), parsed.GetRequiredValue(_id));
        var (reason, ticket) = (ReasonOption.Read(parsed, _reason), Ticket(parsed.GetRequiredValue(_ticket)));
        var instance = LocalInstance.Open(Configuration);
        TenantEntitlements.Of(instance).Demand(tenant, Entitlement.BreakGlass, $"the approval {id}");
        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.BreakGlass,
            FullName,
            reason,
            cancellationToken
        );
        var now = TimeProvider.System.GetUtcNow();
        var found = await change.Approvals.FindAsync(tenant, id, now, cancellationToken) ?? throw ApprovalName.Missing(tenant, id);
        var perDay = PerDay(instance, tenant, found, change.By);
        var glass = new BrokenGlass(change.By, parsed.GetRequiredValue(_view), now, reason, ticket);
        var (outcome, after) = await change.Approvals.BreakGlassAsync(tenant, id, glass, perDay, cancellationToken);
        if (outcome != VoteOutcome.Counted)
        {
            throw LocalApprovals.Uncounted(outcome, after ?? found, change.By);
        }

        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(ApprovalView.Json(after!), [.. ApprovalView.Lines(after!)]) with { Warnings = keys.Warnings };
    }

    private static string Ticket(string text) =>
        text.Trim() is { Length: > 0 and <= LongestTicket } ticket
            ? ticket
            : throw new InvalidInputException("There is no ticket, or it is too long.", $"Name it in 1 to {LongestTicket} characters.");

    /// <summary>By the documents as they are now; whether it is enough is judged once more when it is used.</summary>
    private static int PerDay(LocalInstance instance, Id<Tenant> tenant, ApprovalRecord asked, string person)
    {
        var governance = Governance.Compile(instance.GovernanceFolder).Find(tenant);
        var perDay = governance is null ? 0 : ApprovalCheck.BreaksPerDay(governance, asked.Agent, asked.Gates, person);
        return perDay > 0
            ? perDay
            : throw new InvalidInputException(
                $"'{person}' isn't one of those who may let {asked.Id} go ahead in an emergency: its gate's breakGlass names them, and "
                    + "none of the agent's owners counts.",
                "Have one of them do it, as themselves; or have it approved."
            );
    }
}
