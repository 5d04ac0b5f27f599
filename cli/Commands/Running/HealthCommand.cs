using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Diagnosis;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Cli.Commands.Running;

/// <summary><c>gateway health</c>: ends with 0 where a running instance does its work; for containers without a shell or curl.</summary>
internal sealed class HealthCommand : LeafCommand
{
    private readonly Option<string> _url = new("--url")
    {
        Description = "Where agents reach it; the settings' own address on this machine where it isn't given.",
        HelpName = "URL",
    };

    private readonly Option<string> _management = new("--management")
    {
        Description = "Where it tells whether it is ready; Gateway:Management:Url, or where agents reach it, where it isn't given.",
        HelpName = "URL",
    };

    private readonly Option<string> _authority = new("--authority")
    {
        Description = "By which of its names it is asked, where that isn't the address: one of Gateway:FrontDoor:Authorities.",
        HelpName = "host[:port]",
    };

    public HealthCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "health",
            "Ask a running instance whether it is ready, publishes its keys and refuses who has no credential.",
            "gateway health --url http://gateway.example:8080 --management http://gateway.example:9090"
        )
    {
        Add(_url);
        Add(_management);
        Add(_authority);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var health = new InstanceHealth(
            Configuration,
            Address("--url", parsed.GetValue(_url)),
            Address("--management", parsed.GetValue(_management)),
            Authority(parsed.GetValue(_authority))
        );
        var findings = await health.AskAsync(cancellationToken);
        var failed = findings.Where(finding => finding.Status != FindingStatus.Pass).ToList();
        return new CommandResult
        {
            Exit = failed.Count == 0 ? ExitCode.Ok : ExitCode.Failed,
            Data = new() { ["checks"] = new JsonArray([.. findings.Select(finding => (JsonNode)finding.ToJson())]) },
            Table = Columns.Of(
                ["CHECK", "STATUS", "FOUND"],
                findings.Select(finding => (IReadOnlyList<string>)[finding.Check, finding.Word, finding.Message])
            ),
            Errors = [.. failed.Select(finding => new CommandError($"{finding.Check}: {finding.Message}", finding.Remedy))],
        };
    }

    private static string? Authority(string? text) =>
        text is null || AllowedAuthorities.IsAuthority(text)
            ? text
            : throw new InvalidInputException($"--authority: '{text}' is no authority.", "Write host or host:port.");

    private static Uri? Address(string option, string? text) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new InvalidInputException($"{option}: '{text}' is no address.", "Write http:// or https://, a host and a port.");
}
