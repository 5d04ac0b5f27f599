using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands;

/// <summary><c>gateway config check</c>: everything that a start checks, without opening the port.</summary>
internal sealed class ConfigCheckCommand(CommandConfiguration configuration) : LeafCommand(
    configuration, "check", "Check the whole configuration as a start would, without starting.", "gateway config check --Gateway:Governance:Path=governance")
{
    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = await Proxy.Program.BuildAsync(Configuration.HostArguments(logAside: true), cancellationToken);
        return CommandResult.Ok(new() { ["environment"] = app.Environment.EnvironmentName }, $"The configuration is good ({app.Environment.EnvironmentName}).");
    }
}
