using Gateway.Cli.Results;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Snapshots;

namespace Gateway.Cli.Explaining;

/// <summary>Looks through a journal for one decision.</summary>
internal static class DecisionSearch
{
    /// <param name="id">The decision's id, or the receipt's: <c>log.index</c>.</param>
    /// <exception cref="InvalidInputException">There is no such journal or decision.</exception>
    public static (RecordedAction Action, string Place) Find(string journal, string id, CancellationToken cancellationToken)
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
        return found is not null
            ? (found, place)
            : throw new InvalidInputException(
                result.Problem is { Kind: not LogProblemKind.TornTail } problem
                    ? $"The decision isn't there as far as the journal can be read. {problem}"
                    : "The journal has no such decision.",
                "Name a journal's root, and a decision's id as refusals and records have it, or a receipt's."
            );
    }
}
