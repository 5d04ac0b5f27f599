namespace Gateway.Policy.Model;

/// <summary>The most that an agent may do in each calendar window, in UTC, over all actions other than reads.</summary>
/// <param name="Calls">From 1 to 10^12; null for any number.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/> over all transactions, from 1 to 10^12; null for any amount.</param>
/// <param name="Currency">That every transaction must be limited to; null where amounts are counted without looking at it.</param>
/// <param name="Per">A minute, an hour or a day; a window starts at a multiple of its length since the epoch.</param>
public sealed record CumulativeLimit(long? Calls, long? Amount, string? Currency, TimeSpan Per);
