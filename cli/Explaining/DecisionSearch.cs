using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;

namespace Gateway.Cli.Explaining;

/// <summary>Looks through a journal for one decision, and for how it ended.</summary>
internal static class DecisionSearch
{
    /// <param name="id">The decision's id, or the receipt's: <c>log.index</c>.</param>
    /// <exception cref="InvalidInputException">There is no such journal or decision.</exception>
    public static FoundDecision Find(string journal, string id, CancellationToken cancellationToken)
    {
        FoundDecision? found = null;
        var result = JournalVerifier.Verify(
            journal,
            keys: null,
            (in RecordEnvelope record) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (found is null && record.IsDecision)
                {
                    found = Read(record, id);
                }
                else if (found is { Outcome: null } && IsOutcomeOf(record, found.Action.DecisionId))
                {
                    found = found with { Outcome = JsonNode.Parse(record.Body)!.AsObject() };
                }
            },
            cancellationToken
        );
        return found
            ?? throw new InvalidInputException(
                result.Problem is { Kind: not LogProblemKind.TornTail } problem
                    ? $"The decision isn't there as far as the journal can be read. {problem}"
                    : "The journal has no such decision.",
                "Name a journal's root, and a decision's id as refusals and records have it, or a receipt's."
            );
    }

    private static FoundDecision? Read(in RecordEnvelope record, string id)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(record.Log)}.{record.Index}");
        return
            (place == id || record.DecisionId.SequenceEqual(Encoding.UTF8.GetBytes(id)))
            && RecordedAction.TryRead(record.Body.ToArray(), out var action, out _)
            ? new FoundDecision(action, place)
            : null;
    }

    private static bool IsOutcomeOf(in RecordEnvelope record, string decision) =>
        record.Type.SequenceEqual("outcome"u8) && record.DecisionId.SequenceEqual(Encoding.UTF8.GetBytes(decision));
}

/// <param name="Place">The receipt's id, <c>log.index</c>.</param>
/// <param name="Outcome">The body of the outcome's record; null where nothing was sent or it is still under way.</param>
internal sealed record FoundDecision(RecordedAction Action, string Place, JsonObject? Outcome = null);
