namespace Gateway.Policy.Model;

/// <summary>The record that people signed for one step of an agent's level. It counts from its day on, in UTC.</summary>
/// <param name="To">L2 to L4.</param>
/// <param name="SignedBy">Distinct people, however their names are spaced or capitalised.</param>
public sealed record Promotion(AtfLevel To, DateOnly On, IReadOnlyList<string> SignedBy);
