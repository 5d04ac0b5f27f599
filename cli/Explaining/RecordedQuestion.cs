using Gateway.Authoring.Questions;
using Gateway.Cli.Results;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Explaining;

/// <summary>A decision of the past as a question: what was asked then, by the governance of then or by another.</summary>
internal static class RecordedQuestion
{
    /// <param name="journal">Its root, where the governance of then is kept too.</param>
    /// <param name="decision">One that was found in it.</param>
    /// <param name="other">Null for the governance of then.</param>
    /// <exception cref="InvalidInputException">There is no such governance.</exception>
    public static (Snapshot Snapshot, IReadOnlyList<Question> Questions) Of(string journal, FoundDecision decision, Snapshot? other)
    {
        var (action, place, _) = decision;
        var snapshot =
            other
            ?? new KeptSnapshots(journal).Find(action.Snapshot)
            ?? throw new InvalidInputException(
                $"The governance {action.Snapshot} isn't kept in '{journal}'.",
                "Name the journal's root, or give the folder of documents to explain it by."
            );
        return (snapshot, [new Question($"{action.DecisionId} ({place})", action.Intent, action.Facts, new SourcePosition(place, 1, 1))]);
    }
}
