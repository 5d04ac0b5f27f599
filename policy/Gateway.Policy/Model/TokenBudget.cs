namespace Gateway.Policy.Model;

/// <summary>Model tokens (input and output together) that may be used in each calendar window, in UTC.</summary>
/// <param name="Tokens">From 1 to 10^12.</param>
/// <param name="Window">A minute, an hour or a day; a window starts at a multiple of its length since the epoch.</param>
public sealed record TokenBudget(long Tokens, TimeSpan Window);
