namespace Gateway.Policy.Model;

/// <summary>
/// The boundary of each ATF level, what must be there before a level counts, and how long its tokens live. Immutable. Never laxer than the
/// profile <c>gamut</c> in any part: that is checked when documents load.
/// </summary>
public sealed record Profile
{
    /// <summary>Empty for one that ships.</summary>
    public Id<Tenant> Tenant { get; init; }

    public required Id<Profile> Id { get; init; }
    public required BoundaryTable Boundary { get; init; }

    /// <summary>The highest level that a bearer key acts at: it can be copied and replayed.</summary>
    public required AtfLevel BearerUpTo { get; init; }

    /// <summary>From which level on each requirement binds. One that isn't there never does.</summary>
    public required IReadOnlyDictionary<LevelRequirement, AtfLevel> Binds { get; init; }

    /// <summary>Distinct people who must have signed for each of L1 to L4, in this order. L1 needs none.</summary>
    public required IReadOnlyList<int> SignOffs { get; init; }

    /// <summary>From which level on those who sign must be none of the agent's owners; null for at none.</summary>
    public AtfLevel? IndependentFrom { get; init; }

    /// <summary>How long a decision token lives at each of L1 to L4, in this order; never falling, from 1 s to 300 s.</summary>
    public required IReadOnlyList<TimeSpan> TokenLifetimes { get; init; }

    /// <summary>For how long a red-team test and the test of a playbook count.</summary>
    public required EvidenceAges Ages { get; init; }

    /// <summary>Whether an action on somebody else's system must say which classes of data it moves.</summary>
    public bool DataDeclared { get; init; }

    /// <summary>Of every agent, beside its own.</summary>
    public IReadOnlyList<Demotion> Demotions { get; init; } = [];

    /// <summary>From which level on every action but a read is recorded in detail, for people to be told of; null for none.</summary>
    public AtfLevel? NotifiesFrom { get; init; }

    /// <summary>An unassigned level gets the shortest.</summary>
    public TimeSpan TokenLifetimeOf(AtfLevel level) => TokenLifetimes[Math.Clamp((int)level, 1, TokenLifetimes.Count) - 1];

    /// <summary>False for a requirement that never binds.</summary>
    public bool Demands(LevelRequirement requirement, AtfLevel level) => Binds.TryGetValue(requirement, out var from) && from <= level;

    /// <summary>Where this and another both apply: the stricter of every part.</summary>
    public Profile And(Profile other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other)
            ? this
            : new Profile
            {
                Tenant = other.Tenant,
                Id = other.Id,
                Boundary = new BoundaryTable(cell => (BoundaryEffect)Math.Min((int)Boundary[cell], (int)other.Boundary[cell])),
                BearerUpTo = Lower(BearerUpTo, other.BearerUpTo),
                Binds = Binds.Concat(other.Binds).GroupBy(b => b.Key).ToDictionary(g => g.Key, g => g.Min(b => b.Value)),
                SignOffs = [.. SignOffs.Zip(other.SignOffs, Math.Max)],
                IndependentFrom = Lower(IndependentFrom, other.IndependentFrom),
                TokenLifetimes = [.. TokenLifetimes.Zip(other.TokenLifetimes, (a, b) => a < b ? a : b)],
                Ages = Ages.And(other.Ages),
                DataDeclared = DataDeclared || other.DataDeclared,
                Demotions = [.. Demotions, .. other.Demotions],
                NotifiesFrom = Lower(NotifiesFrom, other.NotifiesFrom),
            };
    }

    private static AtfLevel Lower(AtfLevel a, AtfLevel b) => a < b ? a : b;

    /// <summary>None is higher than any.</summary>
    private static AtfLevel? Lower(AtfLevel? a, AtfLevel? b) => a is { } one && b is { } other ? Lower(one, other) : a ?? b;
}
