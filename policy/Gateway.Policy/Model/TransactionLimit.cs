namespace Gateway.Policy.Model;

/// <summary>The most that one action may move, read from its JSON arguments.</summary>
/// <param name="Amount">Where the amount stands.</param>
/// <param name="Max">In minor units: the amount times 10 to the power of <paramref name="Decimals"/>. From 0 to 10^12.</param>
/// <param name="Decimals">Digits after the point of an amount, from 0 to 6; 0 where the system counts in minor units itself.</param>
/// <param name="CurrencyAt">Where the currency stands; null where it isn't looked at.</param>
/// <param name="Currency">What must stand there, byte for byte; null where it isn't looked at.</param>
public sealed record TransactionLimit(ArgumentPointer Amount, long Max, int Decimals, ArgumentPointer? CurrencyAt, string? Currency);
