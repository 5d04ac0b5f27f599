namespace Gateway.Gait.Packs.Runs;

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
