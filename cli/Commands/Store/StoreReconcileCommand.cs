using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Store;

/// <summary>
/// <c>gateway store reconcile</c>: what an instance does at its start, where none runs. Revoked keys are revoked again, and so on; what the
/// store gives somebody that the journal knows to be newer isn't made.
/// </summary>
internal sealed class StoreReconcileCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<string> _reason = ReasonOption.Create(required: true);

    public StoreReconcileCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "reconcile",
            "Hold a tenant's store that was put back from a copy against the journal.",
            "gateway store reconcile --tenant acme --reason 'INC-42: disk lost'"
        )
    {
        Add(_tenant);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, reason) = (parsed.GetRequiredValue(_tenant), ReasonOption.Read(parsed, _reason));
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.StoreReconciled,
            FullName,
            reason,
            cancellationToken
        );
        await change.Store.PrepareAsync([tenant], cancellationToken); // Nothing may have been put back at all.
        var (found, made) = await change.ReconcileAsync(TimeProvider.System.GetUtcNow(), cancellationToken);
        await change.RecordAsync(cancellationToken);
        var data = LostView.Json(found);
        data["made"] = made;
        return CommandResult.Ok(
            data,
            found.IsPutBack
                ? $"The store of '{tenant}' is held against the journal: {LostView.Summary(found)} {made} changes were made for it."
                : $"The store of '{tenant}' has what this instance's journal knows: nothing was changed."
        ) with
        {
            Table = found.IsPutBack ? LostView.Table(found) : null,
            Warnings = keys.Warnings,
        };
    }
}
