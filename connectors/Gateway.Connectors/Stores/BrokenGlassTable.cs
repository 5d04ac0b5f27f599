namespace Gateway.Connectors.Stores;

/// <summary>
/// Who broke glass when, of one tenant: counted apart from the approvals, of which each may be gone. Each call is a part of the caller's
/// transaction.
/// </summary>
internal static class BrokenGlassTable
{
    /// <param name="person">As <see cref="Policy.Model.PersonName.Of"/> has it.</param>
    public static Task<long> CountAsync(TenantSession session, string person, DateTimeOffset after) =>
        session.FindAsync<long>(
            "SELECT COUNT(*) FROM broken_glass WHERE person = @person AND at > @after",
            new { person, after = StoreInstant.Format(after) }
        );

    public static Task AddAsync(TenantSession session, string approval, string person, DateTimeOffset at) =>
        session.ExecuteAsync(
            "INSERT INTO broken_glass (approval, person, at) VALUES (@approval, @person, @at)",
            new
            {
                approval,
                person,
                at = StoreInstant.Format(at),
            }
        );

    /// <summary>Counts one that may be counted already.</summary>
    public static async Task<bool> CountAgainAsync(TenantSession session, string approval, string person, DateTimeOffset at) =>
        await session.ExecuteAsync(
            "INSERT INTO broken_glass (approval, person, at) VALUES (@approval, @person, @at) ON CONFLICT (approval) DO NOTHING",
            new
            {
                approval,
                person,
                at = StoreInstant.Format(at),
            }
        ) == 1;

    public static Task ForgetAsync(TenantSession session, DateTimeOffset by) =>
        session.ExecuteAsync("DELETE FROM broken_glass WHERE at <= @by", new { by = StoreInstant.Format(by) });
}
