using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary><c>gateway agents credentials list</c>: revoked and expired ones too.</summary>
internal sealed class CredentialListCommand : LeafCommand
{
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();
    private readonly Option<Id<Agent>> _agent = NameOptions.Of<Agent>("--agent", "One agent's only.");

    public CredentialListCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "list",
            "Show the credentials of a tenant's agents, never their secrets.",
            "gateway agents credentials list --tenant acme"
        )
    {
        Add(_tenant);
        Add(_agent);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var agent = parsed.GetValue(_agent);
        await using var store = LocalInstance.Open(Configuration).OpenStore();
        var records = await store.ListCredentialsAsync(parsed.GetRequiredValue(_tenant), cancellationToken);
        var shown = records.Where(record => agent.IsEmpty || record.Agent == agent).ToList();
        var now = TimeProvider.System.GetUtcNow();
        return CommandResult.Ok(
            new() { ["credentials"] = new JsonArray([.. shown.Select(r => (JsonNode)CredentialView.ToJson(r, now))]) }
        ) with
        {
            Table = Columns.Of(
                ["Id", "Agent", "Name", "Workspace", "Kind", "Version", "Status", "Created", "Expires"],
                shown.Select(r => Row(r, now))
            ),
            Warnings =
            [
                .. ExpiringCredentials
                    .Find(shown, now)
                    .Select(r => $"{r.Tenant}.{r.Id} of '{r.Agent}' expires soon, and nothing takes its place: rotate it."),
            ],
        };
    }

    private static string[] Row(CredentialRecord record, DateTimeOffset now) =>
        [
            record.Id,
            record.Agent.ToString(),
            record.Name ?? "",
            record.Workspace.ToString(),
            CredentialKinds.NameOf(record.Kind),
            record.KeyVersion.ToString(CultureInfo.InvariantCulture),
            CredentialView.StatusOf(record, now),
            InstantText.Of(record.CreatedAt),
            record.ExpiresAt is { } expires ? InstantText.Of(expires) : "never",
        ];
}
