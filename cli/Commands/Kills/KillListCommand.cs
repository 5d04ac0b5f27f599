using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Kills;

/// <summary><c>gateway kill list</c>: what is stopped now. What a document stops stands in the document.</summary>
internal sealed class KillListCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Of<Tenant>("--tenant", "One tenant's alone.");
    private readonly ProfileOption _profile;

    public KillListCommand(CommandConfiguration configuration)
        : base(configuration, "list", "Show what is stopped.", "gateway kill list")
    {
        Add(_tenant);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var at = _profile.Find(parsed);
        var found = at is null
            ? await ListHereAsync(parsed.GetValue(_tenant), cancellationToken)
            : await ListAtAsync(at, ProfileOption.TenantOf(parsed, _tenant, at), cancellationToken);
        return CommandResult.Ok(new() { ["kills"] = new JsonArray([.. found.Select(one => KillView.Json(one.Tenant, one.Kill))]) }) with
        {
            Table = Columns.Of(
                ["Id", "Tenant", "Stops", "Mode", "By", "Since", "Reason"],
                found.Select(one =>
                    new[]
                    {
                        one.Kill.Id,
                        one.Tenant.ToString(),
                        KillView.What(one.Kill),
                        KillView.Mode(one.Kill),
                        one.Kill.By,
                        InstantText.Of(one.Kill.At),
                        VisibleText.Of(one.Kill.Reason),
                    }
                )
            ),
        };
    }

    private async Task<IReadOnlyList<(Id<Tenant> Tenant, Kill Kill)>> ListHereAsync(Id<Tenant> only, CancellationToken cancellationToken)
    {
        await using var store = LocalInstance.Open(Configuration).OpenStore();
        var kills = LocalInstance.KillsIn(store);
        var found = new List<(Id<Tenant>, Kill)>();
        foreach (var tenant in (await store.TenantsAsync(cancellationToken)).Where(tenant => only.IsEmpty || tenant == only))
        {
            found.AddRange((await kills.ListAsync(tenant, cancellationToken)).Select(kill => (tenant, kill)));
        }

        return found;
    }

    private static async Task<IReadOnlyList<(Id<Tenant> Tenant, Kill Kill)>> ListAtAsync(
        Endpoint at,
        Id<Tenant> tenant,
        CancellationToken cancellationToken
    )
    {
        using var api = OperatorsApi.Of(at);
        return [.. (await RemoteKills.ListAsync(api, cancellationToken)).Select(kill => (tenant, kill))];
    }
}
