using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Profiles;

/// <summary><c>gateway profiles list</c>: all but the tokens.</summary>
internal sealed class ProfilesListCommand(CommandConfiguration configuration)
    : LeafCommand(configuration, "list", "Show which Gateways there are profiles of. Never a token.", "gateway profiles list")
{
    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = ProfileFile.Read();
        var rows = file.Profiles.Select(one => (Name: one.Key, one.Value, IsCurrent: one.Key == file.Current)).ToList();
        return Task.FromResult(
            CommandResult.Ok(
                new()
                {
                    ["profiles"] = new JsonArray([
                        .. rows.Select(one =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["name"] = one.Name,
                                    ["address"] = one.Value.Address,
                                    ["tenant"] = TenantOf(one.Value),
                                    ["own_ca"] = one.Value.Ca.Length > 0,
                                    ["current"] = one.IsCurrent,
                                }
                        ),
                    ]),
                }
            ) with
            {
                Table = Columns.Of(
                    ["Name", "Address", "Tenant", "Authorities", "In use"],
                    rows.Select(one =>
                        new[]
                        {
                            one.Name,
                            VisibleText.Of(one.Value.Address),
                            TenantOf(one.Value),
                            one.Value.Ca.Length > 0 ? "own" : "this machine's",
                            one.IsCurrent ? "yes" : "",
                        }
                    )
                ),
            }
        );
    }

    private static string TenantOf(RemoteProfile one) =>
        OperatorKeyIssuer.TryRead(one.Token, OperatorKeyKind.Token, out var tenant, out _) ? tenant.ToString() : "";
}
