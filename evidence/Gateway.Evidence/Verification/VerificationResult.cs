using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Verification;

/// <summary>What a verification found. It holds only as far as it got: the first thing that is wrong ends it.</summary>
/// <param name="OpenDecisions">Decisions without an outcome: under way now, or cut off by a crash that no start has followed yet.</param>
/// <param name="Problem">Null when everything is as it was written.</param>
public sealed record VerificationResult(int Logs, int Segments, long Records, long Bytes, long OpenDecisions, LogProblem? Problem)
{
    /// <value>Records under a checkpoint. The signatures on it count only where public keys were given.</value>
    public long Signed { get; init; }

    /// <value>Records that are decisions.</value>
    public long Decisions { get; init; }

    public bool IsGood => Problem is null;
}
