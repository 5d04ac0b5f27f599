using Gateway.Cel.Values;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Rules in the order in which they count. Those that compare the same subject with constants are told apart by its value; the others are
/// asked one by one. Immutable.
/// </summary>
internal sealed class RuleList
{
    /// <value>Groups of a list: a walk looks at the next rule of each.</value>
    public const int MaxGroups = 7;

    /// <value>Rules of a group: fewer are asked as fast as the subject is read and looked up.</value>
    private const int FewRules = 4;

    /// <param name="guards">Those of a rule; none for one that must be asked.</param>
    public RuleList(CompiledRule[] all, Func<CompiledRule, IReadOnlyList<RuleGuard>> guards)
    {
        All = all;
        Groups = all.Length < FewRules ? [] : Grouped(all, guards);
        var grouped = Groups.SelectMany(group => group.All).ToHashSet();
        Others = grouped.Count == 0 ? all : [.. all.Where(rule => !grouped.Contains(rule))];
    }

    public static RuleList Empty { get; } = new([], _ => []);

    public CompiledRule[] All { get; }

    /// <summary>Those in no group.</summary>
    public CompiledRule[] Others { get; }

    public RuleGroup[] Groups { get; }

    /// <summary>The largest first.</summary>
    private static RuleGroup[] Grouped(CompiledRule[] all, Func<CompiledRule, IReadOnlyList<RuleGuard>> guards) =>
        [
            .. GuardChoice
                .Of(all, guards)
                .GroupBy(chosen => chosen.Guard.Subject)
                .Where(group => group.Count() >= FewRules)
                .OrderByDescending(group => group.Count())
                .Take(MaxGroups)
                .Select(group => new RuleGroup(group.Key, [.. group])),
        ];
}

/// <summary>Rules whose conditions are false unless a subject has one of a few values. Immutable.</summary>
internal sealed class RuleGroup(RuleSubject subject, IReadOnlyList<(CompiledRule Rule, RuleGuard Guard)> rules)
{
    private readonly ConstantTable<CompiledRule> _byValue = GuardChoice.TableOf(rules);

    public CompiledRule[] All { get; } = [.. rules.Select(one => one.Rule)];

    /// <summary>
    /// Those that may hold for an action, in their order: all where the subject has no value, since a condition in error has an effect too.
    /// </summary>
    public CompiledRule[] MayHold(RuleFacts facts)
    {
        try
        {
            var value = subject.Read(facts);
            return value.IsError ? All : _byValue.Find(value);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return All; // The conditions will say so themselves.
        }
    }
}
