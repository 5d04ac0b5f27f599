namespace Gateway.Policy.Model;

/// <summary>For how long what was shown once counts, in days from its own on; null for ever. What is dated ahead never counts before its
/// day.</summary>
/// <param name="RedTeam">A passed red-team test. From 1.</param>
/// <param name="Playbooks">A playbook's last test. From 1.</param>
public sealed record EvidenceAges(int? RedTeam, int? Playbooks)
{
    public static EvidenceAges ForEver { get; } = new(null, null);

    /// <summary>How something stands on a day, in UTC.</summary>
    /// <param name="on">Null for never.</param>
    public static EvidenceStanding Of(DateOnly? on, int? mostDays, DateOnly day) =>
        on is not { } shown ? EvidenceStanding.Never
        : shown > day ? EvidenceStanding.Ahead
        : day.DayNumber - shown.DayNumber > mostDays ? EvidenceStanding.Stale
        : EvidenceStanding.Counts;

    /// <summary>Whether a later day can give another standing.</summary>
    public static bool Changes(DateOnly? on, int? mostDays, DateOnly day) =>
        Of(on, mostDays, day) is EvidenceStanding.Ahead || (mostDays is not null && Of(on, mostDays, day) is EvidenceStanding.Counts);

    /// <summary>Where this and another both apply: the shorter of each.</summary>
    public EvidenceAges And(EvidenceAges other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new EvidenceAges(Shorter(RedTeam, other.RedTeam), Shorter(Playbooks, other.Playbooks));
    }

    private static int? Shorter(int? a, int? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;
}

/// <summary>How a piece of evidence stands on a day.</summary>
public enum EvidenceStanding
{
    /// <summary>It was never shown.</summary>
    Never = 0,

    /// <summary>It is dated ahead.</summary>
    Ahead = 1,

    /// <summary>It is too old for the profile.</summary>
    Stale = 2,
    Counts = 3,
}
