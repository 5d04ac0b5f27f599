using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Keys;

/// <summary>Which credentials are about to end with nothing in their place: their agents would stand outside all at once.</summary>
public static class ExpiringCredentials
{
    /// <value>How long before its end a credential is warned of: time enough for whoever is on holiday.</value>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Those that hold now, end within the notice (the last tenth of a shorter life), and have no later one of their agent.
    /// </summary>
    /// <param name="records">One tenant's.</param>
    public static IReadOnlyList<CredentialRecord> Find(IReadOnlyList<CredentialRecord> records, DateTimeOffset now) =>
        [.. records.Where(record => Holds(record, now) && IsNear(record, now) && !records.Any(other => IsLater(other, record, now)))];

    private static bool Holds(CredentialRecord record, DateTimeOffset now) =>
        record.RevokedAt is null && (record.ExpiresAt is null || record.ExpiresAt > now);

    private static bool IsNear(CredentialRecord record, DateTimeOffset now) =>
        record.ExpiresAt is { } end && end - now <= Min(Notice, (end - record.CreatedAt) / 10);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static bool IsLater(CredentialRecord other, CredentialRecord record, DateTimeOffset now) =>
        other.Agent == record.Agent
        && Holds(other, now)
        && (other.ExpiresAt is null || other.ExpiresAt > record.ExpiresAt)
        && other.CreatedAt > record.CreatedAt;
}
