using Gateway.Cli.Results;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;
using Spectre.Console;

namespace Gateway.Cli.Gating;

/// <summary>What a gate's decision rests on, for people. Its nodes are text, never markup.</summary>
internal static class GateTree
{
    public static Tree Of(GateResult answer)
    {
        var tree = new Tree(new Text(RuleVerdicts.Word(answer.Decision.Verdict)));
        var rules = tree.AddNode(new Text("rules"));
        foreach (var rule in GateExplanation.Matched(answer))
        {
            rules.AddNode(
                new Text(Printable.Line($"{rule.Name} (priority {rule.Priority}, {RuleVerdicts.Word(rule.Effect)}) {rule.Position}"))
            );
        }

        if (rules.Nodes.Count == 0)
        {
            rules.AddNode(new Text($"none matches: default_verdict {RuleVerdicts.Word(answer.Request.Policy.Policy.DefaultVerdict)}"));
        }

        Add(tree, "reasons", answer.Decision.ReasonCodes);
        Add(tree, "violations", answer.Decision.Violations);
        Add(tree, "missing fields", [.. GateExplanation.Missing(answer)]);
        Add(tree, "checks", [.. Checks(answer)]);
        Add(tree, "asked besides", [.. Asked(answer.Decision.Outcome)]);
        return tree;
    }

    private static void Add(Tree tree, string name, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        var node = tree.AddNode(new Text(Printable.Line(name)));
        foreach (var item in items)
        {
            node.AddNode(new Text(Printable.Line(item)));
        }
    }

    private static IEnumerable<string> Checks(GateResult answer)
    {
        var outcome = answer.Decision.Outcome;
        yield return $"context evidence: {GateExplanation.ContextStatus(answer)}";
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

    private static IEnumerable<string> Asked(RuleOutcome outcome)
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
