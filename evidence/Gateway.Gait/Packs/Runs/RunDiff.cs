namespace Gateway.Gait.Packs.Runs;

/// <summary>
/// Compares two runs by what they did. A run's name, times and producer aren't part of that: two runs of the same thing differ in them
/// always.
/// </summary>
public static class RunDiff
{
    private static readonly string[] OfTheRun = ["run_id", "created_at", "producer_version"];
    private static readonly string[] Payload = ["args", "result"];

    /// <param name="metadataOnly">Leaves arguments and results out of the comparison; their digests stay.</param>
    public static RunDifference Compare(Runpack left, Runpack right, bool metadataOnly)
    {
        string[] without = metadataOnly ? [.. OfTheRun, .. Payload] : OfTheRun;
        var (leftIntents, rightIntents) = (new ComparedRecords(left.Intents, without), new ComparedRecords(right.Intents, without));
        var (leftResults, rightResults) = (new ComparedRecords(left.Results, without), new ComparedRecords(right.Results, without));
        return new RunDifference
        {
            LeftRunId = left.RunId,
            RightRunId = right.RunId,
            ManifestChanged = left.ManifestDigest != right.ManifestDigest,
            FilesChanged =
            [
                .. left
                    .Members.Select(m => m.Name)
                    .Except(right.Members.Select(m => m.Name))
                    .Concat(right.Members.Select(m => m.Name).Except(left.Members.Select(m => m.Name)))
                    .Order(StringComparer.Ordinal),
            ],
            ChangedIntents = leftIntents.Changed(rightIntents),
            ChangedResults = leftResults.Changed(rightResults),
            LeftOnlyIntents = leftIntents.Only(rightIntents),
            RightOnlyIntents = rightIntents.Only(leftIntents),
            LeftOnlyResults = leftResults.Only(rightResults),
            RightOnlyResults = rightResults.Only(leftResults),
            RefsChanged = ComparedRecords.Digest(left.Refs, OfTheRun) != ComparedRecords.Digest(right.Refs, OfTheRun),
            ContextDrift = Runs.ContextDrift.Compare(left.Refs, right.Refs),
        };
    }
}
