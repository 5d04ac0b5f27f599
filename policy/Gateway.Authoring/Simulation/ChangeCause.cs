namespace Gateway.Authoring.Simulation;

/// <summary>One step of a decision's path that comes out otherwise.</summary>
/// <param name="What">Which: <c>control 6</c>, <c>policy house-rules</c>, <c>obligations</c>, <c>approvers</c>.</param>
/// <param name="Before">How it came out by the baseline; empty where it wasn't there.</param>
/// <param name="After">The same by the candidate.</param>
/// <param name="Document">The document that says so, the candidate's where it has one; null where none does.</param>
public sealed record ChangeCause(string What, string Before, string After, string? Document)
{
    public override string ToString() =>
        $"{What}: {(Before.Length == 0 ? "nothing" : Before)} -> {(After.Length == 0 ? "nothing" : After)}{(Document is null ? "" : $" ({Document})")}";
}
