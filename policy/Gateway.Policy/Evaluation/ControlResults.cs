using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// What the controls found about one intent: all that the decision table needs. One instance an evaluation; not thread-safe.
/// </summary>
public sealed class ControlResults
{
    private const int Controls = 11;

    private readonly PathEntry[] _path;
    private int _count;

    /// <param name="space">Where the entries are written until the decision keeps them; it must be nobody else's meanwhile. Null for an own
    /// one.</param>
    public ControlResults(PathEntry[]? space = null) => _path = space ?? NewSpace();

    public static PathEntry[] NewSpace() => new PathEntry[Controls];

    /// <summary>Of the agent's last decision about this operation; null for none.</summary>
    public ActionCache? Cache { get; init; }

    /// <summary>Whether any control failed. A path that nobody wrote counts as failed.</summary>
    public bool AnyFailed { get; private set; } = true;

    /// <summary>Whether every control has its entry.</summary>
    public bool IsWhole => _count == Controls;

    /// <summary>By the boundary, the permission, the data or a gate's own <c>always</c>.</summary>
    public bool ApprovalDemanded { get; set; }

    /// <summary>The strictest that the tenant's rules say; allow where they say nothing.</summary>
    public Verdict RuleVerdict { get; set; } = Verdict.Allow;

    /// <summary>Also where a rule reduces the action and nothing says how.</summary>
    public bool RulesBlock => RuleVerdict == Verdict.Block || (RuleVerdict == Verdict.Degrade && !Obligations.Reduces);

    /// <summary>What each policy came to.</summary>
    public IReadOnlyList<RuleEntry> Rules { get; set; } = [];

    /// <summary>The most approvals that a rule asks for; 0 where none does.</summary>
    public int ApprovalsNeeded { get; set; }

    /// <summary>The active gates that cover the action.</summary>
    public IReadOnlyList<ApprovalGate> Gates { get; set; } = [];

    /// <summary>Whether those whom the gates ask have approved exactly this action.</summary>
    public bool Approved { get; set; }

    /// <summary>A finding (not a risk) of the critical tier is open.</summary>
    public bool CriticalFinding { get; set; }

    public bool HighImpact { get; set; }

    /// <summary>The level that the agent is judged at; unassigned until it is looked at.</summary>
    public AtfLevel Level { get; set; }

    /// <summary>Something was to be read that the intent's record doesn't hold.</summary>
    public bool Undetermined { get; set; }

    /// <summary>What the controls have read so far.</summary>
    public Reads Reads { get; set; }

    /// <summary>What must be done if the action goes ahead.</summary>
    public Obligations Obligations { get; set; } = Obligations.None;

    /// <summary>The entries so far, without a copy: for the table, which asks often.</summary>
    public ReadOnlySpan<PathEntry> Entries => _path.AsSpan(0, _count);

    /// <summary>
    /// The entries to keep. An agent that does the same again has the same path, and shares it with the decision before: a path is most of
    /// what a decision would otherwise allocate.
    /// </summary>
    public DecisionPath KeptPath()
    {
        if (Cache?.Path is { } last && Entries.SequenceEqual(last.AsSpan()))
        {
            return last;
        }

        var path = DecisionPath.Create(Entries);
        Cache?.Path = path;
        return path;
    }

    /// <summary>False when the entry failed.</summary>
    public bool Add(PathEntry entry)
    {
        AnyFailed = (_count > 0 && AnyFailed) || entry.Outcome == CheckOutcome.Fail;
        _path[_count++] = entry;
        return entry.Outcome != CheckOutcome.Fail;
    }
}
