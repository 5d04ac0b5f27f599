using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Model;

/// <summary>
/// Why something didn't happen. A value, not an exception. Of a class, so that the results which every request passes through are small:
/// only what is refused pays for it.
/// </summary>
/// <param name="Detail">One sentence for the caller where the reason's own text isn't enough; never anything internal or secret. May be
/// null.</param>
/// <param name="Note">For the journal and the log only; may be null.</param>
/// <param name="RetryAfter">When trying again can help; null where it can't or nobody knows.</param>
/// <param name="Limit">Which limit was reached; null where none was.</param>
/// <param name="Earlier">The id of an earlier decision that this is about; null where there is none.</param>
public sealed record Refusal(
    ReasonCode Reason,
    string? Detail = null,
    string? Note = null,
    TimeSpan? RetryAfter = null,
    LimitReached? Limit = null,
    string? Earlier = null
)
{
    /// <summary>Whether the body wasn't shown to be the one that was signed: whoever has the head alone can bring such a refusal
    /// about.</summary>
    public bool BodyUnproven { get; init; }

    /// <summary>The approval that it is about; null where there is none.</summary>
    public ApprovalNotice? Approval { get; init; }

    /// <value>Whole seconds of <see cref="RetryAfter"/>, at least one.</value>
    public long? RetrySeconds => RetryAfter is { } wait ? Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)) : null;

    /// <summary>What the zero value of a result refuses as.</summary>
    internal static Refusal Unsaid { get; } = new(ReasonCode.InternalError);
}

/// <summary>A limit that a request ran into, as the caller is told of it.</summary>
/// <param name="Name">Whose limit: <c>tenant</c>, <c>agent/…</c> or <c>connector/…</c>.</param>
/// <param name="Quota">Requests or tokens in the window.</param>
public sealed record LimitReached(string Name, long Quota, TimeSpan Window);

/// <summary>An approval, as the agent that needs it is told of it.</summary>
/// <param name="StatusUrl">Where the agent asks what became of it.</param>
/// <param name="Expires">When it can no longer be decided, or used.</param>
public sealed record ApprovalNotice(string Id, string StatusUrl, DateTimeOffset Expires);

/// <summary>What a stage gives: its value, or why not. The zero value is a refusal.</summary>
public readonly struct Result<T>
    where T : class
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Result(T? value, Refusal? refusal) => (_value, _refusal) = (value, refusal);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(null, refusal);

    public static implicit operator Result<T>(ReasonCode reason) => new(null, new Refusal(reason));

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, _value is null ? _refusal ?? Refusal.Unsaid : null);
        return value is not null;
    }
}
