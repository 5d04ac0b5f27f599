namespace Gateway.Connectors.State;

/// <summary>What <see cref="ClockGuard"/> read.</summary>
/// <param name="Now">The wall clock.</param>
/// <param name="Highest">The latest time that the wall clock has ever shown: what was accepted until now can't be from much later.</param>
/// <param name="Jumps">How often the clock has jumped so far.</param>
public readonly record struct ClockReading(DateTimeOffset Now, DateTimeOffset Highest, long Jumps);
