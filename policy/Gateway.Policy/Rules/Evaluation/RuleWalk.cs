using System.Runtime.CompilerServices;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Goes through a tool's rules in the order in which they count, and leaves out those whose conditions can't hold by their subject's value.
/// A subject is read when the first rule of its group would be asked, and no sooner: what nobody would read, such as a long body, isn't.
/// </summary>
internal ref struct RuleWalk
{
    private Cursors _cursors;
    private int _count;
    private int _at = -1;
    private bool _hasMoved;

    public RuleWalk(ToolRules rules)
    {
        Add(rules.OfAny);
        Add(rules.Own);
    }

    /// <summary>Null at the end.</summary>
    public CompiledRule? Next()
    {
        if (_at >= 0)
        {
            ref var last = ref _cursors[_at];
            last.At += _hasMoved ? 0 : 1;
            if (last.At == last.Rules.Length)
            {
                last = _cursors[--_count];
            }
        }

        CompiledRule? first = null;
        for (var i = 0; i < _count; i++)
        {
            ref readonly var cursor = ref _cursors[i];
            var rule = cursor.Rules[cursor.At];
            if (first is null || rule.Order < first.Order)
            {
                (first, _at) = (rule, i);
            }
        }

        _hasMoved = false;
        return first;
    }

    /// <summary>Whether the rule that <see cref="Next"/> gave has to be asked: false where its condition is false.</summary>
    public bool MayHold(CompiledRule rule, RuleFacts facts)
    {
        ref var cursor = ref _cursors[_at];
        if (cursor.Unread is not { } group)
        {
            return true;
        }

        (cursor.Unread, cursor.Rules) = (null, group.MayHold(facts));
        if (!ReferenceEquals(cursor.Rules, group.All))
        {
            cursor.At = 0;
            while (cursor.At < cursor.Rules.Length && cursor.Rules[cursor.At].Order < rule.Order)
            {
                cursor.At++;
            }

            _hasMoved = cursor.At == cursor.Rules.Length || cursor.Rules[cursor.At].Order != rule.Order;
        }

        return !_hasMoved;
    }

    private void Add(RuleList list)
    {
        Add(list.Others, null);
        for (var i = 0; i < list.Groups.Length; i++)
        {
            Add(list.Groups[i].All, list.Groups[i]);
        }
    }

    private void Add(CompiledRule[] rules, RuleGroup? unread)
    {
        if (rules.Length > 0)
        {
            _cursors[_count++] = new Cursor { Rules = rules, Unread = unread };
        }
    }

    /// <summary>A place in some of the rules.</summary>
    private struct Cursor
    {
        public CompiledRule[] Rules;
        public int At;

        /// <summary>The group whose rules these all are, until its subject is read; null then, and for rules in no group.</summary>
        public RuleGroup? Unread;
    }

    [InlineArray(2 * (RuleList.MaxGroups + 1))]
    private struct Cursors
    {
        private Cursor _first;
    }
}
