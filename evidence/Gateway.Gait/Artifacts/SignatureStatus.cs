namespace Gateway.Gait.Artifacts;

/// <summary>What came of an artifact's signatures.</summary>
public enum SignatureStatus
{
    /// <summary>Nobody looked. Counts as not verified.</summary>
    Unknown = 0,

    /// <summary>There are none.</summary>
    Missing,

    /// <summary>There are some, and no key was given to check them with.</summary>
    Skipped,
    Verified,
    Failed,
}

/// <summary>Tells the status of a signature from what was wrong with it.</summary>
internal static class SignatureStatuses
{
    public static SignatureStatus Of(ArtifactProblem? problem) =>
        problem is null ? SignatureStatus.Verified
        : problem.Code == ProblemCodes.SignatureMissing ? SignatureStatus.Missing
        : SignatureStatus.Failed;
}
