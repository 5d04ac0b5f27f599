using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>An action of the past that is judged again.</summary>
/// <param name="Receipt">What names its record: <c>log.index</c> in a journal.</param>
/// <param name="Recorded">What was decided then; null where nobody says.</param>
public sealed record SimulatedAction(string Receipt, string DecisionId, Intent Intent, Facts Facts, Verdict? Recorded);
