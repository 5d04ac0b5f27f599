namespace Gateway.LoadTests.Running;

/// <summary>What was left to good traffic while a flood of bad signatures arrived.</summary>
/// <param name="Capacity">Right answers a second at the maximum, without a flood.</param>
/// <param name="GoodAlone">Good answers a second, at half of the capacity and without a flood.</param>
/// <param name="GoodBeside">The same beside the flood.</param>
/// <param name="FloodOffered">Bad requests a second that were to be sent: five times the capacity.</param>
/// <param name="FloodSent">Bad requests a second that this machine got out, each of them refused.</param>
/// <param name="KeptShare">What good traffic kept of its throughput.</param>
public sealed record FloodResult(
    double Capacity,
    double GoodAlone,
    double GoodBeside,
    double FloodOffered,
    double FloodSent,
    double KeptShare
);
