using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>One way in which an agent could ask for an operation.</summary>
/// <param name="Amount">The amount that it asks for, as documents write it; null where no amount is limited.</param>
public sealed record AccessProbe(Intent Intent, string? Amount);
