using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>Reads the files without which nothing is judged: named and broken, they end the command.</summary>
internal static class DemandedFiles
{
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

        return GateFiles.TryRead(path) is { } bytes && ToolInventoryReader.TryRead(bytes, out var tools)
            ? tools
            : throw new GateBlockedException(
                "wrkr_inventory_unavailable",
                $"The inventory '{path}' can't be read, so what the tool is can't be told.",
                "Name one that is whole, or none."
            );
    }
}

/// <summary>There can be no other verdict than block, before anything was judged. Ends with <see cref="ExitCode.Blocked"/>.</summary>
internal sealed class GateBlockedException(string reasonCode, string message, string remedy) : Exception(message)
{
    public string ReasonCode { get; } = reasonCode;

    public string Remedy { get; } = remedy;
}
