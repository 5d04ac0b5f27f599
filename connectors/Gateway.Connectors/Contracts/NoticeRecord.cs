using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>Where a notice stands.</summary>
public enum NoticeState
{
    Unknown = 0,

    /// <summary>It is to be sent, or is being sent.</summary>
    Waiting = 1,

    /// <summary>Whoever it is for took it.</summary>
    Sent = 2,

    /// <summary>It failed too often: it lies in the dead letters until somebody sends it again.</summary>
    Dead = 3,
}

/// <summary>That people are to be told of something by one channel, and what became of it.</summary>
public sealed record NoticeRecord
{
    /// <value><c>ntc_</c> and 32 hexadecimal digits, from the change and the channel: however often it is sent, it is one message.</value>
    public required string Id { get; init; }

    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    public required NoticeEvent Event { get; init; }

    /// <summary>The approval that it is about, by its id.</summary>
    public required string Approval { get; init; }

    /// <summary>What is told, as JSON that Gateway made when it happened. No argument of an action, and nothing to approve by.</summary>
    public required string Facts { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    public NoticeState State { get; init; } = NoticeState.Waiting;

    /// <value>Those that failed since it was made or sent again, and the one that went well.</value>
    public int Attempts { get; init; }

    /// <summary>When it is to be sent; while it is being sent, when whoever does so is taken for gone.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Who is sending it; null where nobody is.</summary>
    public string? Holder { get; init; }

    /// <summary>When it was sent or given up; null before.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Why it failed the last time, in Gateway's own words; empty where it never did.</summary>
    public string Problem { get; init; } = "";
}

/// <summary>Something that became of an approval, and that people can be told of.</summary>
/// <param name="State">What the approval was then; it may have gone on since.</param>
/// <param name="ChangeId">The same however often it is asked for.</param>
/// <param name="Votes">Who had said what by then, in words; empty where nobody had.</param>
public sealed record ApprovalEvent(
    NoticeEvent Event,
    string State,
    string ChangeId,
    string Votes,
    DateTimeOffset At,
    ApprovalRecord Approval
);
