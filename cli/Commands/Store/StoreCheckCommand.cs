using System.CommandLine;
using System.Text.Json.Nodes;
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
        var lost = await LostLogs.FindAsync(store, tenant, cancellationToken);
        var data = LostView.Json(found);
        data["lost_logs"] = new JsonArray([.. lost.Select(LostLogs.Json)]);
        string[] warnings = [.. lost.Select(log => LostLogs.Sentence(tenant, log))];
        if (!found.IsPutBack)
        {
            return CommandResult.Ok(data, $"The store of '{tenant}' has what this instance's journal knows.") with { Warnings = warnings };
        }

        return CommandResult.Refused(
            ExitCode.VerificationFailed,
            $"The store of '{tenant}' was put back from a copy: {LostView.Summary(found)}",
            $"An instance that starts holds it against its journal; 'gateway store reconcile --tenant {tenant}' does so at once."
        ) with
        {
            Data = data,
            Table = LostView.Table(found),
            Warnings = warnings,
        };
    }
}
