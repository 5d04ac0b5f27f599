using Gateway.Evidence.Records;
using Gateway.Policy.Evaluation;

namespace Gateway.Evidence.Snapshots;

/// <summary>
/// Derives a recorded decision again, from nothing but its record and the governance that was kept, and compares the bytes.
/// </summary>
public static class Rederivation
{
    /// <param name="body">The body of a decision's record.</param>
    public static RederivationResult Check(ReadOnlyMemory<byte> body, KeptSnapshots snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        if (!RecordedAction.TryRead(body, out var action, out var problem) || RecordedForm.Of(body) is not { } recorded)
        {
            return new(RederivationStatus.Unreadable, problem ?? "It isn't a decision's record.");
        }

        if (snapshots.Find(action.Snapshot) is not { } snapshot)
        {
            return new(RederivationStatus.Underivable, $"The governance {action.Snapshot} isn't kept, or isn't what its name says.");
        }

        var facts = action.Facts with { BeforeSends = !RecordedForm.SaysSends(recorded) };
        var decision = Evaluator.Evaluate(snapshot, action.Intent, facts);
        return decision.Undetermined ? new(RederivationStatus.Underivable, "It rests on something that is too long to be in its record.")
            : FirstDifference.Find(recorded, DecisionForm.Of(decision)) is not { } difference ? new(RederivationStatus.Same, "")
            : new(RederivationStatus.Different, $"The decision that follows from the record isn't the one that is recorded: {difference}")
            {
                Member = difference.Member,
            };
    }

    /// <summary>As the other, of a whole record, as a receipt has it.</summary>
    public static RederivationResult CheckRecord(ReadOnlyMemory<byte> record, KeptSnapshots snapshots) =>
        RecordEnvelope.Read(record.Span, out var envelope) is { } malformed ? new(RederivationStatus.Unreadable, malformed)
        : !envelope.IsDecision ? new(RederivationStatus.Unreadable, "The record is none of a decision: nothing follows from it.")
        : Check(record.Slice("{\"body\":".Length, envelope.Body.Length), snapshots);
}
