using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary><c>gateway approvals revoke</c>: takes back what isn't used yet. Whoever works here may: it opens nothing.</summary>
internal sealed class ApprovalRevokeCommand : LeafCommand
{
    private readonly ApprovalName _name;
    private readonly Option<string> _reason = ReasonOption.Create(required: true);

    public ApprovalRevokeCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "revoke",
            "Take back an approval that isn't used yet.",
            "gateway approvals revoke apr_… --tenant acme --reason 'INC-42'"
        )
    {
        _name = new ApprovalName(this);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, id) = _name.Read(parsed);
        var reason = ReasonOption.Read(parsed, _reason);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.ApprovalEnded,
            FullName,
            reason,
            cancellationToken
        );
        if (!await change.Approvals.RevokeAsync(tenant, id, TimeProvider.System.GetUtcNow(), cancellationToken))
        {
            throw new InvalidInputException(
                $"The tenant '{tenant}' has no approval '{id}' that could be taken back: it was used, has ended, or never was.",
                "List them: gateway approvals list --all."
            );
        }

        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(new() { ["id"] = id, ["state"] = "revoked" }, $"{id} is revoked.") with { Warnings = keys.Warnings };
    }
}
