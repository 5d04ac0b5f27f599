using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>
/// A decision's record read back: the action that was judged, what it was judged with, and what came of it. Enough to judge it again, by
/// the same governance or by another; of what the record doesn't hold <see cref="Intent.Known"/> says so.
/// </summary>
public sealed record RecordedAction
{
    public required string DecisionId { get; init; }

    /// <summary>As it was judged. Its arguments are those that were read.</summary>
    public required Intent Intent { get; init; }

    public required Facts Facts { get; init; }

    /// <summary>The revision that it was judged by.</summary>
    public required Sha256Digest Snapshot { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>
    /// Reads the body of a record of type <c>decision</c>. False, and what is wrong with it, for anything else; never throws on any bytes.
    /// </summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out RecordedAction? action,
        [NotNullWhen(false)] out string? problem
    )
    {
        (action, problem) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            action = Read(document.RootElement);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            problem = e is FormatException ? e.Message : "It isn't a decision's record.";
            return false;
        }
    }

    private static RecordedAction Read(JsonElement body) =>
        new()
        {
            DecisionId = body.Text("decision_id"),
            Intent = RecordedIntent.Read(body),
            Facts = RecordedFacts.Read(body.Get("facts")),
            Snapshot = body.Digest("snapshot"),
            Verdict = body.Word("verdict", RecordWords.Verdicts),
        };
}
