using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>Where an approval stands. One that nobody knows opens nothing.</summary>
public enum ApprovalState
{
    Unknown = 0,

    /// <summary>People are asked.</summary>
    Pending = 1,

    /// <summary>Enough of them said yes; it can be used once.</summary>
    Approved = 2,

    /// <summary>One of them said no.</summary>
    Denied = 3,

    /// <summary>Nobody decided in time, or nobody used it in time.</summary>
    Expired = 4,

    /// <summary>It was used.</summary>
    Consumed = 5,

    /// <summary>It was taken back before it was used.</summary>
    Revoked = 6,

    /// <summary>Its agent took it back before it was used.</summary>
    Cancelled = 7,
}

/// <summary>An approval's states as they are told and recorded.</summary>
public static class ApprovalStates
{
    public static string Text(ApprovalState state) => state.ToString().ToLowerInvariant();
}

/// <summary>A request that people approve exactly one action, and what became of it.</summary>
public sealed record ApprovalRecord
{
    /// <value><c>apr_</c> and 26 letters and digits.</value>
    public required string Id { get; init; }

    public required string Agent { get; init; }

    /// <value>SHA-256, in hexadecimal digits, of everything that the approval is bound to.</value>
    public required string Action { get; init; }

    /// <summary>What the people see, as JSON that Gateway made; redacted.</summary>
    public required string View { get; init; }

    /// <value>SHA-256 of the view, in hexadecimal digits: a vote names it, so that nobody votes on what was never shown.</value>
    public required string ViewDigest { get; init; }

    /// <summary>The gates that the action was sent to, by name.</summary>
    public required IReadOnlyList<string> Gates { get; init; }

    /// <value>People who must say yes, at least one.</value>
    public required int Needed { get; init; }

    /// <summary>The decision that asked for it.</summary>
    public required string DecisionId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When what is pending, or what is approved and unused, expires.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <value>How long it can be used once it is approved.</value>
    public required TimeSpan TimeToUse { get; init; }

    public ApprovalState State { get; init; } = ApprovalState.Pending;

    /// <summary>Each person's, once.</summary>
    public IReadOnlyList<ApprovalVote> Votes { get; init; } = [];

    /// <summary>Who let it go ahead in an emergency, in place of the votes; null where nobody did.</summary>
    public BrokenGlass? BrokenGlass { get; init; }

    /// <summary>The decision that used it; null before.</summary>
    public string? UsedBy { get; init; }

    /// <summary>Whether it is waiting for people, or for its use.</summary>
    public bool IsLive => State is ApprovalState.Pending or ApprovalState.Approved;

    /// <summary>As it is at a moment: what nobody ended in time has expired.</summary>
    public ApprovalRecord AsOf(DateTimeOffset now) => IsLive && Ends <= now ? this with { State = ApprovalState.Expired } : this;

    /// <summary>Who said yes.</summary>
    public ApprovalFact ToFact() =>
        BrokenGlass is { } glass
            ? new(Id, TermSet<string>.Of([glass.Person]), BreakGlass: true)
            : new(Id, TermSet<string>.Of(Votes.Where(vote => vote.Approves).Select(vote => vote.Person)));
}

/// <summary>When an approval that waits for people was asked for, and when its time to be decided is over.</summary>
public sealed record PendingApproval(DateTimeOffset At, DateTimeOffset Ends);

/// <param name="Person">As <see cref="PersonName.Of"/> compares.</param>
/// <param name="ViewDigest">Of what the person was shown.</param>
public sealed record ApprovalVote(string Person, bool Approves, string ViewDigest, DateTimeOffset At, string Reason);

/// <summary>One person's emergency.</summary>
/// <param name="Person">As <see cref="PersonName.Of"/> compares.</param>
/// <param name="ViewDigest">Of what the person was shown.</param>
/// <param name="Ticket">Where the emergency is dealt with.</param>
public sealed record BrokenGlass(string Person, string ViewDigest, DateTimeOffset At, string Reason, string Ticket);

/// <summary>What came of a vote, or of an emergency.</summary>
public enum VoteOutcome
{
    /// <summary>There is no such approval.</summary>
    Unknown = 0,
    Counted = 1,

    /// <summary>It is decided, used, expired or taken back.</summary>
    Ended = 2,

    /// <summary>The person voted before.</summary>
    Repeated = 3,

    /// <summary>What the person was shown isn't what is to be approved.</summary>
    OfAnotherView = 4,

    /// <summary>The person had as many emergencies as one may have in a day.</summary>
    TooOften = 5,
}
