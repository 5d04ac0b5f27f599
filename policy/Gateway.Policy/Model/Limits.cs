namespace Gateway.Policy.Model;

/// <summary>
/// A request rate by the generic cell rate algorithm: <paramref name="Requests"/> evenly spread over <paramref name="Period"/>,
/// of which <paramref name="Burst"/> may come at once.
/// </summary>
/// <param name="Requests">From 1 to 1,000,000.</param>
/// <param name="Period">From 1 s to 1 day.</param>
/// <param name="Burst">From 1 to <paramref name="Requests"/>; documents that don't say get <paramref name="Requests"/>.</param>
public sealed record RateLimit(int Requests, TimeSpan Period, int Burst);

/// <summary>Model tokens (input and output together) that may be used in each calendar window, in UTC.</summary>
/// <param name="Tokens">From 1 to 10^12.</param>
/// <param name="Window">A minute, an hour or a day; a window starts at a multiple of its length since the epoch.</param>
public sealed record TokenBudget(long Tokens, TimeSpan Window);

/// <summary>The most that an agent may do in each calendar window, in UTC, over all actions other than reads.</summary>
/// <param name="Calls">From 1 to 10^12; null for any number.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/> over all transactions, from 1 to 10^12; null for any amount.</param>
/// <param name="Currency">That every transaction must be limited to; null where amounts are counted without looking at it.</param>
/// <param name="Per">A minute, an hour or a day; a window starts at a multiple of its length since the epoch.</param>
public sealed record CumulativeLimit(long? Calls, long? Amount, string? Currency, TimeSpan Per);

/// <summary>How far an agent may delegate. Read and checked; not enforced yet, since no agent can have children yet.</summary>
/// <param name="Depth">Generations below the agent, from 0 to 8.</param>
/// <param name="FanOut">Children alive at once of one parent, from 0 to 1,000.</param>
public sealed record ChildLimits(int Depth, int FanOut);

/// <summary>The most that one action may move, read from its JSON arguments.</summary>
/// <param name="Amount">Where the amount stands.</param>
/// <param name="Max">In minor units: the amount times 10 to the power of <paramref name="Decimals"/>. From 0 to 10^12.</param>
/// <param name="Decimals">Digits after the point of an amount, from 0 to 6; 0 where the system counts in minor units itself.</param>
/// <param name="CurrencyAt">Where the currency stands; null where it isn't looked at.</param>
/// <param name="Currency">What must stand there, byte for byte; null where it isn't looked at.</param>
public sealed record TransactionLimit(ArgumentPointer Amount, long Max, int Decimals, ArgumentPointer? CurrencyAt, string? Currency);
