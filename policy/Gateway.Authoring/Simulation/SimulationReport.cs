namespace Gateway.Authoring.Simulation;

/// <summary>What a change of governance would have done to the actions of the past.</summary>
/// <param name="Actions">How many were judged.</param>
/// <param name="Changed">How many of them would be decided otherwise.</param>
/// <param name="Flipped">How many of those with another verdict.</param>
/// <param name="Undetermined">How many can't be told.</param>
/// <param name="RecordedOtherwise">How many the baseline doesn't decide as they were decided then: it isn't the governance that was in
/// force.</param>
/// <param name="Groups">The largest first.</param>
/// <param name="UndeterminedGroups">The largest first.</param>
public sealed record SimulationReport(
    long Actions,
    long Changed,
    long Flipped,
    long Undetermined,
    long RecordedOtherwise,
    IReadOnlyList<ChangeGroup> Groups,
    IReadOnlyList<UndeterminedGroup> UndeterminedGroups
);
