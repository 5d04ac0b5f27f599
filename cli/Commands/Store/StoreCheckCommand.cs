using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Store;

/// <summary><c>gateway store check</c>: whether a tenant's store has what this instance's journal knows. Changes nothing.</summary>
internal sealed class StoreCheckCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();

    public StoreCheckCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "check",
            "Say whether a tenant's store was put back from a copy, and what was lost.",
            "gateway store check --tenant acme"
        ) => Add(_tenant);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var tenant = parsed.GetRequiredValue(_tenant);
        var instance = LocalInstance.Open(Configuration);
        await using var store = instance.OpenStore();
        var found = await instance.CompareAsync(store, tenant, cancellationToken);
        if (!found.IsPutBack)
        {
            return CommandResult.Ok(LostView.Json(found), $"The store of '{tenant}' has what this instance's journal knows.");
        }

        return CommandResult.Refused(
            ExitCode.VerificationFailed,
            $"The store of '{tenant}' was put back from a copy: {LostView.Summary(found)}",
            $"An instance that starts holds it against its journal; 'gateway store reconcile --tenant {tenant}' does so at once."
        ) with
        {
            Data = LostView.Json(found),
            Table = LostView.Table(found),
        };
    }
}
