using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

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

        return TryRead(path, MaxBytes) is { } bytes ? KillSwitchReader.Read(bytes) : Gateway.Policy.Rules.Evaluation.KillSwitch.Unavailable;
    }

    /// <exception cref="InvalidInputException">It can't be read, or its digest isn't that of its records: it is no evidence.</exception>
    public static ContextEvidence? Context(string? path, DateTimeOffset now)
    {
        if (path is null)
        {
            return null;
        }

        var (evidence, problem) = ContextEnvelopeReader.Read(ArtifactFile.Read(path, ContextEnvelopeReader.MaxBytes), now);
        return evidence
            ?? throw new InvalidInputException(
                $"The context envelope '{path}' proves nothing: {problem}",
                "Name one that is whole, or none."
            );
    }

    /// <exception cref="GateBlockedException">It can't be read: rules that look at the tool's data would be passed by.</exception>
    public static IReadOnlyDictionary<string, ToolMetadata>? Inventory(string? path)
    {
        if (path is null)
        {
            return null;
        }

        return TryRead(path, MaxBytes) is { } bytes && ToolInventoryReader.TryRead(bytes, out var tools)
            ? tools
            : throw new GateBlockedException(
                "wrkr_inventory_unavailable",
                $"The inventory '{path}' can't be read, so what the tool is can't be told.",
                "Name one that is whole, or none."
            );
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
            TryRead(path, MaxBytes) is { } bytes ? McpTrustSnapshotReader.Read(bytes) : McpTrustSnapshot.Unavailable
        );
    }

    private static byte[]? TryRead(string path, int most)
    {
        try
        {
            return ArtifactFile.Read(path, most);
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }
}

/// <summary>There can be no other verdict than block, before anything was judged. Ends with <see cref="ExitCode.Blocked"/>.</summary>
internal sealed class GateBlockedException(string reasonCode, string message, string remedy) : Exception(message)
{
    public string ReasonCode { get; } = reasonCode;

    public string Remedy { get; } = remedy;
}
