using Gateway.Authoring.Questions;
using Gateway.Cli.Results;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Explaining;

/// <summary>A decision of the past as a question: what was asked then, by the governance of then or by another.</summary>
internal static class RecordedQuestion
{
    /// <param name="journal">Its root, where the governance of then is kept too.</param>
    /// <param name="id">The decision's id, or the receipt's: <c>log.index</c>.</param>
    /// <param name="other">Null for the governance of then.</param>
    /// <exception cref="InvalidInputException">There is no such journal, decision or governance.</exception>
    public static (Snapshot Snapshot, IReadOnlyList<Question> Questions) Find(
        string journal,
        string id,
        Snapshot? other,
        CancellationToken cancellationToken
    )
    {
        RecordedAction? found = null;
        var place = "";
        var result = JournalDecisions.Read(
            journal,
            (log, index, body) =>
            {
                if (
                    found is null
                    && RecordedAction.TryRead(body, out var action, out _)
                    && (action.DecisionId == id || $"{log}.{index}" == id)
                )
                {
                    (found, place) = (action, $"{log}.{index}");
                }
            },
            cancellationToken
        );
        if (found is null)
        {
            throw new InvalidInputException(
                result.Problem is { Kind: not LogProblemKind.TornTail } problem
                    ? $"The decision isn't there as far as the journal can be read. {problem}"
                    : "The journal has no such decision.",
                "Name a journal's root, and a decision's id as refusals and records have it, or a receipt's."
            );
        }

        var snapshot =
            other
            ?? new KeptSnapshots(journal).Find(found.Snapshot)
            ?? throw new InvalidInputException(
                $"The governance {found.Snapshot} isn't kept in '{journal}'.",
                "Name the journal's root, or give the folder of documents to explain it by."
            );
        return (snapshot, [new Question($"{found.DecisionId} ({place})", found.Intent, found.Facts, new SourcePosition(place, 1, 1))]);
    }
}
