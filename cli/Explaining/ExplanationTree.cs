using Gateway.Authoring.Changes;
using Gateway.Authoring.Explaining;
using Gateway.Authoring.Search;
using Gateway.Cli.Conditions;
using Gateway.Cli.Results;
using Gateway.Policy.Model;
using Spectre.Console;

namespace Gateway.Cli.Explaining;

/// <summary>An explanation as a tree for people. What comes from documents is text, never markup.</summary>
internal static class ExplanationTree
{
    public static Tree Create(string name, Explanation explanation)
    {
        var decision = explanation.Decision;
        var tree = new Tree(Line($"{name}: {Text(decision.Verdict)} ({Text(decision.Severity)})", ColorOf(decision.Verdict)));
        foreach (var part in explanation.Parts)
        {
            Fill(tree.AddNode(Line($"{explanation.Intent.Connector}/{part.Operation}: {Text(part.Decision.Verdict)}")), part);
        }

        Add(tree, "because", decision.Reasons.Select(Because));
        Add(tree, "obligations", ExplanationText.ObligationsOf(decision.Obligations));
        Add(
            tree,
            "approvals",
            decision.Approvals.Select(gate =>
                $"{string.Join(" or ", gate.ApproverGroups)}: {Math.Max(gate.Quorum, decision.ApprovalsNeeded)} by the gate "
                + $"'{gate.Name}' ({gate.Source})"
            )
        );
        Add(
            tree,
            "read",
            [
                string.Join(", ", ExplanationText.ReadsOf(decision.Reads))
                    + (decision.IsClassCacheable ? "; the same for its whole class" : "; for this action alone"),
            ]
        );
        Add(tree, "limits", explanation.Limits is { } limits ? LimitText.Of(limits) : []);
        AddChanges(tree, explanation.WouldAllow);
        return tree;
    }

    private static void Fill(TreeNode node, ExplainedPart part)
    {
        var decision = part.Decision;
        foreach (var entry in decision.Path)
        {
            var reason = entry.Reason == ReasonCode.None ? "" : $" {Reasons.Of(entry.Reason).Code}";
            node.AddNode(
                Line(
                    $"{(int)entry.Control} {Words.Snake(entry.Control.ToString())}: "
                        + $"{Words.Snake(entry.Outcome.ToString())}{reason} [{entry.Inputs}]{At(entry.Source)}",
                    ColorOf(entry.Outcome)
                )
            );
        }

        foreach (var entry in decision.Rules)
        {
            var rules = entry.Rules.Count == 0 ? "no rule" : string.Join(", ", entry.Rules);
            var codes = entry.ReasonCodes.Count == 0 ? "" : $" [{string.Join(", ", entry.ReasonCodes)}]";
            node.AddNode(Line($"policy {entry.Policy}: {Text(entry.Verdict)} by {rules}{codes}{At(entry.Source)}", ColorOf(entry.Verdict)));
        }

        foreach (var condition in part.Conditions)
        {
            CelTree.Fill(
                node.AddNode(
                    Line(
                        $"condition of {condition.Policy}/{condition.Rule}: "
                            + $"{CelTree.Line(condition.Text, condition.Trace.Result.Value)}{At(condition.Source)}"
                    )
                ),
                condition.Trace
            );
        }
    }

    private static void AddChanges(Tree tree, WouldAllow would)
    {
        if (would.AlreadyAllowed)
        {
            return;
        }

        var node = tree.AddNode(
            Line(would.Sets.Count == 0 ? "would allow: no set of at most 4 changes was found" : "would allow, any one of")
        );
        foreach (var set in would.Sets)
        {
            var one = node.AddNode(Line(set.Count == 1 ? set[0].Text : $"all {set.Count} of"));
            foreach (var change in set.Count == 1 ? [] : set)
            {
                one.AddNode(Line(change.Text));
            }
        }

        if (would.IsCutOff)
        {
            node.AddNode(Line("the search was cut off: there may be others"));
        }
    }

    private static string Because(ReasonCode code)
    {
        var reason = Reasons.Of(code);
        var threats = Threats.Of(code).Count == 0 ? "" : $" ({string.Join(", ", Threats.Of(code).Select(t => t.Id))})";
        return $"{reason.Code}: {reason.Message} {reason.Remedy}{threats}";
    }

    private static void Add(Tree tree, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            var node = tree.AddNode(Line(title));
            all.ForEach(line => node.AddNode(Line(line)));
        }
    }

    private static string At(SourcePosition? source) => source is { } position ? $" {position}" : "";

    private static string Text(Verdict verdict) => Vocabulary.Verdict.Text(verdict);

    private static string Text(Severity severity) => Vocabulary.Severity.Text(severity);

    private static Text Line(string text, Color? color = null) => new(Printable.Lines(text), color is { } c ? new Style(c) : Style.Plain);

    private static Color ColorOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Block => Color.Red,
            Verdict.RequireApproval => Color.Yellow,
            Verdict.Degrade => Color.Yellow,
            Verdict.Allow => Color.Green,
        };

    private static Color ColorOf(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Fail => Color.Red,
            CheckOutcome.Pass => Color.Green,
            CheckOutcome.NotApplicable => Color.Grey,
        };
}
