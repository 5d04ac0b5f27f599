using Gateway.Cli.Results;
using Gateway.Policy.Rules;
using Spectre.Console;

namespace Gateway.Cli.Gating;

/// <summary>What a gate's decision rests on, for people. Its nodes are text, never markup.</summary>
internal static class GateTree
{
    public static Tree Of(GateResult answer)
    {
        var tree = new Tree(new Text(RuleVerdicts.Word(answer.Decision.Verdict)));
        var rules = tree.AddNode(new Text("rules"));
        foreach (var rule in DecisionGrounds.Matched(answer))
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
        Add(tree, "missing fields", [.. DecisionGrounds.Missing(answer)]);
        Add(tree, "checks", [.. GateNotes.Checks(answer)]);
        Add(tree, "governance", answer.Governed is { } governed ? [RuleVerdicts.Word(governed.Verdict), .. governed.ReasonCodes] : []);
        Add(tree, "asked besides", [.. GateNotes.Asked(answer.Decision.Outcome)]);
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
}
