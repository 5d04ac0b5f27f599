namespace Gateway.Policy.Rules.Documents;

/// <summary>A fixed-window limit that must hold before the action goes ahead. It is counted elsewhere.</summary>
/// <param name="Requests">At least 1.</param>
/// <param name="Window"><c>minute</c> or <c>hour</c>, in UTC.</param>
/// <param name="Scope"><c>tool</c>, <c>identity</c> or <c>tool_identity</c>: what shares a counter.</param>
public sealed record LimitDemand(int Requests, string Window, string Scope);
