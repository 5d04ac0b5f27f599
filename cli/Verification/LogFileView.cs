using System.Text.Json.Nodes;
using Gateway.Evidence.Verification;

namespace Gateway.Cli.Verification;

/// <summary>What the verification of a receipt, or of a file of a log, came to.</summary>
internal static class LogFileView
{
    public static string Line(EvidenceResult result) =>
        result.Receipt is { } receipt
            ? $"receipt {receipt.Id}: the record is under the signed head of {receipt.Size} records."
            : $"{result.Kind.ToString().ToLowerInvariant()} of {result.Origin}, {result.Size} records: signed by a known key.";

    public static JsonObject Describe(string path, EvidenceResult result) =>
        new()
        {
            ["path"] = path,
            ["kind"] = result.Kind.ToString().ToLowerInvariant(),
            ["receipt"] = result.Receipt?.Id.ToString(),
            ["record"] = result.Receipt is { } receipt ? JsonNode.Parse(receipt.Record) : null,
            ["size"] = result.Receipt?.Size ?? result.Size,
            ["problem"] = JournalVerification.Describe(result.Problem),
        };
}
