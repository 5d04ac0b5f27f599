using System.Security.Cryptography;
using Gateway.LoadTests.Client;
using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Targets;

/// <summary>Keys of the same shape for targets that look at none, so that the client does the same work there.</summary>
internal static class Strangers
{
    public static IReadOnlyDictionary<string, AgentKeys> Agents { get; } =
        new[] { Scenario.Busy, Scenario.Streamer }.ToDictionary(
            name => name,
            name => new AgentKeys(
                LoadGovernance.Tenant,
                LoadGovernance.Workspace,
                name,
                $"{LoadGovernance.Tenant}.aaaaaaaaaa",
                RandomNumberGenerator.GetBytes(32),
                "none"
            )
        );
}
