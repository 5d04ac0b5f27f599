namespace Gateway.Authoring.Simulation;

/// <summary>Decisions that can't be told, for want of the same values.</summary>
/// <param name="Tool">The operation, <c>connector/operation</c>.</param>
/// <param name="Missing">What the records don't hold: JSON pointers into the arguments, <c>query</c>.</param>
public sealed record UndeterminedGroup(string Tool, IReadOnlyList<string> Missing, long Count, IReadOnlyList<SimulatedAction> Examples);
