namespace Gateway.Policy.Model;

/// <summary>
/// A request rate by the generic cell rate algorithm: <paramref name="Requests"/> evenly spread over <paramref name="Period"/>,
/// of which <paramref name="Burst"/> may come at once.
/// </summary>
/// <param name="Requests">From 1 to 1,000,000.</param>
/// <param name="Period">From 1 s to 1 day.</param>
/// <param name="Burst">From 1 to <paramref name="Requests"/>; documents that don't say get <paramref name="Requests"/>.</param>
public sealed record RateLimit(int Requests, TimeSpan Period, int Burst);
