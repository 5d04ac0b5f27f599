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
        var (found, place) = DecisionSearch.Find(journal, id, cancellationToken);
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
