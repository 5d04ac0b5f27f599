using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Policies;

/// <summary>
/// <c>gateway policy egress</c>: every host and port that the documents let Gateway connect to, which a firewall must let through and
/// nothing more. What the settings name (Redis, PostgreSQL, a collector) isn't among them.
/// </summary>
internal sealed class PolicyEgressCommand : LeafCommand
{
    private readonly Argument<string> _folder = PathArgument.Create(
        "DIR",
        "The folder of the documents; the configured one where it isn't given.",
        required: false
    );

    public PolicyEgressCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "egress",
            "List the hosts and ports that the governance documents let Gateway connect to, for a firewall.",
            "gateway policy egress governance --json"
        ) => Add(_folder);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(_folder) ?? LocalInstance.Open(Configuration).GovernanceFolder;
        var snapshot = Governance.Compile(folder);
        var tenants = snapshot.Tenants.Select(tenant => snapshot.Find(tenant)!).ToList();
        var connectors = tenants.SelectMany(tenant => tenant.Connectors.Values).SelectMany(Of);
        var channels = tenants.SelectMany(tenant => tenant.Channels).ToList();
        var targets = connectors
            .Concat(channels.SelectMany(Of))
            .GroupBy(one => (one.Host, one.Port))
            .Select(group => new Target(
                group.Key.Host,
                group.Key.Port,
                [.. group.Select(one => one.Source).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            ))
            .OrderBy(target => target.Host, StringComparer.Ordinal)
            .ThenBy(target => target.Port)
            .ToList();
        var secret = channels.Where(channel => channel.Url?.Secret is not null).Select(NameOf).Order(StringComparer.Ordinal).ToList();
        return Task.FromResult(Show(targets, secret));
    }

    private static IEnumerable<(string Host, int Port, string Source)> Of(Connector connector) =>
        connector.Egress.Select(authority => Split(authority, $"connector {connector.Tenant}/{connector.Id}"));

    private static IEnumerable<(string Host, int Port, string Source)> Of(NotificationChannel channel) =>
        (channel.Url?.Plain, channel.Smtp) switch
        {
            ({ } url, _) => [(url.Host, url.Port, NameOf(channel))],
            (_, { } mail) => [(mail.Host, mail.Port, NameOf(channel))],
            _ => [],
        };

    private static string NameOf(NotificationChannel channel) => $"channel {channel.Tenant}/{channel.Name}";

    private static (string Host, int Port, string Source) Split(string authority, string source)
    {
        var address = new Uri($"tcp://{authority}");
        return (address.Host, address.Port, source);
    }

    private static CommandResult Show(IReadOnlyList<Target> targets, IReadOnlyList<string> secret) =>
        CommandResult.Ok(
            new()
            {
                ["egress"] = new JsonArray([
                    .. targets.Select(target =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["host"] = target.Host,
                                ["port"] = target.Port,
                                ["sources"] = target.Sources.ToJson(),
                            }
                    ),
                ]),
                ["secret_addresses"] = secret.ToJson(),
            },
            [
                $"{targets.Count} hosts and ports.",
                .. secret.Select(one => $"The address of {one} is in the vault: let its host and port through, too."),
            ]
        ) with
        {
            Table = Columns.Of(
                ["HOST", "PORT", "WHOSE"],
                targets.Select(target =>
                    (IReadOnlyList<string>)
                        [
                            target.Host,
                            target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                            string.Join(", ", target.Sources),
                        ]
                )
            ),
        };

    private sealed record Target(string Host, int Port, IReadOnlyList<string> Sources);
}
