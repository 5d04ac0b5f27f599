using FsCheck;
using FsCheck.Fluent;
using Gateway.Cel.Values;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Tests.Rules.Evaluation;

public sealed class RuleWalkTests
{
    private const int Subjects = 12;

    private static readonly string[] Tools = ["a", "b", "c"];

    /// <summary>A rule by what it is about: a tool or any, and a subject with the constants of its guard or none.</summary>
    private static readonly Gen<(string? Tool, int Subject, int Constant)> Rule =
        from tool in Gen.Elements(null, null, "a", "b")
        from subject in Gen.Choose(-1, Subjects - 1)
        from constant in Gen.Choose(0, 3)
        select (tool, subject, constant);

    [Fact]
    public void Walk_GivesEachToolsRules_InOrder_ButThoseOfAnotherValue() =>
        Prop.ForAll(
                (
                    from rules in Rule.ArrayOf(120)
                    from values in Gen.Choose(-1, 3).ArrayOf(Subjects)
                    from skipped in Gen.Choose(0, 119).ListOf()
                    select (rules, values, skipped: skipped.ToHashSet())
                ).ToArbitrary(),
                c =>
                    Tools.All(tool =>
                    {
                        var asked = Walk(c.rules, c.values, c.skipped, tool);
                        var about = Enumerable.Range(0, 120).Where(i => c.rules[i].Tool is not { } named || named == tool);
                        var must = about.Where(i => !c.skipped.Contains(i) && MayHold(c.rules[i], c.values));
                        return asked.SequenceEqual(asked.Order()) && asked.All(about.Contains) && must.All(asked.Contains);
                    })
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void ARule_IsAskedOnlyWhereItsSubjectHasItsValue()
    {
        var asked = 0;
        var policy = Policy([.. Enumerable.Range(0, 1000).Select(i => ((string?)null, 0, i))]);
        var engine = new RuleEngine(policy, _ => (_, _) => ++asked > 0 ? ConditionAnswer.False : default, [], Guards);

        engine.Evaluate(Sample.Intent("a"), Sample.Facts with { Scope = new[] { 7 } });
        Assert.Equal(1, asked);
        engine.Evaluate(Sample.Intent("a"), Sample.Facts with { Scope = new[] { -1 } });
        Assert.Equal(1001, asked);
    }

    [Fact]
    public void ASubject_ThatNoRuleComesToRead_IsNotRead()
    {
        (string? Tool, int Subject, int Constant)[] rules = [.. Enumerable.Repeat(((string?)null, 0, 0), 50)];
        var policy = Policy(rules);
        policy = policy with { Rules = [.. policy.Rules.Select(rule => rule with { Match = new RuleMatch { Identities = ["nobody"] } })] };
        var engine = new RuleEngine(policy, _ => null, [], text => [Unreadable(Guards(text)[0])]);

        Assert.Equal(Verdict.Block, engine.Evaluate(Sample.Intent("a"), Sample.Facts).Verdict);
    }

    private static RuleGuard Unreadable(RuleGuard guard) =>
        guard with
        {
            Subject = new RuleSubject(0, _ => throw new InvalidOperationException("It mustn't be read.")),
        };

    private static bool MayHold((string? Tool, int Subject, int Constant) rule, int[] values) =>
        rule.Subject < 0 || values[rule.Subject] < 0 || values[rule.Subject] == rule.Constant;

    private static List<int> Walk((string? Tool, int Subject, int Constant)[] rules, int[] values, HashSet<int> skipped, string tool)
    {
        var policy = Policy(rules);
        var compiled = policy.Rules.Select((rule, i) => new CompiledRule(rule, null, i)).ToList();
        var index = new RuleIndex(compiled, [], rule => Guards(rule.Rule.Condition!));
        var asked = new List<int>();
        var walk = new RuleWalk(index.For(tool));
        while (walk.Next() is { } rule)
        {
            // One that its match leaves out is never asked.
            if (!skipped.Contains(rule.Order) && walk.MayHold(rule, Sample.Facts with { Scope = values }))
            {
                asked.Add(rule.Order);
            }
        }

        return asked;
    }

    private static RulePolicy Policy((string? Tool, int Subject, int Constant)[] rules) =>
        new()
        {
            Rules =
            [
                .. rules.Select(
                    (rule, i) =>
                        new RuleDefinition
                        {
                            Name = $"r{i:D4}",
                            Effect = Verdict.Block,
                            Match = new RuleMatch { ToolNames = rule.Tool is { } tool ? [tool] : [] },
                            Condition = new ConditionText($"{rule.Subject} {rule.Constant}", default),
                        }
                ),
            ],
        };

    /// <summary>As the condition's text says; the scope holds the subjects' values, below zero for an error.</summary>
    private static IReadOnlyList<RuleGuard> Guards(ConditionText text)
    {
        var parts = Array.ConvertAll(text.Text.Split(' '), int.Parse);
        var subject = parts[0];
        return subject < 0
            ? []
            :
            [
                new RuleGuard(
                    new RuleSubject(
                        subject,
                        facts => facts.Scope is int[] values && values[subject] >= 0 ? CelValue.From((long)values[subject]) : default
                    ),
                    [CelValue.From((long)parts[1])]
                ),
            ];
    }
}
