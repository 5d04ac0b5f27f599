using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Cli.Gating;

/// <summary>Reads the files that a decision of rules rests on. What can't be read never makes a decision laxer.</summary>
internal static class GateFiles
{
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Without a file there are no stops; with one that can't be read everything stops.</summary>
    public static KillSwitch KillSwitch(string? path)
    {
        if (path is null)
        {
            return Gateway.Policy.Rules.Evaluation.KillSwitch.NotUsed;
        }

        return TryRead(path) is { } bytes ? KillSwitchReader.Read(bytes) : Gateway.Policy.Rules.Evaluation.KillSwitch.Unavailable;
    }

    /// <summary>The call's server, and what is known of servers; null where the call isn't one to an MCP server.</summary>
    public static McpCall? Mcp(string? server, string? snapshot, RulePolicy policy)
    {
        if (server is null)
        {
            return null;
        }

        var path = snapshot ?? policy.McpTrust?.Snapshot ?? "";
        return new McpCall(
            new McpServer(server),
            TryRead(path) is { } bytes ? McpTrustSnapshotReader.Read(bytes) : McpTrustSnapshot.Unavailable
        );
    }

    /// <returns>Null where it can't be read.</returns>
    public static byte[]? TryRead(string path)
    {
        try
        {
            return ArtifactFile.Read(path, MaxBytes);
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }
}
