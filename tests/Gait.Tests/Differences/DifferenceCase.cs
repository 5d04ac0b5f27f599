namespace Gateway.Gait.Tests.Differences;

/// <summary>A policy and an intent on which Gateway is stricter than Gait on purpose.</summary>
/// <param name="Gait">What Gait 1.4.0 answers, by a reading of its published behaviour.</param>
public sealed record DifferenceCase(string Id, string Policy, string Intent, string Gait, string Ours)
{
    public override string ToString() => Id;
}
