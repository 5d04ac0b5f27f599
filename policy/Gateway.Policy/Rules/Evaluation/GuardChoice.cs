using Gateway.Cel.Values;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Chooses the guard of each rule that tells most: the one whose constants it shares with the fewest others.</summary>
internal static class GuardChoice
{
    /// <summary>In the order of the rules, without those that have no guard.</summary>
    public static IReadOnlyList<(CompiledRule Rule, RuleGuard Guard)> Of(
        IReadOnlyList<CompiledRule> rules,
        Func<CompiledRule, IReadOnlyList<RuleGuard>> guards
    )
    {
        var guarded = rules.Select(rule => (Rule: rule, Guards: guards(rule))).Where(one => one.Guards.Count > 0).ToList();
        if (guarded.TrueForAll(one => one.Guards.Count == 1))
        {
            return [.. guarded.Select(one => (one.Rule, one.Guards[0]))];
        }

        var tables = guarded
            .SelectMany(one => one.Guards.Select(guard => (one.Rule, Guard: guard)))
            .GroupBy(one => one.Guard.Subject)
            .ToDictionary(group => group.Key, group => TableOf([.. group]));
        return
        [
            .. guarded.Select(one =>
                (one.Rule, one.Guards.MinBy(guard => guard.Constants.Sum(c => tables[guard.Subject].Find(c).Length))!)
            ),
        ];
    }

    /// <summary>The rules by their constants, each once under each.</summary>
    public static ConstantTable<CompiledRule> TableOf(IReadOnlyList<(CompiledRule Rule, RuleGuard Guard)> rules) =>
        new(rules.SelectMany(one => one.Guard.Constants.Select(constant => (constant, one.Rule))));
}
