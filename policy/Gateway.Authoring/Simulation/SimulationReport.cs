using Gateway.Policy.Model;

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

/// <summary>Decisions that would change alike, for the same causes.</summary>
/// <param name="Before">The verdict by the baseline.</param>
/// <param name="After">The verdict by the candidate. It may be the same: then the reasons or what is demanded are others.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Examples">The first ones, in the order in which they were met.</param>
public sealed record ChangeGroup(
    Verdict Before,
    Verdict After,
    IReadOnlyList<ChangeCause> Causes,
    long Count,
    IReadOnlyList<SimulatedAction> Examples
);

/// <summary>One step of a decision's path that comes out otherwise.</summary>
/// <param name="What">Which: <c>control 6</c>, <c>policy house-rules</c>, <c>obligations</c>, <c>approvers</c>.</param>
/// <param name="Before">How it came out by the baseline; empty where it wasn't there.</param>
/// <param name="After">The same by the candidate.</param>
/// <param name="Document">The document that says so, the candidate's where it has one; null where none does.</param>
public sealed record ChangeCause(string What, string Before, string After, string? Document)
{
    public override string ToString() =>
        $"{What}: {(Before.Length == 0 ? "nothing" : Before)} -> {(After.Length == 0 ? "nothing" : After)}"
        + (Document is null ? "" : $" ({Document})");
}

/// <summary>Decisions that can't be told, for want of the same values.</summary>
/// <param name="Tool">The operation, <c>connector/operation</c>.</param>
/// <param name="Missing">What the records don't hold: JSON pointers into the arguments, <c>query</c>.</param>
public sealed record UndeterminedGroup(string Tool, IReadOnlyList<string> Missing, long Count, IReadOnlyList<SimulatedAction> Examples);

/// <summary>An action of the past that is judged again.</summary>
/// <param name="Receipt">What names its record: <c>log.index</c> in a journal.</param>
/// <param name="Recorded">What was decided then; null where nobody says.</param>
public sealed record SimulatedAction(string Receipt, string DecisionId, Intent Intent, Facts Facts, Verdict? Recorded);
