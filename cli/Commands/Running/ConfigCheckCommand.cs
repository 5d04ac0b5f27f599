using System.CommandLine;
using Gateway.Administration;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Proxy.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Cli.Commands.Running;

/// <summary>
/// <c>gateway config check</c>: settings, keys and governance as a start checks them. Touches no store and no journal, so that it can run
/// beside an instance.
/// </summary>
internal sealed class ConfigCheckCommand(CommandConfiguration configuration)
    : LeafCommand(
        configuration,
        "check",
        "Check settings, keys and governance as a start would, without starting.",
        "gateway config check --Gateway:Governance:Path=governance"
    )
{
    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = Proxy.Program.Check(Configuration.HostArguments(logAside: true), AdministrationSetup.AddAdministration);
        // A start goes on without a tenant whose documents are wrong. Whoever asks before it wants to know of each.
        if (app.Services.GetRequiredService<FirstGovernance>().Problems.ToList() is { Count: > 0 } problems)
        {
            throw new ConfigurationException(problems);
        }

        return CommandResult.Ok(
            new() { ["environment"] = app.Environment.EnvironmentName },
            $"The configuration is good ({app.Environment.EnvironmentName})."
        );
    }
}
