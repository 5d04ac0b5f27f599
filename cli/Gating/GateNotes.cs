using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Cli.Gating;

/// <summary>What was looked at beside the rules, and what they ask besides: a line each, for people.</summary>
internal static class GateNotes
{
    public static IEnumerable<string> Checks(GateResult answer)
    {
        var outcome = answer.Decision.Outcome;
        yield return $"context evidence: {DecisionGrounds.ContextStatus(answer)}";
        if (outcome.Freeze is { } freeze)
        {
            yield return $"freeze window: {freeze.ToString().ToLowerInvariant()}";
        }

        if (outcome.Sandbox is { } sandbox)
        {
            yield return $"sandbox: {sandbox.ToString().ToLowerInvariant()}";
        }

        if (outcome.KillSwitch is { } stop)
        {
            yield return $"kill switch: {stop.Status} {string.Join(", ", stop.EntryIds)}".TrimEnd();
        }

        if (outcome.McpTrust is { } trust)
        {
            yield return $"MCP server: {trust.Status}{(trust.Enforced ? ", enforced" : "")}";
        }

        foreach (var (limit, used) in answer.Limits?.Used ?? [])
        {
            yield return $"{limit.Window.Key}: {used} of {limit.Demand.Requests}";
        }
    }

    public static IEnumerable<string> Asked(RuleOutcome outcome)
    {
        if (outcome.Approval.Minimum > 0)
        {
            yield return $"{outcome.Approval.Minimum} approvals{(outcome.Approval.DistinctApprovers ? " of different people" : "")}";
        }

        if (outcome.RequireDelegation)
        {
            yield return "a proven delegation";
        }

        if (outcome.Broker.Required)
        {
            yield return "a credential from the broker";
        }
    }
}
