using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

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
        var (leftIntents, rightIntents) = (ById(left.Intents, without), ById(right.Intents, without));
        var (leftResults, rightResults) = (ById(left.Results, without), ById(right.Results, without));
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
            ChangedIntents = Changed(leftIntents, rightIntents),
            ChangedResults = Changed(leftResults, rightResults),
            LeftOnlyIntents = Only(leftIntents, rightIntents),
            RightOnlyIntents = Only(rightIntents, leftIntents),
            LeftOnlyResults = Only(leftResults, rightResults),
            RightOnlyResults = Only(rightResults, leftResults),
            RefsChanged = Digest(left.Refs, OfTheRun) != Digest(right.Refs, OfTheRun),
            ContextDrift = Runs.ContextDrift.Compare(left.Refs, right.Refs),
        };
    }

    /// <summary>The place counts too: the same calls in another order are another run.</summary>
    private static Dictionary<string, (int Place, string Digest)> ById(IReadOnlyList<JsonObject> records, string[] without) =>
        records
            .Select((record, i) => (Id: record.Text("intent_id"), Place: i, Digest: Digest(record, without)))
            .ToDictionary(record => record.Id, record => (record.Place, record.Digest), StringComparer.Ordinal);

    private static string[] Changed(
        Dictionary<string, (int Place, string Digest)> left,
        Dictionary<string, (int Place, string Digest)> right
    ) =>
        [
            .. left.Where(one => right.TryGetValue(one.Key, out var other) && other != one.Value)
                .Select(one => one.Key)
                .Order(StringComparer.Ordinal),
        ];

    private static string[] Only(
        Dictionary<string, (int Place, string Digest)> one,
        Dictionary<string, (int Place, string Digest)> other
    ) => [.. one.Keys.Where(id => !other.ContainsKey(id)).Order(StringComparer.Ordinal)];

    private static string Digest(JsonObject record, string[] without)
    {
        var rest = (JsonObject)record.DeepClone();
        foreach (var name in without)
        {
            rest.Remove(name);
        }

        return ArtifactJson.Digest(rest).ToString();
    }
}

/// <summary>Where two runs differ. Lists are sorted.</summary>
public sealed record RunDifference
{
    public required string LeftRunId { get; init; }
    public required string RightRunId { get; init; }
    public bool ManifestChanged { get; init; }

    /// <summary>Files that only one of the two packs has.</summary>
    public IReadOnlyList<string> FilesChanged { get; init; } = [];

    /// <summary>Ids of the intents that both have, with another tool, other arguments or in another place.</summary>
    public IReadOnlyList<string> ChangedIntents { get; init; } = [];
    public IReadOnlyList<string> ChangedResults { get; init; } = [];
    public IReadOnlyList<string> LeftOnlyIntents { get; init; } = [];
    public IReadOnlyList<string> RightOnlyIntents { get; init; } = [];
    public IReadOnlyList<string> LeftOnlyResults { get; init; } = [];
    public IReadOnlyList<string> RightOnlyResults { get; init; } = [];
    public bool RefsChanged { get; init; }
    public required string ContextDrift { get; init; }

    public bool IntentsChanged => ChangedIntents.Count + LeftOnlyIntents.Count + RightOnlyIntents.Count > 0;

    public bool ResultsChanged => ChangedResults.Count + LeftOnlyResults.Count + RightOnlyResults.Count > 0;

    /// <summary>Whether what was done differs, apart from names and times of the run.</summary>
    public bool IsDifferentRun => IntentsChanged || ResultsChanged || RefsChanged || FilesChanged.Count > 0;
}
