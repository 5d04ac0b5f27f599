using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Runs;

/// <summary>A run as people read it: what was asked and what came of it, in order.</summary>
/// <param name="Unmatched">Ids of results that belong to no intent.</param>
/// <param name="Warnings">What is odd about the run.</param>
public sealed record RunInspection(IReadOnlyList<InspectedEntry> Entries, IReadOnlyList<string> Unmatched, IReadOnlyList<string> Warnings)
{
    public static RunInspection Create(Runpack pack)
    {
        var results = pack.Results.ToDictionary(result => result.Text("intent_id"), StringComparer.Ordinal);
        var entries = pack
            .Intents.Select((intent, i) => InspectedEntry.Of(i + 1, intent, results.GetValueOrDefault(intent.Text("intent_id"))))
            .ToList();
        var known = entries.Select(entry => entry.IntentId).ToHashSet(StringComparer.Ordinal);
        var unmatched = results.Keys.Where(id => !known.Contains(id)).Order(StringComparer.Ordinal).ToList();
        return new RunInspection(entries, unmatched, [.. FindWarnings(pack, entries, unmatched)]);
    }

    private static IEnumerable<string> FindWarnings(Runpack pack, List<InspectedEntry> entries, List<string> unmatched)
    {
        foreach (var entry in entries.Where(entry => entry.ResultDigest.Length == 0))
        {
            yield return $"The intent {entry.Index} has no result: it can't be told whether it happened.";
        }

        if (unmatched.Count > 0)
        {
            yield return $"{unmatched.Count} results belong to no intent.";
        }

        foreach (var (intent, i) in pack.Intents.Select((intent, i) => (intent, i)))
        {
            if (intent["args"] is { } args && ArtifactJson.Digest(args).ToString() != intent.Text("args_digest"))
            {
                yield return $"The intent {i + 1} holds other arguments than those that its digest names.";
            }
        }
    }
}
