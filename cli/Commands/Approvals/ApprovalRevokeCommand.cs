using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Approvals;

/// <summary><c>gateway approvals revoke</c>: takes back what isn't used yet. Whoever works here may: it opens nothing.</summary>
internal sealed class ApprovalRevokeCommand : LeafCommand
{
    private readonly Argument<string> _id = ApprovalName.Argument();
    private readonly ApprovalsOf _of;
    private readonly Option<string> _reason = ReasonOption.Create(required: true);

    public ApprovalRevokeCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "revoke",
            "Take back an approval that isn't used yet.",
            "gateway approvals revoke apr_… --tenant acme --reason 'INC-42'"
        )
    {
        Add(_id);
        _of = new ApprovalsOf(this);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (id, reason) = (parsed.GetRequiredValue(_id), ReasonOption.Read(parsed, _reason));
        await using var approvals = _of.Open(parsed, Configuration);
        await approvals.RevokeAsync(id, reason, cancellationToken);
        return CommandResult.Ok(new() { ["id"] = id, ["state"] = "revoked" }, $"{id} is revoked.") with { Warnings = approvals.Warnings };
    }
}
