namespace Gateway.Policy.Model;

/// <summary>The answer to one intent, with everything that explains it. A decision that nobody filled in blocks.</summary>
public sealed record Decision
{
    public Verdict Verdict { get; init; }
    public Severity Severity { get; init; }

    /// <summary>Why, the most important first; empty for a plain allow.</summary>
    public IReadOnlyList<ReasonCode> Reasons { get; init; } = [];

    /// <summary>One entry a control, in order; it ends early where a control stops the evaluation.</summary>
    public DecisionPath Path { get; init; } = [];

    /// <summary>One entry a policy that was asked, in the order of names; after the controls.</summary>
    public IReadOnlyList<RuleEntry> Rules { get; init; } = [];

    public Obligations Obligations { get; init; } = Obligations.None;

    /// <summary>The active gates that match, and so whose approval would help; empty when none is needed.</summary>
    public IReadOnlyList<ApprovalGate> Approvals { get; init; } = [];

    /// <summary>How many people must approve, beside what each gate asks; 0 where no rule says.</summary>
    public int ApprovalsNeeded { get; init; }

    /// <summary>It goes ahead because people approved exactly this action, which a record of it names.</summary>
    public bool Approved { get; init; }

    /// <summary>
    /// The level that the agent was judged at: assigned, backed, not demoted, and no higher than its proof lets it. Unassigned where it
    /// wasn't looked at.
    /// </summary>
    public AtfLevel Level { get; init; }

    /// <summary>
    /// It would have read something that the intent's record doesn't hold. What stands here is the strictest that it can have been. Never
    /// of a live action.
    /// </summary>
    public bool Undetermined { get; init; }

    /// <summary>Critical control failures met an open critical finding, or somebody broke glass: an incident is opened.</summary>
    public bool OpensIncident { get; init; }

    /// <summary>What it rests on, beside the intent's class: who asks, which operation, with which data, proven how.</summary>
    public Reads Reads { get; init; }

    /// <summary>
    /// Whether every action of the same class, of the same standing and under the same documents, gets this decision. False for one that
    /// nobody filled in.
    /// </summary>
    public bool IsClassCacheable => Reads != Reads.None && (Reads & Reads.OfOneAction) == 0;

    /// <summary>
    /// Whether it is the same for everybody whom it concerns: in what is answered, demanded and reported. Another way to the same decision
    /// is no change.
    /// </summary>
    public bool AnswersLike(Decision other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Verdict == other.Verdict
            && Severity == other.Severity
            && OpensIncident == other.OpensIncident
            && ApprovalsNeeded == other.ApprovalsNeeded
            && Obligations == other.Obligations
            && Reasons.SequenceEqual(other.Reasons)
            && Approvals.Select(gate => gate.Name).SequenceEqual(other.Approvals.Select(gate => gate.Name));
    }
}

/// <summary>
/// The four answers to an intent, the strictest first, so that the strictest of several is the smallest number
/// and a verdict that nobody set blocks.
/// </summary>
public enum Verdict
{
    Block = 0,
    RequireApproval = 1,
    Degrade = 2,
    Allow = 3,
}

/// <summary>How much a decision matters to whoever watches. Unset counts as the worst.</summary>
public enum Severity
{
    Critical = 0,
    High = 1,
    Medium = 2,
    Low = 3,
    Info = 4,
}
