using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

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
