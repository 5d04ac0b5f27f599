using Gateway.Gait.Gating;

namespace Gateway.Cli.Gating;

/// <summary>What counting came to.</summary>
/// <param name="Reached">The first limit that has no room; null for none.</param>
/// <param name="Used">Each limit with how often it was used, this action included.</param>
internal sealed record GateLimits(GateLimit? Reached, IReadOnlyList<(GateLimit Limit, int Used)> Used);
